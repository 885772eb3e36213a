"""Makes a backup and tries it, and notes both in the database where this process may write it."""

import logging
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tejido.config.backup.manifest import Manifest
from tejido.config.backup.taking import Made, Report, take_backup
from tejido.config.backup.trying import try_backup
from tejido.foundation.backups import current_epoch, note_backup, note_verified
from tejido.foundation.key_files import KeyRefused
from tejido.network.services.audit import seal_all

log = logging.getLogger(__name__)


def make(path: Path, *, at: datetime, may_note: bool, report: Report) -> Made:
    """Write a backup; before that seal the record, after it note the backup, where that may be.

    Args:
        path: the file to write.
        at: now.
        may_note: this process may write the database, and its tables are those of this Tejido.
        report: is told what is being done.

    Raises:
        BackupRefused, KeyRefused: `take_backup`.
    """
    if may_note:
        current_epoch(at=at)
        _seal(at=at, report=report)
    made = take_backup(path, at=at, report=report)
    if may_note:
        note_backup(made.noted())
    return made


def tried(path: Path, *, may_note: bool, report: Report) -> Manifest:
    """Try a backup, note that it gives everything back, and return its manifest.

    Raises:
        BackupRefused: `try_backup`.
    """
    manifest = try_backup(path, report=report)
    if may_note:
        note_verified(manifest.id, at=timezone.now())
    return manifest


def can_be_tried() -> bool:
    """Tell whether there is a place in which a backup can be tried."""
    return bool(settings.EMBEDDED or settings.BACKUP_SCRATCH)


def _seal(*, at: datetime, report: Report) -> None:
    """Seal the record; a key that is not there is told, and keeps no backup from being made."""
    try:
        seal_all(at=at)
    except KeyRefused as refusal:
        log.warning("the record was not sealed before a backup: %s", refusal.code)
        report(str(refusal))
