"""An empty PostgreSQL database, held alone while a backup is put into it.

What is in it before is somebody's: it is refused and left as it is. A mark stands in it until all
is done, so that what was broken off is known: the next one takes it out and goes on, and nobody
serves from it. Taken out is only what backups put in, by the names of its tables.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection as usual
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tejido.config.backup.moment import TABLES, UNFINISHED
from tejido.config.backup.refusals import refusal

Connection = psycopg.Connection[Any]
MARK = sql.Identifier(UNFINISHED)
# Of our own; PostgreSQL keeps such locks apart for each database.
LOCK = 7_340_411
# Whatever holds rows, wherever it stands, but for what extensions bring.
FILLED = """SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
 AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"""


@contextmanager
def held_alone(url: str, tables: Collection[str], *, stays: bool) -> Iterator[None]:
    """Hold an empty database alone; nobody else tries or puts back in it until the block ends.

    Args:
        url: the database, as its owner.
        tables: the names of those that will be put into it.
        stays: keep what was put in; else, and always after a failure, it is taken out again.

    Raises:
        BackupRefused: `backup-target-busy`, `backup-target-full`, both before anything is
            changed; `backup-database`.
    """
    name = database_name(url)
    with answering(url), psycopg.connect(url, autocommit=True) as connection:
        if not _asked(connection, f"SELECT pg_try_advisory_lock({LOCK})"):
            raise refusal("backup-target-busy", name)
        _take_out(connection)
        if _asked(connection, FILLED):
            raise refusal("backup-target-full", name)
        _mark(connection, tables)
        try:
            yield
        except BaseException:
            _take_out(connection)
            raise
        if stays:
            connection.execute(sql.SQL("DROP TABLE {}").format(MARK))
        else:
            _take_out(connection)


@contextmanager
def answering(url: str) -> Iterator[None]:
    """Let a database that does not answer, or refuses, be a refusal with a sentence.

    Raises:
        BackupRefused: `backup-database`.
    """
    try:
        yield
    except psycopg.Error as error:
        why = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise refusal("backup-database", database_name(url), why=why) from error


def database_name(url: str) -> str:
    """Return the name of the database that an address leads to."""
    return str(conninfo_to_dict(url).get("dbname", ""))


def is_unfinished() -> bool:
    """Tell whether a backup was being put into the database of the settings, and is not done."""
    return not settings.EMBEDDED and UNFINISHED in usual.introspection.table_names()


def _mark(connection: Connection, tables: Collection[str]) -> None:
    into = sql.SQL("INSERT INTO {} VALUES (%s)").format(MARK)
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE TABLE {} (put_in text)").format(MARK))
        cursor.executemany(into, [(name,) for name in tables])


def _take_out(connection: Connection) -> None:
    """Take out what a marked database got of backups, and the mark, where it is marked."""
    there = {str(name) for (name,) in connection.execute(TABLES["postgresql"].encode())}
    if not _asked(connection, f"SELECT to_regclass('{UNFINISHED}') IS NOT NULL"):
        return
    told = connection.execute(sql.SQL("SELECT put_in FROM {}").format(MARK))
    # Those of now too: an older backup is brought up to date while it is tried.
    ours = {str(name) for (name,) in told} | _made_here()
    names = [sql.Identifier(name) for name in sorted(there & ours)]
    connection.execute(sql.SQL("DROP TABLE {}").format(sql.SQL(", ").join([*names, MARK])))


def _made_here() -> set[str]:
    """Return the names of the tables that Tejido makes."""
    kept = {str(cache["LOCATION"]) for cache in settings.CACHES.values() if "LOCATION" in cache}
    return {*usual.introspection.django_table_names(), "django_migrations", *kept}


def _asked(connection: Connection, statement: str) -> Any:
    row = connection.execute(statement.encode()).fetchone()
    return row[0] if row else None
