"""The public projection: what may leave the directory (DESIGN 4.5), as a stream."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from tejido.directory.domain.clocks import Clocks
from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.telling_names import telling_field
from tejido.directory.domain.visibility import strictest
from tejido.directory.domain.vocabulary import Status, Visibility
from tejido.directory.models import (
    Attribute,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from tejido.directory.queries.clocks import clocks_now
from tejido.directory.queries.contacts import Agreed, agreed_contacts
from tejido.directory.queries.listing import place_listing, service_listing
from tejido.directory.queries.wording import Texts
from tejido.translation.domain.texts import StoredText
from tejido.translation.queries import texts_of

SERVICES_AT_ONCE = 500
SHOWN = (Status.ACTIVE.value, Status.TEMPORARILY_CLOSED.value)
_PHONE_ROWS = Phone.objects.order_by("position", "id")
_SCHEDULE_ROWS = Schedule.objects.order_by("id")
_ATTRIBUTE_ROWS = Attribute.objects.order_by("label", "term")


def public_listings() -> Iterator[PublicListing]:
    """Return what everybody may see, one listing for each service at a location, in order of id.

    A service without any place is one listing; one whose places are all for partners only is
    none. Inactive and defunct services are left out, and so are places that are not shown and
    that a name would tell (`domain.telling_names`). 12 to 15 queries for each 500 services,
    whatever hangs on them, one for the clocks, and those of `agreed_contacts`; each batch is read
    whole, so that no transaction stays open.
    """
    yield from _every(Service.objects.all())


def public_listings_of(organization: UUID) -> list[PublicListing]:
    """Return what everybody may see of one program: `public_listings`, with its queries."""
    return list(_every(Service.objects.filter(organization=organization)))


def is_shown(organization: UUID) -> bool:
    """Return whether a program has a service that is not over. One query."""
    its = Service.objects.filter(organization=organization, status__in=SHOWN)
    return bool(its.exists())


def _every(wanted: QuerySet[Service]) -> Iterator[PublicListing]:
    agreed, clocks = agreed_contacts(), clocks_now()
    after: UUID | None = None
    while batch := _batch(wanted, after):
        yield from _listings(batch, agreed, clocks)
        after = batch[-1].pk


def _batch(wanted: QuerySet[Service], after: UUID | None) -> list[Service]:
    places = ServiceAtLocation.objects.select_related("location__address").order_by("id")
    services = wanted.filter(status__in=SHOWN).order_by("id")
    if after is not None:
        services = services.filter(id__gt=after)
    return list(
        services.select_related("organization", "source").prefetch_related(
            Prefetch("phones", _PHONE_ROWS),
            Prefetch("schedules", _SCHEDULE_ROWS),
            Prefetch("attributes", _ATTRIBUTE_ROWS),
            Prefetch("places", places),
            Prefetch("places__phones", _PHONE_ROWS),
            Prefetch("places__schedules", _SCHEDULE_ROWS),
            Prefetch("places__location__phones", _PHONE_ROWS),
            Prefetch("places__location__schedules", _SCHEDULE_ROWS),
            Prefetch("places__location__attributes", _ATTRIBUTE_ROWS),
        )[:SERVICES_AT_ONCE]
    )


def _listings(services: list[Service], agreed: Agreed, clocks: Clocks) -> Iterator[PublicListing]:
    places = [place for service in services for place in service.places.all()]
    texts = _texts(services, places)
    visibility = _visibility({place.location_id for place in places})
    for service in services:
        its_places = list(service.places.all())
        if not its_places:
            yield service_listing(service, texts, agreed, clocks)
        for place in its_places:
            level = visibility[place.location_id]
            if level is Visibility.PARTNERS:
                continue
            listing = place_listing(service, place, level, texts, agreed, clocks)
            if level is Visibility.PUBLIC or not _names_its_place(listing, place):
                yield listing


def _names_its_place(listing: PublicListing, place: ServiceAtLocation) -> bool:
    """Say whether the names of a listing tell where its hidden place is."""
    address = getattr(place.location, "address", None)
    names = {text.language: text.name for text in listing.texts}
    names["organization"] = listing.organization
    return bool(telling_field(names, address.address_1 if address is not None else ""))


def _visibility(locations: set[UUID]) -> Mapping[UUID, Visibility]:
    """Return the strictest word on each location, of its own and of each service there."""
    words: dict[UUID, set[Visibility]] = {}
    ids = list(locations)
    for start in range(0, len(ids), SERVICES_AT_ONCE):
        rows = ServiceAtLocation.objects.filter(
            location_id__in=ids[start : start + SERVICES_AT_ONCE]
        ).values_list("location_id", "visibility", "location__visibility")
        for location, place_word, location_word in rows.distinct().order_by("location_id"):
            words.setdefault(location, set()).update(
                (Visibility(place_word), Visibility(location_word))
            )
    return {location: strictest(said) for location, said in words.items()}


def _texts(services: list[Service], places: list[ServiceAtLocation]) -> Texts:
    owners = {
        "service": ("directory.service", {service.pk for service in services}),
        "location": ("directory.location", {place.location_id for place in places}),
        "place": ("directory.serviceatlocation", {place.pk for place in places}),
    }
    by_owner = defaultdict[tuple[str, UUID], dict[tuple[str, str], StoredText]](dict)
    for word, (kind, ids) in owners.items():
        for (owner, field, language), text in texts_of(kind, ids).items():
            by_owner[word, owner][field, language] = text
    return by_owner
