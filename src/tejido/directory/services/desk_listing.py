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
    service = Service.objects.select_related("organization", "source").filter(id=service_id)
    row = service.first()
    if row is None:
        return None
    places = list(
        ServiceAtLocation.objects.filter(service=row)
        .select_related("location")
        .order_by("location__name", "id")
    )
    return DeskListing(
        service=_held([row])[row.id],
        organization=_held([row.organization])[row.organization_id],
        places=_places(places),
        source=row.source.name,
        published_on=row.source.published_on,
        is_trusted=row.source.trusted,
    )


def _places(places: list[ServiceAtLocation]) -> tuple[DeskPlace, ...]:
    locations = {place.location_id: place.location for place in places}
    held, held_locations = _held(places), _held(locations.values())
    there: dict[UUID, list[str]] = {key: [] for key in locations}
    for key, word in ServiceAtLocation.objects.filter(location__in=locations).values_list(
        "location_id", "visibility"
    ):
        there[key].append(word)
    return tuple(
        DeskPlace(
            place=held[place.id],
            location=held_locations[place.location_id],
            visibility=strictest(
                map(Visibility, (*there[place.location_id], place.location.visibility))
            ),
            shared=len(there[place.location_id]) - 1,
        )
        for place in places
    )


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
