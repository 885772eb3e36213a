"""An account is closed for good: by its person, by who ends its only work, or from the machine."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tejido.accounts.queries import account_id
from tejido.accounts.services import close_account
from tejido.foundation.scope import member_scope
from tejido.network.queries.members import last_place, members_of
from tejido.network.queries.recovery import whose_account
from tejido.network.services.events import note_event
from tejido.network.services.leaving import Takers, end_membership, leave_member
from tejido.network.services.people import PersonRefused
from tejido.network.services.turns import take_every_turn
from tejido.network.services.ways import remove_all


def close_own_account(*, takers: Mapping[UUID, Takers], on: date, by: UUID, at: datetime) -> None:
    """Let a person leave every member where they work, and close their account; all or nothing.

    Args:
        takers: by member, who takes over what they hold there, as `leave_member`.
        on: their last day.
        by: the person, whom somebody has just asked for what opens the account.
        at: now.

    Raises:
        PersonRefused: as `leave_member`; the sentence begins with the member that it is about.
    """
    with transaction.atomic():
        take_every_turn()
        for member in members_of(by):
            try:
                left = leave_member(
                    member_id=member.id, takers=takers.get(member.id, {}), on=on, by=by, at=at
                )
            except PersonRefused as refusal:
                raise PersonRefused(
                    refusal.code, format_lazy("{}: {}", member.name, refusal.sentence)
                ) from refusal
            _note("close.own-account", member.id, left, by=by, at=at)
        _close(by, at=at)


def close_from_here(
    *,
    member_id: UUID,
    membership_id: UUID,
    takers: Takers,
    on: date,
    by: UUID,
    at: datetime,
) -> None:
    """End a person's work at the only member where they work, and close their account.

    Raises:
        MemberUnknown, NotAllowed, RoleAboveOwn, PersonRefused: as `end_membership`.
        PersonRefused: `yourself`; `works-elsewhere`, where only the work here can end.
    """
    with transaction.atomic():
        # Whoever is taken in elsewhere at this moment works there, or finds the account closed.
        take_every_turn()
        whose = whose_account(membership_id, member_id=member_id)
        if whose is None:
            raise PersonRefused("person-unknown", _("There is no such person here."))
        if whose.id == by:
            raise PersonRefused(
                "yourself", _("Close your own account on the page of the account.")
            )
        if whose.works_elsewhere:
            raise PersonRefused(
                "works-elsewhere",
                _("This person works for another member too. End only their work here."),
            )
        end_membership(
            member_id=member_id, membership_id=membership_id, takers=takers, on=on, by=by, at=at
        )
        _note("close.account", member_id, membership_id, by=by, at=at)
        _close(whose.id, at=at)


def close_by_operator(*, username: str, at: datetime) -> None:
    """Close the account of somebody who works nowhere, from the machine itself. Safe to repeat.

    The record of the member where they worked last says so.

    Raises:
        PersonRefused: `nobody`; `works-somewhere`, with the names of the members.
    """
    person_id = account_id(username.strip())
    if person_id is None:
        raise PersonRefused("nobody", _("There is no account with this user name."))
    with transaction.atomic():
        take_every_turn()
        places = ", ".join(each.name for each in members_of(person_id))
        if places:
            raise PersonRefused("works-somewhere", format_lazy("{} {}", WORKS_STILL, places))
        last = last_place(person_id)
        if last:
            _note("operate.closing", *last, by=None, at=at)
        _close(person_id, at=at)


WORKS_STILL = _(
    "This person still works here; whoever leads there ends that at the desk (People), and says "
    "who takes over what is open:"
)


def _close(person_id: UUID, *, at: datetime) -> None:
    remove_all(person_id=person_id)
    close_account(account_id=person_id, at=at)


def _note(
    act: str, member_id: UUID, membership_id: UUID, *, by: UUID | None, at: datetime
) -> None:
    with member_scope(member_id):
        note_event(member_id=member_id, act=act, object_id=membership_id, by=by, at=at)
