"""A person leaves a member: what they held passes on, and all of it comes back by an undo."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tejido.accounts.services import end_sessions
from tejido.foundation.scope import member_scope
from tejido.network.domain.permissions import Permission
from tejido.network.domain.roles import is_above
from tejido.network.hand_over import Passing, holdings
from tejido.network.models import HandedOver, Membership, Person
from tejido.network.queries.access import places_of, require
from tejido.network.queries.hand_over import Group, held_of
from tejido.network.queries.recovery import open_recoveries
from tejido.network.services.events import note_event
from tejido.network.services.people import (
    PersonRefused,
    RoleAboveOwn,
    check_can_come,
    check_others_lead,
    membership_to_change,
    roles_held,
)
from tejido.network.services.turns import take_every_turn, take_turn

# What somebody holds, by kind, to a colleague; None for nobody.
Takers = Mapping[str, UUID | None]
_NOBODY: Takers = MappingProxyType({})


def end_membership(
    *,
    member_id: UUID,
    membership_id: UUID,
    takers: Takers = _NOBODY,
    on: date,
    by: UUID,
    at: datetime,
) -> None:
    """Store that a person works here no more; their roles count no more, at once.

    What they still held passes on in the same transaction; what they did stays, with their name.
    Who works nowhere now is signed out everywhere. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` may not end memberships there.
        RoleAboveOwn: the person has a role that reaches further than those of `by`.
        PersonRefused: `person-unknown`, `last-manager`, `last-coordinator`, `ends-before-start`;
            `taker-missing` for
            something that they hold, `taker-unfit` for a colleague who may not take it over.
    """
    with transaction.atomic(), member_scope(member_id):
        own = require(by, member_id, Permission.END_MEMBERSHIP)
        _lock(membership_id, takers)
        row = membership_to_change(membership_id)
        if row.until is None:
            if is_above(roles_held(row), own=own):
                raise RoleAboveOwn
            _end(row, takers, on=on, by=by, at=at)
            note_event(member_id=member_id, act="end.membership", object_id=row.id, by=by, at=at)
    _sign_out_of_nowhere(row.person_id)


def leave_member(
    *, member_id: UUID, takers: Takers = _NOBODY, on: date, by: UUID, at: datetime
) -> UUID:
    """Store that a person works here no more, as they say themselves; return the membership's id.

    Raises:
        MemberUnknown: they do not work there.
        PersonRefused: as `end_membership`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.VIEW_DESK)
        own = Membership.objects.get(person_id=by, until__isnull=True)
        _lock(own.id, takers)
        row = membership_to_change(own.id)
        if row.until is None:
            _end(row, takers, on=on, by=by, at=at)
            note_event(member_id=member_id, act="leave.membership", object_id=row.id, by=by, at=at)
        return row.id


def resume_membership(*, member_id: UUID, membership_id: UUID, by: UUID, at: datetime) -> None:
    """Undo the end of a membership: its roles count again, and what was handed over comes back.

    Of that, what was finished or passed on since stays as it is. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` may not end memberships there.
        RoleAboveOwn: the person had a role that reaches further than those of `by`.
        PersonRefused: `person-unknown`, `works-here-already`, `account-closed`.
    """
    with transaction.atomic(), member_scope(member_id):
        take_turn(member_id)
        own = require(by, member_id, Permission.END_MEMBERSHIP)
        row = membership_to_change(membership_id)
        if row.until is None:
            return
        if is_above(roles_held(row), own=own):
            raise RoleAboveOwn
        check_can_come(row.person_id)
        row.until = None
        row.save()
        note_event(member_id=member_id, act="resume.membership", object_id=row.id, by=by, at=at)
        _give_all_back(row, by=by, at=at)


def _sign_out_of_nowhere(person_id: UUID) -> None:
    if not places_of(person_id):
        end_sessions(account_id=person_id)


def _lock(membership_id: UUID, takers: Takers) -> None:
    """Wait for whoever ends the same person, or one who takes over; in one order, for all."""
    take_every_turn()
    people = [taker for taker in takers.values() if taker]
    taking = Q(person_id__in=people, until__isnull=True)
    rows = Membership.objects.select_for_update().filter(Q(id=membership_id) | taking)
    list(rows.order_by("id"))


def _end(row: Membership, takers: Takers, *, on: date, by: UUID, at: datetime) -> None:
    if on < row.since:
        raise PersonRefused("ends-before-start", _("Nobody leaves before they came."))
    check_others_lead(row)
    for group in held_of(row.member_id, row.person_id, at=at):
        _hand_over(row, group, takers, by=by, at=at)
    open_recoveries().filter(membership=row).update(stopped_by=by, stopped_at=at)
    row.until = on
    row.save()


def _hand_over(row: Membership, group: Group, takers: Takers, *, by: UUID, at: datetime) -> None:
    taker = _taker_of(group, takers)
    called = next((each.name for each in group.takers if each.person_id == taker), "")
    ids = tuple(piece.id for piece in group.pieces)
    was = group.holding.pass_on(
        Passing(row.member_id, ids, row.person_id, taker, called, by=by, at=at)
    )
    HandedOver.objects.bulk_create(
        HandedOver(
            member_id=row.member_id,
            membership=row,
            kind=group.holding.kind,
            object_id=key,
            taker=taker,
            was=was.get(key, ""),
            handed_by=by,
            handed_at=at,
        )
        for key in ids
    )
    _note("hand-over.work", row, group.holding.kind, taker, by=by, at=at)


def _taker_of(group: Group, takers: Takers) -> UUID | None:
    kind = group.holding.kind
    if kind not in takers and group.holding.permission is not None:
        raise PersonRefused(
            "taker-missing", _("Say for each thing who takes it over. Nothing changed.")
        )
    taker = takers.get(kind)
    if taker is not None and taker not in {each.person_id for each in group.takers}:
        raise PersonRefused(
            "taker-unfit",
            _("Somebody you chose cannot take this over any more. Choose again. Nothing changed."),
        )
    return taker


def _give_all_back(row: Membership, *, by: UUID, at: datetime) -> None:
    rows = HandedOver.objects.filter(membership=row, back_at__isnull=True)
    for _same, group in groupby(sorted(rows, key=_how), key=_how):
        returned = list(group)
        _give_back(row, returned, by=by)
        _note("give-back.work", row, returned[0].kind, returned[0].taker, by=by, at=at)
    rows.update(back_at=at)


def _how(row: HandedOver) -> tuple[str, str, datetime]:
    return row.kind, str(row.taker or ""), row.handed_at


def _give_back(row: Membership, rows: list[HandedOver], *, by: UUID) -> None:
    holding, first = holdings().get(rows[0].kind), rows[0]
    if holding:
        taker = Person.objects.filter(id=first.taker).first() if first.taker else None
        passing = Passing(
            row.member_id,
            tuple(each.object_id for each in rows),
            row.person_id,
            first.taker,
            taker.display_name if taker else "",
            by=by,
            at=first.handed_at,
        )
        holding.give_back(passing, {each.object_id: each.was for each in rows})


def _note(
    act: str, row: Membership, kind: str, taker: UUID | None, *, by: UUID, at: datetime
) -> None:
    """Write into the record who takes over, or whose thing it was that nobody took."""
    places = Membership.objects.order_by("-since").values_list("id", flat=True)
    taking = places.filter(person_id=taker).first() if taker else None
    note_event(
        member_id=row.member_id,
        act=act if taking else act.replace("work", "work-to-nobody"),
        object_id=taking or row.id,
        by=by,
        at=at,
        facts={"kind": kind, "from": str(row.id)},
    )
