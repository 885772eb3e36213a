"""Keeps beside each listing when its parts were last confirmed, so that what is due is a query."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from tejido.directory.domain.clocks import RANKS, Clock, kind_of
from tejido.directory.domain.desk import CALIFORNIA
from tejido.directory.domain.due import ListingTold, Told, last_confirmed
from tejido.directory.domain.provenance import provenance_from
from tejido.directory.domain.vocabulary import Mode, Status, Tier
from tejido.directory.models import (
    LastConfirmed,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from tejido.foundation.inserting import insert_rows

AT_ONCE = 500
# Fields of records that decide what is due when; the rest of a listing may change without it.
DECIDING = frozenset(
    {
        *("", "provenance", "schedules", "phones", "trusted"),
        *("status", "tier", "mode", "organization", "service", "location", "source"),
    }
)
LISTED = (Status.ACTIVE.value, Status.TEMPORARILY_CLOSED.value)
_OWNERS = ("service", "service_at_location", "location")


class Standing(NamedTuple):
    """What a row says: whose, which clock, since when, and whether somebody confirmed it."""

    listing: UUID
    organization: UUID
    clock: int
    since: date
    is_confirmed: bool


def refresh(touched: Mapping[str, Iterable[UUID]]) -> None:
    """Bring the rows of listings up to date whose records changed.

    A fixed number of statements for each 500 listings.

    Args:
        touched: kind of record, such as `directory.location`, -> ids; other kinds are passed
            over. A source stands for all that it ever said.
    """
    for some in _batches(listings_of(touched)):
        _bring_up_to_date(some)


def rebuild() -> int:
    """Make every row anew where it differs; return how many listings were looked at."""
    LastConfirmed.objects.exclude(listing__status__in=LISTED).delete()
    ids = list(Service.objects.order_by("id").values_list("id", flat=True))
    for some in _batches(ids):
        _bring_up_to_date(some)
    return len(ids)


def fill_missing() -> int:
    """Make the rows of listings that have none; return of how many."""
    rows = LastConfirmed.objects.filter(listing=OuterRef("pk"))
    listed = Service.objects.filter(~Exists(rows), status__in=LISTED)
    ids = list(listed.order_by("id").values_list("id", flat=True))
    for some in _batches(ids):
        _bring_up_to_date(some)
    return len(ids)


def standing_of(ids: Iterable[UUID]) -> Iterator[Standing]:
    """Return what the rows of some listings have to say, from their provenance. Nine queries."""
    services = list(
        Service.objects.filter(id__in=list(ids), status__in=LISTED)
        .select_related("source")
        .order_by("id")
    )
    there = _places([service.id for service in services])
    for service in services:
        told = there.told(service)
        came_on = service.created_at.astimezone(CALIFORNIA).date()
        tier, kind = Tier(service.tier), kind_of(Mode(service.mode))
        for group, on in last_confirmed(told).items():
            clock = RANKS[Clock(group, tier, kind)]
            yield Standing(
                service.id, service.organization_id, clock, on or came_on, on is not None
            )


class _There(NamedTuple):
    """The places of some services, and which records have hours and phones."""

    places: Mapping[UUID, list[ServiceAtLocation]]
    with_hours: frozenset[UUID]
    with_phones: frozenset[UUID]

    def told(self, service: Service) -> ListingTold:
        """Return what clocks read of a listing."""
        its = self.places.get(service.id, [])
        return ListingTold(
            self._told(service),
            tuple((self._told(place), self._told(place.location)) for place in its),
        )

    def _told(self, row: Any) -> Told:
        return Told(
            provenance_from(row.provenance),
            row.source.trusted,
            row.pk in self.with_hours,
            row.pk in self.with_phones,
        )


def _places(services: list[UUID]) -> _There:
    rows = ServiceAtLocation.objects.filter(service__in=services).select_related(
        "source", "location__source"
    )
    places: dict[UUID, list[ServiceAtLocation]] = defaultdict(list)
    for row in rows.order_by("id"):
        places[row.service_id].append(row)
    at = [row for its in places.values() for row in its]
    owners = (services, [row.id for row in at], list({row.location_id for row in at}))
    return _There(places, _owning(Schedule, owners), _owning(Phone, owners))


def _owning(model: Any, owners: Iterable[list[UUID]]) -> frozenset[UUID]:
    found: set[UUID] = set()
    for name, ids in zip(_OWNERS, owners, strict=True):
        for some in _batches(ids):
            rows = model.objects.filter(**{f"{name}__in": some}).order_by()
            found.update(rows.values_list(f"{name}_id", flat=True).distinct())
    return frozenset(found)


def _bring_up_to_date(ids: list[UUID]) -> None:
    wanted = {(each.listing, each.clock): each for each in standing_of(ids)}
    stored = {(row.listing_id, row.clock): row for row in _rows(ids)}
    gone = [row.pk for key, row in stored.items() if key not in wanted]
    if gone:
        LastConfirmed.objects.filter(pk__in=gone).delete()
    changed = [row for key, row in stored.items() if key in wanted and _differs(row, wanted[key])]
    LastConfirmed.objects.bulk_update(
        changed, ["organization", "since", "is_confirmed"], batch_size=AT_ONCE
    )
    insert_rows(
        LastConfirmed,
        [
            LastConfirmed(
                listing_id=each.listing,
                organization_id=each.organization,
                clock=each.clock,
                since=each.since,
                is_confirmed=each.is_confirmed,
            )
            for key, each in wanted.items()
            if key not in stored
        ],
    )


def _rows(ids: list[UUID]) -> QuerySet[LastConfirmed]:
    return LastConfirmed.objects.filter(listing__in=ids)


def _differs(row: LastConfirmed, wanted: Standing) -> bool:
    """Say whether a row has to change, and change it."""
    before = (row.organization_id, row.since, row.is_confirmed)
    row.organization_id, row.since = wanted.organization, wanted.since
    row.is_confirmed = wanted.is_confirmed
    return before != (wanted.organization, wanted.since, wanted.is_confirmed)


def listings_of(touched: Mapping[str, Iterable[UUID]]) -> list[UUID]:
    """Return the services whose page shows one of these records, in the order of their ids."""
    found = set(touched.get("directory.service", ()))
    sources = list(touched.get("directory.source", ()))
    if sources:
        found.update(Service.objects.filter(source__in=sources).values_list("id", flat=True))
    for column, ids in (
        ("id", touched.get("directory.serviceatlocation", ())),
        ("location", touched.get("directory.location", ())),
        ("source", sources),
        ("location__source", sources),
    ):
        for some in _batches(ids):
            there = ServiceAtLocation.objects.filter(**{f"{column}__in": some})
            found.update(there.values_list("service_id", flat=True))
    return sorted(found)


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    rest = iter(ids)
    while some := list(islice(rest, AT_ONCE)):
        yield some
