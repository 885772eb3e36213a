"""Serves the pages: one process, several threads, no log of who asked for what."""

import socket
from collections.abc import Callable

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from tejido.config.backup.alone import is_unfinished
from tejido.config.backup.work_folder import clear_left
from tejido.config.embedded import open_only_what_is_there
from tejido.config.keeping_keys import keep_keys
from tejido.config.server import server_of
from tejido.config.static_files import collect_static
from tejido.directory.services.import_runs import settle_broken
from tejido.finder.services.forgetting import forget_expired
from tejido.foundation.errors import Refused
from tejido.network.services.audit import seal_all

Report = Callable[[str], None]


class ServingRefused(Refused):
    """The server would not be safe, or could not be reached."""


def serve(*, host: str, port: int, report: Report) -> None:
    """Serve until stopped.

    On the embedded database the caller holds the data folder, and the worker that answers
    inherits that hold, because it is forked.

    Raises:
        ServingRefused: the address is taken, the database role may pass row-level security, or a
            restore was broken off.
        KeyRefused: a key that was in use is missing, damaged, another one, or open to others.
    """
    refuse_taken_address(host, port)
    refuse_privileged_role()
    refuse_unfinished()
    keep_keys(at=timezone.now(), report=report)
    # What happened in the last hour before a server stopped.
    seal_all(at=timezone.now())
    # A copy of everything, not encrypted, where a backup was broken off.
    clear_left()
    # Imports that the last server left behind changed nothing, and say so.
    settle_broken()
    # Nor does what a conversation by text left behind outlive its time because nobody served.
    forget_expired(timezone.now())
    collect_static(report=report)
    connections.close_all()
    open_only_what_is_there()
    server = server_of("tejido.config.served:application", host=host, port=port)
    shown = "localhost" if host == "127.0.0.1" else host
    where = f"http://{shown}:{port}/"
    report(_("Open %(where)s  (stop with Ctrl+C)") % {"where": where})
    stopped = str(_("Stopped."))
    # Pages have languages of their own.
    translation.deactivate()
    server.serve()
    report(stopped)


def refuse_taken_address(host: str, port: int) -> None:
    """Refuse, before anything slow, an address that another program answers on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            sentence = _(
                "Nothing can be served on %(host)s port %(port)s: another program has it, or it "
                "is not yours to use. Choose another with --port."
            ) % {"host": host, "port": port}
            raise ServingRefused("address-taken", sentence) from error


def refuse_privileged_role() -> None:
    """Refuse a PostgreSQL role for which row-level security does not hold."""
    if settings.EMBEDDED or not _passes_row_security():
        return
    sentence = _(
        "The role of DATABASE_URL is a superuser, may bypass row-level security or owns the "
        "tables. Serve as tejido_app, and put the owner in DATABASE_OWNER_URL "
        "(docs/postgresql.md)."
    )
    raise ServingRefused("privileged-role", sentence)


def refuse_unfinished() -> None:
    """Refuse a database into which a backup was being put, and is not done."""
    if is_unfinished():
        raise ServingRefused("restore-unfinished", _UNFINISHED)


_UNFINISHED = _(
    "A restore into this database was broken off, and it is not whole. Make the same restore "
    "again: it takes out what was left, and goes on. Nothing is served until then."
)


def _passes_row_security() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)"
            " OR EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relnamespace = current_schema()::regnamespace"
            " AND pg_has_role(current_user, relowner, 'MEMBER'))"
        )
        return bool(cursor.fetchone()[0])
