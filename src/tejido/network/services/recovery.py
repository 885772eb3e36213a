"""Opening the account of somebody who cannot sign in: one starts, another confirms."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.accounts.queries import account_id, who_can_sign_in
from tejido.accounts.services import give_password
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope
from tejido.network.domain.messages import Kind
from tejido.network.domain.permissions import Permission
from tejido.network.domain.recovery import (
    Hindrance,
    Whose,
    hindrance_to_confirm,
    hindrance_to_start,
    is_too_late,
)
from tejido.network.domain.roles import Role
from tejido.network.models import Membership, Recovery
from tejido.network.queries.access import require, roles_of
from tejido.network.queries.leading import roles_to_open
from tejido.network.queries.recovery import (
    membership_to_recover,
    open_recoveries,
    whose_account,
)
from tejido.network.services.events import note_event
from tejido.network.services.outbox import tell

SENTENCES = {
    Hindrance.YOURSELF: _("Nobody opens their own account again. Ask two others."),
    Hindrance.ABOVE_OWN: _("This role reaches further than yours. Ask somebody who has it."),
    Hindrance.SAME_PERSON: _("You started this. Another person has to confirm it."),
    Hindrance.WORKS_ELSEWHERE: _(
        "This person works for another member too. Somebody who coordinates the network has to "
        "confirm."
    ),
    Hindrance.OVER: _("This was confirmed or stopped already. Look at the people page again."),
    Hindrance.TOO_LATE: _("72 hours are over. Start again if it is still needed."),
    Hindrance.STARTER_GONE: _(
        "Whoever started this may not do so any more. Start again yourself, and ask another "
        "person to confirm."
    ),
    Hindrance.NEW_TO_LEADING: _(
        "Whoever opens an account has led for 7 days. Ask somebody who has, or somebody who "
        "coordinates the network."
    ),
}
NOBODY = _("There is no such person here, or nobody can sign in as them.")


class RecoveryRefused(Refused):
    """The account is not opened as asked; the codes are those of `Hindrance`, and `nobody`."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the person needs to sign in: shown once, kept nowhere."""

    username: str
    password: str


def start_recovery(*, member_id: UUID, membership_id: UUID, by: UUID, at: datetime) -> UUID:
    """Ask that a person's account be opened again; return its id. What waits already stays.

    Raises:
        MemberUnknown, NotAllowed: `by` may not do this there.
        RecoveryRefused: `yourself`, `role-above-own`, `nobody`, `new-to-leading`.
    """
    own = require(by, member_id, Permission.RECOVER_ACCOUNT)
    return _start(member_id, membership_id, own=own, by=by, at=at)


def start_elsewhere(*, username: str, acting_for: UUID, by: UUID, at: datetime) -> UUID:
    """Ask the same for somebody of any member, by their user name; return the recovery's id.

    Raises:
        MemberUnknown, NotAllowed: `by` may not do this in the name of `acting_for`.
        RecoveryRefused: `yourself`, `role-above-own`, `nobody`, `new-to-leading`.
    """
    own = require(by, acting_for, Permission.RECOVER_ANYWHERE)
    person_id = account_id(username.strip())
    place = membership_to_recover(person_id) if person_id else None
    if place is None:
        raise RecoveryRefused("nobody", NOBODY)
    return _start(*place, own=own, by=by, at=at)


def confirm_recovery(
    *, member_id: UUID, recovery_id: UUID, acting_for: UUID, by: UUID, at: datetime
) -> Opened:
    """Open the account: a password for once, no second step, signed out everywhere.

    Args:
        member_id: where the person works.
        recovery_id: what another started.
        acting_for: the member in whose name `by` confirms: the same, or where they coordinate the
            network.
        by: the second person.
        at: now.

    Raises:
        MemberUnknown, NotAllowed: `by` may not do this there.
        RecoveryRefused: a `Hindrance`, or `nobody`.
    """
    with transaction.atomic(), member_scope(member_id):
        own = _confirming(member_id, acting_for, by)
        row = _open(recovery_id)
        whose = _whose(member_id, row.membership_id)
        if is_too_late(started_at=row.started_at, at=at):
            raise _refusal(Hindrance.TOO_LATE)
        _check(hindrance_to_confirm(whose, by=by, own=own, started_by=row.started_by))
        _check_led(by, member_id, at)
        if not _still_may(row, whose, at=at):
            raise _refusal(Hindrance.STARTER_GONE)
        row.confirmed_by, row.confirmed_at = by, at
        row.save()
        _note("confirm.recovery", row, by=by, at=at)
        return Opened(*give_password(account_id=whose.id, at=at))


