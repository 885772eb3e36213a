"""The people of a member and the roles that they have."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tejido.foundation.scope import member_scope
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role
from tejido.network.models import Membership, RoleGrant
from tejido.network.queries.access import grants_now, people_who_may

_ORDER = list(Role)


@dataclass(frozen=True, slots=True)
class GrantSeen:
    """One role of one person; `id` is the grant's."""

    id: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """Somebody who works for a member; `id` is the membership's."""

    id: UUID
    person_id: UUID
    name: str
    since: date
    until: date | None
    grants: tuple[GrantSeen, ...]


def people_of(member_id: UUID) -> list[PersonSeen]:
    """Return who works for a member now, by name, with their roles. Two queries."""
    with member_scope(member_id):
        return _people(until__isnull=True)


def person_at(member_id: UUID, membership_id: UUID) -> PersonSeen | None:
    """Return one membership of the member, ended or not. Two queries."""
    with member_scope(member_id):
        found = _people(id=membership_id)
    return found[0] if found else None


def own_membership(member_id: UUID, person_id: UUID) -> PersonSeen | None:
    """Return the membership of a person who works for a member now. Two queries."""
    with member_scope(member_id):
        found = _people(person_id=person_id, until__isnull=True)
    return found[0] if found else None


def lacking_without(
    member_id: UUID, membership_id: UUID, *, keeping: Collection[Role] = ()
) -> Permission | None:
    """Return what nobody could do any more if somebody's roles at a member went, None for nothing.

    Giving roles there comes before ending members, which somebody in the network must be able to.
    At most three queries and one for each member.

    Args:
        member_id: where.
        membership_id: whose roles.
        keeping: those that stay.
    """
    with member_scope(member_id):
        going = [
            permission
            for permission in (Permission.GRANT_ROLE, Permission.END_MEMBER)
            if not is_allowed(keeping, permission)
            and grants_now(permission).filter(membership=membership_id).exists()
        ]
        others_here = grants_now(Permission.GRANT_ROLE).exclude(membership=membership_id)
        if Permission.GRANT_ROLE in going and not others_here.exists():
            return Permission.GRANT_ROLE
    if Permission.END_MEMBER not in going:
        return None
    others = people_who_may(Permission.END_MEMBER, but=membership_id)
    return None if others else Permission.END_MEMBER


def grant_at(member_id: UUID, grant_id: UUID) -> tuple[PersonSeen, Role] | None:
    """Return a role that somebody of the member has or had. Three queries."""
    with member_scope(member_id):
        grant = RoleGrant.objects.filter(id=grant_id).first()
        person = person_at(member_id, grant.membership_id) if grant else None
    return (person, Role(grant.role)) if grant and person else None


def _people(**wanted: object) -> list[PersonSeen]:
    memberships = list(
        Membership.objects.filter(**wanted)
        .select_related("person")
        .order_by("person__display_name", "id")
    )
    grants: dict[UUID, list[GrantSeen]] = defaultdict(list)
    rows = RoleGrant.objects.filter(membership__in=memberships, withdrawn_at__isnull=True)
    for grant in rows:
        grants[grant.membership_id].append(GrantSeen(grant.id, Role(grant.role)))
    return [_seen(row, grants[row.id]) for row in memberships]


def _seen(row: Membership, grants: list[GrantSeen]) -> PersonSeen:
    return PersonSeen(
        id=row.id,
        person_id=row.person_id,
        name=row.person.display_name,
        since=row.since,
        until=row.until,
        grants=tuple(sorted(grants, key=lambda grant: _ORDER.index(grant.role))),
    )
