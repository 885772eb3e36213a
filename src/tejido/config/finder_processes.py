"""The application that `serve` runs: others answer the finder, everything else is answered here.

Making a page is work for one core, however many threads a process has. The finder needs neither
the database nor a session, so other processes can answer it (docs/adr/0011-finder-processes.md).
They start when two people ask at once, and end with the process that started them.
"""

import io
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.util import Finalize
from threading import Lock, RLock, Thread
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connections

from tejido.config.wsgi import application as whole
from tejido.directory.services.unmet import Cell
from tejido.finder.services.unmet import UNMET

log = logging.getLogger(__name__)
PAGES = ("/", "/es/")
BELOW = ("/find/", "/place/", "/es/find/", "/es/place/")
PATIENCE_S, START_S = 20.0, 60.0
# A search is a few hundred bytes; what is longer is refused, and that is little work.
LONGEST = 16_384
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Answered(NamedTuple):
    """An answer as WSGI wants it, and what was looked for in vain meanwhile."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    unmet: Mapping[Cell, int]


class FinderBeside:
    """A WSGI application that lets other processes answer the finder."""

    def __init__(self, here: Wsgi, *, processes: int) -> None:
        """Keep what answers everything else, and how many processes there may be beside."""
        self.ready: ProcessPoolExecutor | None = None
        self._here, self._most = here, processes
        self._alone, self._lock, self._is_started = Lock(), RLock(), False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        if not is_finder(environ):
            return self._here(environ, start_response)
        is_alone = self._alone.acquire(blocking=False)
        if not is_alone:
            self.start()
        try:
            return self._answer(environ, start_response)
        finally:
            if is_alone:
                self._alone.release()

    def start(self) -> None:
        """Start the processes, unless they were; they are asked once all can answer."""
        with self._lock:
            if self._most and not self._is_started:
                self._is_started = True
                Thread(target=self._start, daemon=True).start()

    def end(self) -> None:
        """End the processes, whatever they do; a server has no other children."""
        with self._lock:
            self.ready, self._is_started = None, False
            for child in active_children():
                child.kill()
                child.join()

    def _start(self) -> None:
        with self._lock:
            if not self._is_started:
                return
            pool = ProcessPoolExecutor(self._most, get_context("spawn"), without_database)
            # Ctrl+C is meant for the server: what this thread starts does not hear it.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            starting = [pool.submit(os.getpid) for _ in range(self._most)]
        try:
            for process in starting:
                process.result(START_S)
            self.ready = pool
        except (RuntimeError, TimeoutError):
            if self._is_started:
                log.warning("the processes for the finder do not start; the server answers")

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        pool = self.ready
        answer = self._beside(environ, pool) if pool else None
        if answer is None:
            return self._here(environ, start_response)
        for cell, times in answer.unmet.items():
            UNMET.add(cell, times=times)
        start_response(answer.status, answer.headers)
        return [answer.body]

    def _beside(self, environ: dict[str, Any], pool: ProcessPoolExecutor) -> Answered | None:
        body = environ["wsgi.input"].read(_length(environ))
        # Should nobody answer, it is read once more here.
        environ["wsgi.input"] = io.BytesIO(body)
        told = {name: value for name, value in environ.items() if isinstance(value, str)}
        try:
            return pool.submit(answered, told, body).result(PATIENCE_S)
        except (RuntimeError, TimeoutError):
            self._replace(pool)
            return None

    def _replace(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self.ready is not pool:
                return
            self.end()
        log.warning("a process for the finder is gone or stuck; others are started")
        self.start()


def without_database() -> None:
    """Take the database away from this process, and let it end with the one that started it."""
    connections.settings["default"]["ENGINE"] = "django.db.backends.dummy"
    UNMET.after_s = None
    Thread(target=_end_with_parent, daemon=True).start()


def answered(environ: dict[str, Any], body: bytes) -> Answered:
    """Answer one request, given what WSGI says of it in text, and what was sent."""
    begun: list[Any] = []
    given = {"wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0)}
    parts: Any = whole(environ | given, lambda *said: begun.append(said))  # type: ignore[arg-type]
    page = b"".join(parts)
    parts.close()
    status, headers = begun[0]
    return Answered(status, headers, page, UNMET.take())


def is_finder(environ: dict[str, Any]) -> bool:
    """Return whether a request is for a page of the finder that is worth handing on."""
    path = environ["PATH_INFO"]
    return (path in PAGES or path.startswith(BELOW)) and 0 <= _length(environ) <= LONGEST


def _length(environ: dict[str, Any]) -> int:
    """Return how many bytes were sent, -1 where that is no number."""
    said = environ.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else -1


def _end_with_parent() -> None:
    # Nothing tells a process that its parent was killed.
    if parent := parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


application = FinderBeside(whole, processes=settings.FINDER_PROCESSES)
# This runs in a worker of granian. It ends with its parent too, and its children before it:
# it would wait for them.
Thread(target=_end_with_parent, daemon=True).start()
Finalize(None, application.end, exitpriority=1)