def stop_recovery(
    *, member_id: UUID, recovery_id: UUID, acting_for: UUID, by: UUID, at: datetime
) -> None:
    """Stop what waits: whoever may confirm can, and the person whose account it is.

    Raises:
        MemberUnknown, NotAllowed: `by` is neither; arguments as `confirm_recovery`.
        RecoveryRefused: `recovery-over`, `nobody`.
    """
    with transaction.atomic(), member_scope(member_id):
        is_here = acting_for == member_id
        roles = require(by, member_id, Permission.VIEW_DESK) if is_here else frozenset()
        row = _open(recovery_id)
        if row.membership.person_id != by or not roles:
            _confirming(member_id, acting_for, by)
        row.stopped_by, row.stopped_at = by, at
        row.save()
        _note("stop.recovery", row, by=by, at=at)


def recover_by_operator(*, username: str, at: datetime) -> Opened:
    """Open an account from the machine itself, where nobody is left who could; noted at once.

    Raises:
        RecoveryRefused: `nobody`.
    """
    person_id = account_id(username.strip())
    place = membership_to_recover(person_id) if person_id else None
    if person_id is None or place is None:
        raise RecoveryRefused("nobody", NOBODY)
    member_id, membership_id = place
    with transaction.atomic(), member_scope(member_id):
        note_event(
            member_id=member_id, act="operate.recovery", object_id=membership_id, by=None, at=at
        )
        return Opened(*give_password(account_id=person_id, at=at))


def _start(
    member_id: UUID, membership_id: UUID, *, own: frozenset[Role], by: UUID, at: datetime
) -> UUID:
    with transaction.atomic(), member_scope(member_id):
        whose = _whose(member_id, membership_id)
        _check(hindrance_to_start(whose, by=by, own=own))
        _check_led(by, member_id, at)
        before = _waiting(membership_id)
        if before and _counts(before, whose, at=at):
            return before.id
        if before:
            before.stopped_by, before.stopped_at = by, at
            before.save()
        row: Recovery = Recovery.objects.create(
            member_id=member_id, membership_id=membership_id, started_by=by, started_at=at
        )
        _note("start.recovery", row, by=by, at=at)
        _tell(whose.id, member_id, once=row.id, at=at)
        return row.id


def _tell(person_id: UUID, member_id: UUID, *, once: UUID, at: datetime) -> None:
    """Tell the person, so that they can stop what they did not ask for."""
    tell(
        person_id=person_id,
        member_id=member_id,
        kind=Kind.RECOVERY_BEGUN,
        at=at,
        once=str(once),
    )


def _waiting(membership_id: UUID) -> Recovery | None:
    # Two who start at the same time wait here, one for the other.
    Membership.objects.select_for_update().get(id=membership_id)
    return open_recoveries().filter(membership_id=membership_id).first()


def _counts(row: Recovery, whose: Whose, *, at: datetime) -> bool:
    """Return whether another may still confirm what waits."""
    is_late = is_too_late(started_at=row.started_at, at=at)
    return not is_late and _still_may(row, whose, at=at)


def _still_may(row: Recovery, whose: Whose, *, at: datetime) -> bool:
    """Return whether who started could start it now."""
    own = roles_to_open(row.started_by, row.member_id, at=at)
    can = bool(own) and row.started_by in who_can_sign_in([row.started_by])
    return can and hindrance_to_start(whose, by=row.started_by, own=own) is None


def _check_led(by: UUID, member_id: UUID, at: datetime) -> None:
    if not roles_to_open(by, member_id, at=at):
        raise _refusal(Hindrance.NEW_TO_LEADING)


def _confirming(member_id: UUID, acting_for: UUID, by: UUID) -> frozenset[Role]:
    if acting_for == member_id:
        return require(by, member_id, Permission.RECOVER_ACCOUNT)
    return require(by, acting_for, Permission.RECOVER_ANYWHERE) | roles_of(by, member_id)


def _whose(member_id: UUID, membership_id: UUID) -> Whose:
    found = whose_account(membership_id, member_id=member_id)
    if found is None or not who_can_sign_in([found.id]):
        raise RecoveryRefused("nobody", NOBODY)
    return found


def _open(recovery_id: UUID) -> Recovery:
    row: Recovery | None = Recovery.objects.select_for_update().filter(id=recovery_id).first()
    if row is None:
        raise RecoveryRefused("nobody", NOBODY)
    if row.confirmed_at or row.stopped_at:
        raise _refusal(Hindrance.OVER)
    return row


def _check(hindrance: Hindrance | None) -> None:
    if hindrance:
        raise _refusal(hindrance)


def _refusal(hindrance: Hindrance) -> RecoveryRefused:
    return RecoveryRefused(hindrance.value, SENTENCES[hindrance])


def _note(act: str, row: Recovery, *, by: UUID, at: datetime) -> None:
    note_event(member_id=row.member_id, act=act, object_id=row.membership_id, by=by, at=at)
