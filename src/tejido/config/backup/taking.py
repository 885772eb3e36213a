"""Takes a backup: the database as of one moment, the files, and what they must come out as."""

import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pyrage
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from tejido import __version__
from tejido.config.backup import embedded_copy, postgres_dump
from tejido.config.backup.alone import database_name
from tejido.config.backup.envelope import part_of, seal
from tejido.config.backup.manifest import Manifest
from tejido.config.backup.moment import Held
from tejido.config.backup.refusals import refusal
from tejido.config.backup.work_folder import work_folder
from tejido.foundation.key_files import Purpose
from tejido.foundation.key_kinds import recipient
from tejido.foundation.keys import current_key, live_keys
from tejido.foundation.models import BackupMade, KeyUse

Report = Callable[[str], None]
MB = 1024 * 1024
FILES = "files/"
NO_EPOCH = UUID(int=0)
ASIDE = "before-"
# Made anew from the database, or of no use elsewhere.
LEFT_OUT = frozenset(["finder", "checks", "duplicates", "in-use", "planted", "demonstration"])


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written."""

    path: Path
    size: int
    manifest: Manifest

    def noted(self) -> BackupMade:
        """Return it as the database keeps it."""
        manifest = self.manifest
        return BackupMade(
            id=manifest.id,
            epoch=manifest.epoch or NO_EPOCH,
            taken_at=manifest.taken_at,
            file_name=self.path.name,
            size=self.size,
            told=manifest.told,
        )


def take_backup(target: Path, *, at: datetime, report: Report) -> Made:
    """Write a backup of everything into a new file, and return what it holds.

    On the embedded database it runs beside the server, which goes on writing.

    Args:
        target: a file that is not there yet, in a folder that is.
        at: now; what was committed by the time the copy begins is in it.
        report: is told what is being done.

    Raises:
        BackupRefused: `backup-exists`, `backup-inside`, `backup-no-room`, `backup-not-written`,
            `backup-no-database`, `backup-no-role`, `backup-no-program`, `backup-program`;
            nothing half-written is left.
        KeyRefused: `foundation.keys.current_key`.
    """
    if target.exists():
        raise refusal("backup-exists", target)
    if is_inside_data(target):
        raise refusal("backup-inside", target, data=settings.DATA)
    _refuse_no_room(target.absolute().parent)
    _refuse_no_tables()
    to = (live_keys(Purpose.BACKUP) or [current_key(Purpose.BACKUP, at=at)])[0]
    try:
        with work_folder() as work:
            report(_("Copying the database"))
            manifest, files = _collected(work, at=at)
            report(_("Packing and encrypting"))
            _written(manifest, files, target, recipient=recipient(to), work=work)
    except (OSError, sqlite3.Error, pyrage.EncryptError) as error:
        why = getattr(error, "strerror", "") or error
        raise refusal("backup-not-written", target, why=why) from error
    return Made(target, target.stat().st_size, manifest)


def is_inside_data(path: Path) -> bool:
    """Tell whether a backup there would be part of the next one, and that of the one after it."""
    return path.resolve().is_relative_to(Path(settings.DATA).resolve())


def database_file() -> Path:
    """Return the file of the embedded database."""
    return Path(settings.DATA) / embedded_copy.NAME


def kept_files(data: Path) -> Iterator[Path]:
    """Yield the files below the data folder that a backup keeps, in order of their names."""
    for top in sorted(data.iterdir()) if data.is_dir() else []:
        if _is_kept(top.name):
            found = [top] if top.is_file() else sorted(top.rglob("*"))
            yield from (path for path in found if path.is_file() and not path.is_symlink())


def _is_kept(name: str) -> bool:
    # What is hidden is ours while we work, or a program's own, such as a cache.
    return name not in LEFT_OUT and not name.startswith((".", embedded_copy.NAME, ASIDE))


def _collected(work: Path, *, at: datetime) -> tuple[Manifest, list[Path]]:
    database, holds = _database(work)
    data = Path(settings.DATA)
    # Copied first: a file that is written on meanwhile would not be what the manifest says.
    names = {
        f"{FILES}{path.relative_to(data).as_posix()}": _kept_copy(path, work)
        for path in kept_files(data)
    }
    files = {database.name: database} | names
    manifest = Manifest(
        id=uuid4(),
        taken_at=at,
        version=__version__,
        epoch=holds.epoch,
        database=vendor(),
        migrations=holds.migrations,
        counts=holds.counts,
        told=holds.told,
        parts=[part_of(path, name) for name, path in files.items()],
    )
    return manifest, [*files.values()]


def _kept_copy(path: Path, work: Path) -> Path:
    copy = work / secrets.token_hex(8)
    shutil.copyfile(path, copy)
    return copy


def _database(work: Path) -> tuple[Path, Held]:
    if not settings.EMBEDDED:
        if not settings.BACKUP_DATABASE:
            raise refusal("backup-no-role", "DATABASE_BACKUP_URL")
        dumped = work / postgres_dump.NAME
        return dumped, postgres_dump.dump(settings.BACKUP_DATABASE, dumped)
    if not database_file().is_file():
        raise refusal("backup-no-database", settings.DATA)
    copy = work / embedded_copy.NAME
    return copy, embedded_copy.copy(database_file(), copy)


def vendor() -> str:
    """Return `sqlite` or `postgresql`, by the settings."""
    return str(connections["default"].vendor)


def _written(
    manifest: Manifest, files: list[Path], target: Path, *, recipient: str, work: Path
) -> None:
    """Write the file whole under its name, or not at all; never over another."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        seal(manifest, files, draft, recipient=recipient, work=work)
        draft.chmod(0o600)
        _name(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def _name(draft: Path, target: Path) -> None:
    try:
        # A link is refused where the name is taken, which a rename is not.
        os.link(draft, target)
    except FileExistsError as error:
        raise refusal("backup-exists", target) from error
    except OSError:
        # Sticks and shares know no links.
        if target.exists():
            raise refusal("backup-exists", target) from None
        draft.rename(target)
    handle = os.open(target.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_no_tables() -> None:
    """Refuse a database that Tejido has not made yet; one that is not there is not made."""
    if settings.EMBEDDED and not database_file().is_file():
        raise refusal("backup-no-database", settings.DATA)
    if KeyUse._meta.db_table not in connections["default"].introspection.table_names():
        where = settings.DATA if settings.EMBEDDED else database_name(settings.BACKUP_DATABASE)
        raise refusal("backup-no-database", where)


def _refuse_no_room(folder: Path) -> None:
    """Refuse before anything is copied, where it is known that there is no room for it."""
    if not settings.EMBEDDED or not database_file().is_file() or not folder.is_dir():
        return
    wanted = sum(file.stat().st_size for file in kept_files(Path(settings.DATA)))
    wanted += database_file().stat().st_size
    # A copy and what is packed of it, for a moment, beside the database.
    free = shutil.disk_usage(settings.DATA).free
    if free < wanted * 3 // 2:
        raise refusal(
            "backup-no-room", settings.DATA, wanted=wanted * 3 // 2 // MB + 1, free=free // MB
        )
