"""Backups of the embedded database, by the commands that people use."""

import fcntl
import io
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pyrage
import pytest

from tejido.config.benches.site import environment, settings_of
from tejido.config.tests.backup.conftest import Installation
from tejido.foundation.one_process import one_process

pytestmark = pytest.mark.embedded
# What a restore changes on purpose.
CHANGED = {
    *("foundation_epoch", "foundation_backupmade", "network_event", "accounts_session"),
    *("network_seal", "network_sealedevent", "sqlite_sequence"),
}


def rest(rows: dict[str, list[object]]) -> dict[str, list[object]]:
    return {table: kept for table, kept in rows.items() if table not in CHANGED}


def test_everything_comes_back_as_it_was(one: Installation, backup: Path) -> None:
    before = one.everything()
    one.ask("UPDATE network_member SET name = 'Somebody else'")
    one.ask("DELETE FROM accounts_user")
    (one.data / "imports" / "lista ñandú.csv").unlink()

    one.said("restore", backup)

    assert rest(one.everything()) == rest(before)
    assert (one.data / "imports" / "lista ñandú.csv").read_text(encoding="utf-8") == "name\nRío\n"


def test_what_was_there_is_kept_aside(one: Installation, backup: Path) -> None:
    one.ask("UPDATE network_member SET name = 'Written after the backup'")

    said = one.said("restore", backup)

    (aside,) = one.data.glob("before-*")
    assert str(aside) in said
    kept = Installation(aside)
    assert kept.ask("SELECT name FROM network_member") == [("Written after the backup",)]
    assert (aside / "imports" / "lista ñandú.csv").is_file()


def test_empty_machine_with_a_copy_of_the_keys_gets_everything(
    one: Installation, backup: Path, tmp_path: Path
) -> None:
    empty = Installation(tmp_path / "elsewhere" / "data")
    shutil.copytree(one.keys, empty.keys)

    empty.said("restore", backup)

    assert rest(empty.everything()) == rest(one.everything())
    assert "events sealed" in empty.said("verify_audit")


def test_restore_begins_an_epoch_signs_everybody_out_and_stands_in_the_record(
    one: Installation, backup: Path
) -> None:
    epochs = one.ask("SELECT epoch FROM foundation_epoch")
    one.ask(
        "INSERT INTO accounts_session (session_key, session_data, expire_date) "
        "VALUES ('k', 'd', '2030-01-01')"
    )

    one.said("restore", backup)

    later = one.ask("SELECT epoch, restored_from FROM foundation_epoch ORDER BY id")
    assert [epoch for epoch, _ in later[:-1]] == [epoch for (epoch,) in epochs]
    assert later[-1][1] is not None
    assert one.ask("SELECT count(*) FROM accounts_session") == [(0,)]
    assert one.ask("SELECT count(*) FROM network_event WHERE act = 'restore.backup'") == [(1,)]


def test_restore_that_is_broken_off_lets_nobody_in_and_has_begun_its_epoch(
    one: Installation, tmp_path: Path
) -> None:
    one.ask(
        "INSERT INTO accounts_session (session_key, session_data, expire_date) "
        "VALUES ('k', 'd', '2030-01-01')"
    )
    one.said("backup", tmp_path / "kept.age")
    # Broken off once the file is in its place, before anything else.
    stop = "from tejido.config.backup import restoring as r; r._finish = lambda *_, **__: exit(9)"
    script = (
        f"import django; django.setup(); {stop}; from django.core.management import "
        f"call_command; call_command('restore', {str(tmp_path / 'kept.age')!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(settings_of(one.data)),
        capture_output=True,
        check=False,
    )

    assert done.returncode == 9, done.stderr
    assert one.ask("SELECT count(*) FROM accounts_session") == [(0,)]
    assert one.ask("SELECT restored_from IS NULL FROM foundation_epoch ORDER BY id") == [
        (1,),
        (0,),
    ]
    assert not [*one.data.glob("tejido.sqlite3-wal")]


def test_backup_that_was_tried_is_noted_as_verified(one: Installation, backup: Path) -> None:
    assert backup.is_file()
    rows = one.ask("SELECT file_name, verified_at IS NOT NULL, told FROM foundation_backupmade")

    assert [row[:2] for row in rows] == [("kept.age", 1)]
    assert "trial-coalition" in rows[0][2]


