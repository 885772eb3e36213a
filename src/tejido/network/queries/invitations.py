"""Invitations: those of a member, and the one that a link leads to."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.signing import BadSignature, Signer

from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.invitations import InvitationState, state_of
from tejido.network.domain.roles import Role
from tejido.network.models import Invitation, Member, Person
from tejido.network.queries.access import MemberSeen, seen

if TYPE_CHECKING:
    from django.db.models import QuerySet

# The token names its member, so that one scope is opened and no table of all members is searched.
SIGNER = Signer(salt="network.invitation", sep=".")
_LINES = 50


@dataclass(frozen=True, slots=True)
class InvitationSeen:
    """An invitation as pages show it; `made_by` is a person."""

    id: UUID
    member: MemberSeen
    called: str
    roles: tuple[Role, ...]
    state: InvitationState
    made_by: UUID
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    membership_id: UUID | None


def invitation_by_token(token: str, *, at: datetime) -> InvitationSeen | None:
    """Return the invitation that a link leads to, or None.

    A token that we did not sign costs no query; otherwise two.
    """
    member_id = member_of_token(token)
    member = Member.objects.filter(id=member_id).first() if member_id else None
    if member is None:
        return None
    with member_scope(member.id):
        row = Invitation.objects.filter(token_hash=hash_of(token)).first()
        return None if row is None else invitation_seen(row, seen(member), at)


def invitations_of(member: MemberSeen, *, at: datetime) -> list[InvitationSeen]:
    """Return the invitations of a member that wait or ended unused, the last first, at most 50."""
    with member_scope(member.id):
        rows = Invitation.objects.filter(used_at__isnull=True).order_by("-made_at", "id")
        return [invitation_seen(row, member, at) for row in rows[:_LINES]]


def invitation_at(
    member: MemberSeen, invitation_id: UUID, *, at: datetime
) -> InvitationSeen | None:
    """Return one invitation of a member, or None. One query."""
    with member_scope(member.id):
        row = Invitation.objects.filter(id=invitation_id).first()
        return None if row is None else invitation_seen(row, member, at)


def standing_invitations(at: datetime) -> "QuerySet[Invitation]":
    """Return the invitations of the scope that somebody could use."""
    rows: QuerySet[Invitation] = Invitation.objects.filter(
        used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
    )
    return rows


def person_called(person_id: UUID) -> str:
    """Return what somebody wants to be called, '' where no member knows them yet. One query."""
    with person_scope(person_id):
        names = Person.objects.filter(id=person_id).values_list("display_name", flat=True)
        return names.first() or ""


def member_of_token(token: str) -> UUID | None:
    """Return the member that a token of ours names, or None."""
    try:
        return UUID(SIGNER.unsign(token).partition("-")[0])
    except (BadSignature, ValueError):
        return None


def hash_of(token: str) -> str:
    """Return what the table holds of a token: 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_seen(row: Invitation, member: MemberSeen, at: datetime) -> InvitationSeen:
    """Return an invitation as pages show it."""
    return InvitationSeen(
        id=row.id,
        member=member,
        called=row.called,
        roles=tuple(role for role in Role if role.value in row.roles),
        state=state_of(
            expires_at=row.expires_at,
            used_at=row.used_at,
            withdrawn_at=row.withdrawn_at,
            at=at,
        ),
        made_by=row.made_by,
        made_at=row.made_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        membership_id=row.membership_id,
    )
