"""Whether the database answers, is up to date, and keeps what it said it had kept."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.utils.translation import gettext as _

from tejido.config.backup.taking import database_file
from tejido.config.doctor.findings import Finding, care, well, wrong
from tejido.config.prepare import migrations_waiting
from tejido.config.serving import ServingRefused, refuse_privileged_role, refuse_unfinished

# Before it, a second connection could damage the log when it was begun anew (sqlite.org, 2026).
SAFE_SQLITE = (3, 51, 3)
SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")
# Without these PostgreSQL may lose what it said it had kept (its manual, chapter 30).
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


def look_at_database(_at: datetime) -> Iterator[Finding]:
    """Look whether it answers, at its tables, and at what makes it durable."""
    if settings.EMBEDDED and not database_file().exists():
        yield wrong(
            _("There is no database in %(folder)s.") % {"folder": settings.DATA},
            _("Is it another folder (--data, TEJIDO_DATA)? ./tejido serve makes a new one, and"
              " ./tejido restore puts one back."),
        )  # fmt: skip
        return
    try:
        yield from _answers()
    except Error as error:
        yield wrong(
            _("The database does not answer: %(error)s.") % {"error": type(error).__name__},
            _("Is it running? Does DATABASE_URL say where it is? (docs/postgresql.md)"),
        )


def _answers() -> Iterator[Finding]:
    waiting = migrations_waiting()
    if waiting:
        yield wrong(
            _("The tables are of an older Tejido: %(count)s changes wait.") % {"count": waiting},
            _("Make a backup, then ./tejido prepare."),
        )
    else:
        yield well(_("The tables are up to date."))
    yield from _embedded() if settings.EMBEDDED else _postgresql()


def _embedded() -> Iterator[Finding]:
    level = SYNCHRONOUS[int(_asked("PRAGMA synchronous"))]
    mode = str(_asked("PRAGMA journal_mode")).upper()
    if level in {"FULL", "EXTRA"} and mode == "WAL":
        yield well(_("What it says it kept outlives a power cut (WAL, synchronous FULL)."))
    else:
        yield wrong(
            _("A power cut may lose what it said it kept (%(mode)s, %(level)s).")
            % {"mode": mode, "level": level},
            _("Take away what changes these settings; Tejido sets WAL and FULL."),
        )
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        yield care(
            _("SQLite %(version)s is older than 3.51.3.") % {"version": sqlite3.sqlite_version},
            _("It is safe as Tejido uses it, from one process. Open the file with no other program"
              " while the server runs."),
        )  # fmt: skip


def _postgresql() -> Iterator[Finding]:
    off = [name for name in DURABLE if str(_asked(f"SHOW {name}")) == "off"]
    if off:
        yield wrong(
            _("A power cut may lose what PostgreSQL said it kept: %(names)s is off.")
            % {"names": ", ".join(off)},
            _("Set it to on in postgresql.conf, and start PostgreSQL anew."),
        )
    else:
        yield well(_("What PostgreSQL says it kept outlives a power cut."))
    try:
        refuse_unfinished()
    except ServingRefused as refusal:
        yield wrong(_("The database is not whole."), refusal)
    try:
        refuse_privileged_role()
    except ServingRefused as refusal:
        yield wrong(_("Row-level security does not hold for the role that serves."), refusal)
    else:
        yield well(_("The role that serves is held by row-level security."))


def _asked(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
