"""Backups that the installation makes of itself: when, where, and which of them it keeps."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tejido.config.backup.making import can_be_tried, make, tried
from tejido.config.backup.refusals import refusal
from tejido.config.backup.taking import is_inside_data
from tejido.config.backup.work_folder import clear_drafts
from tejido.foundation.round import unread

NAME = "tejido-%Y%m%dT%H%M%SZ.age"
# For so long one is kept of each: the hour, the local day, the week that begins on Monday.
HOURS, DAYS, WEEKS = 24, 14, 8


def back_up_again(at: datetime) -> None:
    """Make the next backup, try it where that can be, and remove those that are not kept.

    None is removed before the new one gave everything back.

    Raises:
        BackupRefused, KeyRefused: `making.make`, `making.tried`.
    """
    folder = Path(settings.BACKUPS)
    if is_inside_data(folder):
        raise refusal("backup-inside", folder, data=settings.DATA)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    clear_drafts(folder, at=at)
    path = folder / at.astimezone(UTC).strftime(NAME)
    make(path, at=at, may_note=True, report=unread)
    if can_be_tried():
        tried(path, may_note=True, report=unread)
    for path in superseded(taken_in(folder), at=at):
        path.unlink()


def taken_in(folder: Path) -> dict[Path, datetime]:
    """Return the backups that the installation made of itself, with their moments."""
    found = {}
    for path in folder.glob("tejido-*.age") if folder.is_dir() else []:
        try:
            found[path] = datetime.strptime(path.name, NAME).replace(tzinfo=UTC)
        except ValueError:
            continue
    return found


def superseded(taken: dict[Path, datetime], *, at: datetime) -> list[Path]:
    """Return the backups that are kept no longer, oldest first.

    Kept are the last of each of the last 24 hours, 14 days and 8 weeks that have one, and always
    the youngest; whatever is of the future, because a clock was wrong, stays too.
    """
    kept = {path for path, moment in taken.items() if moment >= at}
    for period, count in ((_hour, HOURS), (_day, DAYS), (_week, WEEKS)):
        kept |= _last_of_each(taken, period, count)
    return sorted(set(taken) - kept, key=lambda path: taken[path])


def _last_of_each(
    taken: dict[Path, datetime], period: Callable[[datetime], object], count: int
) -> set[Path]:
    """Return the youngest backup of each of the last periods that have one."""
    youngest: dict[object, Path] = {}
    for path, moment in sorted(taken.items(), key=lambda pair: pair[1]):
        key = period(moment)
        youngest.pop(key, None)
        youngest[key] = path
    return set([*youngest.values()][-count:])


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _day(moment: datetime) -> object:
    return timezone.localtime(moment).date()


def _week(moment: datetime) -> object:
    day = timezone.localtime(moment).date()
    return day - timedelta(days=day.weekday())
