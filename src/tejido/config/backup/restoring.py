"""Puts a backup back: tried first, what was there moved aside, a new epoch begun."""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from tejido.accounts.services import end_every_session
from tejido.config.backup import embedded_copy
from tejido.config.backup.alone import held_alone
from tejido.config.backup.anew import begin_anew
from tejido.config.backup.manifest import Manifest
from tejido.config.backup.moment import Held
from tejido.config.backup.taking import (
    ASIDE,
    FILES,
    Report,
    database_file,
    kept_files,
)
from tejido.config.backup.trying import compare_embedded, opened, put_into
from tejido.config.backup.work_folder import work_folder
from tejido.config.prepare import prepare
from tejido.foundation.backups import begin_epoch
from tejido.network.services.restored import note_restored


def restore(path: Path, *, at: datetime, report: Report) -> Manifest:
    """Put a backup in place of what is there, and return its manifest.

    It is tried as `try_backup` does before anything is touched. On the embedded database, which
    the caller holds, what was there is moved aside and kept; PostgreSQL takes it into an empty
    database only, and the files that were there are moved aside. Everybody signs in again, phones
    offer what they sent again, and the record of each member says what happened. One that was
    broken off on PostgreSQL is not served, and is made again.

    Raises:
        BackupRefused: all but those of `take_backup`; nothing was changed.
    """
    with work_folder() as work:
        manifest = opened(path, work, report=report)
        put = _put_embedded if settings.EMBEDDED else _put_postgres
        put(path, manifest, work, at=at, report=report)
    return manifest


def _put_embedded(
    path: Path, manifest: Manifest, work: Path, *, at: datetime, report: Report
) -> None:
    compare_embedded(path, manifest, work, report=report)
    copy = work / embedded_copy.NAME
    with closing(embedded_copy.opened(copy)) as database, database:
        begin_anew(
            database.execute, mark="?", tables=manifest.counts, at=at, taken_at=manifest.taken_at
        )
    _settle_log(copy)
    _put_aside(at=at, report=report)
    _put_in_place(work)
    _finish(manifest, at=at, report=report)


def _put_postgres(
    path: Path, manifest: Manifest, work: Path, *, at: datetime, report: Report
) -> None:
    url = settings.OWNER_URL

    def then(database: psycopg.Connection[Any], holds: Held) -> None:
        def run(statement: str, values: Sequence[object]) -> None:
            database.execute(statement.encode(), values)

        begin_anew(run, mark="%s", tables=holds.counts, at=at, taken_at=manifest.taken_at)

    with held_alone(url, manifest.counts, stays=True):
        put_into(url, path, manifest, work, report=report, then=then)
        _put_aside(at=at, report=report)
        _put_files(work)
        _finish(manifest, at=at, report=report)


def _finish(manifest: Manifest, *, at: datetime, report: Report) -> None:
    """Bring the tables up to date, and write down in every record that they came back."""
    prepare(report=report)
    begin_epoch(at=at, restored_from=manifest.taken_at)
    end_every_session()
    note_restored(at=at, taken_at=manifest.taken_at)


def aside(at: datetime) -> Path:
    """Return the folder into which a restore moves what was there."""
    return Path(settings.DATA) / f"{ASIDE}{at:%Y%m%dT%H%M%SZ}"


def _put_aside(*, at: datetime, report: Report) -> None:
    """Keep what is there under other names; the database stays until another replaces it."""
    connections.close_all()
    data, kept = Path(settings.DATA), aside(at)
    is_file = settings.EMBEDDED
    database = [path for path in _database_files() if is_file and path.exists()]
    files = [*kept_files(data)]
    if not database and not files:
        return
    kept.mkdir(mode=0o700)
    if database:
        _settle_log(database_file())
    for path in [*files, *database]:
        target = kept / path.relative_to(data)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path in files:
            path.rename(target)
        elif path.exists():
            os.link(path, target)
    report(_("What was there is now in %(folder)s") % {"folder": kept})


def _database_files() -> list[Path]:
    """Return the file of the embedded database and those of its log."""
    file = database_file()
    return [file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")]


def _settle_log(database: Path) -> None:
    """Bring what is in the log of a database into its file, where it can be opened at all."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _put_in_place(work: Path) -> None:
    _put_files(work)
    shutil.rmtree(settings.SNAPSHOTS, ignore_errors=True)
    # A log of the database before would be played into the new one.
    for log in _database_files()[1:]:
        log.unlink(missing_ok=True)
    (work / embedded_copy.NAME).replace(database_file())


def _put_files(work: Path) -> None:
    found = work / FILES
    for path in sorted(found.rglob("*")) if found.is_dir() else []:
        if path.is_file():
            target = Path(settings.DATA) / path.relative_to(found)
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.replace(target)
