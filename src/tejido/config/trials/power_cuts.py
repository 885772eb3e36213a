"""`promises --only power-cuts`: what was acknowledged is there after the power was cut.

On the embedded database, on a disk that keeps only what was synced (`power_cut.c`). Beside it the
same is tried with `synchronous=NORMAL`, which is known to lose rows: where that loses none, the
trial shows nothing. PostgreSQL is killed elsewhere (`kills.py`); here its settings are read.
"""

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_noop

from tejido.config.backup.embedded_copy import NAME, faults, opened
from tejido.config.benches.site import environment, run_command, settings_of
from tejido.config.trials.postgres import a_database
from tejido.foundation.bench import Figure

CUTS = 200
# The peer is there to show that the trial can lose; it needs fewer.
PEER_SHARE = 10
MOST_WRITES = 120
SOURCE = Path(__file__).with_name("power_cut.c")
LOSES = ("synchronous = NORMAL",)


@dataclass(frozen=True, slots=True)
class Cut:
    """What one cut left."""

    acknowledged: int
    lost: int
    is_damaged: bool


def promise_power_cuts(*, tries: int = CUTS) -> list[Figure]:
    """Cut the power under somebody who writes, and count what was acknowledged and is gone.

    Returns:
        Nothing where there is no C compiler, and the settings of PostgreSQL where that is there.
    """
    compiler = shutil.which("cc")
    with tempfile.TemporaryDirectory(prefix="tejido-power-") as made:
        if not compiler:
            return _postgres()
        trial = _Trial(Path(made), compiler)
        cuts = [trial.cut() for _ in range(tries)]
        peer = [trial.cut(*LOSES) for _ in range(max(3, tries // PEER_SHARE))]
    return [*_told(cuts, peer), *_postgres()]


class _Trial:
    """An installation that is copied anew for each cut, and the disk under it."""

    def __init__(self, folder: Path, compiler: str) -> None:
        self.folder, self.disk_library = folder, folder / "power_cut.so"
        subprocess.run(  # noqa: S603  (our own source)
            [compiler, "-shared", "-fPIC", "-O2", "-o", self.disk_library, SOURCE, "-ldl"],
            check=True,
        )
        self.founded = folder / "founded"
        found = ("found_network", "A trial", "--username", "trial", "--called", "Trial")
        run_command(settings_of(self.founded), *found)

    def cut(self, *pragmas: str) -> Cut:
        """Write for a moment, cut the power, and look at what the disk holds."""
        with self._copies() as (work, disk):
            env = environment(settings_of(work)) | {
                "LD_PRELOAD": str(self.disk_library),
                "TRIAL_WORK": str(work),
                "TRIAL_DISK": str(disk),
            }
            writer = subprocess.Popen(  # noqa: S603  (our own command)
                [sys.executable, "-m", "tejido.config.trials.writer", *pragmas],
                env=env,
                stdout=subprocess.PIPE,
                text=True,
            )
            said = _read_until_cut(writer)
            return _left(disk / NAME, said)

    @contextmanager
    def _copies(self) -> Iterator[tuple[Path, Path]]:
        work, disk = self.folder / "work", self.folder / "disk"
        for copy in (work, disk):
            shutil.copytree(self.founded, copy)
        try:
            yield work, disk
        finally:
            for copy in (work, disk):
                shutil.rmtree(copy)


def _read_until_cut(writer: subprocess.Popen[str]) -> list[UUID]:
    """Return what a writer said is kept, until it is killed at a moment that nobody chose."""
    assert writer.stdout  # noqa: S101  (it has a pipe)
    most = random.randint(1, MOST_WRITES)  # noqa: S311  (no secret)
    said = [UUID(hex=line.strip()) for line, _ in zip(writer.stdout, range(most), strict=False)]
    writer.kill()
    # What it said before it died was said too; a line that was cut short was not.
    rest = writer.stdout.read().split("\n")[:-1]
    writer.wait()
    writer.stdout.close()
    return said + [UUID(hex=line) for line in rest]


def _left(database: Path, said: list[UUID]) -> Cut:
    with closing(opened(database)) as connection:
        # Opening plays the log; then the file is looked at as one that was copied.
        rows = connection.execute("SELECT object_id FROM network_event").fetchall()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = {UUID(str(row[0])) for row in rows}
    return Cut(len(said), len(set(said) - kept), bool(faults(database)))


def _told(cuts: list[Cut], peer: list[Cut]) -> list[Figure]:
    lost, lost_by_peer = (sum(bool(cut.lost) for cut in some) for some in (cuts, peer))
    damaged = sum(cut.is_damaged for cut in cuts)
    tries = len(cuts)
    return [
        Figure(
            gettext_noop("power cuts that lost an acknowledged write, SQLite"),
            lost,
            "",
            target="0",
            met=lost == 0,
            tries=tries,
        ),
        Figure(
            gettext_noop("power cuts that damaged the database, SQLite"),
            damaged,
            "",
            target="0",
            met=damaged == 0,
            tries=tries,
        ),
        Figure(
            gettext_noop("acknowledged writes, SQLite"), sum(cut.acknowledged for cut in cuts), ""
        ),
        Figure(
            gettext_noop("the same with synchronous=NORMAL, so that the trial can lose"),
            lost_by_peer,
            "",
            target="> 0",
            met=lost_by_peer > 0,
            tries=len(peer),
        ),
    ]


def _postgres() -> list[Figure]:
    with a_database() as database:
        if database is None:
            return []
        off = [name for name, value in database.durability().items() if value != "on"]
    name = gettext_noop("settings of PostgreSQL without which a cut loses writes, off")
    return [Figure(name, len(off), "", target="0", met=not off, tries=1)]
