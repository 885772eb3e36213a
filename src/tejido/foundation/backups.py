"""What is known here of backups: the epoch of this database, and what a verified backup holds.

A phone in the field keeps what it sent until a verified backup holds it, and offers everything
again when the epoch is another one (`domain/trust.md` section 3, 2026-09).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tejido.foundation.models import BackupMade, Epoch


@dataclass(frozen=True, slots=True)
class AskedOfBackup:
    """What an area wants to know of the moment that a backup holds (its `backed_up.QUERIES`).

    Attributes:
        table: asked only where this table is there.
        sql: plain SQL for both databases; sees all rows of all members.
    """

    table: str
    sql: str


def current_epoch(*, at: datetime) -> UUID:
    """Return the epoch of this database, begun now where it had none. One query."""
    last = Epoch.objects.order_by("-id").first() or Epoch.objects.create(since=at)
    return last.epoch


def begin_epoch(*, at: datetime, restored_from: datetime) -> UUID:
    """Begin the epoch of a database that was put back from a backup, and return it; once."""
    begun, _is_new = Epoch.objects.get_or_create(since=at, restored_from=restored_from)
    return begun.epoch


def put_back_since(moment: datetime) -> datetime | None:
    """Return what moment this database was put back to, if that was done since; else None."""
    last = Epoch.objects.filter(since__gte=moment, restored_from__isnull=False).order_by("-id")
    return last.values_list("restored_from", flat=True).first()


def note_backup(made: BackupMade) -> None:
    """Keep that a backup was written; once for each."""
    BackupMade.objects.get_or_create(
        id=made.id,
        defaults={
            name: getattr(made, name)
            for name in ("epoch", "taken_at", "file_name", "size", "told")
        },
    )


def note_verified(backup_id: UUID, *, at: datetime) -> bool:
    """Keep that a backup gives everything back; return whether this database made it."""
    return bool(BackupMade.objects.filter(id=backup_id).update(verified_at=at))


def last_verified() -> BackupMade | None:
    """Return the youngest verified backup of this epoch, or None. Two queries."""
    last = Epoch.objects.order_by("-id").first()
    if not last:
        return None
    verified = BackupMade.objects.filter(epoch=last.epoch, verified_at__isnull=False)
    return verified.order_by("-taken_at").first()
