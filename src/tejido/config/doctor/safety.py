"""Whether keys, backups and the disk are as they should be."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error
from django.utils.translation import gettext as _

from tejido.config.backup.taking import is_inside_data
from tejido.config.backup.work_folder import left_behind
from tejido.config.doctor.findings import Finding, care, well, wrong
from tejido.foundation.backups import last_verified
from tejido.foundation.key_files import KeyRefused
from tejido.foundation.keys import check_keys, folder

OLD_BACKUP = timedelta(days=2)
# Of the disk: below the first it is time, below the second it is late (domain/trust.md 5, 2026).
LITTLE, LATE = 0.10, 0.02


def look_at_keys(_at: datetime) -> Iterator[Finding]:
    """Look whether every key that was in use is there, is the same, and is closed to others."""
    try:
        check_keys()
    except KeyRefused as refusal:
        yield wrong(_("A key is not as it was."), refusal)
    except Error:
        return
    else:
        yield well(_("The keys in %(folder)s are all there.") % {"folder": folder()})
    if folder().is_relative_to(settings.DATA):
        yield wrong(
            _("The keys lie inside the data folder."),
            _("Whoever copies the data has the keys: set TEJIDO_KEYS to another folder."),
        )


def look_at_backups(at: datetime) -> Iterator[Finding]:
    """Look at the last backup that gave everything back, and where backups lie."""
    if settings.DEMONSTRATION:
        return
    if not settings.BACKUP_EVERY:
        yield care(
            _("No backups are made by themselves (BACKUP_EVERY_HOURS is 0)."),
            _("Make them otherwise: ./tejido backup FILE."),
        )
    try:
        last = last_verified()
    except Error:
        return
    if last is None:
        yield wrong(
            _("This database knows of no backup of it that was tried."),
            _("The server makes and tries its own. ./tejido backup FILE does so too; beside a"
              " server that runs on SQLite it is told to you, and not to the database."),
        )  # fmt: skip
    elif at - last.taken_at > OLD_BACKUP:
        yield wrong(
            _("The last backup that was tried is of %(day)s.") % {"day": last.taken_at.date()},
            _("See ./tejido doctor's other lines, and docs/operations.md, “Backups”."),
        )
    else:
        yield well(
            _("The last backup that gave everything back: %(name)s.") % {"name": last.file_name}
        )
    if is_inside_data(Path(settings.BACKUPS)):
        yield wrong(
            _("Backups are to lie inside the data folder, and so none are made."),
            _("Each would hold all those before it: set TEJIDO_BACKUPS to another folder, and move"
              " the backups that lie in the data folder there."),
        )  # fmt: skip
    elif _is_on_the_same_disk():
        yield care(
            _("Backups lie on the disk that they are to protect from."),
            _("Set TEJIDO_BACKUPS to a folder on another disk, or copy them to another machine."),
        )


def look_at_room(_at: datetime) -> Iterator[Finding]:
    """Look how much room the disk of the data has left."""
    usage = shutil.disk_usage(_there(Path(settings.DATA)))
    share = usage.free / usage.total
    seen = _("%(percent)s %% of the disk is free.") % {"percent": int(share * 100)}
    if share < LATE:
        yield wrong(seen, _("Make room now: soon nothing can be written."))
    elif share < LITTLE:
        yield care(seen, _("Make room, or move the data to a larger disk."))
    else:
        yield well(seen)


def look_at_folders(_at: datetime) -> Iterator[Finding]:
    """Look whether others may look into the data, and whether a copy of it was left there."""
    data = Path(settings.DATA)
    if data.is_dir() and data.stat().st_mode & 0o077:
        yield wrong(
            _("Other users of this machine may look into %(folder)s.") % {"folder": data},
            _("chmod 700 %(folder)s") % {"folder": data},
        )
    if left := left_behind():
        yield wrong(
            _("A backup that was broken off left everything, not encrypted, in %(folders)s.")
            % {"folders": ", ".join(map(str, left))},
            _("The next backup removes it, and so does a start of the server; or remove it now."),
        )


def _is_on_the_same_disk() -> bool:
    data, kept = _there(Path(settings.DATA)), _there(Path(settings.BACKUPS))
    return data.stat().st_dev == kept.stat().st_dev


def _there(path: Path) -> Path:
    """Return the nearest folder above that is there."""
    return next(each for each in (path, *path.parents) if each.exists())
