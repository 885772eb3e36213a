"""The record of a member as its people read it: who did what, and who looked at what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tejido.disclosure.queries import periods_released
from tejido.foundation.paging import nearest_page
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Agreement, Consent, Event, Member, Membership, SentBatch
from tejido.network.queries.record_wanted import LOOKS_OF_OTHERS, Wanted, narrowed

ROWS = 50
# Of a file, read at once.
PART = 500
CONSENTS = ("note.consent", "withdraw.consent")
EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Under:
    """The agreement that an act is about; `other` is '' where it is one of other members.

    Attributes:
        opened_at: when it was proposed first, by which two with one member differ; else None.
    """

    id: UUID
    other: str
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened.

    Attributes:
        act: `verb.object`.
        who: what the person is called, '' where they never worked here; None for the software.
        of_member: the other member for which they did it, '' where that is not written.
        whom: whom it was done to, '' where that is nobody: a person, or another member.
        under: the agreement that it is about, or None.
        period: of counts that were released, such as `2026-Q3`, else ''.
        is_own: a consent, of the person who did it.
        role: that was given or taken back, else None.
        is_sealed: nobody can change it any more without being found out.
    """

    at: datetime
    act: str
    who: str | None
    of_member: str
    whom: str
    under: Under | None
    period: str
    role: Role | None
    is_sealed: bool
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some of what happened, the last first; `page` counts from 1."""

    rows: list[Happened]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What some events name: people and members, releases, whose consents, agreements, takers."""

    here: UUID
    people: dict[UUID, str]
    members: dict[UUID, str]
    periods: dict[UUID, str]
    agreed: dict[UUID, UUID]
    others: dict[UUID, UUID]
    opened: dict[UUID, datetime]
    takers: dict[tuple[UUID, UUID | None, datetime], UUID]


def record_of(member_id: UUID, wanted: Wanted = EVERYTHING, *, page: int = 1) -> RecordPage:
    """Return a page of what happened at a member, the nearest that there is. Eight queries."""
    with member_scope(member_id):
        found = narrowed(member_id, wanted)
        total = found.count()
        page, pages = nearest_page(page, total, rows=ROWS)
        shown = list(found.prefetch_related("sealed")[(page - 1) * ROWS : page * ROWS])
        return RecordPage(_told(member_id, shown), page, pages, total)


def whole_record(
    member_id: UUID, wanted: Wanted, *, until: datetime, rows: int = PART
) -> Iterator[list[Happened]]:
    """Yield all that is asked for, the last first, some at a time; between them no scope is open.

    Args:
        member_id: whose record.
        wanted: what of it.
        until: what happens later is left out, so that it comes to an end.
        rows: in each part, at most.
    """
    before = Q(happened_at__lte=until)
    while True:
        with member_scope(member_id):
            found = narrowed(member_id, wanted).filter(before).prefetch_related("sealed")
            events = list(found[:rows])
            told = _told(member_id, events)
        if not told:
            return
        yield told
        last = events[-1]
        before = Q(happened_at__lt=last.happened_at) | Q(
            happened_at=last.happened_at, id__lt=last.id
        )


def _told(member_id: UUID, events: list[Event]) -> list[Happened]:
    agreements = Agreement.objects.filter(id__in=[key for key in map(_agreement, events) if key])
    sides = list(agreements.values_list("id", "from_member", "to_member", "opened_at"))
    others = {key: giver if reader == member_id else reader for key, giver, reader, _at in sides}
    takers = _takers(events)
    about = {key for event in events for key in (_other_member(event), _doer(event)) if key}
    named = Member.objects.filter(id__in=[*about, *others.values(), *takers.values()])
    agreed = _agreed(events)
    known = _Known(
        here=member_id,
        people=_people(events) | {key: name for key, (_person, name) in agreed.items()},
        members=dict(named.values_list("id", "name")),
        periods=periods_released(_released(events)),
        agreed={key: person for key, (person, _name) in agreed.items()},
        others=others,
        opened={key: at for key, _giver, _reader, at in sides},
        takers=takers,
    )
    return [_happened(event, known) for event in events]


def _people(events: list[Event]) -> dict[UUID, str]:
    """Return what people are called, by their own id and by that of their membership."""
    meant = Q(id__in={event.object_id for event in events})
    acting = Q(person_id__in={event.actor for event in events})
    memberships = Membership.objects.filter(meant | acting)
    named = memberships.values_list("id", "person_id", "person__display_name")
    return {key: name for *keys, name in named for key in keys}


def _agreed(events: list[Event]) -> dict[UUID, tuple[UUID, str]]:
    """Return of each consent who gave it, and what they are called."""
    ids = {event.object_id for event in events if event.act in CONSENTS}
    if not ids:
        return {}
    rows = Consent.objects.filter(id__in=ids)
    return {
        key: (person, name)
        for key, person, name in rows.values_list("id", "person_id", "person__display_name")
    }


def _takers(events: list[Event]) -> dict[tuple[UUID, UUID | None, datetime], UUID]:
    """Return for which member a file was taken, where only what went out tells it."""
    silent = [each for each in events if each.act == "export.shared" and not _doer(each)]
    sent = SentBatch.objects.filter(
        agreement__in={event.object_id for event in silent},
        sent_at__in={event.happened_at for event in silent},
    )
    rows = sent.values_list("agreement", "person", "sent_at", "to_member")
    return {(agreement, person, at): to for agreement, person, at, to in rows}


def _other_member(event: Event) -> UUID | None:
    """Return the member that an act in our name was about."""
    if event.act == "add.member":
        return event.object_id
    to = event.facts.get("to_member")
    return UUID(to) if to else None


def _doer(event: Event) -> UUID | None:
    """Return the member for which it was done, where the event says it."""
    if by := event.facts.get("by_member"):
        return UUID(by)
    return event.object_id if event.act in LOOKS_OF_OTHERS else None


def _agreement(event: Event) -> UUID | None:
    """Return the agreement that an act is about."""
    if event.act == "export.shared" or event.act.endswith(".agreement"):
        return event.object_id
    under = event.facts.get("agreement")
    return UUID(under) if under else None


def _released(events: list[Event]) -> list[UUID]:
    return [event.object_id for event in events if event.act == "release.counts"]


def _happened(event: Event, known: _Known) -> Happened:
    role = event.facts.get("role")
    whom = _other_member(event) or event.object_id
    who = known.people.get(event.actor, "") if event.actor else None
    return Happened(
        at=event.happened_at,
        act=event.act,
        who=who,
        of_member=_for_whom(event, known, is_stranger=who == ""),
        whom=known.people.get(whom, "") or known.members.get(whom, ""),
        under=_under(event, known),
        period=known.periods.get(event.object_id, ""),
        role=Role(role) if role in set(Role) else None,
        is_sealed=bool(event.sealed.all()),
        is_own=event.actor is not None and known.agreed.get(event.object_id) == event.actor,
    )


def _for_whom(event: Event, known: _Known, *, is_stranger: bool) -> str:
    found = _doer(event) or known.takers.get((event.object_id, event.actor, event.happened_at))
    # Whoever never worked here and does something to an agreement works for its other side.
    if found is None and is_stranger and event.act.endswith(".agreement"):
        found = known.others.get(event.object_id)
    return known.members.get(found, "") if found and found != known.here else ""


def _under(event: Event, known: _Known) -> Under | None:
    agreement = _agreement(event)
    if agreement is None:
        return None
    other = known.others.get(agreement)
    name = known.members.get(other, "") if other else ""
    return Under(agreement, name, known.opened.get(agreement))
