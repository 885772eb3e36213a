"""What becomes of an invitation, and for how long it stands."""

from datetime import datetime, timedelta
from enum import StrEnum

HOLDS = timedelta(days=14)


class InvitationState(StrEnum):
    """What becomes of an invitation; only an open one can be accepted."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def state_of(
    *,
    expires_at: datetime,
    used_at: datetime | None,
    withdrawn_at: datetime | None,
    at: datetime,
) -> InvitationState:
    """Return what has become of an invitation at a moment; what was used stays used."""
    if used_at is not None:
        return InvitationState.USED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.EXPIRED if at >= expires_at else InvitationState.OPEN
