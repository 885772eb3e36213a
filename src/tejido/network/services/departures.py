"""A member leaves the network: one starts, another confirms, and on its day all it has ends."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope, network_scope
from tejido.network.domain.departures import (
    LONGEST_AHEAD,
    DepartureReason,
    DepartureState,
    Steps,
    is_due,
    state_of,
)
from tejido.network.domain.permissions import Permission
from tejido.network.models import Departure, Member
from tejido.network.queries.access import require
from tejido.network.queries.departures import others_coordinate
from tejido.network.services.events import note_event
from tejido.network.services.member_end import end_everything, resume_everything
from tejido.network.services.turns import take_every_turn

A_DAY = timedelta(days=1)


class DepartureRefused(Refused):
    """A member does not leave as asked; nothing changed."""


def start_departure(
    *,
    member_id: UUID,
    acting_for: UUID,
    reason: DepartureReason,
    last_day: date,
    by: UUID,
    at: datetime,
) -> None:
    """Ask that a member leaves the network after a day; another person confirms within 72 hours.

    Args:
        member_id: which leaves.
        acting_for: the member in whose name `by` asks: the same, or where they coordinate the
            network.
        reason: why.
        last_day: until when people work there; today ends it as soon as it is confirmed.
        by: the person.
        at: now.

    Raises:
        MemberUnknown, NotAllowed: `by` may not ask for it there.
        DepartureRefused: `member-unknown`, `left-already`, `leaves-already`, `day-past`,
            `day-far`, `last-coordinator`.
    """
    with transaction.atomic(), member_scope(member_id):
        _may(member_id, acting_for, by)
        _check_day(last_day, today=local_day(at))
        row = _standing(member_id)
        if row is not None and _state(row, at) is not DepartureState.TOO_LATE:
            raise DepartureRefused(
                "leaves-already", _("This was started already. Look at it again.")
            )
        if row is not None:
            row.stopped_by, row.stopped_at = by, at
            row.save()
        _check_rest(member_id)
        said = {"reason": reason, "last_day": last_day, "started_by": by, "started_at": at}
        Departure.objects.create(member_id=member_id, **said)
        _note("start.departure", member_id, acting_for, by=by, at=at)


def confirm_departure(*, member_id: UUID, acting_for: UUID, by: UUID, at: datetime) -> bool:
    """Confirm what another started; return whether it was carried out at once.

    Raises:
        MemberUnknown, NotAllowed: arguments as `start_departure`.
        DepartureRefused: `no-departure`, `same-person`, `too-late`, `last-coordinator`.
    """
    with transaction.atomic(), member_scope(member_id):
        _may(member_id, acting_for, by)
        row = _in_state(member_id, at, DepartureState.STARTED)
        if row.started_by == by:
            raise DepartureRefused(
                "same-person", _("You started this. Another person has to confirm it.")
            )
        _check_rest(member_id)
        row.confirmed_by, row.confirmed_at = by, at
        row.save()
        _note("confirm.departure", member_id, acting_for, by=by, at=at)
        return _carry_out(row, at=at)


def stop_departure(*, member_id: UUID, acting_for: UUID, by: UUID, at: datetime) -> None:
    """Stop it before its day: whoever may start it can.

    Raises:
        MemberUnknown, NotAllowed: arguments as `start_departure`.
        DepartureRefused: `no-departure`: nothing waits, or the member has left.
    """
    with transaction.atomic(), member_scope(member_id):
        _may(member_id, acting_for, by)
        before = (DepartureState.STARTED, DepartureState.TOO_LATE, DepartureState.AGREED)
        row = _in_state(member_id, at, *before)
        row.stopped_by, row.stopped_at = by, at
        row.save()
        _note("stop.departure", member_id, acting_for, by=by, at=at)


def undo_departure(*, member_id: UUID, acting_for: UUID, by: UUID, at: datetime) -> None:
    """Let a member that left be part of the network again, within 30 days.

    Raises:
        MemberUnknown, NotAllowed: `by` does not coordinate the network at `acting_for`.
        DepartureRefused: `no-departure`: it did not leave, or the days are over.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, acting_for, Permission.END_MEMBER)
        row = _in_state(member_id, at, DepartureState.LEFT)
        row.stopped_by, row.stopped_at = by, at
        row.save()
        resume_everything(member_id=member_id, ended=row.what_ended)
        _note("undo.departure", member_id, acting_for, by=by, at=at)


