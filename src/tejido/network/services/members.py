"""Members join the network."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope
from tejido.network.domain.members import MemberKind, is_california_county, slug_of
from tejido.network.domain.permissions import Permission
from tejido.network.domain.roles import Role
from tejido.network.models import Member
from tejido.network.queries.access import require
from tejido.network.services.events import note_event
from tejido.network.services.people import PersonIn, put_membership


class MemberRefused(Refused):
    """A member that cannot be stored as asked."""


@dataclass(frozen=True, slots=True)
class MemberIn:
    """A member on its way in; `county_fips` is five digits, or '' without a county."""

    name: str
    kind: MemberKind
    county_fips: str = ""
    listing_id: UUID | None = None


def found_network(*, member: MemberIn, coordinator: PersonIn, at: datetime) -> UUID:
    """Store the first member with its first coordinator; return the member's id.

    Only while the network has no member: nobody could yet have allowed it.

    Raises:
        MemberRefused: `network-exists`, `name-empty`, `county-unknown`.
    """
    with transaction.atomic():
        if Member.objects.exists():
            raise MemberRefused(
                "network-exists", _("The network has members. Its coordinators add the next.")
            )
        return _put_member(member, coordinator, Role.NETWORK_COORDINATOR, by=None, at=at)


def add_member(
    *, member: MemberIn, manager: PersonIn, acting_for: UUID, by: UUID, at: datetime
) -> UUID:
    """Store a member with its first manager; return the member's id.

    Args:
        member: what joins.
        manager: the first person, who then adds the others.
        acting_for: the member where `by` coordinates the network.
        by: the person who adds.
        at: when.

    Raises:
        MemberUnknown, NotAllowed: `by` does not coordinate the network there.
        MemberRefused: `name-empty`, `name-taken`, `county-unknown`.
    """
    with transaction.atomic():
        require(by, acting_for, Permission.ADD_MEMBER)
        member_id = _put_member(member, manager, Role.PROGRAM_MANAGER, by=by, at=at)
        with member_scope(acting_for):
            note_event(member_id=acting_for, act="add.member", object_id=member_id, by=by, at=at)
        return member_id


def _put_member(
    draft: MemberIn, first: PersonIn, role: Role, *, by: UUID | None, at: datetime
) -> UUID:
    slug = _checked_slug(draft)
    member = Member.objects.create(
        name=draft.name.strip(),
        kind=draft.kind,
        slug=slug,
        county_fips=draft.county_fips,
        listing_id=draft.listing_id,
    )
    with member_scope(member.id):
        note_event(member_id=member.id, act="join.network", object_id=member.id, by=by, at=at)
        put_membership(
            member_id=member.id, person=first, roles=(role,), since=local_day(at), by=by, at=at
        )
    return member.id


def _checked_slug(draft: MemberIn) -> str:
    slug = slug_of(draft.name)
    if not slug:
        raise MemberRefused("name-empty", _("Give the member a name with letters."))
    if Member.objects.filter(slug=slug).exists():
        raise MemberRefused("name-taken", _("A member has this name. Give it a fuller name."))
    if draft.county_fips and not is_california_county(draft.county_fips):
        raise MemberRefused(
            "county-unknown", _("A California county has five digits that begin with 06.")
        )
    return slug
