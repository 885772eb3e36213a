"""What one part of a sentence states about hours, before the parts are put together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from tejido.directory.domain.prose_hours.clock import Clock, Minutes
from tejido.directory.domain.prose_hours.limits import Limits
from tejido.directory.domain.prose_hours.proposal import Note
from tejido.directory.domain.schedule import Rule

Day = tuple[int, int]
"""(ordinal, weekday): (0, 1) is every Tuesday, (3, 1) the third of a month, (-1, 1) the last."""

RoughTime = tuple[frozenset[Day] | None, str]

WHOLE_DAY: Minutes = (0, 24 * 60)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_DAY: frozenset[Day] = frozenset((0, weekday) for weekday in range(7))


@dataclass(frozen=True, slots=True)
class Open:
    """Open on these days at these hours; `days` is None for `24 hours` without days."""

    days: frozenset[Day] | None
    hours: tuple[Minutes, ...]
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """Closed on these days, or at these hours of them; `days` is None for every day that opens."""

    days: frozenset[Day] | None
    hours: tuple[Minutes, ...] = ()


@dataclass(frozen=True, slots=True)
class Until:
    """Open on these days until another time."""

    days: frozenset[Day]
    closes: Clock


@dataclass(frozen=True, slots=True)
class ByAppointment:
    """Hours need an appointment; `is_alone` where nothing but strong marks stands beside it."""

    is_alone: bool


@dataclass(frozen=True, slots=True)
class Label:
    """The hours are those of one part of the place, such as its office."""

    is_leading: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """What changes no rule, and is good to know."""

    note: Note


@dataclass(frozen=True, slots=True)
class Elsewhen(Aside):
    """More, or by appointment, at times that are said roughly: `evenings`, `Saturday mornings`.

    Attributes:
        times: days, or None for all of them, and a part of the day, or '' for the whole day.
    """

    times: tuple[RoughTime, ...] = ()


def rule_of(opening: Minutes, days: Iterable[Day], *, is_monthly: bool) -> Rule:
    """Return one opening of these days as a rule."""
    return Rule(
        freq="MONTHLY" if is_monthly else "WEEKLY",
        byday=tuple(f"{number or ''}{WEEKDAYS[weekday]}" for number, weekday in days),
        opens_at=_time(opening[0]),
        closes_at=_time(opening[1]),
    )


def _time(minute: int) -> time:
    return time(minute % (24 * 60) // 60, minute % 60)


Statement = Open | Closed | Until | ByAppointment | Label | Aside
