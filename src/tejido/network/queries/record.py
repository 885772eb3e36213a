"""The record of a member as its people read it: who did what, and who looked at what."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tejido.foundation.paging import nearest_page
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Membership

ROWS = 50


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened.

    Attributes:
        act: `verb.object`.
        who: what the person is called, '' where they never worked here; None for the software.
        whom: whom it was done to, '' where that is nobody.
        role: that was given or taken back, else None.
        is_sealed: nobody can change it any more without being found out.
    """

    at: datetime
    act: str
    who: str | None
    whom: str
    role: Role | None
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some of what happened, the last first; `page` counts from 1."""

    rows: list[Happened]
    page: int
    pages: int
    total: int


def record_of(member_id: UUID, *, page: int = 1) -> RecordPage:
    """Return a page of what happened at a member, the nearest that there is. Four queries."""
    with member_scope(member_id):
        total = Event.objects.count()
        page, pages = nearest_page(page, total, rows=ROWS)
        events = Event.objects.order_by("-happened_at", "id").prefetch_related("sealed")
        shown = list(events[(page - 1) * ROWS : page * ROWS])
        names = _names(shown)
        return RecordPage([_happened(event, names) for event in shown], page, pages, total)


def _names(events: list[Event]) -> dict[UUID, str]:
    """Return what people are called, by their own id and by that of their membership."""
    meant = Q(id__in={event.object_id for event in events})
    acting = Q(person_id__in={event.actor for event in events})
    memberships = Membership.objects.filter(meant | acting)
    named = memberships.values_list("id", "person_id", "person__display_name")
    return {key: name for *keys, name in named for key in keys}


def _happened(event: Event, names: dict[UUID, str]) -> Happened:
    role = event.facts.get("role")
    return Happened(
        at=event.happened_at,
        act=event.act,
        who=names.get(event.actor, "") if event.actor else None,
        whom=names.get(event.object_id, ""),
        role=Role(role) if role in set(Role) else None,
        is_sealed=bool(event.sealed.all()),
    )
