"""Openings that hold in some weeks, months or days only, as rules of their own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import combinations

from tejido.directory.domain.opening import day_hours
from tejido.directory.domain.prose_hours.clock import Minutes
from tejido.directory.domain.prose_hours.limits import Limits, limits_of
from tejido.directory.domain.prose_hours.proposal import Note, NotRead
from tejido.directory.domain.prose_hours.statements import (
    EVERY_DAY,
    Aside,
    Day,
    Open,
    Statement,
    rule_of,
)
from tejido.directory.domain.prose_hours.tokens import Token
from tejido.directory.domain.prose_hours.words import Kind
from tejido.directory.domain.schedule import Rule

_FAR = timedelta(days=400)
_LAST = date(9999, 1, 1)


def without_limits(part: Sequence[Token]) -> tuple[list[Token], Limits | None]:
    """Return one part of a sentence without the words that limit it, and its limits.

    Raises:
        NotRead: the limits contradict each other, or nobody knows from when to count.
    """
    limits = limits_of([token.limits for token in part if token.limits])
    return [token for token in part if token.kind is not Kind.LIMIT], limits


def limited(statements: Sequence[Statement], limits: Limits | None) -> Sequence[Statement]:
    """Return the statements of one part with its limits.

    Raises:
        NotRead: nobody knows what they limit, because there is not exactly one opening.
    """
    if limits is None:
        return statements
    opens = [each for each in statements if isinstance(each, Open)]
    if len(opens) != 1 or not _are_plain(statements):
        raise NotRead(Note.AMBIGUOUS_DAYS if opens else Note.NO_HOURS)
    return [
        replace(each, limits=limits) if isinstance(each, Open) else each for each in statements
    ]


def limited_rules(statements: Sequence[Statement], opens: Iterable[Open]) -> tuple[Rule, ...]:
    """Return the rules of the openings that have limits, in their order.

    Raises:
        NotRead: a limit does not fit its days, or something else is said beside them that may
            change them.
    """
    found = [each for each in opens if each.limits]
    if found and not _are_plain(statements):
        raise NotRead(Note.CONTRADICTION)
    return tuple(rule for each in found if each.limits for rule in _rules(each, each.limits))


def refuse_clashes(limited: Sequence[Rule], others: Sequence[Rule], today: date) -> None:
    """Refuse `Friday 9-5; Friday 9-3 from June 1, 2027`: nobody knows what holds then.

    Raises:
        NotRead: two openings of one day overlap.
    """
    pairs = [*combinations(limited, 2), *((one, other) for one in limited for other in others)]
    if any(_clash(one, other, today) for one, other in pairs):
        raise NotRead(Note.CONTRADICTION)


def _are_plain(statements: Iterable[Statement]) -> bool:
    return all(isinstance(each, Open) or type(each) is Aside for each in statements)


def _rules(opening: Open, limits: Limits) -> Iterator[Rule]:
    days = sorted(EVERY_DAY if opening.days is None else opening.days, key=_in_week)
    is_monthly = limits.unit == "months" or bool(limits.month_days) or bool(days[0][0])
    is_mixed = len({bool(number) for number, _ in days}) > 1
    is_narrowed = bool(limits.month_days) and set(days) != EVERY_DAY
    if is_mixed or is_narrowed or _is_no_week(limits, is_monthly=is_monthly):
        raise NotRead(Note.CONTRADICTION)
    for hours in opening.hours:
        rule = _rule(days, hours, limits, is_monthly=is_monthly)
        anchor = limits.anchor if limits.is_next else None
        if (
            anchor
            and not day_hours(rules=[rule], exceptions=(), first=anchor, last=anchor)[0].hours
        ):
            # `Thursday, every 2 weeks, next on` a Friday.
            raise NotRead(Note.CONTRADICTION)
        yield rule


def _in_week(day: Day) -> tuple[int, int]:
    return day[1], day[0] % 7


def _is_no_week(limits: Limits, *, is_monthly: bool) -> bool:
    return is_monthly and limits.unit == "weeks" and limits.every > 1


def _rule(days: Iterable[Day], hours: Minutes, limits: Limits, *, is_monthly: bool) -> Rule:
    rule = rule_of(hours, () if limits.month_days else days, is_monthly=is_monthly)
    return replace(
        rule,
        interval=limits.every or 1,
        dtstart=limits.anchor if limits.every > 1 else None,
        bymonthday=limits.month_days,
        valid_from=limits.first,
        valid_to=limits.last,
    )


def _clash(one: Rule, other: Rule, today: date) -> bool:
    if not _overlap(one, other):
        return False
    first = max(
        filter(None, (today, one.valid_from, other.valid_from, one.dtstart, other.dtstart))
    )
    days = [set(_days(each, first)) for each in (one, other)]
    return bool(days[0] & days[1])


def _days(rule: Rule, first: date) -> Iterator[date]:
    last = min(first, _LAST - _FAR) + _FAR
    for each in day_hours(rules=[rule], exceptions=(), first=first, last=last):
        if each.hours:
            yield each.day


def _overlap(one: Rule, other: Rule) -> bool:
    (opens, closes), (begins, ends) = map(_minutes, (one, other))
    return opens < ends and begins < closes


def _minutes(rule: Rule) -> Minutes:
    first, last = _minute(rule.opens_at), _minute(rule.closes_at)
    return first, last if last > first else last + 24 * 60


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
