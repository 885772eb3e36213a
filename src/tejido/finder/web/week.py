"""The next seven days of one place as a table, and the special days after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tejido.directory.domain.opening import DayHours, HoursUnknown, day_hours
from tejido.directory.domain.public import PublicListing
from tejido.directory.services.holiday_words import HOLIDAYS, reason_words
from tejido.finder.web.hours import NO_BREAK, dated
from tejido.ui.domain.wording import clock_words

DAYS = 7
MIDNIGHT = time(0, 0)


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day: its name, its hours in words, why it is special or '', and whether it is today.

    `as_stated` is True where the reason stands in the source's own words and language.
    """

    name: str
    hours: tuple[str, ...]
    reason: str
    as_stated: bool
    is_today: bool


def week_of(listing: PublicListing, *, today: date, until: date) -> tuple[DayLine, ...]:
    """Return seven days from today; empty when nobody has stated hours to compute with.

    No day after `until`, the last one that lists know: page and list never contradict each other.
    """
    last = min(today + timedelta(days=DAYS - 1), until)
    days = _days(listing, today, last)
    return tuple(_line(day, today, listing.timezone) for day in days)


def special_days(listing: PublicListing, *, today: date, until: date) -> tuple[DayLine, ...]:
    """Return the special days (holidays, closures) after the week; `until` as in `week_of`."""
    days = _days(listing, today + timedelta(days=DAYS), until)
    return tuple(_line(day, today, listing.timezone) for day in days if day.is_exception)


def _days(listing: PublicListing, first: date, last: date) -> Sequence[DayHours]:
    if not listing.hours_known or last < first:
        return ()
    try:
        return day_hours(
            rules=listing.rules, exceptions=listing.exceptions, first=first, last=last
        )
    except HoursUnknown:
        return ()


def _line(day: DayHours, today: date, zone: str) -> DayLine:
    hours = tuple(_hours(day.day, opens, closes, zone) for opens, closes in day.hours)
    return DayLine(
        name=dated(day.day, seen_from=today),
        hours=hours or (_("Closed"),),
        reason=reason_words(day.reason),
        as_stated=day.reason not in HOLIDAYS,
        is_today=day.day == today,
    )


def _hours(day: date, opens: time, closes: time, zone: str) -> str:
    if opens == closes == MIDNIGHT:
        return _("Open all day")
    said = {"opens": _clock(day, opens, zone), "closes": _clock(day, closes, zone)}
    if closes <= opens and closes != MIDNIGHT:
        return _("%(opens)s to %(closes)s the next day") % said
    return _("%(opens)s to %(closes)s") % said


def _clock(day: date, at: time, zone: str) -> str:
    moment = datetime.combine(day, at, ZoneInfo(zone))
    return clock_words(moment, language=get_language() or "en").replace(" ", NO_BREAK)
