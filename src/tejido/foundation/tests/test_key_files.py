import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from tejido.foundation import key_files
from tejido.foundation.key_files import (
    KeyName,
    KeyRefused,
    Purpose,
    destroy_key,
    listed,
    make_key,
    read_key,
)

NOW = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
MEMBER = UUID("551f4b38-df65-465e-b3a8-236a3a14fe63")
AUDIT = KeyName(Purpose.AUDIT, None, 1)
PEPPER = KeyName(Purpose.PEPPER, MEMBER, 12)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def refused(code, act, *given, **more):
    with pytest.raises(KeyRefused) as refusal:
        act(*given, **more)
    assert refusal.value.code == code
    return str(refusal.value)


@pytest.mark.parametrize("name", [AUDIT, PEPPER, KeyName(Purpose.SECOND_STEPS, None, 3)])
@pytest.mark.parametrize("secret", ["abc", "two\nlines", "ends with a line\n", "ñandú"])
def test_a_key_is_read_as_it_was_made(folder, name, secret):
    made = make_key(folder, name, secret, at=NOW)

    assert read_key(folder, name) == made
    assert (made.name, made.secret, made.made_at) == (name, secret, NOW)
    assert listed(folder).usable(name.purpose, name.owner) == [name]


def test_only_its_owner_may_look_into_folder_and_file_whatever_the_umask(folder):
    before = os.umask(0)
    try:
        make_key(folder, AUDIT, "abc", at=NOW)
    finally:
        os.umask(before)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]


def test_a_key_never_says_its_secret_by_itself(folder):
    made = make_key(folder, AUDIT, "zanate7731", at=NOW)

    assert "zanate7731" not in f"{made} {made!r} {made.mark} {made.name}"
    assert made.mark != make_key(folder, PEPPER, "other", at=NOW).mark


def test_a_key_is_never_written_over(folder):
    make_key(folder, AUDIT, "first", at=NOW)

    refused("key-exists", make_key, folder, AUDIT, "second", at=NOW)

    assert read_key(folder, AUDIT).secret == "first"
    assert len(list(folder.iterdir())) == 1


def test_of_many_at_once_one_makes_the_key_and_all_read_that_one(folder):
    def attempt(number):
        with suppress(KeyRefused):
            make_key(folder, AUDIT, f"secret {number}", at=NOW)
        return read_key(folder, AUDIT).secret

    with ThreadPoolExecutor(8) as together:
        read = set(together.map(attempt, range(40)))

    assert len(read) == 1
    assert [path.name for path in folder.iterdir()] == ["audit.1.key"]


RACE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tejido.foundation.key_files import KeyName, KeyRefused, Purpose, make_key
for generation in range(1, 41):
    try:
        name = KeyName(Purpose.AUDIT, None, generation)
        make_key(Path(sys.argv[1]), name, sys.argv[2], at=datetime.now(UTC))
        print(generation)
    except KeyRefused as refusal:
        assert refusal.code == "key-exists", refusal.code
