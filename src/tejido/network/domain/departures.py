"""When a member leaves the network: started by one person, confirmed by another, undone later."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

CONFIRM_WITHIN = timedelta(hours=72)
UNDO_WITHIN = timedelta(days=30)
LONGEST_AHEAD = timedelta(days=365)


class DepartureReason(StrEnum):
    """Why a member leaves."""

    CLOSES = "closes"
    WITHDRAWS = "withdraws"


class DepartureState(StrEnum):
    """How far it is."""

    STARTED = "started"
    TOO_LATE = "too-late"
    AGREED = "agreed"
    LEFT = "left"
    FINAL = "final"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Steps:
    """When each step was taken; None where it was not."""

    started_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    done_at: datetime | None


def state_of(steps: Steps, *, at: datetime) -> DepartureState:
    """Return how far a departure is at a moment; `ended_at` is of a stop or an undo."""
    if steps.ended_at:
        return DepartureState.OVER
    if steps.done_at:
        can_be_undone = at - steps.done_at <= UNDO_WITHIN
        return DepartureState.LEFT if can_be_undone else DepartureState.FINAL
    if steps.confirmed_at:
        return DepartureState.AGREED
    is_too_late = at - steps.started_at > CONFIRM_WITHIN
    return DepartureState.TOO_LATE if is_too_late else DepartureState.STARTED


def is_due(last_day: date, *, today: date, confirmed_on: date) -> bool:
    """Return whether what was agreed is carried out today.

    A last day that was today or over when the second person confirmed counts at once; any other
    counts in full, so that people work until its end.
    """
    return today > last_day or last_day <= confirmed_on
