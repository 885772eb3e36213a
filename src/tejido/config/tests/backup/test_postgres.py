"""Backups of PostgreSQL: dumped by the role that reads everything, put back by the owner."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as given
from django.db import connection, connections

from tejido.accounts.sessions import SessionStore
from tejido.config.backup import alone, restoring
from tejido.config.backup.alone import held_alone
from tejido.config.backup.command import back_up, try_again
from tejido.config.backup.moment import TABLES, UNFINISHED
from tejido.config.backup.postgres_dump import _environment
from tejido.config.backup.refusals import BackupRefused
from tejido.config.backup.restoring import restore
from tejido.config.backup.taking import take_backup
from tejido.config.backup.trying import try_backup
from tejido.config.doctor import database as look
from tejido.config.doctor.findings import Level
from tejido.config.serving import ServingRefused, refuse_unfinished
from tejido.foundation.models import BackupMade, Epoch
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Membership
from tejido.network.services.audit import seal_all
from tejido.network.services.events import note_event
from tejido.network.testing import a_member, a_person

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
Session = SessionStore.get_model_class()
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SCRATCH = "tejido_scratch"


def url(role: str, database: str) -> str:
    return f"postgres://{role}@/{database}?host={os.environ['TEJIDO_TEST_SOCKET']}"


def quietly(_: str) -> None:
    """Say nothing."""


@pytest.fixture
def scratch(settings: Any) -> Iterator[str]:
    """Make an empty database with the three roles, and name both in the settings."""
    from private_postgres import ROLES, connect  # beside the repository's own tools

    socket = Path(os.environ["TEJIDO_TEST_SOCKET"])
    name = f"{SCRATCH}_{connection.settings_dict['NAME']}"
    with connect(socket) as admin:
        admin.execute(f'CREATE DATABASE "{name}" OWNER tejido_owner')
    with connect(socket, database=name) as admin:
        admin.execute(ROLES.read_text(encoding="utf-8"))
    settings.BACKUP_DATABASE = url("tejido_backup", connection.settings_dict["NAME"])
    settings.BACKUP_SCRATCH = settings.OWNER_URL = url("tejido_owner", name)
    yield settings.OWNER_URL
    with connect(socket) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def backup(scratch: str, tmp_path: Path, own_data_folder: Path) -> Path:
    """Back up two members with sealed records, a session, and a file."""
    for name in ("Valley Harm Reduction", "Coast Harm Reduction"):
        member = a_member(name)
        a_person(member, Role.PROGRAM_MANAGER, name=name)
        with member_scope(member.id):
            note_event(member_id=member.id, act="add.member", object_id=member.id, by=None, at=AT)
    seal_all(at=AT)
    Session.objects.create(session_key="k", session_data="d", expire_date=AT)
    Epoch.objects.create(since=AT)
    (own_data_folder / "imports").mkdir(parents=True, exist_ok=True)
    (own_data_folder / "imports" / "list.csv").write_text("name\n")
    path = tmp_path / "kept.age"
    take_backup(path, at=AT, report=quietly)
    return path


def tables(database: str) -> dict[str, int]:
    """Return the rows of each table, as an administrator sees them."""
    with psycopg.connect(database.replace("tejido_owner", "postgres")) as admin:
        names = [row[0] for row in admin.execute(TABLES["postgresql"]).fetchall()]
        return {n: admin.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names}


def test_backup_holds_the_rows_of_every_member_and_gives_them_back(
    backup: Path, scratch: str
) -> None:
    manifest = try_backup(backup, report=quietly)

    assert manifest.counts["network_member"] == 2
    assert manifest.counts["network_membership"] == 2
    assert manifest.counts["network_sealedevent"] == 2
    assert len(manifest.told["heads of the sealed record"]) == 2
    assert tables(scratch) == {}


def test_trying_needs_a_database_of_its_own(backup: Path, settings: Any) -> None:
    settings.BACKUP_SCRATCH = ""

    with pytest.raises(BackupRefused, match="BACKUP_SCRATCH_URL"):
        try_backup(backup, report=quietly)


def test_backup_needs_the_role_that_reads_everything(settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_DATABASE = ""

    with pytest.raises(BackupRefused, match="DATABASE_BACKUP_URL"):
        take_backup(tmp_path / "kept.age", at=AT, report=quietly)


def test_backup_as_the_application_is_refused_instead_of_leaving_rows_out(
    backup: Path, settings: Any, tmp_path: Path
) -> None:
    settings.BACKUP_DATABASE = settings.BACKUP_DATABASE.replace("tejido_backup", "tejido_app")

    with pytest.raises(BackupRefused) as refused:
        take_backup(tmp_path / "other.age", at=AT, report=quietly)

    assert refused.value.code == "backup-program"
    assert not (tmp_path / "other.age").exists()


def test_database_that_holds_tables_is_never_written_over(backup: Path, scratch: str) -> None:
    with psycopg.connect(scratch) as owner:
        owner.execute("CREATE TABLE somebodys_work (kept text)")

    with pytest.raises(BackupRefused) as refused:
        restore(backup, at=AT, report=quietly)

    assert refused.value.code == "backup-target-full"
    assert tables(scratch) == {"somebodys_work": 0}


def test_backup_that_is_tried_again_is_noted_as_verified(
    scratch: str, tmp_path: Path, own_data_folder: Path
) -> None:
    back_up(tmp_path / "kept.age", at=AT, report=quietly)
    BackupMade.objects.update(verified_at=None)

    try_again(tmp_path / "kept.age", at=AT, report=quietly)

    assert BackupMade.objects.get().verified_at is not None


def test_database_without_tables_is_no_backup(
    scratch: str, served_from: None, tmp_path: Path
) -> None:
    with pytest.raises(BackupRefused) as refused:
        back_up(tmp_path / "kept.age", at=AT, report=quietly)

    assert refused.value.code == "backup-no-database"


def test_scratch_that_is_somebodys_database_is_refused_and_left_as_it_is(
    backup: Path, scratch: str
) -> None:
    with psycopg.connect(scratch) as owner:
        owner.execute("CREATE TABLE somebodys_work (kept text)")
        owner.execute("INSERT INTO somebodys_work VALUES ('a year of work')")

    with pytest.raises(BackupRefused) as refused:
        try_backup(backup, report=quietly)

    assert refused.value.code == "backup-target-full"
    assert tables(scratch) == {"somebodys_work": 1}


def test_scratch_that_is_an_installation_is_refused_and_left_as_it_is(
    backup: Path, scratch: str, settings: Any
) -> None:
    settings.BACKUP_SCRATCH = url("tejido_owner", connection.settings_dict["NAME"])
    before = tables(settings.BACKUP_SCRATCH)

    with pytest.raises(BackupRefused) as refused:
        try_backup(backup, report=quietly)

    assert refused.value.code == "backup-target-full"
    assert tables(settings.BACKUP_SCRATCH) == before
    assert before["network_member"] == 2


def test_table_in_another_schema_is_somebodys_too(backup: Path, scratch: str) -> None:
    with psycopg.connect(scratch) as owner:
        owner.execute("CREATE SCHEMA theirs CREATE TABLE work (kept text)")

    with pytest.raises(BackupRefused) as refused:
        try_backup(backup, report=quietly)

    assert refused.value.code == "backup-target-full"


def test_two_tries_at_once_do_not_meet(backup: Path, scratch: str) -> None:
    with held_alone(scratch, ["network_member"], stays=False):
        with psycopg.connect(scratch) as owner:
            owner.execute("CREATE TABLE network_member (name text)")
        with pytest.raises(BackupRefused) as refused:
            try_backup(backup, report=quietly)

        assert refused.value.code == "backup-target-busy"
        assert tables(scratch) == {"network_member": 0}
    assert tables(scratch) == {}


def test_what_a_killed_try_left_is_taken_out_by_the_next_and_nothing_else(
    backup: Path, scratch: str
) -> None:
    with psycopg.connect(scratch) as owner:
        owner.execute(f"CREATE TABLE {UNFINISHED} (put_in text)")
        owner.execute(f"INSERT INTO {UNFINISHED} VALUES ('table_of_before')")
        owner.execute("CREATE TABLE table_of_before (kept text)")
        owner.execute("CREATE TABLE network_member (kept text)")

    try_backup(backup, report=quietly)
    assert tables(scratch) == {}

    with psycopg.connect(scratch) as owner:
        owner.execute(f"CREATE TABLE {UNFINISHED} (put_in text)")
        owner.execute("CREATE TABLE somebodys_work (kept text)")
    with pytest.raises(BackupRefused) as refused:
        try_backup(backup, report=quietly)
    assert refused.value.code == "backup-target-full"
    assert tables(scratch) == {"somebodys_work": 0}


def test_database_that_refuses_a_role_is_a_sentence(
    backup: Path, settings: Any, tmp_path: Path
) -> None:
    nobody = settings.BACKUP_DATABASE.replace("tejido_backup", "nobody_of_this_name")
    settings.BACKUP_DATABASE, settings.BACKUP_SCRATCH = nobody, nobody

    for act in (
        lambda: take_backup(tmp_path / "other.age", at=AT, report=quietly),
        lambda: try_backup(backup, report=quietly),
    ):
        with pytest.raises(BackupRefused) as refused:
            act()
        assert refused.value.code == "backup-database"


@pytest.fixture
def served_from(scratch: str) -> Iterator[None]:
    """Let the application be connected to the empty database, as after a new start."""
    before = dict(connection.settings_dict)
    connections.close_all()
    connection.settings_dict["NAME"] = scratch.split("@/")[1].split("?")[0]
    yield
    connections.close_all()
    connection.settings_dict.update(before)


def test_empty_database_gets_everything_and_its_walls(
    backup: Path, served_from: None, own_data_folder: Path
) -> None:
    (own_data_folder / "imports" / "list.csv").unlink()

    restore(backup, at=AT, report=quietly)

    # As the application, behind row-level security that came along.
    assert connection.settings_dict["USER"] == "tejido_app"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM network_membership")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT id FROM network_member ORDER BY slug")
        coast, valley = (row[0] for row in cursor.fetchall())
    for member in (coast, valley):
        with member_scope(member):
            assert Membership.objects.count() == 1
            assert Event.objects.filter(act="restore.backup").count() == 1
    assert Session.objects.count() == 0
    assert [epoch.restored_from for epoch in Epoch.objects.order_by("id")] == [None, AT]
    assert (own_data_folder / "imports" / "list.csv").read_text() == "name\n"
    assert given.EMBEDDED is False


def test_restore_that_is_broken_off_lets_nobody_in_and_is_made_again(
    backup: Path, served_from: None, scratch: str, own_data_folder: Path, monkeypatch: Any
) -> None:
    listed = own_data_folder / "imports" / "list.csv"
    listed.write_text("written since")
    seen: dict[str, int] = {}

    def killed(*_: object, **_given: object) -> None:
        seen.update(tables(scratch))
        assert levels_wrong() == ["The database is not whole."]
        # Whoever is killed tidies nothing.
        monkeypatch.setattr(alone, "_take_out", lambda _: None)
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "prepare", killed)
    with pytest.raises(KeyboardInterrupt):
        restore(backup, at=AT, report=quietly)
    monkeypatch.undo()

    assert (seen["accounts_session"], seen["foundation_epoch"]) == (0, 2)
    with pytest.raises(ServingRefused, match="broken off"):
        refuse_unfinished()
    (kept,) = own_data_folder.glob("before-*/imports/list.csv")
    assert kept.read_text() == "written since"

    restore(backup, at=AT + timedelta(minutes=5), report=quietly)

    refuse_unfinished()
    assert Session.objects.count() == 0
    assert [epoch.restored_from for epoch in Epoch.objects.order_by("id")] == [None, AT]
    assert listed.read_text() == "name\n"


def test_restore_that_fails_takes_out_what_it_put_in(
    backup: Path, served_from: None, scratch: str, monkeypatch: Any
) -> None:
    def full(*_: object, **_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "_put_files", full)
    with pytest.raises(OSError, match="No space"):
        restore(backup, at=AT, report=quietly)

    assert tables(scratch) == {}
    refuse_unfinished()


def levels_wrong() -> list[str]:
    """Return what the doctor finds wrong with the database itself."""
    fsync = "A power cut"
    found = [finding for finding in look._postgresql() if finding.level is Level.WRONG]
    return [finding.seen for finding in found if not finding.seen.startswith(fsync)]


def test_password_of_a_role_never_stands_in_an_argument() -> None:
    told = _environment("postgres://tejido_backup:se%20cret@db.example:5433/tejido")

    assert told == {
        "PGHOST": "db.example",
        "PGPORT": "5433",
        "PGUSER": "tejido_backup",
        "PGPASSWORD": "se cret",
        "PGDATABASE": "tejido",
    }
