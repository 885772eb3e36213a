"""People join a member, get roles there and lose them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tejido.accounts.queries import closed_ones
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope
from tejido.network.domain.permissions import Permission
from tejido.network.domain.roles import Role, is_above
from tejido.network.models import Member, Membership, Person, RoleGrant
from tejido.network.queries.access import require
from tejido.network.queries.people import lacking_without
from tejido.network.services.events import note_event
from tejido.network.services.turns import take_every_turn, take_turn

# What nobody else may do, and what is said to whoever is the last.
LAST_TO = {
    Permission.GRANT_ROLE: (
        "last-manager",
        _("Nobody else here can give roles. Give another person a managing role first."),
    ),
    Permission.END_MEMBER: (
        "last-coordinator",
        _("Nobody else coordinates the network. Give another person that role first."),
    ),
}


class PersonRefused(Refused):
    """What is asked cannot be done to this person or role."""


class RoleAboveOwn(Refused):
    """The role reaches further than that of whoever would give or take it."""

    def __init__(self) -> None:
        """Say who can."""
        super().__init__(
            "role-above-own", _("This role reaches further than yours. Ask somebody who has it.")
        )


@dataclass(frozen=True, slots=True)
class PersonIn:
    """Somebody who joins: the id of their account and what they want to be called."""

    id: UUID
    display_name: str


def join(
    *,
    member_id: UUID,
    person: PersonIn,
    roles: Collection[Role],
    since: date,
    by: UUID,
    at: datetime,
) -> UUID:
    """Store that a person works for a member in one or more roles; return the membership's id.

    Raises:
        MemberUnknown, NotAllowed: `by` may not add people there.
        RoleAboveOwn: a role reaches further than those of `by`.
        PersonRefused: `name-empty`, `no-role`, `works-here-already`, `account-closed`.
    """
    with transaction.atomic(), member_scope(member_id):
        take_turn(member_id)
        own = require(by, member_id, Permission.ADD_MEMBERSHIP)
        if is_above(roles, own=own):
            raise RoleAboveOwn
        return put_membership(
            member_id=member_id, person=person, roles=roles, since=since, by=by, at=at
        )


def put_membership(
    *,
    member_id: UUID,
    person: PersonIn,
    roles: Collection[Role],
    since: date,
    by: UUID | None,
    at: datetime,
) -> UUID:
    """Store a membership with its roles in the open scope and the turn of its member.

    The caller has checked who may.

    Raises:
        PersonRefused: `name-empty`, `no-role`, `works-here-already`, `account-closed`,
            `member-left`.
    """
    _check_person(person, roles)
    if Member.objects.get(id=member_id).until is not None:
        raise PersonRefused("member-left", _("This member left the network."))
    # A person of another member is not visible here, so what is there is left as it is.
    Person.objects.bulk_create(
        [Person(id=person.id, display_name=person.display_name.strip())], ignore_conflicts=True
    )
    membership: Membership = Membership.objects.create(
        member_id=member_id, person_id=person.id, since=since
    )
    note_event(member_id=member_id, act="join.member", object_id=membership.id, by=by, at=at)
    for role in dict.fromkeys(roles):
        _put_grant(membership, role, by=by, at=at)
    return membership.id


def grant_role(
    *, member_id: UUID, membership_id: UUID, role: Role, by: UUID, at: datetime
) -> UUID:
    """Give a person of the member a role, at once; return the grant's id.

    Safe to repeat: a role that the person has stays as it is.

    Raises:
        MemberUnknown, NotAllowed: `by` may not grant roles there.
        RoleAboveOwn: the role reaches further than those of `by`.
        PersonRefused: `person-unknown`.
    """
    with transaction.atomic(), member_scope(member_id):
        own = require(by, member_id, Permission.GRANT_ROLE)
        if is_above([role], own=own):
            raise RoleAboveOwn
        membership = _current(membership_id)
        held = _grants(membership).filter(role=role).first()
        return held.id if held else _put_grant(membership, role, by=by, at=at)


def withdraw_role(*, member_id: UUID, grant_id: UUID, by: UUID, at: datetime) -> None:
    """Take a role back, at once. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` may not withdraw roles there.
        RoleAboveOwn: the role reaches further than those of `by`.
        PersonRefused: `role-unknown`, `last-role`, `last-manager`, `last-coordinator`.
    """
    with transaction.atomic(), member_scope(member_id):
        take_every_turn()
        own = require(by, member_id, Permission.WITHDRAW_ROLE)
        grant = RoleGrant.objects.select_for_update().filter(id=grant_id).first()
        if grant is None:
            raise PersonRefused("role-unknown", _("There is no such role here."))
        if grant.withdrawn_at is None:
            _check_withdrawal(grant, own)
            grant.withdrawn_by, grant.withdrawn_at = by, at
            grant.save()
            _note_role("withdraw.role", grant, by=by, at=at)


def _check_person(person: PersonIn, roles: Collection[Role]) -> None:
    if not person.display_name.strip():
        raise PersonRefused("name-empty", _("Say what the person wants to be called."))
    if not roles:
        raise PersonRefused("no-role", _("Choose at least one role."))
    check_can_come(person.id)


def check_can_come(person_id: UUID) -> None:
    """Refuse somebody who works for the member of the scope, or whose account was closed.

    Raises:
        PersonRefused: `works-here-already`, `account-closed`.
    """
    here = Membership.objects.filter(person_id=person_id, until__isnull=True)
    if here.exists():
        raise PersonRefused("works-here-already", _("This person works here already."))
    if closed_ones([person_id]):
        raise PersonRefused(
            "account-closed",
            _("The account of this person was closed. Invite them: they make a new one."),
        )


def _check_withdrawal(grant: RoleGrant, own: frozenset[Role]) -> None:
    if is_above([Role(grant.role)], own=own):
        raise RoleAboveOwn
    others = roles_held(grant.membership) - {Role(grant.role)}
    if not others:
        raise PersonRefused("last-role", _("This is their only role. End the membership instead."))
    check_others_lead(grant.membership, keeping=others)


def check_others_lead(leaving: Membership, *, keeping: Collection[Role] = ()) -> None:
    """Refuse to leave a member with nobody who can grant roles, or the network without any lead.

    Args:
        leaving: whose roles go, in the turn of every member.
        keeping: those that stay.

    Raises:
        PersonRefused: `last-manager`, `last-coordinator`.
    """
    lacking = lacking_without(leaving.member_id, leaving.id, keeping=keeping)
    if lacking:
        raise PersonRefused(*LAST_TO[lacking])


def membership_to_change(membership_id: UUID) -> Membership:
    """Return a membership of the scope, held until the transaction ends.

    Raises:
        PersonRefused: `person-unknown`.
    """
    found: Membership | None = (
        Membership.objects.select_for_update().filter(id=membership_id).first()
    )
    if found is None:
        raise PersonRefused("person-unknown", _("There is no such person here."))
    return found


def _current(membership_id: UUID) -> Membership:
    found = membership_to_change(membership_id)
    if found.until is not None:
        raise PersonRefused("person-unknown", _("There is no such person here."))
    return found


def _grants(membership: Membership) -> QuerySet[RoleGrant]:
    held: QuerySet[RoleGrant] = RoleGrant.objects.filter(
        membership=membership, withdrawn_at__isnull=True
    )
    return held


def roles_held(membership: Membership) -> set[Role]:
    """Return the roles that a membership has, ended or not. One query."""
    return {Role(grant.role) for grant in _grants(membership)}


def _put_grant(membership: Membership, role: Role, *, by: UUID | None, at: datetime) -> UUID:
    grant: RoleGrant = RoleGrant.objects.create(
        member_id=membership.member_id,
        membership=membership,
        role=role,
        granted_by=by,
        granted_at=at,
    )
    _note_role("grant.role", grant, by=by, at=at)
    return grant.id


def _note_role(act: str, grant: RoleGrant, *, by: UUID | None, at: datetime) -> None:
    note_event(
        member_id=grant.member_id,
        act=act,
        object_id=grant.membership_id,
        by=by,
        at=at,
        facts={"role": grant.role},
    )
