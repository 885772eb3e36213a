"""When two people may open the account of a third again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from tejido.network.domain.roles import REACH, Role, is_above, reach_of

CONFIRM_WITHIN = timedelta(hours=72)
# Or one who leads would let a second account of their own in, and be two. For so long the others
# see who began to lead.
LED_FOR = timedelta(days=7)
ACROSS_THE_NETWORK = REACH[Role.NETWORK_COORDINATOR]


class Hindrance(StrEnum):
    """Why somebody may not start or confirm."""

    YOURSELF = "yourself"
    ABOVE_OWN = "role-above-own"
    SAME_PERSON = "same-person"
    WORKS_ELSEWHERE = "works-elsewhere"
    OVER = "recovery-over"
    TOO_LATE = "recovery-too-late"
    STARTER_GONE = "starter-gone"
    NEW_TO_LEADING = "new-to-leading"


@dataclass(frozen=True, slots=True)
class Whose:
    """Somebody whose account it is.

    Attributes:
        id: the person's.
        roles: at every member where they work.
        works_elsewhere: also at a member other than the one where it is asked for.
    """

    id: UUID
    roles: frozenset[Role]
    works_elsewhere: bool


def hindrance_to_start(whose: Whose, *, by: UUID, own: Collection[Role]) -> Hindrance | None:
    """Return why `by`, in the roles `own`, may not ask for an account; None if they may."""
    if whose.id == by:
        return Hindrance.YOURSELF
    return Hindrance.ABOVE_OWN if is_above(whose.roles, own=own) else None


def hindrance_to_confirm(
    whose: Whose, *, by: UUID, own: Collection[Role], started_by: UUID
) -> Hindrance | None:
    """Return why `by`, in the roles `own`, may not confirm what another started; None if they may.

    Whoever works at two members has an account that opens both, so people of one of them are not
    enough: somebody who coordinates the network is one of the two.
    """
    if by == started_by:
        return Hindrance.SAME_PERSON
    if whose.works_elsewhere and reach_of(own) < ACROSS_THE_NETWORK:
        return Hindrance.WORKS_ELSEWHERE
    return hindrance_to_start(whose, by=by, own=own)


def has_led_enough(*, granted_at: datetime, first: datetime, at: datetime) -> bool:
    """Return whether who got a leading role then may be one of the two.

    Args:
        granted_at: when they got it.
        first: when anybody got the first role at that member; who was there then counts at once.
        at: now.
    """
    return granted_at <= max(first, at - LED_FOR)


def is_too_late(*, started_at: datetime, at: datetime) -> bool:
    """Return whether nobody may confirm any more."""
    return at - started_at > CONFIRM_WITHIN
