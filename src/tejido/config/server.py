"""The program that answers: how many processes and threads, and what it never writes down."""

from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from granian.server.common import AbstractServer

# More threads than work at once: those whose page another process makes only wait.
PROCESSES, THREADS = 1, 8
STOPPED_AFTER_S = 5


def server_of(target: str, *, host: str, port: int) -> AbstractServer[Any]:
    """Return a server that answers with a WSGI application once `serve` is called.

    Args:
        target: `module:name` of the application.
        host: address to answer on.
        port: port to answer on.
    """
    return Server(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=PROCESSES,
        blocking_threads=THREADS,
        # It warns of our threads, and of a worker that is slow to stop: both are meant so.
        log_level=LogLevels.error,
        log_access=False,
        websockets=False,
        # A worker that is told to stop while it starts does not hear it.
        workers_kill_timeout=STOPPED_AFTER_S,
    )
