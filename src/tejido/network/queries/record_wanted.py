"""Which lines of a member's record somebody asks for."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from tejido.foundation.days import start_of
from tejido.foundation.scope import member_scope
from tejido.network.models import Event, Member, Membership, SentBatch

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Looks at what is another member's, written down there with the member that looked.
LOOKS_OF_OTHERS = (
    "view.shared",
    "view.shared-contacts",
    "view.partner-names",
    "view.recoveries",
)


class Lines(StrEnum):
    """A part of the record."""

    LOOKED = "looked"
    LOOKED_BY_OTHERS = "looked-by-others"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the record; what is None or False asks nothing.

    Attributes:
        lines: which part.
        person: who did it.
        member: another member, for which somebody did it.
        by_software: only what nobody did.
        first: the first day, where the network is.
        last: the last such day.
    """

    lines: Lines | None = None
    person: UUID | None = None
    member: UUID | None = None
    by_software: bool = False
    first: date | None = None
    last: date | None = None


def narrowed(member_id: UUID, wanted: Wanted) -> "QuerySet[Event]":
    """Return the events of a member that are asked for, in its open scope, the last first."""
    asked = _of_lines(member_id, wanted.lines) & _between(wanted.first, wanted.last)
    if wanted.person:
        asked &= Q(actor=wanted.person)
    if wanted.member:
        asked &= _for_member(wanted.member)
    if wanted.by_software:
        asked &= Q(actor__isnull=True)
    rows: QuerySet[Event] = Event.objects.filter(asked).order_by("-happened_at", "-id")
    return rows


def people_in_record(member_id: UUID) -> list[tuple[UUID, str]]:
    """Return who works or worked at a member, by name: those whose acts can be asked for."""
    with member_scope(member_id):
        found = Membership.objects.values_list("person_id", "person__display_name").distinct()
        return sorted(found, key=lambda each: (each[1].casefold(), each[0]))


def members_in_record(member_id: UUID) -> list[tuple[UUID, str]]:
    """Return every other member, also those that left, by name."""
    rows = Member.objects.exclude(id=member_id).order_by("name", "id")
    return list(rows.values_list("id", "name"))


def _of_lines(member_id: UUID, lines: Lines | None) -> Q:
    looked = Q(act__startswith="view.") | Q(act__startswith="export.")
    if lines is Lines.LOOKED:
        return looked
    if lines is Lines.CHANGED:
        return ~looked
    if lines is Lines.LOOKED_BY_OTHERS:
        at_tables = Q(act__in=LOOKS_OF_OTHERS) & ~Q(object_id=member_id)
        return at_tables | (Q(act="export.shared") & _taken(from_member=member_id))
    return Q()


def _for_member(other: UUID) -> Q:
    """Return what somebody did for another member, as far as it was written down."""
    looked = Q(act__in=LOOKS_OF_OTHERS, object_id=other)
    took = Q(act="export.shared") & _taken(to_member=other)
    return looked | took | Q(facts__by_member=str(other))


def _taken(**sides: UUID) -> Q:
    """Return which files were taken: what went out tells for whom where the event does not."""
    sent = SentBatch.objects.filter(
        agreement=OuterRef("object_id"), person=OuterRef("actor"), sent_at=OuterRef("happened_at")
    )
    return Q(Exists(sent.filter(**sides)))


def _between(first: date | None, last: date | None) -> Q:
    asked = Q()
    if first:
        asked &= Q(happened_at__gte=start_of(first))
    if last and last < date.max:
        asked &= Q(happened_at__lt=start_of(last + timedelta(days=1)))
    return asked
