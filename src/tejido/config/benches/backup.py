"""`bench backup`: a backup made while somebody writes, tried, put back, beside a plain copy."""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from tejido.config.backup.embedded_copy import NAME, opened
from tejido.config.benches.site import environment, run_command, settings_of
from tejido.foundation.bench import Figure

ROWS = 1_000_000
# So many of them are events of the sealed record, which trying a backup verifies.
EVENTS_SHARE = 0.05
COUNTIES = [f"06{number:03}" for number in range(1, 116, 2)]
FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)
MB = 1024 * 1024
Rows = Iterator[tuple[object, ...]]


@dataclass
class Writer:
    """Somebody who writes; `said` are the ids of what was acknowledged."""

    said: list[UUID] = field(default_factory=list)

    @contextmanager
    def writing(self, settings: dict[str, str]) -> Iterator[None]:
        """Write as the server does, until the end of the block."""
        command = [sys.executable, "-m", "tejido.config.trials.writer"]
        env = environment(settings)
        with subprocess.Popen(  # noqa: S603  (our own command)
            command, env=env, stdout=subprocess.PIPE, text=True
        ) as process:
            listening = threading.Thread(target=self._listen, args=(process,))
            listening.start()
            try:
                yield
            finally:
                process.kill()
                listening.join()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            self.said.append(UUID(hex=line.strip()))


def bench_backup(*, rows: int = ROWS) -> list[Figure]:
    """Back up an embedded database of so many rows beside a writer, and put it back elsewhere.

    Returns:
        Times, sizes, what the writer did meanwhile, and rows that were acknowledged before it
        began and did not come back; beside it the copy that SQLite makes alone.
    """
    with tempfile.TemporaryDirectory(prefix="tejido-backup-") as made:
        folder, kept = Path(made) / "data", Path(made) / "kept.age"
        settings = settings_of(folder)
        _fill(folder, settings, rows=rows)
        writer = Writer()
        with writer.writing(settings):
            while not writer.said:
                time.sleep(0.05)
            before = list(writer.said)
            moments = _moments(settings, kept)
            meanwhile = len(writer.said) - len(before)
        plain = _plain_copy(folder / NAME, Path(made) / "plain.sqlite3")
        lost, put_back = _put_back(folder, kept, before)
        size, packed = (folder / NAME).stat().st_size / MB, kept.stat().st_size / MB
    making, trying = moments
    return [
        Figure("rows", rows, ""),
        Figure("made while somebody writes", making, "s", "SQLite's own copy", plain,
               making / plain),
        Figure("tried", trying, "s", "made", making, trying / making),
        Figure("tried and put back on an empty machine", put_back, "s"),
        Figure("size, packed and encrypted", packed, "MB", "the database", size, packed / size),
        Figure("writes acknowledged meanwhile", meanwhile, ""),
        Figure("acknowledged before it began, and lost", lost, "", target="0", met=lost == 0),
    ]  # fmt: skip


def _moments(settings: dict[str, str], kept: Path) -> tuple[float, float]:
    """Back up, and return how long making and trying took, by what the command says."""
    command = [sys.executable, "-m", "tejido", "backup", str(kept)]
    begun, wrote = time.monotonic(), 0.0
    env = environment(settings)
    with subprocess.Popen(  # noqa: S603  (our own command)
        command, env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            wrote = wrote or (time.monotonic() if line.startswith("Wrote") else 0.0)
    if process.returncode:
        raise RuntimeError("the backup was not made")
    return wrote - begun, time.monotonic() - wrote


def _put_back(folder: Path, kept: Path, acknowledged: list[UUID]) -> tuple[int, float]:
    """Put the backup back on an empty machine; return what is lost, and how long it took."""
    empty = folder.with_name("empty")
    shutil.copytree(f"{folder}-keys", f"{empty}-keys")
    begun = time.monotonic()
    run_command(settings_of(empty), "restore", str(kept))
    took = time.monotonic() - begun
    with closing(opened(empty / NAME)) as connection:
        there = {UUID(str(row[0])) for row in connection.execute(
            "SELECT object_id FROM network_event WHERE act = 'try.promise'")}  # fmt: skip
    return len(set(acknowledged) - there), took


def _plain_copy(database: Path, target: Path) -> float:
    begun = time.monotonic()
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return time.monotonic() - begun


def _fill(folder: Path, settings: dict[str, str], *, rows: int) -> None:
    run_command(settings, "found_network", "A trial", "--username", "trial", "--called", "Trial")
    events = int(rows * EVENTS_SHARE)
    with closing(opened(folder / NAME)) as connection, connection:
        ((member,),) = connection.execute("SELECT id FROM network_member").fetchall()
        connection.executemany(
            "INSERT INTO network_event (id, member_id, actor, happened_at, act, object_id, facts)"
            " VALUES (?, ?, NULL, ?, 'view.people', ?, '{}')",
            _events(member, events),
        )
        connection.executemany(
            "INSERT INTO directory_unmetneed (id, concept, county_fips, day, searches)"
            " VALUES (?, ?, ?, ?, ?)",
            _unmet(rows - events),
        )
    run_command(settings, "seal_audit")


def _events(member: str, count: int) -> Rows:
    for number in range(count):
        at = FIRST_DAY + timedelta(minutes=number)
        yield uuid4().hex, member, at.strftime("%Y-%m-%d %H:%M:%S.%f"), uuid4().hex


def _unmet(count: int) -> Rows:
    for number in range(count):
        day = (FIRST_DAY + timedelta(days=number // len(COUNTIES))).date()
        county = COUNTIES[number % len(COUNTIES)]
        yield uuid4().hex, "naloxone", county, day.isoformat(), number % 40 + 1
