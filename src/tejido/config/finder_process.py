"""One more process that answers the finder: `… finder_process FD`, started by `finder_processes`.

It reads the snapshot file and nothing else: there is no database behind it.
"""

import io
import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tejido.directory.services.unmet import Cell

READY = "ready"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as WSGI wants it, and what was looked for in vain meanwhile."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    unmet: "Mapping[Cell, int]"


def main() -> None:
    """Answer one request after the other until the server hangs up."""
    # Ctrl+C is meant for the server, which then hangs up.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Connection(int(sys.argv[1])) as server:
        application = _without_database()
        server.send(READY)
        while True:
            try:
                environ, body = server.recv()
            except EOFError:
                return
            server.send(_answered(application, environ, body))


def _without_database() -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tejido.config.settings")
    application = get_wsgi_application()
    # These need settings that are read.
    from django.db import connections  # noqa: PLC0415

    from tejido.finder.services.unmet import UNMET  # noqa: PLC0415

    connections.settings["default"]["ENGINE"] = "django.db.backends.dummy"
    UNMET.after_s = None
    return application


def _answered(application: Any, environ: dict[str, Any], body: bytes) -> Answered:
    from tejido.finder.services.unmet import UNMET  # noqa: PLC0415

    begun: list[Any] = []
    given = {"wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0)}
    parts: Iterable[bytes] = application(environ | given, lambda *said: begun.append(said))
    page = b"".join(parts)
    parts.close()  # type: ignore[attr-defined]
    status, headers = begun[0]
    return Answered(status, headers, page, UNMET.take())


if __name__ == "__main__":
    # By its own name, since answers travel with the name of their class.
    from tejido.config import finder_process

    finder_process.main()
