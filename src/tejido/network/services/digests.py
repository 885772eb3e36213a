"""Makes the messages that nobody's act makes: what waits each day, and what went wrong."""

from datetime import datetime, timedelta
from uuid import UUID

from tejido.accounts.queries import who_can_sign_in
from tejido.foundation.days import local_day
from tejido.foundation.round import failed_rounds
from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.messages import DIGEST_HOUR, Kind, Problem, State
from tejido.network.domain.permissions import Permission
from tejido.network.models import Member, Membership, OutMessage, WayToReach
from tejido.network.queries.access import roles_of, seen
from tejido.network.queries.members import member_ids
from tejido.network.queries.ways import can_reach
from tejido.network.services.outbox import tell, tell_whoever_may
from tejido.network.tasks import tasks_for
from tejido.network.zone import ZONE

TOO_LATE = timedelta(days=3)


def tell_what_waits(*, at: datetime) -> int:
    """Tell each person who wants it, once a day, that something waits; return how many.

    Some queries for each person whose hour has come.
    """
    if not can_reach():
        return 0
    count = 0
    for member in Member.objects.order_by("slug"):
        for person_id in _people(member.id):
            count += bool(_wants_now(person_id, at) and _told_what_waits(member, person_id, at))
    return count


def _told_what_waits(member: Member, person_id: UUID, at: datetime) -> bool:
    once = local_day(at).isoformat()
    with member_scope(member.id):
        told = OutMessage.objects.filter(person_id=person_id, kind=Kind.TASKS_WAIT, once=once)
        if told.exists():
            return False
        waits = tasks_for(seen(member), roles_of(person_id, member.id))
    return bool(waits) and bool(
        tell(person_id=person_id, member_id=member.id, kind=Kind.TASKS_WAIT, at=at, once=once)
    )


def _people(member_id: UUID) -> list[UUID]:
    with member_scope(member_id):
        rows = Membership.objects.filter(until__isnull=True).order_by("id")
        ids = list(rows.values_list("person_id", flat=True))
    able = who_can_sign_in(ids)
    return [person_id for person_id in ids if person_id in able]


def _wants_now(person_id: UUID, at: datetime) -> bool:
    hour = at.astimezone(ZONE).hour
    with person_scope(person_id):
        rows = WayToReach.objects.filter(person_id=person_id, confirmed_at__isnull=False)
        return any(
            Kind.TASKS_WAIT in way.kinds
            and hour >= (DIGEST_HOUR if way.daily_at is None else way.daily_at)
            for way in rows
        )


def tell_what_failed(*, at: datetime) -> None:
    """Tell network coordinators of rounds that failed, such as a backup, once a day for each."""
    for name in failed_rounds():
        tell_whoever_may(
            permission=Permission.ADD_MEMBER,
            kind=Kind.ROUND_FAILED,
            at=at,
            once=f"{name} {local_day(at).isoformat()}",
        )


def give_up_messages(*, at: datetime) -> None:
    """Give up what nobody took in three days; `forgetting.forget_messages` removes it later."""
    for member_id in member_ids():
        with member_scope(member_id):
            OutMessage.objects.filter(state=State.WAITING, made_at__lt=at - TOO_LATE).update(
                state=State.FAILED, problem=Problem.LATE, ended_at=at
            )
