"""The snapshot as a file: whole or not used, swapped in one step, kept while it is needed."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tejido.finder.domain.answer import Open, Question
from tejido.finder.domain.rows import FORMAT, row_of
from tejido.finder.queries.files import SNAPSHOT_FILES
from tejido.finder.queries.search import find_services
from tejido.finder.queries.snapshot import SnapshotMissing, current_snapshot
from tejido.finder.queries.state import snapshot_state
from tejido.finder.services.tables import SCHEMA
from tejido.finder.testing import NOW, a_listing, a_snapshot

PACKAGE = Path(__file__).resolve().parents[3]


@pytest.fixture
def folder(settings):
    return settings.SNAPSHOTS


def names():
    answer = find_services(Question(at=NOW))
    return {hit.listing.texts[0].name for hit in answer.hits}


def test_build_of_the_same_content_gives_the_same_file(tmp_path):
    files = [a_snapshot(tmp_path / side, [a_listing(1), a_listing(2)]) for side in ("a", "b")]

    assert files[0].name == files[1].name
    assert files[0].read_bytes() == files[1].read_bytes()


def test_build_at_another_time_gives_another_file(tmp_path):
    first = a_snapshot(tmp_path, [a_listing(1)])

    assert a_snapshot(tmp_path, [a_listing(1)], at=NOW + timedelta(days=1)).name != first.name


def test_build_is_seen_by_a_reader_that_already_reads(folder):
    a_snapshot(folder, [a_listing(1, name="Before")])
    assert names() == {"Before"}

    a_snapshot(folder, [a_listing(1, name="After")])

    assert names() == {"After"}


def test_build_that_fails_half_way_leaves_the_last_snapshot(folder):
    a_snapshot(folder, [a_listing(1, name="Before")])

    def listings():
        yield a_listing(2)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"):
        a_snapshot(folder, listings())

    assert names() == {"Before"}
    assert sorted(file.name for file in folder.iterdir() if "draft" in file.name) == []


def test_build_takes_away_what_a_killed_one_left(folder):
    folder.mkdir(parents=True)
    left, at_work = folder / "draft-finder-1.sqlite", folder / "draft-finder-2.sqlite"
    for draft in (left, at_work):
        draft.write_bytes(b"half")
    os.utime(left, (0, 0))

    a_snapshot(folder, [a_listing(1)])

    assert (left.exists(), at_work.exists()) == (False, True)


def test_build_keeps_the_current_and_two_older(folder):
    built = [a_snapshot(folder, [a_listing(1, name=f"Program {day}")]) for day in range(5)]

    assert set(SNAPSHOT_FILES.files_in(folder)) == set(built[-3:])
    assert names() == {"Program 4"}


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_damaged_snapshot_is_refused_and_the_one_before_is_read(folder, damage, caplog):
    a_snapshot(folder, [a_listing(1, name="Before")])
    after = a_snapshot(folder, [a_listing(1, name="After")])
    content = after.read_bytes()
    if damage == "cut":
        after.write_bytes(content[:-4096])
    elif damage == "changed":
        after.write_bytes(content[:5000] + b"x" + content[5001:])
    else:
        after.unlink()

    assert names() == {"Before"}
    assert "is not used" in caplog.text


def forget_pages():
    """Open the snapshot as a server does that has not read all of it yet."""
    assert current_snapshot().rows("SELECT count(*) FROM mark WHERE mark MATCH 'nothing'")
    current_snapshot().rows("PRAGMA shrink_memory")


def test_snapshot_damaged_while_it_is_read_gives_way_to_the_one_before(folder, caplog):
    a_snapshot(folder, [a_listing(number, name="Before") for number in range(1, 300)])
    after = a_snapshot(folder, [a_listing(number, name="After") for number in range(1, 300)])
    forget_pages()
    content = bytearray(after.read_bytes())
    for page in range(4096, len(content), 4096):
        content[page : page + 200] = b"\xff" * 200
    with after.open("r+b") as same_file:
        same_file.write(content)

    assert names() == {"Before"}
    assert "is not used" in caplog.text


def test_where_every_file_is_damaged_while_it_is_read_the_refusal_says_what_to_do(folder):
    only = a_snapshot(folder, [a_listing(number) for number in range(1, 300)])
    forget_pages()
    with only.open("r+b") as same_file:
        same_file.write(b"\xff" * only.stat().st_size)

    with pytest.raises(SnapshotMissing, match="not ready yet"):
        names()


def test_a_mistake_in_a_query_is_no_damage(folder):
    a_snapshot(folder, [a_listing(1)])

    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        current_snapshot().rows("SELECT * FROM nowhere")
    assert names() == {"Program 1"}


def test_the_snapshot_in_use_stays_where_its_folder_is_gone(folder):
    a_snapshot(folder, [a_listing(1, name="Before")])
    assert names() == {"Before"}

    shutil.rmtree(folder)

    assert names() == {"Before"}


def test_snapshot_of_another_format_is_left_alone(folder, monkeypatch, caplog):
    monkeypatch.setattr("tejido.finder.services.tables.FORMAT", "of another day")
    a_snapshot(folder, [a_listing(1, name="Of another day")])

    assert snapshot_state() is None
    assert "another version" in caplog.text


def test_format_changes_whenever_rows_or_tables_do():
    layout = hashlib.sha256((SCHEMA + row_of(a_listing(1))).encode()).hexdigest()[:12]

    # When this fails: raise the last number of FORMAT and write the new pair here.
    assert (FORMAT, layout) == ("1.10", "079bd55c6dd1")


def test_pointer_to_nothing_falls_back_to_what_is_whole(folder):
    a_snapshot(folder, [a_listing(1, name="Before")])
    (folder / SNAPSHOT_FILES.pointer).write_text("finder-of-another-day.sqlite")

    assert names() == {"Before"}


def test_without_any_snapshot_the_refusal_says_what_to_do(folder):
    with pytest.raises(SnapshotMissing, match="not ready yet"):
        current_snapshot()

    assert snapshot_state() is None


def test_snapshot_state_says_what_is_in_it(folder):
    a_snapshot(folder, [a_listing(1, is_invented=False)])

    state = snapshot_state()

    assert (state.built_at, state.listings, state.is_invented) == (NOW, 1, False)
    assert state.horizon_until > NOW + timedelta(days=34)


def test_readers_in_other_threads_see_each_swap_and_never_half_of_one(folder):
    a_snapshot(folder, [a_listing(number, name="0") for number in range(1, 9)])
    seen, failures, done = set(), [], threading.Event()

    def read():
        while not done.is_set():
            try:
                found = names()
            except Exception as failure:  # noqa: BLE001 - a thread must hand it over
                failures.append(failure)
                return
            seen.add(frozenset(found))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for version in range(1, 6):
        a_snapshot(folder, [a_listing(number, name=str(version)) for number in range(1, 9)])
    done.set()
    for reader in readers:
        reader.join()

    assert failures == []
    assert all(len(found) == 1 for found in seen)
    assert names() == {"5"}


READER = """
import sys
import django
django.setup()
from tejido.finder.domain.answer import Question
from tejido.finder.queries.search import find_services
from tejido.finder.queries.snapshot import current_snapshot
from tejido.finder.testing import NOW
for _ask in sys.stdin:
    names = {hit.listing.texts[0].name for hit in find_services(Question(at=NOW)).hits}
    print(current_snapshot().file.name, *sorted(names), flush=True)
