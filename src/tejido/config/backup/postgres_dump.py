"""PostgreSQL, dumped while it is in use and put back, by its own programs."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from psycopg import IsolationLevel
from psycopg.conninfo import conninfo_to_dict

from tejido.config.backup.alone import answering, database_name
from tejido.config.backup.moment import UNFINISHED, Ask, Held, held
from tejido.config.backup.refusals import refusal

NAME = "tejido.dump"
Then = Callable[[psycopg.Connection[Any], Held], None]
# What libpq reads from the environment: a password in an argument could be seen by others.
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def dump(url: str, into: Path) -> Held:
    """Dump the database of a role that reads everything, and return what the dump holds.

    Both are of one moment: the dump uses the snapshot in which is counted.

    Raises:
        BackupRefused: `backup-no-program`, `backup-program`, `backup-database`.
    """
    with answering(url), psycopg.connect(url) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        ask = _ask(connection)
        snapshot = str(ask("SELECT pg_export_snapshot()")[0][0])
        holds = held(ask, vendor="postgresql")
        options = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
        options += [f"--exclude-table={UNFINISHED}", f"--snapshot={snapshot}"]
        _run("pg_dump", url, *options, f"--file={into}")
    return holds


def put_back(url: str, dumped: Path, *, then: Then | None = None) -> Held:
    """Put a dump into an empty database as the owner, and return what it held.

    Counted between the rows and the constraints, because row-level security comes with these and
    binds the owner too. That constraints can be made shows that what they say is so.

    Args:
        url: a database that the caller holds (`alone.held_alone`).
        dumped: the dump.
        then: does something with what it held, in the transaction in which is counted.

    Raises:
        BackupRefused: `backup-no-program`, `backup-program`, `backup-database`.
    """
    _restore(url, dumped, "pre-data", "data")
    with answering(url), psycopg.connect(url) as connection:
        holds = held(_ask(connection), vendor="postgresql")
        if then:
            then(connection, holds)
    _restore(url, dumped, "post-data")
    return holds


def _restore(url: str, dumped: Path, *sections: str) -> None:
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    chosen = [f"--section={section}" for section in sections]
    _run("pg_restore", url, *options, *chosen, f"--dbname={database_name(url)}", str(dumped))


def _run(program: str, url: str, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603  (a program of PostgreSQL)
        [_found(program), *arguments],
        env=os.environ | _environment(url),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise refusal("backup-program", program, said=said[-1] if said else "")


def _found(program: str) -> str:
    """Return the newest such program of the machine: an older one does not read a newer server.

    Raises:
        BackupRefused: `backup-no-program`.
    """
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    newest = max(versions, key=lambda path: float(path.parts[4]), default=None)
    found = str(newest) if newest else shutil.which(program)
    if not found:
        raise refusal("backup-no-program", program)
    return found


def _environment(url: str) -> dict[str, str]:
    told = conninfo_to_dict(url)
    return {VARIABLES[key]: str(value) for key, value in told.items() if key in VARIABLES}


def _ask(connection: psycopg.Connection[Any]) -> Ask:
    return lambda sql: connection.execute(sql.encode()).fetchall()
