"""A PostgreSQL of the trial's own, as durable as a real one, that is killed and started again."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

# The private cluster of the tests is quick and forgets; later options win.
DURABLE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class KillableDatabase:
    """A PostgreSQL behind a socket."""

    socket: Path
    programs: Path
    tools: Any

    def settings(self) -> dict[str, str]:
        """Return what a server needs to know of it."""
        return {
            "DATABASE_URL": self.tools.url(self.socket, role="tejido_app"),
            "DATABASE_OWNER_URL": self.tools.url(self.socket, role="tejido_owner"),
        }

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Run SQL as an administrator, and return its rows."""
        with self.tools.connect(self.socket) as admin:
            done = admin.execute(sql)
            return list(done.fetchall()) if done.description else []

    def kill(self) -> None:
        """Kill the first process of the database; the others end when they notice."""
        pid = int((self.socket / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)

    def start(self) -> None:
        """Start it again, and wait until it answers; it plays its log first."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            # Refused for as long as a process of before still lives.
            with suppress(RuntimeError):
                self.tools.start_again(self.programs, self.socket, settings=DURABLE)
                return
            time.sleep(0.1)
        raise RuntimeError((self.socket / "log").read_text()[-500:])

    def durability(self) -> dict[str, str]:
        """Return what the running server says of the settings on which keeping rests."""
        names = ("fsync", "synchronous_commit", "full_page_writes")
        return {name: str(self.ask(f"SHOW {name}")[0][0]) for name in names}


@contextmanager
def a_database() -> Iterator[KillableDatabase | None]:
    """Yield a database with the three roles, None where PostgreSQL is not on the machine."""
    dev = str(Path(settings.ROOT) / "dev")
    if dev not in sys.path:
        sys.path.append(dev)
    tools = import_module("private_postgres")
    programs = tools.server_programs()
    if programs is None:
        yield None
        return
    with tools.private_cluster(programs, settings=DURABLE) as socket:
        yield KillableDatabase(socket, programs, tools)