"""


@pytest.fixture
def readers(own_data_folder):
    """Return two processes that each read the snapshot once for every line they are sent."""
    mine = {
        "TEJIDO_DATA": str(own_data_folder),
        "DJANGO_SETTINGS_MODULE": "tejido.config.settings",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", READER]
    path = {"PYTHONPATH": str(PACKAGE)}
    started = [subprocess.Popen(command, env=kept | mine | path, **pipes) for _ in range(2)]
    yield started
    for process in started:
        process.communicate(timeout=30)


def read_by(processes):
    """Let each process read once; return what each saw."""
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.stdout.readline().split() for process in processes]


def test_several_processes_read_one_file_and_see_its_swap_and_refuse_a_damaged_one(
    folder, readers
):
    first = a_snapshot(folder, [a_listing(1, name="Before")])
    assert read_by(readers) == [[first.name, "Before"]] * 2

    second = a_snapshot(folder, [a_listing(1, name="After")])
    assert read_by(readers) == [[second.name, "After"]] * 2

    third = a_snapshot(folder, [a_listing(1, name="Broken")])
    third.write_bytes(third.read_bytes()[:-4096])
    assert read_by(readers) == [[second.name, "After"]] * 2


@pytest.mark.parametrize("left", [0, 100, 8192])
def test_a_server_that_reads_a_file_lives_on_when_somebody_cuts_it_short(folder, readers, left):
    whole = a_snapshot(folder, [a_listing(1, name="Before")])
    many = [a_listing(number, name=f"Now {number}") for number in range(1, 400)]
    cut = a_snapshot(folder, many)
    assert [found[0] for found in read_by(readers)] == [cut.name] * 2

    os.truncate(cut, left)

    for _ in range(3):
        found = read_by(readers)
        assert all(seen and seen[0] in {cut.name, whole.name} for seen in found)
        assert [process.poll() for process in readers] == [None, None]


def test_nothing_of_ours_writes_into_a_file_that_is_read(folder):
    first = a_snapshot(folder, [a_listing(1, name="Before")])
    with first.open("rb") as held:
        content = held.read()
        for day in range(6):
            a_snapshot(folder, [a_listing(1, name="After")], at=NOW + timedelta(days=day))
        again = a_snapshot(folder, [a_listing(1, name="Before")])
        held.seek(0)

        assert held.read() == content
        assert os.fstat(held.fileno()).st_ino != again.stat().st_ino


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (timedelta(0), Open.OPEN),
        (timedelta(days=28), Open.OPEN),
        (timedelta(days=35), Open.UNKNOWN),
        (timedelta(days=400), Open.UNKNOWN),
        (timedelta(days=-3), Open.UNKNOWN),
    ],
)
def test_hours_are_told_within_the_horizon_of_the_snapshot_and_unknown_beyond(
    folder, after, state
):
    a_snapshot(folder, [a_listing(1, confirmed_on=NOW.date())])
    answer = find_services(Question(at=NOW + after))

    assert [hit.hours.state for hit in answer.hits] == [state]
    assert (NOW + after < snapshot_state().horizon_until) is (after < timedelta(days=34))
