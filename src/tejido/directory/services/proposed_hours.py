"""Hours that a source wrote as prose, with what they seem to say, until a steward confirms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.desk import DeskListing, Held
from tejido.directory.domain.prose_hours import Proposal, propose_hours
from tejido.directory.models import Location, Schedule, Service, ServiceAtLocation
from tejido.directory.services.acts import Actor
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.editing import Edit, EditRefused, edit, seen_digests
from tejido.directory.services.listing_rows import hours_rows_of
from tejido.directory.services.reconcile import LOOKED_AT
from tejido.directory.services.setting import FieldKey
from tejido.foundation.paging import PAGE_ROWS, nearest_page

# Each table, whose rules it owns by which key, and what its name is made of.
_KINDS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Service, "service", ()),
    (ServiceAtLocation, "service_at_location", ("service", "location")),
    (Location, "location", ()),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sentence about hours and what it seems to say; `seen` marks what the steward reads."""

    listing_id: UUID
    record_id: UUID
    name: str
    text: str
    proposal: Proposal
    seen: str


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """One page of what waits; pages count from 1."""

    rows: tuple[Waiting, ...]
    total: int
    page: int
    pages: int


def waiting_hours(*, page: int) -> WaitingPage:
    """Return one page of records with hours in words and no rules that nobody has looked at.

    Services come first, then places, by their ids. A fixed number of queries.
    """
    counts = [(kind, _waiting(kind).count()) for kind in _KINDS]
    total = sum(count for _each, count in counts)
    page, pages = nearest_page(page, total)
    first = (page - 1) * PAGE_ROWS
    rows: list[Any] = []
    for kind, count in counts:
        rows += _waiting(kind)[max(first, 0) : max(first + PAGE_ROWS - len(rows), 0)]
        first -= count
    return WaitingPage(tuple(_seen(rows[:PAGE_ROWS])), total, page, pages)


def count_waiting() -> int:
    """Return how many records wait. Three queries."""
    return sum(_waiting(kind).count() for kind in _KINDS)


def confirm_hours(
    *, listing_id: UUID, record_id: UUID, seen: str, actor: Actor, on: date, at: datetime
) -> UUID | None:
    """Store what the sentence seems to say as the hours of the record, confirmed by the steward.

    Raises:
        EditRefused: `listing-gone`; `changed-meanwhile`; `nothing-proposed`.
    """
    held = _held(listing_id, record_id)
    proposal = propose_hours(held.values["hours_text"])
    if not proposal.rules:
        raise EditRefused("nothing-proposed", _("Nothing can be read from these words."))
    kept = [row["id"] for row in held.values["schedules"]]
    rows = hours_rows_of(held, proposal.rules, (), kept)
    change = Edit(
        values={FieldKey(held.kind, held.id, "schedules"): rows},
        watched=_watched(held.kind, held.id),
        seen=seen,
    )
    return edit(change=change, actor=actor, on=on, at=at)


def refuse_hours(
    *, listing_id: UUID, record_id: UUID, seen: str, actor: Actor, on: date, at: datetime
) -> UUID | None:
    """Remember that the proposal is not right; the record waits no more, its hours stay unknown.

    It waits again where a later list has other words.

    Raises:
        EditRefused: `listing-gone`; `changed-meanwhile`.
    """
    held = _held(listing_id, record_id)
    change = Edit(
        refused={FieldKey(held.kind, held.id, LOOKED_AT): held.values["hours_text"]},
        watched=_watched(held.kind, held.id),
        seen=seen,
    )
    return edit(change=change, actor=actor, on=on, at=at)


def _waiting(kind: tuple[Any, str, tuple[str, ...]]) -> QuerySet[Any]:
    model, owner, named = kind
    rules = Schedule.objects.filter(**{owner: OuterRef("pk")}, is_exception=False)
    rows: QuerySet[Any] = model._default_manager.exclude(hours_text="").filter(~Exists(rules))
    # A source has no word of its own on `schedules`: where one stands, a person looked.
    rows = rows.exclude(provenance__has_any_keys=[LOOKED_AT, "schedules"])
    if model is Location:
        # A location without a service is on no page.
        rows = rows.filter(Exists(ServiceAtLocation.objects.filter(location=OuterRef("pk"))))
    return rows.select_related(*named).order_by("id") if named else rows.order_by("id")


def _seen(rows: list[Any]) -> Iterator[Waiting]:
    there = ServiceAtLocation.objects.filter(
        location__in=[row.pk for row in rows if isinstance(row, Location)]
    )
    at_locations = {place.location_id: place for place in there.select_related("service")}
    marks = seen_digests([_watched(row._meta.label_lower, row.pk) for row in rows])
    for row, mark in zip(rows, marks, strict=True):
        place = at_locations.get(row.pk) if isinstance(row, Location) else row
        service = row if isinstance(row, Service) else getattr(place, "service", None)
        if service is not None:
            name = ", ".join(filter(None, (service.name, _place_name(row))))
            proposal = propose_hours(row.hours_text)
            yield Waiting(service.pk, row.pk, name, row.hours_text, proposal, mark)


def _place_name(row: Service | ServiceAtLocation | Location) -> str:
    if isinstance(row, Service):
        return ""
    return row.location.name if isinstance(row, ServiceAtLocation) else row.name


def _watched(kind: str, key: UUID) -> tuple[FieldKey, ...]:
    return (FieldKey(kind, key, "hours_text"), FieldKey(kind, key, "schedules"))


def _held(listing_id: UUID, record_id: UUID) -> Held:
    listing: DeskListing | None = desk_listing(listing_id)
    for held in listing.records if listing is not None else ():
        if held.id == record_id and "hours_text" in held.values:
            return held
    raise EditRefused("listing-gone", _("This listing is no longer there."))
