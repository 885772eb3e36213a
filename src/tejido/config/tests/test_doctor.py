"""What the doctor sees, and says to do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError

from tejido.config.doctor import database, safety, serving
from tejido.config.doctor.findings import Finding, Level
from tejido.config.rounds import every_round
from tejido.config.tests.backup.conftest import Installation
from tejido.foundation.backups import current_epoch, note_backup, note_verified
from tejido.foundation.days import local_day
from tejido.foundation.holds import HoldReason
from tejido.foundation.models import BackupMade, RoundMade, RuleKept
from tejido.foundation.removing import begin_hold
from tejido.foundation.rounds import REMOVAL

AT = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)


def levels(found: Iterator[Finding]) -> list[Level]:
    return [finding.level for finding in found]


def worst(found: Iterator[Finding]) -> Finding:
    return max(found, key=lambda finding: list(Level).index(finding.level))


@pytest.mark.embedded
def test_machine_without_a_database_is_told_and_none_is_made(tmp_path: Path) -> None:
    one = Installation(tmp_path / "data")

    done = one.run("doctor")

    assert done.returncode == 1
    assert "There is no database" in done.stdout
    assert not one.database.exists()


@pytest.mark.django_db
def test_tables_that_are_up_to_date_are_said_to_be(own_data_folder: Path) -> None:
    own_data_folder.mkdir()
    (own_data_folder / "tejido.sqlite3").touch()

    seen = [finding.seen for finding in database.look_at_database(AT)]

    assert "The tables are up to date." in seen


@pytest.mark.django_db
def test_older_tables_are_told_with_what_to_do(
    own_data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_data_folder.mkdir()
    (own_data_folder / "tejido.sqlite3").touch()
    monkeypatch.setattr(database, "migrations_waiting", lambda: 3)

    found = worst(database.look_at_database(AT))

    assert (found.level, "3 changes" in found.seen) == (Level.WRONG, True)
    assert "backup" in found.do


def test_database_that_does_not_answer_is_told_without_its_words(
    own_data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_data_folder.mkdir()
    (own_data_folder / "tejido.sqlite3").touch()

    def away() -> int:
        raise OperationalError("somebody's password")

    monkeypatch.setattr(database, "migrations_waiting", away)

    (found,) = database.look_at_database(AT)

    assert found.seen == "The database does not answer: OperationalError."


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_that_may_lose_what_it_kept_is_told() -> None:
    # The server of the tests is quick and forgets: fsync is off.
    found = worst(database._postgresql())

    assert found.level is Level.WRONG
    assert "fsync" in found.seen


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "level"), [(timedelta(hours=3), Level.WELL), (timedelta(days=3), Level.WRONG)]
)
def test_age_of_the_last_backup_that_was_tried_counts(
    own_data_folder: Path, age: timedelta, level: Level
) -> None:
    made = BackupMade(
        id=uuid4(), epoch=current_epoch(at=AT), taken_at=AT - age, file_name="a.age", size=1
    )
    note_backup(made)
    note_verified(made.id, at=AT)

    assert next(iter(safety.look_at_backups(AT))).level is level


@pytest.mark.django_db
def test_backup_of_an_earlier_epoch_or_one_that_was_not_tried_does_not_count() -> None:
    other = BackupMade(id=uuid4(), epoch=uuid4(), taken_at=AT, file_name="a.age", size=1)
    untried = BackupMade(
        id=uuid4(), epoch=current_epoch(at=AT), taken_at=AT, file_name="b.age", size=1
    )
    for made in (other, untried):
        note_backup(made)
    note_verified(other.id, at=AT)

    assert next(iter(safety.look_at_backups(AT))).level is Level.WRONG


@pytest.mark.django_db
def test_keys_inside_the_data_folder_are_told(settings: Any) -> None:
    settings.KEYS = Path(settings.DATA) / "keys"

    assert worst(safety.look_at_keys(AT)).level is Level.WRONG


def test_data_folder_that_others_may_look_into_is_told(settings: Any) -> None:
    folder = Path(settings.DATA)
    folder.mkdir(mode=0o700)
    assert levels(safety.look_at_folders(AT)) == []

    folder.chmod(0o750)
    assert [finding.do for finding in safety.look_at_folders(AT)] == [f"chmod 700 {folder}"]


@pytest.mark.parametrize(("free", "level"), [(50, Level.WELL), (8, Level.CARE), (1, Level.WRONG)])
def test_little_room_is_told_before_it_is_late(
    monkeypatch: pytest.MonkeyPatch, free: int, level: Level
) -> None:
    usage = type("Usage", (), {"free": free, "total": 100})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)

    assert levels(safety.look_at_room(AT)) == [level]


@pytest.mark.parametrize(
    ("hosts", "https", "level"),
    [
        (["localhost"], False, Level.WELL),
        (["help.example.org"], True, Level.WELL),
        (["help.example.org"], False, Level.WRONG),
        (["*"], True, Level.WRONG),
    ],
)
def test_address_that_others_reach_asks_for_https(
    settings: Any, hosts: list[str], https: bool, level: Level
) -> None:
    settings.ALLOWED_HOSTS, settings.HTTPS = hosts, https

    assert worst(serving.look_at_address(AT)).level is level


@pytest.mark.django_db
def test_rounds_that_were_not_made_or_failed_are_named() -> None:
    assert worst(serving.look_at_rounds(AT)).level is Level.CARE

    for work in every_round():
        RoundMade.objects.create(name=work.name, begun_at=AT, done_at=AT)
    assert levels(serving.look_at_rounds(AT)) == [Level.WELL]

    RoundMade.objects.filter(name="backup").update(problem="backup-no-room")
    found = worst(serving.look_at_rounds(AT))
    assert (found.level, "backup (backup-no-room)" in found.seen) == (Level.WRONG, True)


@pytest.mark.django_db
def test_nightly_removal_that_did_not_run_or_is_on_hold_is_told() -> None:
    assert levels(serving.look_at_removal(AT)) == [Level.CARE]

    RoundMade.objects.create(name=REMOVAL, begun_at=AT, done_at=AT)
    RuleKept.objects.create(name="tasks", night=local_day(AT), removed=4)
    (found,) = serving.look_at_removal(AT)
    assert (found.level, "4 things" in found.seen) == (Level.WELL, True)

    begin_hold(reason=HoldReason.SUBPOENA, by=uuid4(), on=local_day(AT))
    (found,) = serving.look_at_removal(AT)
    assert (found.level, "on hold" in found.seen) == (Level.CARE, True)


def test_finder_with_nothing_to_answer_from_is_told() -> None:
    (found,) = serving.look_at_finder(AT)

    assert (found.level, found.do) == (Level.WRONG, "./tejido build_index")
