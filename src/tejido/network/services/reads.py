"""Writing down that somebody looked at what is about people."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tejido.foundation.scope import member_scope
from tejido.network.models import Event
from tejido.network.services.events import note_event

# Who goes back and forth between pages looks once.
ONE_LOOK = timedelta(hours=1)


def note_read(
    *,
    member_id: UUID,
    act: str,
    object_id: UUID,
    by: UUID,
    at: datetime,
    facts: dict[str, str] | None = None,
) -> None:
    """Add that a person looked at something, once an hour at most.

    Args:
        member_id: whose rows they are.
        act: `view.object`.
        object_id: what was looked at; the member's id for a whole list.
        by: the person.
        at: when.
        facts: codes and ids; who looks at the same with other facts looks once more.
    """
    said: dict[str, Any] = {"act": act, "object_id": object_id, "facts": facts or {}}
    with member_scope(member_id):
        recent = Event.objects.filter(**said, actor=by, happened_at__gt=at - ONE_LOOK)
        if not recent.exists():
            note_event(member_id=member_id, by=by, at=at, **said)