def test_nothing_of_it_can_be_read_without_the_key(backup: Path) -> None:
    content = backup.read_bytes()

    assert content.startswith(b"age-encryption.org/v1")
    assert b"Trial Coalition" not in content
    assert b"SQLite" not in content


def test_other_programs_open_it_without_tejido(
    one: Installation, backup: Path, tmp_path: Path
) -> None:
    (key,) = one.keys.glob("backup.1.key")
    secret = [line for line in key.read_text().splitlines() if line.startswith("AGE-SECRET-KEY")]
    plain = pyrage.decrypt(backup.read_bytes(), [pyrage.x25519.Identity.from_str(secret[0])])
    with tarfile.open(fileobj=io.BytesIO(plain), mode="r:gz") as archive:
        names = archive.getnames()

    assert names == ["manifest.json", "tejido.sqlite3", "files/imports/lista ñandú.csv"]


def test_backup_is_never_written_over_a_file(one: Installation, backup: Path) -> None:
    before = backup.read_bytes()

    assert "already" in one.refused("backup", backup)
    assert backup.read_bytes() == before


def test_only_trying_changes_nothing(one: Installation, backup: Path) -> None:
    one.ask("UPDATE network_member SET name = 'Stays'")

    said = one.said("restore", backup, "--verify")

    assert "It gives everything back." in said
    assert one.ask("SELECT name FROM network_member") == [("Stays",)]
    assert not [*one.data.glob("before-*"), *one.data.glob(".backup-*")]


def test_backup_without_its_key_is_refused_and_says_where_keys_are(
    one: Installation, backup: Path, founded: Installation, tmp_path: Path
) -> None:
    other = founded.copied(tmp_path / "other")
    for key in other.keys.glob("backup.*"):
        key.unlink()
    before = other.everything()

    assert "There is no backup key" in other.refused("restore", backup)
    other.ask("DELETE FROM foundation_keyuse WHERE purpose = 'backup'")
    other.said("rotate_key", "backup")
    assert "another installation" in other.refused("restore", backup)
    after = other.everything()
    assert {**after, "foundation_keyuse": []} == {**before, "foundation_keyuse": []}


