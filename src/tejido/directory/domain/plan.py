"""What a team can confirm with the time that it has, and what goes out of date without it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tejido.directory.domain.clocks import Clock, FieldGroup

# "This month" of a plan.
AHEAD_DAYS = 30


@dataclass(frozen=True, slots=True)
class DueProgram:
    """A program whose listings are due: one call confirms them all.

    Attributes:
        worst: the clock that it harms most to leave.
        oldest: since when its oldest due part stands.
        parts: how many parts of listings are due.
        listings: of so many listings.
    """

    organization: UUID
    name: str
    worst: Clock
    oldest: date
    parts: int
    listings: int


@dataclass(frozen=True, slots=True)
class PartDue:
    """How many listings are due in one part: now, within the month, and left after all calls."""

    now: int
    within: int
    left: int


@dataclass(frozen=True, slots=True)
class DuePlan:
    """What is due, what fits, and what is left.

    Attributes:
        programs: the first programs to call, the most harmful to leave first.
        waiting: how many programs are due now.
        calls_a_week: how many fit; None where nobody said how much time there is.
        until: the end of the month ahead.
        parts: by part, in the order of harm.
    """

    programs: tuple[DueProgram, ...]
    waiting: int
    calls_a_week: int | None
    until: date
    parts: Mapping[FieldGroup, PartDue]


def calls_that_fit(*, minutes: int, minutes_a_sheet: int) -> int:
    """Return how many calls fit into so many minutes, 0 or more."""
    return minutes // minutes_a_sheet


def calls_in_a_month(calls_a_week: int) -> int:
    """Return how many calls fit into the month ahead, at so many a week."""
    return calls_a_week * AHEAD_DAYS // 7
