"""The outbox: what is to be told to people, written in the transaction of the act itself.

The act and its message are kept together or not at all; `sending.py` takes them out.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from tejido.accounts.queries import who_can_sign_in
from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.messages import ALWAYS_TOLD, Channel, Kind, State, held_until, next_hour
from tejido.network.domain.permissions import Permission
from tejido.network.models import OutMessage, WayToReach
from tejido.network.queries.access import grants_now, require
from tejido.network.queries.members import member_ids
from tejido.network.queries.ways import can_reach, is_on
from tejido.network.services.events import note_event
from tejido.network.zone import ZONE

# What is gathered for the day already, or cannot wait, is not made to wait for another.
AT_ONCE = ALWAYS_TOLD | {Kind.TASKS_WAIT}


def tell(
    *, person_id: UUID, member_id: UUID, kind: Kind, at: datetime, once: str = ""
) -> list[UUID]:
    """Put a message to one person into the outbox, for each channel on which they want its kind.

    What is always told goes to each address that they confirmed.

    Args:
        person_id: who is told.
        member_id: in whose name.
        kind: what about; nothing else is said.
        at: when it happened.
        once: a code, such as a day: the same is told once. '' each time.

    Returns:
        The ids of the rows, none where the person wants nothing of it.
    """
    with person_scope(person_id):
        ways = [way for way in _ways(person_id) if kind in {*way.kinds, *ALWAYS_TOLD}]
    rows = [_row(way, member_id, kind, once, at) for way in ways]
    with member_scope(member_id), transaction.atomic():
        told = OutMessage.objects.filter(person_id=person_id, kind=kind)
        # What waits already says the same.
        known = told.filter(Q(once=once) & ~Q(once="") | Q(state=State.WAITING))
        channels = set(known.values_list("channel", flat=True))
        fresh = [row for row in rows if row.channel not in channels]
        OutMessage.objects.bulk_create(fresh, ignore_conflicts=True)
    return [row.id for row in fresh]


def tell_whoever_may(
    *, permission: Permission, kind: Kind, at: datetime, once: str = "", but: UUID | None = None
) -> None:
    """Leave it to the background to tell each person who may do something, wherever they do.

    In the transaction of the act: if that is undone, nobody is told.

    Args:
        permission: whoever holds it is told.
        kind: what about.
        at: when it happened.
        once: a code; the same is told once.
        but: who did it, and need not be told.
    """
    if can_reach():
        _tell_whoever_may.enqueue(
            permission.value, kind.value, at.isoformat(), once, str(but) if but else ""
        )


@task()
def _tell_whoever_may(permission: str, kind: str, at: str, once: str, but: str) -> None:
    """Tell everybody, in a task: there may be hundreds of members."""
    told: set[UUID] = {UUID(but)} if but else set()
    for member_id in member_ids():
        for person_id in who_can_sign_in(_holders(member_id, Permission(permission)) - told):
            tell(
                person_id=person_id,
                member_id=member_id,
                kind=Kind(kind),
                at=datetime.fromisoformat(at),
                once=once,
            )
            told.add(person_id)


def retry_failed(*, member_id: UUID, by: UUID, at: datetime) -> int:
    """Let what was given up at a member be tried once more; return how many messages.

    Raises:
        MemberUnknown, NotAllowed: `by` may not do this there.
    """
    with member_scope(member_id), transaction.atomic():
        require(by, member_id, Permission.RETRY_MESSAGES)
        count: int = OutMessage.objects.filter(state=State.FAILED).update(
            state=State.WAITING, problem="", due_at=at, tries=0, tried_at=None, ended_at=None
        )
        if count:
            note_event(
                member_id=member_id, act="retry.messages", object_id=member_id, by=by, at=at
            )
    return count


def _holders(member_id: UUID, permission: Permission) -> set[UUID]:
    with member_scope(member_id):
        return set(grants_now(permission).values_list("membership__person_id", flat=True))


def _ways(person_id: UUID) -> list[WayToReach]:
    rows = WayToReach.objects.filter(
        person_id=person_id, confirmed_at__isnull=False, stopped_at__isnull=True
    )
    return [way for way in rows.order_by("channel") if is_on(Channel(way.channel))]


def _row(way: WayToReach, member_id: UUID, kind: Kind, once: str, at: datetime) -> OutMessage:
    return OutMessage(
        member_id=member_id,
        person_id=way.person_id,
        channel=way.channel,
        kind=kind.value,
        once=once,
        state=State.WAITING.value,
        made_at=at,
        due_at=_due(way, kind, at),
    )


def _due(way: WayToReach, kind: Kind, at: datetime) -> datetime:
    if way.daily_at is not None and kind not in AT_ONCE:
        at = next_hour(at, hour=way.daily_at, zone=ZONE)
    return held_until(at, quiet_from=way.quiet_from, quiet_until=way.quiet_until, zone=ZONE)
