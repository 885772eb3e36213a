"""Whether two sets of opening rules open a place at the same times from today on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from tejido.directory.domain.opening import MIDNIGHT, is_computable, next_day
from tejido.directory.domain.schedule import DatedException, Rule

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST_MINUTE = time(23, 59)
_FAR = timedelta(days=400)
Opening = tuple[object, ...]


def is_same_hours(one: Sequence[Rule], other: Sequence[Rule], *, today: date) -> bool:
    """Say whether regular hours are the same from today on, however they are written.

    Rows may be divided in another way, and a date from which weeks are counted may be another one
    of the same weeks. Hours that nobody can compute are the same only as they stand.

    Args:
        one: regular openings.
        other: regular openings too.
        today: what ended before it counts no more, and what began before it has begun.
    """
    if not (is_computable(one) and is_computable(other)):
        return sorted(one, key=repr) == sorted(other, key=repr)
    return _openings(one, today) == _openings(other, today)


def is_same_dates(one: Sequence[DatedException], other: Sequence[DatedException]) -> bool:
    """Say whether two sets of dated exceptions are the same, but for blanks in their reasons."""
    return set(map(_plain, one)) == set(map(_plain, other))


def dates_beside(
    new: Sequence[DatedException], known: Sequence[DatedException]
) -> list[DatedException]:
    """Return which of the new exceptions are not known yet."""
    there = set(map(_plain, known))
    return [each for each in new if _plain(each) not in there]


def _plain(exception: DatedException) -> DatedException:
    return replace(exception, reason=" ".join(exception.reason.split()))


def _openings(rules: Sequence[Rule], today: date) -> set[Opening]:
    return {each for rule in rules for each in _openings_of(rule, today)}


def _openings_of(rule: Rule, today: date) -> Iterator[Opening]:
    first = max(filter(None, (rule.valid_from, rule.dtstart, today)))
    if rule.valid_to and rule.valid_to < first:
        return
    hours = rule.opens_at, _closing(rule)
    for day in _days_of(rule):
        begins = _begins(_only(rule, day), first, today + _FAR)
        yield (*_recurrence(rule, day), day, *hours, begins, rule.valid_to)


def _begins(rule: Rule, first: date, far: date) -> date | None:
    """Return the day of the first opening, None where it is far off though the rule holds."""
    if first > far:
        return first
    day = next_day(rule, first)
    return None if day is None or day > far else day


def _only(rule: Rule, day: str | int) -> Rule:
    if isinstance(day, int):
        return replace(rule, byday=(), bymonthday=(day,))
    return replace(rule, byday=(day,))


def _closing(rule: Rule) -> time:
    is_whole_day = rule.opens_at == MIDNIGHT and rule.closes_at == _LAST_MINUTE
    return MIDNIGHT if is_whole_day else rule.closes_at


def _days_of(rule: Rule) -> Sequence[str | int]:
    if rule.byday or rule.bymonthday or rule.dtstart is None:
        return (*(day.removeprefix("+") for day in rule.byday), *rule.bymonthday)
    if rule.freq == "WEEKLY":
        return (_WEEKDAYS[rule.dtstart.weekday()],)
    return (rule.dtstart.day,)


def _recurrence(rule: Rule, day: str | int) -> tuple[str, int, int]:
    """Return which weeks or months count; every Monday of every month is every week."""
    is_weekly = rule.freq == "WEEKLY" or (day in _WEEKDAYS and rule.interval == 1)
    if rule.interval == 1 or rule.dtstart is None:
        return ("WEEKLY" if is_weekly else "MONTHLY"), 1, 0
    weeks, months = rule.dtstart.toordinal() - 1, rule.dtstart.year * 12 + rule.dtstart.month
    return rule.freq, rule.interval, (weeks // 7 if is_weekly else months) % rule.interval
