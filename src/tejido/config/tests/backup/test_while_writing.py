"""A copy of the embedded database is of one moment, whatever is written meanwhile."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tejido.config.backup.embedded_copy import asking, copy, faults, opened


@pytest.fixture
def written(tmp_path: Path) -> Iterator[tuple[Path, list[int]]]:
    """Write pairs of rows, a pair a transaction, until the test is over."""
    path, done, stop = tmp_path / "tejido.sqlite3", [0], threading.Event()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE pair (id integer PRIMARY KEY, number, half)")
        filler = ((number, "x" * 500) for number in range(-20_000, 0))
        connection.executemany("INSERT INTO pair (number, half) VALUES (?, ?)", filler)
        connection.commit()

    def write() -> None:
        with closing(sqlite3.connect(path, timeout=20)) as connection:
            while not stop.is_set():
                number = done[0] + 1
                rows = [(number, "first"), (number, "second")]
                with connection:
                    connection.executemany("INSERT INTO pair (number, half) VALUES (?, ?)", rows)
                done[0] = number

    thread = threading.Thread(target=write)
    thread.start()
    yield path, done
    stop.set()
    thread.join()


def test_copy_holds_whole_transactions_and_all_that_were_acknowledged(
    written: tuple[Path, list[int]], tmp_path: Path
) -> None:
    path, done = written
    for turn in range(5):
        while done[0] < (turn + 1) * 20:
            """Let the writer get going."""
        acknowledged = done[0]
        into = tmp_path / f"copy-{turn}.sqlite3"

        counts = copy(path, into).counts

        with asking(into) as ask:
            halves = ask("SELECT count(*), count(DISTINCT number), max(number) FROM pair"
                         " WHERE number > 0")[0]  # fmt: skip
        assert halves[0] == 2 * halves[1] == 2 * halves[2]
        assert halves[2] >= acknowledged
        assert counts == {"pair": 20_000 + halves[0]}
        assert faults(into) == []
    assert done[0] > 100


def test_damage_inside_a_copy_is_found(tmp_path: Path) -> None:
    path = tmp_path / "tejido.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE row (id integer PRIMARY KEY, kept text)")
        connection.execute("CREATE INDEX row_by_kept ON row (kept)")
        rows = ((f"{number:06}" * 20,) for number in range(2_000))
        connection.executemany("INSERT INTO row (kept) VALUES (?)", rows)
        connection.commit()
    assert faults(path) == []

    content = bytearray(path.read_bytes())
    for page in range(20, 40):
        content[page * 4096 : page * 4096 + 64] = bytes(64)
    path.write_bytes(content)

    assert faults(path)


def test_row_whose_parent_is_gone_is_found(tmp_path: Path) -> None:
    path = tmp_path / "tejido.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE parent (id integer PRIMARY KEY)")
        connection.execute("CREATE TABLE child (parent_id integer REFERENCES parent)")
        connection.execute("INSERT INTO child VALUES (7)")
        connection.commit()

    assert faults(path) == ["child: rows whose parent is gone"]


def test_constraint_with_a_function_of_djangos_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "tejido.sqlite3"
    with closing(opened(path, mode="rwc")) as connection:
        connection.execute("CREATE TABLE row (day text CHECK (day REGEXP '^[0-9-]+$'))")
        connection.execute("INSERT INTO row VALUES ('2026-11-22')")
        connection.commit()

    assert faults(path) == []
