"""Writing down what somebody did."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tejido.network.models import Event
from tejido.network.sealing import SEALING


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
        member_id=member_id,
        act=act,
        object_id=object_id,
        actor=by,
        happened_at=at,
        facts=facts or {},
    )
    transaction.on_commit(SEALING.start)
