"""What the statements of one sentence say together, as opening rules."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tejido.directory.domain.prose_hours.clock import DAY, NOON, Minutes, closing_after
from tejido.directory.domain.prose_hours.limited import limited_rules, refuse_clashes
from tejido.directory.domain.prose_hours.proposal import Note, NotRead, Proposal
from tejido.directory.domain.prose_hours.statements import (
    EVERY_DAY,
    WHOLE_DAY,
    Aside,
    ByAppointment,
    Closed,
    Day,
    Elsewhen,
    Label,
    Open,
    RoughTime,
    Statement,
    Until,
    rule_of,
)
from tejido.directory.domain.schedule import Rule

_EVENING = 16 * 60
_HOURS_OF_PART: dict[str, Minutes] = {
    "": (0, 2 * DAY),
    "morning": (0, NOON),
    "afternoon": (NOON + 60, NOON + 5 * 60),
    "evening": (NOON + 7 * 60, DAY),
}
Week = dict[Day, tuple[Minutes, ...]]


def proposal_of(statements: Sequence[Statement], today: date | None = None) -> Proposal:
    """Return what the statements propose together.

    Args:
        statements: of one sentence.
        today: the local day for a person who sees what was read, and for whom openings of one
            day that are apart add up; None for a list, where one may replace the other.

    Raises:
        NotRead: they contradict each other, or say no hours.
    """
    opens = [each for each in statements if isinstance(each, Open)]
    by_appointment = _by_appointment(statements, opens)
    if not opens and not (by_appointment and all(map(_is_beside_appointment, statements))):
        raise NotRead(Note.NO_HOURS)
    of_the_week = [each for each in opens if each.limits is None]
    week = _week(statements, of_the_week, adds_up=today is not None)
    _refuse_rough_times_within(week, statements)
    rules, others = _rules(week), limited_rules(statements, opens)
    if today:
        refuse_clashes(others, rules, today)
    return Proposal(
        rules=(*rules, *others),
        by_appointment=by_appointment,
        always=not others and week == dict.fromkeys(EVERY_DAY, (WHOLE_DAY,)),
        notes=_notes(statements, opens),
    )


def _by_appointment(statements: Sequence[Statement], opens: Sequence[Open]) -> bool:
    found = [each for each in statements if isinstance(each, ByAppointment)]
    openings = sum(len(each.hours) for each in opens)
    if openings > 1 and not all(each.is_alone for each in found):
        raise NotRead(Note.PARTLY_BY_APPOINTMENT)
    return bool(found)


def _refuse_rough_times_within(week: Week, statements: Iterable[Statement]) -> None:
    """Refuse `Daily 9-5; Sunday by appointment`: on Sundays nobody would be let in."""
    rough = [time for each in statements if isinstance(each, Elsewhen) for time in each.times]
    if any(_is_open_within(week, each) for each in rough):
        raise NotRead(Note.PARTLY_BY_APPOINTMENT)


def _is_open_within(week: Week, rough: RoughTime) -> bool:
    days, part = rough
    starts, ends = _HOURS_OF_PART.get(part, (0, 0))
    weekdays = {weekday for _, weekday in EVERY_DAY if days is None} | {d[1] for d in days or ()}
    return any(
        first < ends and starts < last
        for day in week
        if day[1] in weekdays
        for first, last in week[day]
    )


def _is_beside_appointment(statement: Statement) -> bool:
    if isinstance(statement, Aside):
        return statement.note in {Note.CALL_FIRST, Note.CLOSED_ON_HOLIDAYS}
    return isinstance(statement, ByAppointment)


def _notes(statements: Sequence[Statement], opens: Sequence[Open]) -> tuple[Note, ...]:
    labels = [each for each in statements if isinstance(each, Label)]
    if len(labels) > 1 or (len(opens) > 1 and not all(each.is_leading for each in labels)):
        raise NotRead(Note.SEVERAL_PARTS)
    notes = [each.note for each in statements if isinstance(each, Aside)]
    return tuple(dict.fromkeys(notes + [Note.HOURS_OF_A_PART for _ in labels]))


def _week(statements: Sequence[Statement], opens: Sequence[Open], *, adds_up: bool) -> Week:
    week = _opened(opens, adds_up=adds_up)
    for each in statements:
        if isinstance(each, Until):
            _prolong(week, each)
    for each in statements:
        if isinstance(each, Closed):
            _refuse_day_of_two_openings(each, opens)
            _close(week, each)
    if any(each.days and not each.days & week.keys() for each in opens):
        raise NotRead(Note.CONTRADICTION)
    return week


def _opened(opens: Sequence[Open], *, adds_up: bool) -> Week:
    if len(opens) > 1 and any(each.days is None for each in opens):
        raise NotRead(Note.CONTRADICTION)
    week: Week = {}
    for each in opens:
        for day in sorted(EVERY_DAY if each.days is None else each.days):
            week[day] = _joined(week.get(day, ()), each.hours, adds_up=adds_up)
    _refuse_unclear_numbered_days(week, adds_up=adds_up)
    return week


def _joined(
    known: tuple[Minutes, ...], new: tuple[Minutes, ...], *, adds_up: bool
) -> tuple[Minutes, ...]:
    """Return the hours of a day that is stated twice.

    Longer hours hold, whether they were meant to replace the first or to be added. Evening hours
    after the others are added. All else may replace or add.
    """
    if not known or _covers(new, known):
        return new
    if adds_up and _are_apart(new, known):
        return tuple(sorted(known + new))
    if _is_evening_after(new, known):
        return _merged(known, new)
    raise NotRead(Note.CONTRADICTION)


def _merged(known: tuple[Minutes, ...], evening: tuple[Minutes, ...]) -> tuple[Minutes, ...]:
    if known[-1][1] < evening[0][0]:
        return known + evening
    return (*known[:-1], (known[-1][0], evening[0][1]), *evening[1:])


def _covers(wide: Iterable[Minutes], narrow: Iterable[Minutes]) -> bool:
    return all(any(w[0] <= n[0] and n[1] <= w[1] for w in wide) for n in narrow)


def _are_apart(new: Iterable[Minutes], known: Iterable[Minutes]) -> bool:
    return all(n[1] <= k[0] or k[1] <= n[0] for n in new for k in known)


def _is_evening_after(new: Sequence[Minutes], known: Sequence[Minutes]) -> bool:
    return new[0][0] >= max(_EVENING, known[-1][1])


def _refuse_unclear_numbered_days(week: Week, *, adds_up: bool) -> None:
    for (number, weekday), hours in week.items():
        weekly = week.get((0, weekday), ()) if number else ()
        if adds_up and _are_apart(hours, weekly):
            continue
        if weekly and not (_covers(hours, weekly) or _is_evening_after(hours, weekly)):
            raise NotRead(Note.CONTRADICTION)


def _prolong(week: Week, until: Until) -> None:
    for day in until.days:
        hours = week.get(day, ())
        closes = closing_after(hours[-1][0], until.closes) if hours else None
        if closes is None or hours[-1] == WHOLE_DAY:
            raise NotRead(Note.CONTRADICTION)
        week[day] = (*hours[:-1], (hours[-1][0], closes))


def _refuse_day_of_two_openings(closed: Closed, opens: Iterable[Open]) -> None:
    """Refuse `Mon-Fri 9-12, closed Wed; Wed, Sat 9-3`: the closing is of one of the two."""
    if closed.hours or not closed.days:
        return
    for weekday in {day[1] for day in closed.days}:
        stated = [each for each in opens if any(day[1] == weekday for day in each.days or ())]
        if len(stated) > 1:
            raise NotRead(Note.CONTRADICTION)


def _close(week: Week, closed: Closed) -> None:
    if closed.hours:
        _close_hours(week, closed)
        return
    for number, weekday in closed.days or ():
        if any(day[1] == weekday and bool(day[0]) != bool(number) for day in week):
            # `1st Saturday 9-12; closed Saturdays`, and the other way about.
            raise NotRead(Note.CONTRADICTION)
        week.pop((number, weekday), None)


def _close_hours(week: Week, closed: Closed) -> None:
    days = week.keys() if closed.days is None else closed.days
    if closed.days and not closed.days <= week.keys():
        raise NotRead(Note.CONTRADICTION)
    changed = {day: _without(week[day], closed.hours) for day in days}
    touched = [day for day in days if changed[day] != week[day] or _has_gap(week[day], closed)]
    if not touched or (closed.days and len(touched) < len(closed.days)):
        raise NotRead(Note.CONTRADICTION)
    if closed.days is None and any(_is_shortened(week[day], changed[day]) for day in touched):
        raise NotRead(Note.CONTRADICTION)
    week |= changed


def _is_shortened(known: Sequence[Minutes], changed: Sequence[Minutes]) -> bool:
    """Tell whether a break took the beginning or the end of a day, and so was none."""
    return (known[0][0], known[-1][1]) != (changed[0][0], changed[-1][1])


def _has_gap(hours: Iterable[Minutes], closed: Closed) -> bool:
    ends, starts = {each[1] for each in hours}, {each[0] for each in hours}
    return all(first in ends and last in starts for first, last in closed.hours)


def _without(hours: tuple[Minutes, ...], closed: Iterable[Minutes]) -> tuple[Minutes, ...]:
    for first, last in closed:
        hours = tuple(
            part
            for opens, closes in hours
            for part in _cut((opens, closes), max(first, opens), min(last, closes))
        )
    return hours


def _cut(opening: Minutes, first: int, last: int) -> tuple[Minutes, ...]:
    if first >= last:
        return (opening,)
    if (first, last) == opening:
        raise NotRead(Note.CONTRADICTION)
    parts = ((opening[0], first), (last, opening[1]))
    return tuple(part for part in parts if part[0] < part[1])


def _rules(week: Week) -> tuple[Rule, ...]:
    days_of: dict[tuple[bool, Minutes], list[Day]] = defaultdict(list)
    for day in sorted(week, key=lambda day: (day[1], day[0] % 7)):
        for opening in week[day]:
            days_of[day[0] != 0, opening].append(day)
    order = sorted(days_of, key=lambda key: (key[0], days_of[key][0][1], key[1]))
    return tuple(rule_of(key[1], days_of[key], is_monthly=key[0]) for key in order)
