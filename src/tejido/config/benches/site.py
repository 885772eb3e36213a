"""Servers of a benchmark: each in a process of its own, on this machine alone."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import tejido
from tejido.config.benches.invented import publish
from tejido.config.server import STOPPED_AFTER_S

READY_S = 120
_OURS = ("TEJIDO_", "DATABASE_", "HTTPS", "ALLOWED_HOSTS", "SMS_", "NETWORK_", "LEAVE_URL")


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers on a port of this machine; `pid` is its first process."""

    port: int
    pid: int

    def cpu_seconds(self) -> float | None:
        """Return the CPU time of its processes up to now, None where the system does not say."""
        try:
            return sum(map(_cpu_seconds, _family(self.pid)))
        except OSError:
            return None


def _family(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _family(int(child))


def _cpu_seconds(pid: int) -> float:
    # The name of a program stands in brackets and may hold anything; user and system time are
    # the 12th and 13th field after it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def settings_of(folder: Path) -> dict[str, str]:
    """Return the settings of an installation in a folder, with its keys beside it."""
    return {"TEJIDO_DATA": str(folder), "TEJIDO_KEYS": f"{folder}-keys"}


def run_command(settings: Mapping[str, str], *command: str) -> None:
    """Run a command of `./tejido` on an installation, and keep what it says to itself.

    Raises:
        CalledProcessError: it failed.
    """
    subprocess.run(  # noqa: S603  (our own command)
        [sys.executable, "-m", "tejido", *command],
        env=environment(settings),
        stdout=subprocess.DEVNULL,
        check=True,
        cwd=os.sep,
    )


@contextmanager
def serving(folder: Path, *, rows: int, with_packs: bool = False) -> Iterator[Running]:
    """Serve an invented directory with `./tejido serve`.

    Args:
        folder: an empty folder, which becomes the data folder.
        rows: listings.
        with_packs: offer lists to keep on a phone as well.
    """
    publish(folder, rows=rows, at=datetime.now(UTC), with_packs=with_packs)
    port = free_port()
    words = ("-m", "tejido", "serve", "--port", str(port))
    log = folder / "server.log"
    ours = {"TEJIDO_DATA": str(folder), "TEJIDO_KEYS": str(folder / "keys")}
    with running(words, port=port, log=log, **ours) as server:
        yield server


@contextmanager
def answering(target: str, *, port: int, log: Path, **settings: str) -> Iterator[Running]:
    """Run the server of `serve` with another application; arguments as `running`."""
    words = ("-m", "tejido.config.benches.answering", target, str(port))
    with running(words, port=port, log=log, **settings) as server:
        yield server


@contextmanager
def running(words: tuple[str, ...], *, port: int, log: Path, **settings: str) -> Iterator[Running]:
    """Run a server until the end of the block.

    Args:
        words: what Python is told.
        port: on which it answers.
        log: what it says is written there.
        settings: of its environment; nothing of ours is inherited.

    Raises:
        RuntimeError: it did not come up; with the end of what it said.
    """
    with log.open("w") as said:
        child = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *words], env=environment(settings), stdout=said, stderr=said
        )
    try:
        answers(child, port, log)
        yield Running(port, child.pid)
    finally:
        child.terminate()
        try:
            child.wait(timeout=4 * STOPPED_AFTER_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a server with these settings, and none of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    source = str(Path(tejido.__file__).parents[1])
    # Said, because what is not there at all may stand in a file of settings.
    said = {"DATABASE_URL": "", "HTTPS": "", "ALLOWED_HOSTS": "127.0.0.1"}
    return {**kept, **said, **settings, "PYTHONPATH": source}


def answers(child: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until a server answers.

    Raises:
        RuntimeError: it does not; with the end of what it said.
    """
    until = time.monotonic() + READY_S
    while time.monotonic() < until and child.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(log.read_text()[-500:])