def carry_out_due(*, at: datetime) -> int:
    """Let every member leave whose last day is over; return how many. Safe to repeat.

    One that would leave nobody who coordinates the network waits on.
    """
    with network_scope():
        agreed = Departure.objects.filter(
            confirmed_at__isnull=False, done_at__isnull=True, stopped_at__isnull=True
        )
        waiting = list(agreed.order_by("last_day", "id").values_list("member_id", flat=True))
    return sum(_carry_out_one(member_id, at) for member_id in waiting)


def _carry_out_one(member_id: UUID, at: datetime) -> bool:
    with transaction.atomic(), member_scope(member_id):
        row = _standing(member_id)
        if row is None or _state(row, at) is not DepartureState.AGREED:
            return False
        return others_coordinate(member_id) and _carry_out(row, at=at)


def _carry_out(row: Departure, *, at: datetime) -> bool:
    if row.confirmed_by is None or row.confirmed_at is None:
        return False
    today, confirmed_on = local_day(at), local_day(row.confirmed_at)
    if not is_due(row.last_day, today=today, confirmed_on=confirmed_on):
        return False
    last = max(row.last_day, confirmed_on)
    # Where it had to wait, people worked on, and what it has stays as long as it can be undone.
    on = last if today - last <= A_DAY else today
    ended = end_everything(member_id=row.member_id, on=on, by=row.confirmed_by, at=at)
    row.what_ended, row.done_at, row.last_day = ended, at, on
    row.save()
    _note("leave.network", row.member_id, row.member_id, by=row.confirmed_by, at=at)
    return True


def _may(member_id: UUID, acting_for: UUID, by: UUID) -> None:
    is_own = acting_for == member_id
    require(by, acting_for, Permission.LEAVE_NETWORK if is_own else Permission.END_MEMBER)


def _standing(member_id: UUID) -> Departure | None:
    """Return what stands, after whoever changes the same or another one at the same time.

    The last two who coordinate the network do not leave at once.
    """
    take_every_turn()
    if not Member.objects.filter(id=member_id).exists():
        raise DepartureRefused("member-unknown", _("There is no such member."))
    row: Departure | None = (
        Departure.objects.select_for_update().filter(stopped_at__isnull=True).first()
    )
    return row


def _in_state(member_id: UUID, at: datetime, *wanted: DepartureState) -> Departure:
    row = _standing(member_id)
    state = _state(row, at) if row else None
    if row is None or state not in wanted:
        if state is DepartureState.TOO_LATE:
            raise DepartureRefused(
                "too-late", _("72 hours are over. Start again if it is still needed.")
            )
        raise DepartureRefused(
            "no-departure", _("This was stopped, done or undone already. Look at it again.")
        )
    return row


def _state(row: Departure, at: datetime) -> DepartureState:
    steps = Steps(row.started_at, row.confirmed_at, row.stopped_at, row.done_at)
    return state_of(steps, at=at)


def _check_day(last_day: date, *, today: date) -> None:
    if last_day < today:
        raise DepartureRefused("day-past", _("Its last day is today or later."))
    if last_day - today > LONGEST_AHEAD:
        raise DepartureRefused("day-far", _("Choose a last day within a year."))


def _check_rest(member_id: UUID) -> None:
    if not others_coordinate(member_id):
        raise DepartureRefused(
            "last-coordinator",
            _(
                "Nobody at another member coordinates the network. Give somebody there that role "
                "first."
            ),
        )


def _note(act: str, member_id: UUID, acting_for: UUID, *, by: UUID, at: datetime) -> None:
    """Write it into the record of the member, and of the one in whose name it was done."""
    for place in dict.fromkeys((member_id, acting_for)):
        with member_scope(place):
            note_event(
                member_id=place,
                act=act,
                object_id=member_id,
                by=by,
                at=at,
                facts={"to_member": str(member_id)},
            )
