"""Writing down what somebody did."""

import secrets
import time
from datetime import datetime
from uuid import UUID

from tejido.network.models import Event


def note_event(
    *,
    member_id: UUID,
    act: str,
    object_id: UUID,
    by: UUID | None,
    at: datetime,
    facts: dict[str, str] | None = None,
) -> None:
    """Add what happened to the member's record, in its scope.

    Args:
        member_id: the member in whose name it was done; its scope is open.
        act: `verb.object`.
        object_id: what it was done to.
        by: the person; None for the software itself.
        at: when.
        facts: codes and ids, never names or words of people.
    """
    Event.objects.create(
        id=_next_id(),
        member_id=member_id,
        act=act,
        object_id=object_id,
        actor=by,
        happened_at=at,
        facts=facts or {},
    )


def _next_id() -> UUID:
    """Return a UUID of version 7: what is written later sorts later, also within one instant."""
    millis, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    number = (millis << 80) | (7 << 76) | (fraction << 64) | (2 << 62) | secrets.randbits(62)
    return UUID(int=number)
