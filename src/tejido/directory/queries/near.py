"""Which listings lie around a point."""

from dataclasses import dataclass
from math import cos, radians
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from tejido.directory.domain.vocabulary import Precision, Visibility
from tejido.directory.models import Location, ServiceAtLocation
from tejido.directory.queries.subjects import Subject, listings_of
from tejido.geography.domain.distance import bearing_deg, distance_m

KIND = "directory.location"
NEAR_MILES = 10
# A degree of latitude is some 69 miles everywhere.
NEAR_DEGREES = NEAR_MILES / 69


@dataclass(frozen=True, slots=True)
class NearPlace:
    """A public place with an exact point; `bearing` is in degrees clockwise from north."""

    listing: UUID | None
    name: str
    address: str
    distance_m: float
    bearing: float


def places_near(latitude: float, longitude: float, *, limit: int = 5) -> list[NearPlace]:
    """Return the public places within 10 miles or so of a point, the nearest first. Three queries.

    Places that not everybody may know are never looked at.

    Args:
        latitude: degrees WGS 84.
        longitude: degrees WGS 84, negative in California.
        limit: at most so many.
    """
    found = list(_around(latitude, longitude)[:limit])
    listings = listings_of({KIND: {location.pk for location in found}})
    return [_seen(each, listings[KIND, each.pk], (latitude, longitude)) for each in found]


def _seen(location: Location, listing: Subject, start: tuple[float, float]) -> NearPlace:
    address = getattr(location, "address", None)
    end = (location.latitude or 0.0, location.longitude or 0.0)
    return NearPlace(
        listing=listing.listing,
        name=listing.name,
        address="" if address is None else address.address_1,
        distance_m=distance_m(*start, *end),
        bearing=bearing_deg(*start, *end),
    )


def _around(latitude: float, longitude: float) -> QuerySet[Location]:
    """Return the locations around a point; a flat Earth is near enough to put them in order."""
    narrower = cos(radians(latitude))
    there = ServiceAtLocation.objects.filter(location=OuterRef("pk"))
    public = Visibility.PUBLIC.value
    north, east = F("latitude") - latitude, (F("longitude") - longitude) * narrower
    rows = Location.objects.filter(
        Exists(there),
        ~Exists(there.exclude(visibility=public)),
        visibility=public,
        precision=Precision.EXACT.value,
    ).annotate(apart=north * north + east * east)
    return (
        rows.filter(apart__lte=NEAR_DEGREES**2).select_related("address").order_by("apart", "id")
    )
