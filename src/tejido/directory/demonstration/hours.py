"""How the files write hours, and what the holidays do to them.

`MO-FR 09:00-17:00`, `TU TH 20:00-02:00`, `TH every 2 from 2026-01-08 16:00-20:00`,
`month 1TU 3TU 10:00-13:00`, `always`.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

from tejido.directory.domain.opening import MIDNIGHT, day_hours, is_computable
from tejido.directory.domain.schedule import DatedException, Rule

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ALWAYS = Rule("WEEKLY", WEEK, MIDNIGHT, MIDNIGHT)
SHORT_DAY = (time(10), time(13))
_HOURS = re.compile(
    r"(?P<month>month )?(?P<days>[-1-5A-Z ]+?)"
    r"(?: every (?P<interval>\d+) from (?P<start>\d{4}-\d\d-\d\d))?"
    r" (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)"
)


class HoursUnreadable(ValueError):
    """The file writes hours in a way that nobody reads."""


def rule_from(text: str) -> Rule:
    """Read one line of hours.

    Raises:
        HoursUnreadable: the line is not of the kinds above.
    """
    if text == "always":
        return ALWAYS
    found = _HOURS.fullmatch(text)
    if not found:
        raise HoursUnreadable(text)
    rule = Rule(
        freq="MONTHLY" if found["month"] else "WEEKLY",
        byday=tuple(_days(found["days"])),
        opens_at=time.fromisoformat(found["opens"]),
        closes_at=time.fromisoformat(found["closes"]),
        interval=int(found["interval"] or 1),
        dtstart=date.fromisoformat(found["start"]) if found["start"] else None,
    )
    if not is_computable([rule]):
        raise HoursUnreadable(text)
    return rule


def holidays(habit: str, rules: Sequence[Rule], year: int) -> tuple[DatedException, ...]:
    """Return what the holidays of a year and the next do to these hours.

    Args:
        habit: `closed` on holidays, `short` on the two eves and closed on the holidays
            themselves, or `open` as always.
        rules: the regular hours; a holiday on which they are closed anyway needs no exception.
        year: the first of the two years.

    Raises:
        HoursUnreadable: no such habit.
    """
    if habit not in {"closed", "short", "open"}:
        raise HoursUnreadable(habit)
    found: list[DatedException] = []
    for day, reason, is_eve in _holidays(year) if habit != "open" else ():
        if not day_hours(rules=rules, exceptions=(), first=day, last=day)[0].hours:
            continue
        if habit == "short" and is_eve:
            found.append(DatedException(day, day, *SHORT_DAY, reason))
        elif not is_eve:
            found.append(DatedException(day, day, reason=reason))
    return tuple(found)


def _holidays(year: int) -> Iterator[tuple[date, str, bool]]:
    """Return day, name, and whether it is only an eve."""
    for each in (year, year + 1):
        yield date(each, 1, 1), "New Year's Day", False
        yield _thanksgiving(each), "Thanksgiving", False
        yield date(each, 12, 24), "Christmas Eve", True
        yield date(each, 12, 25), "Christmas", False
        yield date(each, 12, 31), "New Year's Eve", True


def _thanksgiving(year: int) -> date:
    """Return the fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(WEEK.index("TH") - first.weekday()) % 7 + 21)


def _days(text: str) -> Iterator[str]:
    for part in text.split():
        first, _, last = part.partition("-")
        if first in WEEK and last in WEEK:
            yield from WEEK[WEEK.index(first) : WEEK.index(last) + 1]
        else:
            yield part
