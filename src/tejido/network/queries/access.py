"""Who may do what where: asked afresh for every act, so a change counts at once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tejido.accounts.queries import who_can_sign_in
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.members import MemberKind
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role, need_second_step
from tejido.network.models import Member, Membership, RoleGrant

if TYPE_CHECKING:
    from django.db.models import QuerySet


class MemberUnknown(Refused):
    """There is no such member, or none where the person works: both look the same."""

    def __init__(self) -> None:
        """Say only that nothing is here."""
        super().__init__("member-unknown", _("There is no such member among yours."))


class NotAllowed(Refused):
    """The person works there, but not in a role that may do this."""

    def __init__(self, permission: Permission) -> None:
        """Name the permission."""
        sentence = _("Your role does not do this. Ask a manager of your program.")
        super().__init__("not-allowed", sentence)
        self.permission = permission


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """A member as pages show it."""

    id: UUID
    kind: MemberKind
    name: str
    slug: str
    county_fips: str


def seen(member: Member) -> MemberSeen:
    """Return a member as pages show it."""
    return MemberSeen(
        id=member.id,
        kind=MemberKind(member.kind),
        name=member.name,
        slug=member.slug,
        county_fips=member.county_fips,
    )


def roles_of(person_id: UUID, member_id: UUID) -> frozenset[Role]:
    """Return the roles that a person has at a member now. One query."""
    with member_scope(member_id):
        held = _standing().filter(membership__person_id=person_id)
        return frozenset(Role(role) for role in held.values_list("role", flat=True))


def may(person_id: UUID, member_id: UUID, permission: Permission) -> bool:
    """Return whether a person may do something at a member. One query."""
    return is_allowed(roles_of(person_id, member_id), permission)


def grants_now(permission: Permission) -> "QuerySet[RoleGrant]":
    """Return the grants of the scope by which somebody may do something now."""
    wanted = [role.value for role in Role if is_allowed([role], permission)]
    return _standing().filter(role__in=wanted)


def people_who_may(permission: Permission, *, but: UUID | None = None) -> frozenset[UUID]:
    """Return who may do something at any member, and can sign in. A query for each member.

    Args:
        permission: what.
        but: a membership that is left out.
    """
    found: set[UUID] = set()
    for member_id in Member.objects.order_by("slug").values_list("id", flat=True):
        with member_scope(member_id):
            held = grants_now(permission)
            held = held.exclude(membership_id=but) if but else held
            found.update(held.values_list("membership__person_id", flat=True))
    return who_can_sign_in(found)


def _standing() -> "QuerySet[RoleGrant]":
    rows: QuerySet[RoleGrant] = RoleGrant.objects.filter(
        membership__until__isnull=True,
        # Whoever joined while it left is not let in either.
        member__until__isnull=True,
        withdrawn_at__isnull=True,
    )
    return rows


def require(person_id: UUID, member_id: UUID, permission: Permission) -> frozenset[Role]:
    """Return the person's roles there, or refuse. One query.

    Raises:
        MemberUnknown: no role there at all.
        NotAllowed: no role there that may.
    """
    roles = roles_of(person_id, member_id)
    if not roles:
        raise MemberUnknown
    if not is_allowed(roles, permission):
        raise NotAllowed(permission)
    return roles


@dataclass(frozen=True, slots=True)
class Entry:
    """A member, and the roles in which somebody comes in there."""

    member: MemberSeen
    roles: frozenset[Role]


def entry_for(person_id: UUID, slug: str, permission: Permission) -> Entry:
    """Return the member with this slug and a person's roles there, one of which may. Two queries.

    Raises:
        MemberUnknown: no such member, or the person has no role there.
        NotAllowed: no role there that may.
    """
    member = Member.objects.filter(slug=slug).first()
    if member is None:
        raise MemberUnknown
    return Entry(seen(member), require(person_id, member.id, permission))


def must_have_second_step(person_id: UUID) -> bool:
    """Return whether a person's roles, at any member, ask for a second step.

    A query, and one more for each member where the person works.
    """
    return any(need_second_step(roles_of(person_id, place)) for place in places_of(person_id))


def places_of(person_id: UUID) -> set[UUID]:
    """Return the members where a person works now. One query."""
    with person_scope(person_id):
        current = Membership.objects.filter(person_id=person_id, until__isnull=True)
        return set(current.values_list("member_id", flat=True))
