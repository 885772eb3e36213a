"""The next openings in words, so that a steward sees what hours mean before people do."""

from datetime import date, datetime, time
from itertools import starmap
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tejido.directory.domain.hours import StatedHours
from tejido.directory.domain.opening import WHOLE_DAY, DayHours, next_days
from tejido.directory.services.holiday_words import reason_words
from tejido.directory.web.wording import clock
from tejido.ui.domain.wording import day_words

SHOWN = 5


def next_openings(
    hours: StatedHours, *, zone: ZoneInfo, at: datetime, most: int = SHOWN
) -> tuple[str, ...] | None:
    """Return the next days with their hours in words; None where nobody knows the hours.

    `Thursday, December 3: 9:00 am–noon, 2:00 pm–5:00 pm`.
    """
    if not hours.is_known:
        return None
    now = at.astimezone(zone)
    days = next_days(rules=hours.rules, exceptions=hours.exceptions, now=now, most=most)
    return tuple(_line(day, now.date()) for day in days)


def _line(day: DayHours, today: date) -> str:
    form = "long" if day.day.year == today.year else "full"
    named = day_words(day.day, language=get_language() or "en", form=form)
    said = ", ".join(starmap(_hours, day.hours)) or _("closed")
    reason = f" ({reason_words(day.reason)})" if day.reason else ""
    return f"{named}: {said}{reason}"


def _hours(opens: time, closes: time) -> str:
    return _("24 hours") if (opens, closes) == WHOLE_DAY else f"{clock(opens)}–{clock(closes)}"
