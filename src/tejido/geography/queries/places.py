"""Counties, towns and ZIP codes as plain values, for the finder's snapshot and for forms."""

from tejido.geography.domain.places import Place, PlaceKind
from tejido.geography.models import County, Town, ZipPoint


def counties() -> list[Place]:
    """Return the 58 counties by name; the point is the centre of population, the weight people.

    One database query.
    """
    return [
        Place(
            kind=PlaceKind.COUNTY,
            name=f"{county.name} County",
            county_fips=county.fips,
            latitude=county.latitude,
            longitude=county.longitude,
            approximate=True,
            weight=county.population_2020,
        )
        for county in County.objects.order_by("name")
    ]


def all_places() -> list[Place]:
    """Return counties, towns and ZIP codes, each by name; all points are approximate.

    The weight of a county is its people, of a town its ZIP codes, of a ZIP code 0. Three queries.
    """
    return [*counties(), *_towns(), *_zips()]


def _towns() -> list[Place]:
    return [
        Place(
            kind=PlaceKind.TOWN,
            name=town.name,
            county_fips=town.county_id or "",
            latitude=town.latitude,
            longitude=town.longitude,
            approximate=True,
            weight=town.zip_count,
        )
        for town in Town.objects.order_by("name", "key")
    ]


def _zips() -> list[Place]:
    return [
        Place(
            kind=PlaceKind.ZIP,
            name=point.code,
            county_fips=point.county_id or "",
            latitude=point.latitude,
            longitude=point.longitude,
            approximate=True,
        )
        for point in ZipPoint.objects.order_by("code")
    ]