def test_full_disk_during_a_backup_leaves_nothing_half_written(
    one: Installation, tmp_path: Path
) -> None:
    one.said("seal_audit")
    before = one.everything()
    target = tmp_path / "stick" / "kept.age"
    target.parent.mkdir()
    # Enough for the copy of the database, not for one byte more than half of what is packed.
    for most in (100_000, one.database.stat().st_size // 2):
        said = one.refused("backup", target, most_bytes=most)
        assert "Nothing half-written was left" in said

    assert not list(target.parent.iterdir())
    assert not list(one.data.glob(".backup-*"))
    assert rest(one.everything()) == rest(before)


def test_backup_of_an_older_tejido_is_brought_up_to_date(
    one: Installation, tmp_path: Path
) -> None:
    one.said("migrate", "foundation", "0001")
    old = tmp_path / "old.age"
    one.said("backup", old)
    # A way back to what was: making it changed nothing.
    assert one.ask("SELECT name FROM django_migrations WHERE app = 'foundation'") == [
        ("0001_key_uses",)
    ]
    one.ask("DELETE FROM accounts_user")

    one.said("restore", old)

    assert one.ask("SELECT username FROM accounts_user") == [("boss",)]
    assert one.ask("SELECT count(*) FROM foundation_epoch") == [(1,)]


def test_backup_beside_a_server_is_made_and_leaves_the_database_to_it(
    one: Installation, tmp_path: Path
) -> None:
    with one_process(one.data, command="serve"):
        said = one.said("backup", tmp_path / "beside.age")
        assert "in use" in one.refused("restore", tmp_path / "beside.age")

    assert "It gives everything back." in said
    assert one.ask(
        "SELECT count(*) FROM foundation_backupmade WHERE file_name = 'beside.age'"
    ) == [(0,)]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE network_event SET act = 'add.nobody'", "sealed"),
        ("DELETE FROM network_sealedevent", "sealed"),
    ],
)
def test_backup_of_a_record_that_was_tampered_with_is_told(
    one: Installation, tmp_path: Path, change: str, told: str
) -> None:
    one.said("seal_audit")
    for (trigger,) in one.ask("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        one.ask(f'DROP TRIGGER "{trigger}"')
    one.ask(change)

    assert told in one.refused("backup", tmp_path / "kept.age")


def test_lawfully_destroyed_key_of_the_record_is_told_and_stops_no_backup(
    one: Installation, backup: Path, tmp_path: Path
) -> None:
    one.said("rotate_key", "audit")
    one.said("destroy_key", "audit", "--generation", "1", "--yes")

    said = one.said("backup", tmp_path / "later.age")

    assert "cannot be checked: 1." in said
    assert "It gives everything back." in said
    for kept in (tmp_path / "later.age", backup):
        assert "cannot be checked: 1." in one.said("restore", kept)
        assert "cannot be checked: 1." in one.said("verify_audit")


def test_lost_key_of_the_record_is_told_and_stops_no_backup_and_no_way_back(
    one: Installation, backup: Path, tmp_path: Path
) -> None:
    # Leaves an event that waits for its seal.
    one.said("restore", backup)
    (one.keys / "audit.1.key").unlink()
    said = one.said("backup", tmp_path / "later.age")
    assert "rotate_key audit --lost" in said
    assert "It gives everything back." in said

    empty = Installation(tmp_path / "elsewhere" / "data")
    empty.keys.mkdir(parents=True, mode=0o700)
    shutil.copy(one.keys / "backup.1.key", empty.keys)
    assert "cannot be checked: 1." in empty.said("restore", backup)
    assert rest(empty.everything()) == rest(one.everything())
    empty.said("rotate_key", "audit", "--lost")
    assert "cannot be checked: 1." in empty.said("verify_audit")


def test_where_there_is_no_database_none_is_made_and_backed_up(tmp_path: Path) -> None:
    none = Installation(tmp_path / "none")

    none.refused("restore", tmp_path / "kept.age", "--verify")
    assert not none.data.exists()
    assert "There is no database" in none.refused("backup", tmp_path / "kept.age")
    assert not none.database.exists()


def test_what_a_killed_backup_left_is_told_and_removed_by_the_next(
    one: Installation, tmp_path: Path
) -> None:
    left = one.data / ".backup-0011223344556677"
    left.mkdir()
    shutil.copy(one.database, left)
    assert str(left) in one.run("doctor").stdout

    # One that another process still holds stays.
    held = one.data / ".backup-8899aabbccddeeff"
    held.mkdir()
    handle = os.open(held, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    one.said("backup", tmp_path / "kept.age")
    assert [*one.data.glob(".backup-*")] == [held]
    assert str(held) not in one.run("doctor").stdout

    os.close(handle)
    one.said("restore", tmp_path / "kept.age", "--verify")
    assert not [*one.data.glob(".backup-*")]


def test_backup_that_is_killed_leaves_nothing_that_the_next_does_not_remove(
    one: Installation, tmp_path: Path
) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "tejido", "backup", tmp_path / "killed.age"],
        env=environment(settings_of(one.data)),
        stdout=subprocess.DEVNULL,
    )
    while running.poll() is None and not [*one.data.glob(".backup-*/tejido.sqlite3")]:
        """Wait until the copy is begun."""
    running.kill()
    running.wait()
    assert [*one.data.glob(".backup-*/*")]

    one.said("backup", tmp_path / "kept.age")

    assert not [*one.data.glob(".backup-*")]
    assert [path.name for path in tmp_path.glob("*.age")] == ["kept.age"]


@pytest.mark.parametrize("name", ["kept.age", "deep/kept.age", "../one/kept.age"])
def test_backup_inside_the_data_folder_is_refused(one: Installation, name: str) -> None:
    (one.data / "deep").mkdir()

    assert "inside the data folder" in one.refused("backup", one.data / name)
    assert not [*one.data.rglob("*.age")]


def test_backups_that_are_to_lie_inside_the_data_folder_are_told(one: Installation) -> None:
    inside = str(one.data / "backups")

    done = one.run("doctor", TEJIDO_BACKUPS=inside, TEJIDO_DEMONSTRATION="false")

    assert "Backups are to lie inside the data folder" in done.stdout
