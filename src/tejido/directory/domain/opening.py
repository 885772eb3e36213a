"""When a place is open: rules and dated exceptions, expanded to instants and to week tables.

Source: docs/sources.md#rfc-5545, sections 3.3.10 (recurrence) and 3.3.5 (local times that a clock
change repeats or skips), with weeks that begin on Monday.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil import rrule

from tejido.directory.domain.schedule import DatedException, Rule

Interval = tuple[datetime, datetime]
Hours = tuple[time, time]

MIDNIGHT = time(0, 0)
WHOLE_DAY: Hours = (MIDNIGHT, MIDNIGHT)
_DAY = timedelta(days=1)
_LOOK_AHEAD_WEEKS, _WEEKS_AT_ONCE = 56, 4
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")


class HoursUnknown(ValueError):
    """The rules do not say when the place is open, so nobody can compute it."""


@dataclass(frozen=True, slots=True)
class DayHours:
    """The openings that begin on one local day.

    Attributes:
        hours: (opens, closes) in order; a close at or before its opening is on the next day, and
            00:00 to 00:00 is the whole day. Empty when closed.
        reason: of the dated exception that made these hours, or ''.
        is_exception: the regular rules do not hold on this day.
    """

    day: date
    hours: tuple[Hours, ...]
    reason: str = ""
    is_exception: bool = False


def is_computable(rules: Sequence[Rule], exceptions: Sequence[DatedException] = ()) -> bool:
    """Tell whether these rules say when the place is open.

    They do not when an interval above 1 (or a rule without days) has no date to count from, when
    a day or month day does not exist, when a weekly rule has numbered days or month days, when a
    monthly rule has both numbered days and month days, or when an exception has only one of its
    two times.
    """
    return all(_rule_is_computable(rule) for rule in rules) and all(
        (exception.opens_at is None) == (exception.closes_at is None) for exception in exceptions
    )


def openings(
    *,
    rules: Sequence[Rule],
    exceptions: Sequence[DatedException],
    zone: ZoneInfo,
    first: date,
    last: date,
) -> tuple[Interval, ...]:
    """Expand the rules to the intervals during which the place is open on some local days.

    An opening belongs to the day on which it begins. What begins on `first` to `last` is there
    whole, also where it ends after `last`; so is what began on the eve of `first` and still runs.
    A dated exception replaces what would begin on its days; an opening that began the evening
    before still runs to its own end. Several exceptions on one day add up, and hours win over
    closed. A local time that a clock change repeats means the first of the two; one that it
    skips is read with the offset before the change.

    Args:
        rules: regular openings; none means closed on every day without an exception.
        exceptions: dated exceptions.
        zone: IANA zone of the place.
        first: first local day, included.
        last: last local day, included.

    Returns:
        UTC intervals from opening (included) to closing (not included), in order; what touches
        or overlaps is one interval, so a place that never closes is one from end to end.

    Raises:
        HoursUnknown: `is_computable` is False.
    """
    dawn = _instant(first, MIDNIGHT, zone)
    days = day_hours(rules=rules, exceptions=exceptions, first=first - _DAY, last=last)
    spans = (_interval(each.day, hours, zone) for each in days for hours in each.hours)
    return _merged(sorted(span for span in spans if span[1] > max(span[0], dawn)))


def day_hours(
    *,
    rules: Sequence[Rule],
    exceptions: Sequence[DatedException],
    first: date,
    last: date,
) -> tuple[DayHours, ...]:
    """Expand the rules to the local hours that begin on each day, for a table of days.

    Args:
        rules: regular openings.
        exceptions: dated exceptions; they replace the rules on their days.
        first: first local day, included.
        last: last local day, included.

    Returns:
        One entry a day, in order, closed days included.

    Raises:
        HoursUnknown: `is_computable` is False.
    """
    if not is_computable(rules, exceptions):
        raise HoursUnknown
    regular = _regular_hours(rules, first, last)
    special = [each for each in exceptions if each.first <= last and each.last >= first]
    return tuple(_one_day(day, regular.get(day, set()), special) for day in _days(first, last))


def next_days(
    *,
    rules: Sequence[Rule],
    exceptions: Sequence[DatedException],
    now: datetime,
    most: int,
) -> tuple[DayHours, ...]:
    """Return the next days on which the place opens or a dated exception begins to hold.

    Args:
        rules: regular openings.
        exceptions: dated exceptions; of several closed days in a row the first is there.
        now: the local time at the place; hours that have ended by then are left out.
        most: how many days, 1 or more.

    Returns:
        Days in order, those within a year and a month; none where it never opens again.

    Raises:
        HoursUnknown: `is_computable` is False.
    """
    found: list[DayHours] = []
    was_closed = False
    for weeks in range(0, _LOOK_AHEAD_WEEKS, _WEEKS_AT_ONCE):
        first = now.date() + timedelta(weeks=weeks)
        last = first + timedelta(weeks=_WEEKS_AT_ONCE) - _DAY
        for each in day_hours(rules=rules, exceptions=exceptions, first=first, last=last):
            day = _still_to_come(each, now)
            is_closed = day.is_exception and not each.hours
            if day.hours or (is_closed and not was_closed):
                found.append(day)
            was_closed = is_closed
        if len(found) >= most:
            break
    return tuple(found[:most])


def next_day(rule: Rule, first: date) -> date | None:
    """Return the next day from `first` on, within a year, on which a rule opens; None for none."""
    if not is_computable([rule]):
        return None
    now = datetime.combine(first, MIDNIGHT)
    days = next_days(rules=[rule], exceptions=[], now=now, most=1)
    return days[0].day if days else None


def _still_to_come(day: DayHours, now: datetime) -> DayHours:
    if day.day != now.date():
        return day
    hours = tuple(each for each in day.hours if each[1] <= each[0] or each[1] > now.time())
    return replace(day, hours=hours)


def _one_day(day: date, regular: set[Hours], special: Sequence[DatedException]) -> DayHours:
    today = [each for each in special if each.first <= day <= each.last]
    if not today:
        return DayHours(day=day, hours=tuple(sorted(regular)))
    hours = {
        _hours(each.opens_at, each.closes_at)
        for each in today
        if each.opens_at is not None and each.closes_at is not None
    }
    reason = next((each.reason for each in today if each.reason), "")
    return DayHours(day=day, hours=tuple(sorted(hours)), reason=reason, is_exception=True)


def _regular_hours(rules: Sequence[Rule], first: date, last: date) -> dict[date, set[Hours]]:
    found: dict[date, set[Hours]] = {}
    for rule in (each for mixed in rules for each in _unmixed(mixed)):
        start = max(filter(None, (first, rule.dtstart, rule.valid_from)))
        end = min(filter(None, (last, rule.valid_to)))
        if start > end:
            continue
        for day in _recurring_days(_Recurrence.of(rule, start), start, end):
            found.setdefault(day, set()).add(_hours(rule.opens_at, rule.closes_at))
    return found


def _unmixed(rule: Rule) -> tuple[Rule, ...]:
    """Return a rule with `1MO` beside `WE` as two, because dateutil wants a day to be both."""
    numbered = tuple(day for day in rule.byday if len(day) > 2)
    plain = tuple(day for day in rule.byday if len(day) == 2)
    if not (numbered and plain):
        return (rule,)
    return replace(rule, byday=numbered), replace(rule, byday=plain)


@dataclass(frozen=True, slots=True)
class _Recurrence:
    """What decides the days of a rule, with its start moved near the days that are asked for."""

    freq: str
    interval: int
    byday: tuple[str, ...]
    bymonthday: tuple[int, ...]
    start: date

    @classmethod
    def of(cls, rule: Rule, near: date) -> "_Recurrence":
        byday, bymonthday = rule.byday, rule.bymonthday
        if not byday and not bymonthday and rule.dtstart:
            if rule.freq == "WEEKLY":
                byday = (_WEEKDAYS[rule.dtstart.weekday()],)
            else:
                bymonthday = (rule.dtstart.day,)
        start = _period_start(rule.freq, rule.interval, rule.dtstart or near, near)
        return cls(rule.freq, rule.interval, byday, bymonthday, start)


def _period_start(freq: str, interval: int, anchor: date, near: date) -> date:
    """Return the first day of the last period of the rule that begins at or before `near`."""
    if freq == "WEEKLY":
        monday = anchor - timedelta(days=anchor.weekday())
        weeks = (near - monday).days // 7
        return monday + timedelta(weeks=weeks - weeks % interval)
    months = (near.year - anchor.year) * 12 + near.month - anchor.month
    month = anchor.year * 12 + anchor.month - 1 + months - months % interval
    return date(month // 12, month % 12 + 1, 1)


# Patterns of one directory share few recurrences: 'weekdays', 'Tuesdays and Thursdays'.
@lru_cache(maxsize=4096)
def _recurring_days(recurrence: _Recurrence, first: date, last: date) -> tuple[date, ...]:
    occurrences = rrule.rrule(
        rrule.WEEKLY if recurrence.freq == "WEEKLY" else rrule.MONTHLY,
        dtstart=datetime.combine(recurrence.start, MIDNIGHT),
        until=datetime.combine(last, MIDNIGHT),
        interval=recurrence.interval,
        byweekday=[_weekday(text) for text in recurrence.byday] or None,
        bymonthday=recurrence.bymonthday or None,
        wkst=rrule.MO,
    )
    return tuple(each.date() for each in occurrences if each.date() >= first)


def _weekday(text: str) -> rrule.weekday:
    ordinal = text[:-2]
    return rrule.weekday(_WEEKDAYS.index(text[-2:]), int(ordinal) if ordinal else None)


def _rule_is_computable(rule: Rule) -> bool:
    if rule.freq not in {"WEEKLY", "MONTHLY"} or rule.interval < 1:
        return False
    if not all(_BYDAY.fullmatch(text) for text in rule.byday):
        return False
    if not all(1 <= abs(day) <= 31 for day in rule.bymonthday):
        return False
    needs_start = rule.interval > 1 or not (rule.byday or rule.bymonthday)
    if needs_start and rule.dtstart is None:
        return False
    numbered = any(len(text) > 2 for text in rule.byday)
    return not (rule.bymonthday and (numbered or rule.freq == "WEEKLY")) and not (
        numbered and rule.freq == "WEEKLY"
    )


def _hours(opens_at: time, closes_at: time) -> Hours:
    """Return the hours, with HSDS's 00:00 to 23:59 written as the whole day that it means."""
    if opens_at == MIDNIGHT and closes_at.replace(second=0, microsecond=0) == time(23, 59):
        return WHOLE_DAY
    return opens_at, closes_at


def _interval(day: date, hours: Hours, zone: ZoneInfo) -> Interval:
    opens_at, closes_at = hours
    closing_day = day + _DAY if closes_at <= opens_at else day
    return _instant(day, opens_at, zone), _instant(closing_day, closes_at, zone)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant of a local time; fold 0 is what RFC 5545 asks for on both clock days."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def _merged(spans: Sequence[Interval]) -> tuple[Interval, ...]:
    merged: list[Interval] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
