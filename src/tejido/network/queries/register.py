"""The register: who works for whom and what members do for each other, read for conflicts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tejido.foundation.scope import member_scope, network_scope, person_scope
from tejido.network.domain.conflicts import (
    WORKS_FOR,
    Line,
    Party,
    PartyKind,
    Reason,
    reasons_between,
)
from tejido.network.domain.members import RelationshipKind
from tejido.network.models import Member, Membership, Relationship
from tejido.network.queries.access import MemberSeen, seen


@dataclass(frozen=True, slots=True)
class RelationshipSeen:
    """A line between our member and another; `outward` is ours doing it for the other."""

    id: UUID
    other: MemberSeen
    kind: RelationshipKind
    outward: bool
    since: date
    until: date | None


def relationships_of(member_id: UUID) -> list[RelationshipSeen]:
    """Return what stands or stood between a member and others, by name. One query."""
    with member_scope(member_id):
        rows = _said().select_related("from_member", "to_member")
        found = [_seen(row, member_id) for row in rows]
    return sorted(found, key=lambda each: (each.other.name, each.kind, each.since, each.id))


def relationship_at(member_id: UUID, relationship_id: UUID) -> RelationshipSeen | None:
    """Return one line of a member, or None. One query."""
    with member_scope(member_id):
        rows = _said().select_related("from_member", "to_member")
        row = rows.filter(id=relationship_id).first()
        return None if row is None else _seen(row, member_id)


def other_members(member_id: UUID, *, also_left: bool = False) -> list[MemberSeen]:
    """Return all members but one, by name: those of today, or also those that left. One query."""
    rows = Member.objects.exclude(id=member_id).order_by("name", "id")
    return [seen(row) for row in (rows if also_left else rows.filter(until__isnull=True))]


def conflicts_of(person_id: UUID, member_id: UUID, *, on: date) -> list[Reason]:
    """Return why a person is not impartial about a member on a day, what is closest first.

    Read are the person's memberships at all members and what is said between members. Two
    queries.
    """
    register = [*_works_for(person_id), *between_members([member_id])]
    return reasons_between(register, person(person_id), member(member_id), on=on)


def conflicts_between(one: UUID, other: UUID, *, on: date) -> list[Reason]:
    """Return why two members are not strangers on a day, what is closest first.

    Read is what is said between members, and who works for both. Three queries.
    """
    register = [*between_members([one, other]), *_people_of_both(one, other)]
    return reasons_between(register, member(one), member(other), on=on)


def names_of(reasons: Iterable[Reason]) -> dict[UUID, str]:
    """Return what the members in some reasons are called, by id. One query."""
    ids = {
        party.id
        for reason in reasons
        for line in reason
        for party in (line.one, line.other)
        if party.kind is PartyKind.MEMBER
    }
    return dict(Member.objects.filter(id__in=ids).values_list("id", "name"))


def between_members(ids: Iterable[UUID]) -> list[Line]:
    """Return what is said between some members and any other, mistakes left out. One query."""
    wanted = list(ids)
    touching = Q(from_member__in=wanted) | Q(to_member__in=wanted)
    with network_scope():
        return [
            Line(
                row.kind,
                member(row.from_member_id),
                member(row.to_member_id),
                row.since,
                row.until,
            )
            for row in _said().filter(touching)
        ]


def person(person_id: UUID) -> Party:
    """Return a person as a party."""
    return Party(PartyKind.PERSON, person_id)


def member(member_id: UUID) -> Party:
    """Return a member as a party."""
    return Party(PartyKind.MEMBER, member_id)


def _said() -> QuerySet[Relationship]:
    rows: QuerySet[Relationship] = Relationship.objects.filter(was_mistaken=False)
    return rows


def _works_for(person_id: UUID) -> list[Line]:
    with person_scope(person_id):
        return [_membership_line(row) for row in Membership.objects.filter(person_id=person_id)]


def _people_of_both(one: UUID, other: UUID) -> list[Line]:
    found = []
    for member_id in (one, other):
        with member_scope(member_id):
            found.append([_membership_line(row) for row in Membership.objects.all()])
    both = {line.one for line in found[0]} & {line.one for line in found[1]}
    return [line for lines in found for line in lines if line.one in both]


def _membership_line(row: Membership) -> Line:
    return Line(WORKS_FOR, person(row.person_id), member(row.member_id), row.since, row.until)


def _seen(row: Relationship, member_id: UUID) -> RelationshipSeen:
    outward = row.from_member_id == member_id
    return RelationshipSeen(
        id=row.id,
        other=seen(row.to_member if outward else row.from_member),
        kind=RelationshipKind(row.kind),
        outward=outward,
        since=row.since,
        until=row.until,
    )
