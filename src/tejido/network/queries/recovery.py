"""Accounts that are being opened again: which wait, who can confirm, what a person is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from tejido.accounts.queries import who_can_sign_in
from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.permissions import Permission
from tejido.network.domain.recovery import CONFIRM_WITHIN, Whose
from tejido.network.models import Member, Membership, Recovery
from tejido.network.queries.access import MemberSeen, places_of, roles_of, seen
from tejido.network.queries.leading import have_led_enough
from tejido.network.queries.members import member_ids

# For how long a person is told that their account was opened again.
TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RecoverySeen:
    """One account that waits for a second person, or was opened.

    Attributes:
        person_id: whose account it is.
        name: what they are called.
        starter: what whoever started is called, '' where they never worked here.
        confirmer: the same of whoever confirmed; '' while it waits.
        until: when nobody can confirm any more.
    """

    id: UUID
    member: MemberSeen
    membership_id: UUID
    person_id: UUID
    name: str
    started_by: UUID
    starter: str
    confirmer: str
    until: datetime
    confirmed_at: datetime | None


def whose_account(membership_id: UUID, *, member_id: UUID) -> Whose | None:
    """Return whose account a membership is, with their roles anywhere; None without a person.

    Three queries, and one more for each other member where they work.
    """
    with member_scope(member_id):
        person_id = (
            Membership.objects.filter(id=membership_id, until__isnull=True)
            .values_list("person_id", flat=True)
            .first()
        )
    if person_id is None:
        return None
    places = places_of(person_id)
    roles = frozenset(role for place in places for role in roles_of(person_id, place))
    return Whose(person_id, roles, works_elsewhere=bool(places - {member_id}))


def waiting_at(member_id: UUID, *, at: datetime) -> list[RecoverySeen]:
    """Return what waits for a second person at a member, the first first. Three queries."""
    with member_scope(member_id):
        return _seen(recoveries_to_confirm(at), member_id)


def open_recoveries() -> QuerySet[Recovery]:
    """Return the accounts of the scope that were neither opened again nor kept shut."""
    rows: QuerySet[Recovery] = Recovery.objects.filter(
        confirmed_at__isnull=True, stopped_at__isnull=True
    )
    return rows


def recoveries_to_confirm(at: datetime) -> QuerySet[Recovery]:
    """Return those of them that a second person can still confirm."""
    return open_recoveries().filter(started_at__gte=at - CONFIRM_WITHIN)


def waiting_elsewhere(but: UUID, *, at: datetime) -> list[RecoverySeen]:
    """Return what waits at all members but one. A few queries for each member."""
    return [
        found
        for member_id in member_ids()
        if member_id != but
        for found in waiting_at(member_id, at=at)
    ]


def about_person(member_id: UUID, person_id: UUID, *, at: datetime) -> list[RecoverySeen]:
    """Return what a person is told of their own account: what waits, what was done of late."""
    with member_scope(member_id):
        done = Recovery.objects.filter(
            membership__person_id=person_id, confirmed_at__gte=at - TOLD_FOR
        )
        told = _seen(done, member_id)
    return [each for each in waiting_at(member_id, at=at) if each.person_id == person_id] + told


def others_who_can_confirm(member_id: UUID, *, but: Collection[UUID], at: datetime) -> list[str]:
    """Return what those at a member are called who could be the second person. Three queries."""
    found = have_led_enough(member_id, Permission.RECOVER_ACCOUNT, at=at)
    able = who_can_sign_in(found).difference(but)
    return sorted(name for person_id, name in found.items() if person_id in able)


def membership_to_recover(person_id: UUID) -> tuple[UUID, UUID] | None:
    """Return a member where a person works now and their membership there, or None. One query."""
    with person_scope(person_id):
        current = Membership.objects.filter(person_id=person_id, until__isnull=True)
        first = current.order_by("since", "id").first()
        return (first.member_id, first.id) if first else None


def _seen(rows: QuerySet[Recovery], member_id: UUID) -> list[RecoverySeen]:
    found = list(rows.select_related("membership__person").order_by("started_at", "id"))
    if not found:
        return []
    acting = {each.started_by for each in found} | {each.confirmed_by for each in found}
    names = dict(
        Membership.objects.filter(person_id__in=acting).values_list(
            "person_id", "person__display_name"
        )
    )
    member = seen(Member.objects.get(id=member_id))
    return [_told(each, member, names) for each in found]


def _told(row: Recovery, member: MemberSeen, names: dict[UUID, str]) -> RecoverySeen:
    return RecoverySeen(
        id=row.id,
        member=member,
        membership_id=row.membership_id,
        person_id=row.membership.person_id,
        name=row.membership.person.display_name,
        started_by=row.started_by,
        starter=names.get(row.started_by, ""),
        confirmer=names.get(row.confirmed_by, "") if row.confirmed_by else "",
        until=row.started_at + CONFIRM_WITHIN,
        confirmed_at=row.confirmed_at,
    )
