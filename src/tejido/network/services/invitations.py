"""Inviting somebody to work for a member: a link, used once, without e-mail."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.accounts.services import create_account
from tejido.foundation.days import local_day
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope
from tejido.network.domain.invitations import HOLDS, InvitationState
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role, is_above
from tejido.network.models import Invitation
from tejido.network.queries.access import MemberSeen, require, roles_of
from tejido.network.queries.invitations import (
    SIGNER,
    InvitationSeen,
    hash_of,
    invitation_at,
    invitation_by_token,
    person_called,
)
from tejido.network.services.events import note_event
from tejido.network.services.people import PersonIn, RoleAboveOwn, put_membership
from tejido.network.services.turns import take_turn

_STATES = {
    InvitationState.USED: _("This invitation was used already."),
    InvitationState.EXPIRED: _("This invitation has ended. Ask for a new one."),
    InvitationState.WITHDRAWN: _("This invitation was taken back. Ask for a new one."),
}
_MADE = _(
    "This invitation was made already, and its link was shown once. Without the link, "
    "take the invitation back and make another."
)


class InvitationRefused(Refused):
    """An invitation that cannot be made, changed or accepted as asked. Nothing changed."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What somebody without an account chooses; `language` is en or es."""

    display_name: str
    username: str
    password: str
    language: str


def invite(
    *,
    member_id: UUID,
    called: str,
    roles: Collection[Role],
    by: UUID,
    at: datetime,
    form_key: UUID | None = None,
) -> tuple[UUID, str]:
    """Store an invitation; return its id and its token, which is told this once.

    Args:
        member_id: for whom the invited will work.
        called: whom it is for, in the words of the inviter.
        roles: at least one, none that reaches further than those of `by`.
        by: the inviter.
        at: when; it stands for 14 days.
        form_key: of the form that was sent; the same form makes one invitation.

    Raises:
        MemberUnknown, NotAllowed: `by` may not add people there.
        RoleAboveOwn: a role reaches further than those of `by`.
        InvitationRefused: `name-empty`, `no-role`, `invitation-made`.
    """
    own_id = uuid5(member_id, str(form_key)) if form_key else uuid4()
    with transaction.atomic(), member_scope(member_id):
        own = require(by, member_id, Permission.ADD_MEMBERSHIP)
        _check(called, roles, own)
        take_turn(member_id)
        if Invitation.objects.filter(id=own_id).exists():
            raise InvitationRefused("invitation-made", _MADE)
        token = SIGNER.sign(f"{member_id.hex}-{secrets.token_urlsafe(24)}")
        row = Invitation.objects.create(
            id=own_id,
            member_id=member_id,
            called=called.strip(),
            roles=[role.value for role in Role if role in roles],
            token_hash=hash_of(token),
            made_by=by,
            made_at=at,
            expires_at=at + HOLDS,
        )
        note_event(member_id=member_id, act="make.invitation", object_id=row.id, by=by, at=at)
        return row.id, token


def withdraw_invitation(*, member_id: UUID, invitation_id: UUID, by: UUID, at: datetime) -> None:
    """Let the link of an invitation lead nowhere from now on. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` may not add people there.
        InvitationRefused: `invitation-unknown`, `invitation-used`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.ADD_MEMBERSHIP)
        row = _row(invitation_id)
        if row.used_at is not None:
            raise _refused(InvitationState.USED)
        if row.withdrawn_at is None:
            row.withdrawn_by, row.withdrawn_at = by, at
            row.save()
            note_event(
                member_id=member_id, act="withdraw.invitation", object_id=row.id, by=by, at=at
            )


def restore_invitation(*, member_id: UUID, invitation_id: UUID, by: UUID, at: datetime) -> None:
    """Undo the withdrawal: the link leads on as before, until its day. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` may not add people there.
        InvitationRefused: `invitation-unknown`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.ADD_MEMBERSHIP)
        row = _row(invitation_id)
        if row.withdrawn_at is not None:
            row.withdrawn_by = row.withdrawn_at = None
            row.save()
            note_event(
                member_id=member_id, act="restore.invitation", object_id=row.id, by=by, at=at
            )


def accept_with_new_account(*, token: str, account: NewAccount, at: datetime) -> UUID:
    """Make an account and let it work for the member; return the account's id.

    All or nothing: whatever is refused leaves the invitation as it was.

    Raises:
        AccountRefused: `username-taken`, `username-form`, `language-unknown`.
        InvitationRefused: as `accept`; `name-empty`.
        PersonRefused: `name-empty`.
    """
    with transaction.atomic():
        user = create_account(
            username=account.username, password=account.password, language=account.language
        )
        accept(token=token, person=PersonIn(user.id, account.display_name), at=at)
        return user.id


def accept(*, token: str, person: PersonIn, at: datetime) -> MemberSeen:
    """Let somebody who has an account work for the member that invited them; return the member.

    What a person is called at another member stays; `display_name` counts for the first only.

    Raises:
        InvitationRefused: `invitation-unknown`, `-used`, `-expired`, `-withdrawn`; or
            `inviter-gone`: who invited may not give these roles any more.
        PersonRefused: `name-empty`, `works-here-already`.
    """
    with transaction.atomic():
        found = invitation_by_token(token, at=at)
        if found is None:
            raise InvitationRefused("invitation-unknown", _("This link leads nowhere."))
        with member_scope(found.member.id):
            take_turn(found.member.id)
            row = _row(found.id)
            asked = invitation_at(found.member, row.id, at=at)
            if asked is None or asked.state is not InvitationState.OPEN:
                raise _refused(asked.state if asked else InvitationState.USED)
            _check_inviter(asked)
            _join(row, asked, person, at)
        return found.member


def _join(row: Invitation, asked: InvitationSeen, person: PersonIn, at: datetime) -> None:
    known = person_called(person.id)
    row.membership_id = put_membership(
        member_id=row.member_id,
        person=PersonIn(person.id, known or person.display_name),
        roles=asked.roles,
        since=local_day(at),
        by=row.made_by,
        at=at,
    )
    row.used_at = at
    row.save()
    note_event(
        member_id=row.member_id,
        act="accept.invitation",
        object_id=row.membership_id,
        by=person.id,
        at=at,
    )


def _check(called: str, roles: Collection[Role], own: frozenset[Role]) -> None:
    if not called.strip():
        raise InvitationRefused("name-empty", _("Say whom the invitation is for."))
    if not roles:
        raise InvitationRefused("no-role", _("Choose at least one role."))
    if is_above(roles, own=own):
        raise RoleAboveOwn


def _check_inviter(asked: InvitationSeen) -> None:
    """Refuse when who invited could not give these roles today."""
    own = roles_of(asked.made_by, asked.member.id)
    if not is_allowed(own, Permission.ADD_MEMBERSHIP) or is_above(asked.roles, own=own):
        raise InvitationRefused(
            "inviter-gone",
            _("Whoever invited you cannot give this role any more. Ask for a new invitation."),
        )


def _row(invitation_id: UUID) -> Invitation:
    row: Invitation | None = (
        Invitation.objects.select_for_update().filter(id=invitation_id).first()
    )
    if row is None:
        raise InvitationRefused("invitation-unknown", _("There is no such invitation here."))
    return row


def _refused(state: InvitationState) -> InvitationRefused:
    return InvitationRefused(f"invitation-{state}", _STATES[state])
