"""The embedded database, copied while it is in use, and looked into."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db.backends.sqlite3._functions import register

from tejido.config.backup.moment import Ask, Held, held

NAME = "tejido.sqlite3"


def copy(database: Path, into: Path) -> Held:
    """Copy a database that may be written meanwhile, and return what the copy holds.

    The copy is of one moment: SQLite takes all pages in one read transaction
    (sqlite3_backup_step with -1), beside which others go on writing, because it is in WAL mode.
    """
    with closing(opened(database, mode="ro")) as source, closing(sqlite3.connect(into)) as target:
        source.backup(target, pages=-1)
        # Else the copy would need files beside it.
        target.execute("PRAGMA journal_mode = DELETE")
    with asking(into) as ask:
        return held(ask, vendor="sqlite")


def faults(database: Path) -> list[str]:
    """Return what is wrong inside a copy, as SQLite says it; empty when it is whole."""
    with asking(database) as ask:
        try:
            said = [str(row[0]) for row in ask("PRAGMA integrity_check(10)")]
            orphans = {str(row[0]) for row in ask("PRAGMA foreign_key_check")}
        except sqlite3.DatabaseError as error:
            return [str(error)]
    return [line for line in said if line != "ok"] + [
        f"{table}: rows whose parent is gone" for table in sorted(orphans)
    ]


@contextmanager
def asking(database: Path) -> Iterator[Ask]:
    """Open a copy, yield what asks it, and close it."""
    with closing(opened(database, mode="ro")) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def opened(database: Path, *, mode: str = "rw") -> sqlite3.Connection:
    """Open a database with the functions that constraints of Django use, such as REGEXP."""
    address = f"{database.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=20)
    register(connection)
    return connection
