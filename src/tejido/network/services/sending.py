"""Takes due messages out of the outbox and sends them.

Each is taken for ten minutes, sent, and marked. Whoever dies between sending and marking leaves
it to be sent again: at least once, with the same name (`Message-ID`), and never lost.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F

from tejido.accounts.queries import languages_of
from tejido.foundation.scope import member_scope, person_scope
from tejido.gateways.mail import Postbox
from tejido.gateways.sending import NotSent
from tejido.gateways.texting import send_text
from tejido.network.domain.messages import (
    ALWAYS_TOLD,
    GIVEN_UP_AFTER,
    Channel,
    Kind,
    Problem,
    State,
    held_until,
    wait_after,
)
from tejido.network.models import Membership, OutMessage, WayToReach
from tejido.network.queries.members import member_ids
from tejido.network.queries.ways import is_on
from tejido.network.services.letters import letter
from tejido.network.zone import ZONE

# Longer than any carrier takes; who died with a message in hand lets go of it then.
IN_HAND = timedelta(minutes=10)
# So many at most in one round, so that other rounds are not kept waiting.
MOST = 200
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes to one person on one channel at once; `id` is the same at each try."""

    id: UUID
    member_id: UUID
    person_id: UUID
    channel: Channel
    kinds: dict[UUID, Kind]
    tried_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel; `until` where it waits."""

    state: State
    problem: Problem = Problem.NONE
    until: datetime | None = None
    is_tried: bool = True


def send_due(*, at: datetime, draw: Random) -> Counter[State]:
    """Send what is due, at most 200 parcels; return how many ended or wait in which state.

    Safe to repeat, and from several processes at once. A channel on which nobody is there is
    left alone until the next round.

    Args:
        at: now.
        draw: draws how long to wait after a try that failed.
    """
    away = {channel for channel in Channel if not is_on(channel)}
    postbox, became = Postbox(), Counter[State]()
    try:
        for member_id in member_ids():
            while became.total() < MOST and (parcel := _taken(member_id, at, away)):
                outcome = _sent(parcel, postbox, at, draw)
                _mark(parcel, outcome, at)
                became[outcome.state] += 1
                if outcome.problem is Problem.AWAY:
                    away.add(parcel.channel)
    finally:
        postbox.close()
    return became


def _taken(member_id: UUID, at: datetime, away: Collection[Channel]) -> Parcel | None:
    """Take the parcel that is due first, so that nobody else does; kept when this returns."""
    with member_scope(member_id), transaction.atomic():
        due = OutMessage.objects.filter(state=State.WAITING, due_at__lte=at)
        due = due.exclude(channel__in=list(away)).select_for_update(skip_locked=True)
        first = due.order_by("due_at", "id").first()
        if first is None:
            return None
        rows = list(due.filter(parcel=first.parcel, **_to(first)).order_by("made_at", "id"))
        parcel = first.parcel or uuid4()
        tried_at = first.tried_at or at
        OutMessage.objects.filter(id__in=[row.id for row in rows]).update(
            parcel=parcel, due_at=at + IN_HAND, tries=F("tries") + 1, tried_at=tried_at
        )
    return Parcel(
        id=parcel,
        member_id=member_id,
        person_id=first.person_id,
        channel=Channel(first.channel),
        kinds={row.id: Kind(row.kind) for row in rows},
        tried_at=tried_at,
        tries=first.tries + 1,
    )


def _to(row: OutMessage) -> dict[str, object]:
    return {"person_id": row.person_id, "channel": row.channel}


def _sent(parcel: Parcel, postbox: Postbox, at: datetime, draw: Random) -> Outcome:
    """Send a parcel, if it is still wanted, to whoever is still there, as they wish now."""
    language = languages_of([parcel.person_id]).get(parcel.person_id)
    if language is None or not _works_there(parcel):
        return Outcome(State.DROPPED, Problem.LEFT, is_tried=False)
    way = _way(parcel)
    if way is None:
        return Outcome(State.DROPPED, Problem.REMOVED, is_tried=False)
    wanted = [kind for kind in parcel.kinds.values() if kind in {*way.kinds, *ALWAYS_TOLD}]
    if not wanted:
        return Outcome(State.DROPPED, Problem.TURNED_OFF, is_tried=False)
    until = _held(parcel, way, at)
    if until > at:
        return Outcome(State.WAITING, until=until, is_tried=False)
    try:
        _hand_over(parcel, way, wanted, language, postbox)
    except NotSent as failure:
        return _failed(parcel, failure, at, draw)
    return Outcome(State.SENT)


def _hand_over(
    parcel: Parcel, way: WayToReach, kinds: list[Kind], language: str, postbox: Postbox
) -> None:
    words = letter(kinds, language=language)
    if parcel.channel is Channel.TEXT:
        send_text(to=way.address, words=words.text)
    else:
        postbox.send(to=way.address, subject=words.subject, body=words.body, name=parcel.id.hex)


def _failed(parcel: Parcel, failure: NotSent, at: datetime, draw: Random) -> Outcome:
    if failure.code == "stopped":
        _stop(parcel, at)
        return Outcome(State.DROPPED, Problem.STOPPED)
    if failure.code == "refused":
        return Outcome(State.FAILED, Problem.REFUSED)
    problem = Problem.AWAY if failure.code == "away" else Problem.LATE
    if at - parcel.tried_at >= GIVEN_UP_AFTER:
        return Outcome(State.FAILED, problem)
    return Outcome(State.WAITING, problem, until=at + wait_after(parcel.tries, draw=draw))


def _mark(parcel: Parcel, outcome: Outcome, at: datetime) -> None:
    """Write down what became of a parcel."""
    said: dict[str, object] = {"state": outcome.state.value, "problem": outcome.problem.value}
    if outcome.until:
        said["due_at"] = outcome.until
    else:
        said["ended_at"] = at
    if not outcome.is_tried and outcome.until:
        said["tries"] = parcel.tries - 1
        if parcel.tries == 1:
            # It was only taken in hand; what comes meanwhile may go with it.
            said |= {"tried_at": None, "parcel": None}
    with member_scope(parcel.member_id):
        OutMessage.objects.filter(id__in=list(parcel.kinds), state=State.WAITING).update(**said)


def _works_there(parcel: Parcel) -> bool:
    with member_scope(parcel.member_id):
        rows = Membership.objects.filter(person_id=parcel.person_id, until__isnull=True)
        return bool(rows.exists())


def _way(parcel: Parcel) -> WayToReach | None:
    with person_scope(parcel.person_id):
        return WayToReach.objects.filter(
            person_id=parcel.person_id,
            channel=parcel.channel,
            confirmed_at__isnull=False,
            stopped_at__isnull=True,
        ).first()


def _stop(parcel: Parcel, at: datetime) -> None:
    """Turn a number off whose owner said STOP to the carrier."""
    with person_scope(parcel.person_id):
        WayToReach.objects.filter(person_id=parcel.person_id, channel=parcel.channel).update(
            stopped_at=at
        )


def _held(parcel: Parcel, way: WayToReach, at: datetime) -> datetime:
    """Return when it may go: not in quiet hours, and not more texts a day than are allowed."""
    quiet = held_until(at, quiet_from=way.quiet_from, quiet_until=way.quiet_until, zone=ZONE)
    if quiet > at or parcel.channel is not Channel.TEXT:
        return quiet
    with person_scope(parcel.person_id):
        sent = OutMessage.objects.filter(
            channel=Channel.TEXT, state=State.SENT, ended_at__gt=at - A_DAY
        )
        times = dict(sent.order_by("ended_at").values_list("parcel", "ended_at"))
    over = len(times) - settings.SMS_PER_PERSON_A_DAY
    # Where not one may go, there is none that it could wait for.
    return at if over < 0 else [*sorted(times.values()), at][over] + A_DAY
