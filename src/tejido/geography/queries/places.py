"""Places that a person can type, as plain values, for the finder's snapshot and for forms."""

from tejido.geography.domain.landmarks import LandmarkKind, LandmarkNames, spanish_shown
from tejido.geography.domain.places import Place, PlaceKind
from tejido.geography.models import County, Landmark, Town, ZipPoint


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
    """Return counties, towns, ZIP codes and landmarks, each by name; only landmarks are exact.

    The weight of a county is its people, of a town its ZIP codes, else 0. Four queries.
    """
    return [*counties(), *_towns(), *_zips(), *_landmarks()]


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


def _landmarks() -> list[Place]:
    kept = Landmark.objects.filter(removed_on__isnull=True).order_by("name", "town", "id")
    return [_landmark(landmark) for landmark in kept]


def _landmark(landmark: Landmark) -> Place:
    names = LandmarkNames(landmark.name, landmark.spanish_name, tuple(landmark.other_names))
    spanish = spanish_shown(kind=LandmarkKind(landmark.kind), names=names)
    return Place(
        kind=PlaceKind.LANDMARK,
        name=f"{names.name}, {landmark.town}",
        county_fips=landmark.county_id,
        latitude=landmark.latitude,
        longitude=landmark.longitude,
        approximate=False,
        also=names.all(),
        town=landmark.town,
        spanish=f"{spanish}, {landmark.town}" if spanish != names.name else "",
    )
