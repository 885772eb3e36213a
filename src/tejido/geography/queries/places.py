"""Places that a person can type, as plain values, for the finder's snapshot and for forms."""

from django.utils.translation import pgettext

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


def county_labels() -> dict[str, str]:
    """Return the counties by FIPS code as a list shows them, such as `Fresno County`.

    In the reader's language, by name. One query.
    """
    return {code: county_label(name) for code, name in county_names().items()}


def county_names() -> dict[str, str]:
    """Return the counties by FIPS code without the word, such as `Fresno`, by name. One query."""
    return dict(County.objects.order_by("name").values_list("fips", "name"))


def county_people() -> dict[str, int]:
    """Return how many people live in each county (2020), by FIPS code, by name. One query."""
    return dict(County.objects.order_by("name").values_list("fips", "population_2020"))


def county_label(name: str) -> str:
    """Return what a county of this name, without the word, is called in the reader's language."""
    return pgettext("in a list", "%(name)s County") % {"name": name}


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
