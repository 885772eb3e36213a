"""An installation of a trial's own: served, killed, asked what it keeps."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tejido.config.backup.embedded_copy import NAME, opened
from tejido.config.benches.site import answers, environment, free_port, run_command, settings_of
from tejido.config.server import STOPPED_AFTER_S
from tejido.config.trials.postgres import KillableDatabase

Ask = Callable[[str], list[tuple[object, ...]]]
ALONE = {"TRUSTED_PROXY_COUNT": "1", "BACKUP_EVERY_HOURS": "0", "FINDER_PROCESSES": "0"}


@dataclass
class Site:
    """A server that is killed and started again, on one data folder.

    Attributes:
        folder: its data folder.
        settings: of its environment.
        ask: runs SQL on its database, whether or not it serves.
        command: of `./tejido`, that serves it.
    """

    folder: Path
    settings: dict[str, str]
    ask: Ask
    command: str = "serve"
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """Return the file with all that it said."""
        return self.folder.with_name("server.log")

    def start(self, **settings: str) -> None:
        """Start it, and wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  (our own command)
                [sys.executable, "-m", "tejido", self.command, "--port", str(self.port)],
                env=environment(self.settings | settings),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        answers(self._process, self.port, self.log)

    def kill(self) -> None:
        """Kill it and all that it started, without a word."""
        assert self._process  # noqa: S101  (it was started)
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        while _is_taken(self.port):
            time.sleep(0.02)

    def stop(self) -> None:
        """End it as somebody does who runs it, so that it writes all that it has to."""
        assert self._process  # noqa: S101  (it was started)
        self._process.terminate()
        self._process.wait(timeout=4 * STOPPED_AFTER_S)


@contextmanager
def embedded_site(fill: Callable[[Site], None] | None = None) -> Iterator[Site]:
    """Yield an installation on SQLite, after it was filled."""
    with _a_folder() as folder:

        def ask(sql: str) -> list[tuple[object, ...]]:
            with closing(opened(folder / NAME)) as connection, connection:
                return connection.execute(sql).fetchall()

        site = Site(folder, settings_of(folder) | ALONE, ask)
        if fill:
            fill(site)
        yield site


@contextmanager
def postgres_site(
    database: KillableDatabase, fill: Callable[[Site], None] | None = None
) -> Iterator[Site]:
    """Yield an installation on a PostgreSQL with its tables, after it was filled."""
    with _a_folder() as folder:
        settings = settings_of(folder) | ALONE | database.settings()
        run_command(settings, "prepare")
        site = Site(folder, settings, database.ask)
        if fill:
            fill(site)
        yield site


@contextmanager
def _a_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tejido-trial-") as made:
        folder = Path(made) / "data"
        folder.mkdir(mode=0o700)
        yield folder


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
