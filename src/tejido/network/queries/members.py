"""Members: those of one person, and those that one member works with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.members import RelationshipKind
from tejido.network.models import Member, Membership, Relationship
from tejido.network.queries.access import MemberSeen, seen


@dataclass(frozen=True, slots=True)
class Tie:
    """How another member stands to ours; `outward` is ours doing it for the other."""

    other: MemberSeen
    kind: RelationshipKind
    outward: bool
    since: date


def members_of(person_id: UUID) -> list[MemberSeen]:
    """Return the members where a person works now, by name. One query."""
    with person_scope(person_id):
        rows = (
            Membership.objects.filter(person_id=person_id, until__isnull=True)
            .select_related("member")
            .order_by("member__name", "member_id")
        )
        return [seen(row.member) for row in rows]


def last_place(person_id: UUID) -> tuple[UUID, UUID] | None:
    """Return the member where a person worked last and their membership there. One query."""
    with person_scope(person_id):
        rows = Membership.objects.filter(person_id=person_id, until__isnull=False)
        last = rows.order_by("-until", "id").first()
        return (last.member_id, last.id) if last else None


def left_of(person_id: UUID, membership_id: UUID) -> MemberSeen | None:
    """Return the member that a person left by the end of this membership, or None. One query."""
    with person_scope(person_id):
        rows = Membership.objects.filter(id=membership_id, person_id=person_id)
        row = rows.filter(until__isnull=False).select_related("member").first()
        return seen(row.member) if row else None


def works_with(member_id: UUID) -> list[Tie]:
    """Return the members that one works with now, by name and then kind. One query."""
    with member_scope(member_id):
        rows = Relationship.objects.filter(until__isnull=True).select_related(
            "from_member", "to_member"
        )
        ties = [_tie(row, member_id) for row in rows]
    return sorted(ties, key=lambda tie: (tie.other.name, tie.other.slug, tie.kind, tie.outward))


def member_named(slug: str) -> MemberSeen | None:
    """Return the member with this slug, whoever asks; for commands and the demonstration."""
    member = Member.objects.filter(slug=slug).first()
    return seen(member) if member else None


def member_ids() -> list[UUID]:
    """Return the ids of all members, for work on the rows of each in its own scope. One query."""
    return list(Member.objects.order_by("slug").values_list("id", flat=True))


def member_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the address words of some members, for commands. One query."""
    return dict(Member.objects.filter(id__in=ids).values_list("id", "slug"))


def has_members() -> bool:
    """Return whether the network has any member."""
    return Member.objects.exists()


def _tie(row: Relationship, member_id: UUID) -> Tie:
    outward = row.from_member_id == member_id
    return Tie(
        other=seen(row.to_member if outward else row.from_member),
        kind=RelationshipKind(row.kind),
        outward=outward,
        since=row.since,
    )
