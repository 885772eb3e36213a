"""Builders for tests: members, people and what they do there."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from tejido.foundation.scope import member_scope
from tejido.network.domain.members import MemberKind, slug_of
from tejido.network.domain.roles import Role
from tejido.network.models import Member, Membership, Person, RoleGrant

MORNING = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def a_member(name: str = "Valley Harm Reduction", kind: MemberKind = MemberKind.PROGRAM) -> Member:
    """Store a member."""
    return Member.objects.create(kind=kind, name=name, slug=slug_of(name), county_fips="06019")


def a_person(member: Member, *roles: Role, name: str = "Rosa", id: UUID | None = None) -> Person:  # noqa: A002
    """Store a person who works for the member in these roles."""
    person = Person(id=id or uuid4(), display_name=name)
    with member_scope(member.id):
        Person.objects.bulk_create([person], ignore_conflicts=True)
        membership = Membership.objects.create(member=member, person=person, since=TODAY)
        for role in roles:
            RoleGrant.objects.create(
                member=member, membership=membership, role=role, granted_at=MORNING
            )
    return person
