"""The application that `serve` runs: others answer the finder, everything else is answered here.

Making a page is work for one core, however many threads a process has. The finder needs neither
the database nor a session, so other processes can answer it (docs/adr/0011-finder-processes.md).
They start when two people ask at once, and end with the process that started them.
"""

import io
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

from django.conf import settings

import tejido
from tejido.config.finder_process import READY, Answered
from tejido.config.wsgi import application as whole
from tejido.finder.services.unmet import UNMET

log = logging.getLogger(__name__)
PAGES = ("/", "/es/")
BELOW = ("/find/", "/place/", "/es/find/", "/es/place/")
PATIENCE_S, START_S = 20.0, 60.0
# A search is a few hundred bytes; what is longer is refused, and that is little work.
LONGEST = 16_384
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class FinderProcess:
    """One process that answers the finder, and the line to it."""

    def __init__(self) -> None:
        """Start it; `is_ready` waits until it can answer."""
        ours, theirs = socket.socketpair()
        source = str(Path(tejido.__file__).parents[1])
        with theirs:
            self.child = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "tejido.config.finder_process", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=os.environ | {"PYTHONPATH": source},
            )
        self._line = Connection(ours.detach())

    def is_ready(self) -> bool:
        """Wait until it can answer; False where it cannot be started."""
        try:
            return self._line.poll(START_S) and self._line.recv() == READY
        except (EOFError, OSError):
            return False

    def ask(self, environ: dict[str, str], body: bytes) -> Answered | None:
        """Return its answer, None where it is gone or stuck."""
        try:
            self._line.send((environ, body))
            answer = self._line.recv() if self._line.poll(PATIENCE_S) else None
        except (EOFError, OSError):
            return None
        return answer if isinstance(answer, Answered) else None

    def end(self) -> None:
        """End it, whatever it does."""
        self._line.close()
        self.child.kill()
        self.child.wait()


class FinderBeside:
    """A WSGI application that lets other processes answer the finder."""

    def __init__(self, here: Wsgi, *, processes: int) -> None:
        """Keep what answers everything else, and how many processes there may be beside."""
        self.ready: set[FinderProcess] = set()
        self._here, self._most = here, processes
        self._lock = threading.Lock()
        self._at_once, self._started, self._is_over = 0, 0, False
        self._idle: LifoQueue[FinderProcess] = LifoQueue()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        if not is_finder(environ):
            return self._here(environ, start_response)
        with self._one_more():
            answer = self._beside(environ) if self.ready else None
            if answer is None:
                return self._here(environ, start_response)
        for cell, times in answer.unmet.items():
            UNMET.add(cell, times=times)
        start_response(answer.status, answer.headers)
        return [answer.body]

    def start(self) -> None:
        """Start the processes that were not started yet; each helps as soon as it can."""
        with self._lock:
            missing, self._started = self._most - self._started, self._most
        for _ in range(missing):
            threading.Thread(target=self._start_one, daemon=True).start()

    def end(self) -> None:
        """End every process that is there, and start no other."""
        self._is_over = True
        while self.ready:
            self.ready.pop().end()

    @contextmanager
    def _one_more(self) -> Iterator[None]:
        with self._lock:
            self._at_once += 1
            is_alone = self._at_once == 1
        if not is_alone:
            self.start()
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def _start_one(self) -> None:
        process = FinderProcess()
        if process.is_ready() and not self._is_over:
            self.ready.add(process)
            self._idle.put(process)
            return
        process.end()
        if not self._is_over:
            log.warning("a process for the finder could not be started; the others answer")

    def _beside(self, environ: dict[str, Any]) -> Answered | None:
        try:
            process = self._idle.get(timeout=PATIENCE_S)
        except Empty:
            return None
        body = environ["wsgi.input"].read(_length(environ))
        # Should nobody answer, it is read once more here.
        environ["wsgi.input"] = io.BytesIO(body)
        told = {name: value for name, value in environ.items() if isinstance(value, str)}
        answer = process.ask(told, body)
        if answer is None:
            self._replace(process)
        else:
            self._idle.put(process)
        return answer

    def _replace(self, process: FinderProcess) -> None:
        log.warning("a process for the finder is gone; another is started")
        self.ready.discard(process)
        process.end()
        threading.Thread(target=self._start_one, daemon=True).start()


def is_finder(environ: dict[str, Any]) -> bool:
    """Return whether a request is for a page of the finder that is worth handing on."""
    path = environ["PATH_INFO"]
    return (path in PAGES or path.startswith(BELOW)) and 0 <= _length(environ) <= LONGEST


def _length(environ: dict[str, Any]) -> int:
    """Return how many bytes were sent, -1 where that is no number."""
    said = environ.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else -1


application = FinderBeside(whole, processes=settings.FINDER_PROCESSES)