"""


def test_of_several_processes_at_once_each_key_is_made_by_one(folder):
    running = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(folder), f"process {number}"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for number in range(3)
    ]
    said = [process.communicate(timeout=60)[0].split() for process in running]

    assert [process.returncode for process in running] == [0, 0, 0]
    assert sorted(int(made) for each in said for made in each) == [*range(1, 41)]
    for number, made in enumerate(said):
        for generation in made:
            key = read_key(folder, KeyName(Purpose.AUDIT, None, int(generation)))
            assert key.secret == f"process {number}"
    assert len(list(folder.iterdir())) == 40


def test_generations_are_counted_and_not_spelled(folder):
    for generation in (9, 10, 2):
        make_key(folder, KeyName(Purpose.AUDIT, None, generation), "abc", at=NOW)

    usable = listed(folder).usable(Purpose.AUDIT)

    assert [name.generation for name in usable] == [10, 9, 2]


def test_other_files_in_the_folder_are_nobodys_keys(folder):
    make_key(folder, AUDIT, "abc", at=NOW)
    for name in ("notes.txt", "audit.0.key", "audit.1.key~", "else.1.key", "pepper-x.1.key"):
        (folder / name).touch(mode=0o600)

    assert listed(folder).keys == {AUDIT}


def test_a_folder_that_is_not_there_holds_nothing(folder):
    assert listed(folder).keys == frozenset()
    assert not folder.exists()


def test_a_file_cut_short_anywhere_is_known(folder):
    make_key(folder, AUDIT, "0123456789abcdef", at=NOW)
    path = folder / "audit.1.key"
    whole = path.read_bytes()

    for kept in range(len(whole)):
        path.write_bytes(whole[:kept])
        assert "cut short or changed" in refused("key-damaged", read_key, folder, AUDIT)


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace(b"made: 2026", b"made: 2025"),
        lambda text: text.replace(b"0123", b"0124", 1),
        lambda text: text + b"more",
        lambda text: b"\xff\xfe" + text,
        lambda text: text.replace(b"audit.1", b"audit.2"),
    ],
)
def test_a_file_that_was_changed_is_known(folder, changed):
    make_key(folder, AUDIT, "0123456789abcdef", at=NOW)
    path = folder / "audit.1.key"
    path.write_bytes(changed(path.read_bytes()))

    refused("key-damaged", read_key, folder, AUDIT)


def test_the_key_of_another_ring_under_this_name_is_known(folder):
    make_key(folder, PEPPER, "abc", at=NOW)
    (folder / f"{PEPPER}.key").rename(folder / "audit.1.key")

    refused("key-damaged", read_key, folder, AUDIT)


def test_a_key_that_is_not_there_is_refused_with_what_to_do(folder):
    said = refused("key-missing", read_key, folder, AUDIT)

    assert "audit.1" in said
    assert "./tejido rotate_key audit --lost" in said


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_may_read_is_not_used(folder, mode):
    make_key(folder, AUDIT, "abc", at=NOW)
    (folder / "audit.1.key").chmod(mode)

    assert "chmod 600" in refused("key-open", read_key, folder, AUDIT)


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o777])
def test_a_folder_that_others_may_enter_is_not_used(folder, mode):
    make_key(folder, AUDIT, "abc", at=NOW)
    folder.chmod(mode)

    assert "chmod 700" in refused("folder-open", listed, folder)
    refused("folder-open", make_key, folder, PEPPER, "abc", at=NOW)
    refused("folder-open", destroy_key, folder, AUDIT, at=NOW)
    assert len(list(folder.iterdir())) == 1


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()

    said = refused("folder-closed", make_key, tmp_path / "file" / "keys", AUDIT, "abc", at=NOW)

    assert "TEJIDO_KEYS" in said


def test_a_folder_that_is_a_file_is_a_sentence(folder):
    folder.touch(mode=0o600)

    refused("folder-closed", listed, folder)
    refused("folder-closed", make_key, folder, AUDIT, "abc", at=NOW)


@pytest.mark.parametrize("broken", ["open", "fsync", "link"])
def test_a_full_disk_leaves_no_half_key(folder, monkeypatch, broken):
    make_key(folder, AUDIT, "abc", at=NOW)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(key_files.os, broken, full)
        refused("folder-closed", make_key, folder, PEPPER, "abc", at=NOW)

    assert [path.name for path in folder.iterdir()] == ["audit.1.key"]


def test_a_destroyed_key_leaves_its_name_and_nothing_of_its_secret(folder):
    make_key(folder, AUDIT, "zanate7731", at=NOW)

    destroy_key(folder, AUDIT, at=NOW)

    assert [path.name for path in folder.iterdir()] == ["audit.1.destroyed"]
    assert "zanate" not in (folder / "audit.1.destroyed").read_text()
    assert (listed(folder).usable(Purpose.AUDIT), listed(folder).destroyed) == ([], {AUDIT})


def test_destroying_overwrites_the_file_before_it_goes(folder):
    make_key(folder, AUDIT, "zanate7731", at=NOW)
    (folder / "held").hardlink_to(folder / "audit.1.key")

    destroy_key(folder, AUDIT, at=NOW)

    assert b"zanate" not in (folder / "held").read_bytes()


def test_destroying_twice_or_after_it_was_broken_off_ends_well(folder):
    make_key(folder, AUDIT, "abc", at=NOW)
    (folder / "audit.1.destroyed").touch(mode=0o600)
    assert listed(folder).usable(Purpose.AUDIT) == []

    for _ in range(2):
        destroy_key(folder, AUDIT, at=NOW)

    assert [path.name for path in folder.iterdir()] == ["audit.1.destroyed"]


def test_a_full_disk_does_not_destroy_a_key_without_saying_so(folder, monkeypatch):
    make_key(folder, AUDIT, "abc", at=NOW)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(key_files.os, "link", full)
        refused("folder-closed", destroy_key, folder, AUDIT, at=NOW)

    assert read_key(folder, AUDIT).secret == "abc"
