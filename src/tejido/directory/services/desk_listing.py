"""A listing as a steward sees it: everything that is stored about it."""

from collections.abc import Iterable
from uuid import UUID

from tejido.directory.domain.desk import DeskListing, DeskPlace, Held
from tejido.directory.domain.provenance import provenance_from
from tejido.directory.domain.visibility import strictest
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import Location, Organization, Service, ServiceAtLocation
from tejido.directory.services.removal import tables_of
from tejido.directory.services.row_json import row_json
from tejido.translation.queries import texts_of


def desk_listing(service_id: UUID) -> DeskListing | None:
    """Return a service with its organization and places, or None. A fixed number of queries."""
    return desk_listings([service_id]).get(service_id)


def desk_listings(service_ids: Iterable[UUID]) -> dict[UUID, DeskListing]:
    """Return services with their organizations and places; one that is not there has none.

    A fixed number of queries for all of them.

    Args:
        service_ids: a page of them.
    """
    services = Service.objects.select_related("organization", "source")
    rows = list(services.filter(id__in=list(service_ids)))
    held, organizations = _held(rows), _held(row.organization for row in rows)
    places = _places([row.id for row in rows])
    return {
        row.id: DeskListing(
            service=held[row.id],
            organization=organizations[row.organization_id],
            places=places[row.id],
            source=row.source.name,
            published_on=row.source.published_on,
            is_trusted=row.source.trusted,
        )
        for row in rows
    }


def _places(services: list[UUID]) -> dict[UUID, tuple[DeskPlace, ...]]:
    """Return the places of each service, by name."""
    rows = ServiceAtLocation.objects.filter(service__in=services)
    places = list(rows.select_related("location").order_by("location__name", "id"))
    locations = {place.location_id: place.location for place in places}
    held, held_locations = _held(places), _held(locations.values())
    there = _words_there(locations)
    found: dict[UUID, list[DeskPlace]] = {key: [] for key in services}
    for row in places:
        words = there[row.location_id]
        place = DeskPlace(
            place=held[row.id],
            location=held_locations[row.location_id],
            visibility=strictest(map(Visibility, (*words, row.location.visibility))),
            shared=len(words) - 1,
        )
        found[row.service_id].append(place)
    return {key: tuple(its) for key, its in found.items()}


def _words_there(locations: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return who may see each service at each location."""
    there: dict[UUID, list[str]] = {key: [] for key in locations}
    rows = ServiceAtLocation.objects.filter(location__in=list(there))
    for key, word in rows.values_list("location_id", "visibility"):
        there[key].append(word)
    return there


def _held(
    rows: Iterable[Organization | Service | Location | ServiceAtLocation],
) -> dict[UUID, Held]:
    """Return records of one kind with what hangs on them."""
    records = {row.id: row for row in rows}
    if not records:
        return {}
    model = type(next(iter(records.values())))
    values = {key: row_json(row) for key, row in records.items()}
    for table in tables_of(model):
        stored = table.model._default_manager.filter(**{f"{table.key}__in": list(records)})
        for key, its_rows in table.by_owner(stored, records).items():
            values[key][table.word] = its_rows
    texts: dict[UUID, dict[tuple[str, str], tuple[str, str]]] = {key: {} for key in records}
    kind = model._meta.label_lower
    for (key, field, language), text in texts_of(kind, records, public_only=False).items():
        texts[key][field, language] = (text.text, text.state.value)
    return {
        key: Held(kind, key, values[key], provenance_from(row.provenance), texts[key])
        for key, row in records.items()
    }
