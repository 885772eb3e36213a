"""Where a person is reached, what was sent to them, and what was sent in a member's name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from tejido.foundation.scope import member_scope, person_scope
from tejido.gateways.mail import mail_is_on
from tejido.gateways.texting import texts_are_on
from tejido.network.domain.messages import Channel, Kind, Problem, State
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.models import OutMessage, WayToReach
from tejido.network.queries.access import roles_of
from tejido.network.queries.members import members_of

SHOWN = 100
# Who is offered a kind: whoever holds this somewhere. None for everybody. What is always told is
# no choice.
OFFERED: dict[Kind, Permission | None] = {
    Kind.TASKS_WAIT: None,
    Kind.HOURS_WAIT: Permission.APPROVE_LISTING,
    Kind.PROGRAM_CHANGED: Permission.EDIT_LISTING,
    Kind.ROUND_FAILED: Permission.ADD_MEMBER,
}


@dataclass(frozen=True, slots=True)
class WaySeen:
    """An address as its owner sees it; hours are local."""

    channel: Channel
    address: str
    is_confirmed: bool
    is_stopped: bool
    kinds: tuple[Kind, ...]
    daily_at: int | None
    quiet_from: int
    quiet_until: int


@dataclass(frozen=True, slots=True)
class MessageSeen:
    """A message to the person; `at` is when it was sent or given up, else when it is due."""

    at: datetime
    member: str
    channel: Channel
    kind: Kind
    state: State
    problem: Problem


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages of one kind on one channel are in one state."""

    kind: Kind
    channel: Channel
    state: State
    count: int


def is_on(channel: Channel) -> bool:
    """Tell whether this installation sends anything by a channel."""
    return mail_is_on() if channel is Channel.MAIL else texts_are_on()


def can_reach() -> bool:
    """Tell whether this installation sends anything at all."""
    return any(is_on(channel) for channel in Channel)


def ways_of(person_id: UUID) -> dict[Channel, WaySeen]:
    """Return the addresses that a person gave. One query."""
    with person_scope(person_id):
        rows = WayToReach.objects.filter(person_id=person_id)
        return {Channel(row.channel): _way(row) for row in rows}


def kinds_for(person_id: UUID) -> list[Kind]:
    """Return the kinds of message that somebody with the person's roles can get.

    A query, and one for each member where they work.
    """
    roles = {role for member in members_of(person_id) for role in roles_of(person_id, member.id)}
    return [kind for kind, may in OFFERED.items() if may is None or is_allowed(roles, may)]


def sent_to(person_id: UUID) -> list[MessageSeen]:
    """Return the last messages to a person, from every member, the last first. One query."""
    with person_scope(person_id):
        rows = OutMessage.objects.select_related("member").order_by("-made_at", "id")[:SHOWN]
        return [_message(row) for row in rows]


def tallies(member_id: UUID) -> list[Tally]:
    """Return what was sent in a member's name, by kind, channel and state. One query."""
    with member_scope(member_id):
        rows = OutMessage.objects.values_list("kind", "channel", "state")
        counted = rows.annotate(count=Count("id")).order_by("kind", "channel", "state")
        return [
            Tally(Kind(kind), Channel(channel), State(state), count)
            for kind, channel, state, count in counted
        ]


def _way(row: WayToReach) -> WaySeen:
    return WaySeen(
        channel=Channel(row.channel),
        address=row.address,
        is_confirmed=row.confirmed_at is not None and row.stopped_at is None,
        is_stopped=row.stopped_at is not None,
        kinds=tuple(Kind(kind) for kind in row.kinds),
        daily_at=row.daily_at,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
    )


def _message(row: OutMessage) -> MessageSeen:
    return MessageSeen(
        at=row.ended_at or row.due_at,
        member=row.member.name,
        channel=Channel(row.channel),
        kind=Kind(row.kind),
        state=State(row.state),
        problem=Problem(row.problem),
    )
