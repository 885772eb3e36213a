"""Everything that a source said, as HSDS records with its own words: never for everybody."""

from collections.abc import Iterator
from typing import TypeVar
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from tejido.directory.domain.drafts import (
    Draft,
    LocationDraft,
    OrganizationDraft,
    RecordDraft,
    ServiceDraft,
)
from tejido.directory.models import Location, Organization, Record, Service, ServiceAtLocation
from tejido.directory.queries.stored_drafts import (
    location_draft,
    organization_draft,
    place_draft,
    service_draft,
    translations_of,
)

ROWS_AT_ONCE = 200
Row = TypeVar("Row", Service, Organization, Location)
_ON_LOCATION = ("phones", "schedules", "attributes", "records")


def stored_drafts(source_key: str) -> Iterator[Draft]:
    """Return everything of one source: its services whole, then what stands alone in it.

    A service brings its organization, places and locations, whatever source those are of. What a
    later word of a person changed is as it stands now. Reads 200 services at a time with a fixed
    number of queries.
    """
    yield from _services(source_key)
    yield from _organizations(source_key)
    yield from _locations(source_key)
    for row in Record.objects.filter(source__key=source_key).order_by("kind", "id").iterator():
        yield RecordDraft(row.pk, row.kind, row.fields)


def _services(source_key: str) -> Iterator[ServiceDraft]:
    places = ServiceAtLocation.objects.select_related("location__address").order_by("id")
    rows = Service.objects.filter(source__key=source_key).select_related("organization")
    rows = rows.prefetch_related(
        *_ON_LOCATION,
        "organization__records",
        Prefetch("places", places),
        *(f"places__{name}" for name in ("phones", "schedules", "records")),
        *(f"places__location__{name}" for name in _ON_LOCATION),
    )
    for batch in _batches(rows):
        yield from _service_drafts(batch)


def _service_drafts(batch: list[Service]) -> Iterator[ServiceDraft]:
    places = [place for service in batch for place in service.places.all()]
    at_place = translations_of("directory.serviceatlocation", {place.pk for place in places})
    of_service = translations_of("directory.service", {service.pk for service in batch})
    locations = _drafts_of([place.location for place in places])
    organizations = {service.organization_id: service.organization for service in batch}
    named = _named_locations(list(organizations.values()))
    for service in batch:
        yield service_draft(
            service,
            organization_draft(service.organization, named.get(service.organization_id, ())),
            tuple(
                place_draft(place, locations[place.location_id], at_place)
                for place in service.places.all()
            ),
            of_service,
        )


def _organizations(source_key: str) -> Iterator[OrganizationDraft]:
    rows = Organization.objects.filter(source__key=source_key, services__isnull=True)
    for batch in _batches(rows.prefetch_related("records")):
        named = _named_locations(batch)
        for row in batch:
            yield organization_draft(row, named.get(row.pk, ()))


def _locations(source_key: str) -> Iterator[LocationDraft]:
    """Return the locations at which no service is and which no organization names."""
    rows = Location.objects.filter(source__key=source_key, services__isnull=True)
    named = set(
        Record.objects.filter(organization__isnull=False, kind="locations").values_list(
            "fields__id", flat=True
        )
    )
    for batch in _batches(_whole_locations(rows)):
        alone = [row for row in batch if str(row.pk) not in named]
        yield from _drafts_of(alone).values()


def _named_locations(rows: list[Organization]) -> dict[UUID, tuple[LocationDraft, ...]]:
    """Return the locations that stand under organizations by their id alone."""
    named: dict[UUID, list[UUID]] = {}
    for row in rows:
        for record in row.records.all():
            if record.kind == "locations" and record.fields.keys() == {"id"}:
                named.setdefault(row.pk, []).append(UUID(record.fields["id"]))
    if not named:
        return {}
    ids = {key for keys in named.values() for key in keys}
    drafts = _drafts_of(list(_whole_locations(Location.objects.filter(pk__in=ids))))
    return {
        owner: tuple(drafts[key] for key in keys if key in drafts) for owner, keys in named.items()
    }


def _whole_locations(rows: QuerySet[Location]) -> QuerySet[Location]:
    return rows.select_related("address").prefetch_related(*_ON_LOCATION)


def _drafts_of(rows: list[Location]) -> dict[UUID, LocationDraft]:
    texts = translations_of("directory.location", {row.pk for row in rows})
    return {row.pk: location_draft(row, texts) for row in rows}


def _batches(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    after: UUID | None = None
    while batch := list(
        (rows.filter(pk__gt=after) if after else rows).order_by("pk")[:ROWS_AT_ONCE]
    ):
        yield batch
        after = batch[-1].pk
