"""Members that leave the network: how far each is, what ends with it, what waits for a person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from tejido.accounts.queries import who_can_sign_in
from tejido.foundation.scope import member_scope, network_scope
from tejido.network.domain.departures import (
    CONFIRM_WITHIN,
    UNDO_WITHIN,
    DepartureReason,
    DepartureState,
    Steps,
    state_of,
)
from tejido.network.domain.permissions import Permission
from tejido.network.models import (
    Agreement,
    Contact,
    Departure,
    Member,
    Membership,
    PartnerListing,
    Relationship,
    ServedCounty,
    SharedContact,
)
from tejido.network.queries.access import MemberSeen, grants_now, seen
from tejido.network.queries.invitations import standing_invitations
from tejido.network.queries.recovery import open_recoveries


@dataclass(frozen=True, slots=True)
class DepartureSeen:
    """A member that leaves or left.

    Attributes:
        confirm_until: when nobody can confirm any more.
        undo_until: when nobody can undo it any more; None before it left.
        starter: what whoever started is called, '' where they never worked there.
    """

    member: MemberSeen
    reason: DepartureReason
    state: DepartureState
    last_day: date
    started_by: UUID
    starter: str
    confirm_until: datetime
    undo_until: datetime | None


@dataclass(frozen=True, slots=True)
class WhatEnds:
    """How much of each kind ends when a member leaves."""

    people: int
    invitations: int
    recoveries: int
    agreements: int
    relationships: int
    counties: int
    partner_listing: int
    shared_contacts: int
    contacts: int


def departure_of(member: MemberSeen, *, at: datetime) -> DepartureSeen | None:
    """Return the departure of a member that stands, or None. At most two queries."""
    with member_scope(member.id):
        row = Departure.objects.filter(stopped_at__isnull=True).first()
        return None if row is None else _seen(row, member, at)


def departures(*, at: datetime) -> dict[UUID, DepartureSeen]:
    """Return what stands at all members, by member. Two queries, and one for each found."""
    with network_scope():
        rows = list(Departure.objects.filter(stopped_at__isnull=True).select_related("member"))
    found = {}
    for row in rows:
        with member_scope(row.member_id):
            found[row.member_id] = _seen(row, seen(row.member), at)
    return found


def all_members() -> list[tuple[MemberSeen, date | None]]:
    """Return every member there is or was, by name, each with its last day. One query."""
    return [(seen(row), row.until) for row in Member.objects.order_by("name", "id")]


def member_at(member_id: UUID) -> MemberSeen | None:
    """Return a member by its id, also one that left, or None. One query."""
    row = Member.objects.filter(id=member_id).first()
    return seen(row) if row else None


def what_ends(member_id: UUID, *, at: datetime) -> WhatEnds:
    """Return how much of each kind would end now. Nine queries."""
    with member_scope(member_id):
        return WhatEnds(
            people=Membership.objects.filter(until__isnull=True).count(),
            invitations=standing_invitations(at).count(),
            recoveries=open_recoveries().count(),
            agreements=Agreement.objects.filter(end__isnull=True).count(),
            relationships=going_on().count(),
            counties=counties_going_on().count(),
            partner_listing=PartnerListing.objects.count(),
            shared_contacts=SharedContact.objects.count(),
            contacts=Contact.objects.count(),
        )


def going_on() -> QuerySet[Relationship]:
    """Return what goes on between the member of the scope and others."""
    rows: QuerySet[Relationship] = Relationship.objects.filter(
        until__isnull=True, was_mistaken=False
    )
    return rows


def counties_going_on() -> QuerySet[ServedCounty]:
    """Return the counties that the member of the scope serves."""
    rows: QuerySet[ServedCounty] = ServedCounty.objects.filter(until__isnull=True)
    return rows


def others_coordinate(member_id: UUID) -> bool:
    """Return whether somebody of another member coordinates the network. Some for each member."""
    rest = Member.objects.filter(until__isnull=True).exclude(id=member_id)
    return any(_has_coordinator(each) for each in rest.values_list("id", flat=True))


def left_with_listing(*, today: date) -> list[tuple[str, UUID]]:
    """Return name and listing of the members that left in the last 30 days. One query."""
    rows = Member.objects.filter(until__gte=today - UNDO_WITHIN).order_by("until", "name")
    return [(row.name, row.listing_id) for row in rows if row.listing_id]


def _has_coordinator(member_id: UUID) -> bool:
    with member_scope(member_id):
        held = grants_now(Permission.END_MEMBER)
        return bool(who_can_sign_in(held.values_list("membership__person_id", flat=True)))


def _seen(row: Departure, member: MemberSeen, at: datetime) -> DepartureSeen:
    steps = Steps(row.started_at, row.confirmed_at, row.stopped_at, row.done_at)
    named = Membership.objects.filter(person_id=row.started_by)
    names = named.values_list("person__display_name", flat=True)
    return DepartureSeen(
        member=member,
        reason=DepartureReason(row.reason),
        state=state_of(steps, at=at),
        last_day=row.last_day,
        started_by=row.started_by,
        starter=names.first() or "",
        confirm_until=row.started_at + CONFIRM_WITHIN,
        undo_until=row.done_at + UNDO_WITHIN if row.done_at else None,
    )
