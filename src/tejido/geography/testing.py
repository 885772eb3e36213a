"""Builders for tests of what people add to the map, and of files of places."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from tejido.geography.domain.landmarks import LandmarkDraft, LandmarkKind, LandmarkNames
from tejido.geography.domain.places import Place, PlaceKind
from tejido.geography.domain.rings import Ring
from tejido.geography.models import County, Town
from tejido.geography.services.landmarks import add_landmark

ROSA = UUID(int=1)
IVAN = UUID(int=2)
TODAY = date(2026, 11, 20)
FULTON_AND_TUOLUMNE = (36.7378, -119.7930)


def some_counties() -> None:
    """Store three counties and a few of their towns."""
    counties = (
        ("06001", "Alameda", 1_682_353, 37.6815, -121.9200),
        ("06019", "Fresno", 1_008_654, 36.7585, -119.6542),
        ("06075", "San Francisco", 873_965, 37.7598, -122.4366),
    )
    for fips, name, people, north, east in counties:
        County.objects.create(
            fips=fips, name=name, population_2020=people, latitude=north, longitude=east
        )
    towns = (
        ("Oakland", "06001", 37.8044, -122.2712),
        ("Fresno", "06019", 36.7394, -119.7848),
        ("Clovis", "06019", 36.8252, -119.7029),
        ("San Francisco", "06075", 37.7749, -122.4194),
    )
    for name, fips, north, east in towns:
        Town.objects.create(
            key=f"{fips}/{name}",
            name=name,
            county_id=fips,
            latitude=north,
            longitude=east,
            zip_count=1,
        )


def a_draft(
    name: str = "Fulton and Tuolumne",
    *,
    kind: LandmarkKind = LandmarkKind.CROSS_STREETS,
    town: str = "Fresno",
    at: tuple[float, float] = FULTON_AND_TUOLUMNE,
    spanish: str = "",
    others: Iterable[str] = (),
    county: str = "",
) -> LandmarkDraft:
    """Return what a steward says of a landmark."""
    names = LandmarkNames(name, spanish, tuple(others))
    return LandmarkDraft(kind, names, town, *at, county_fips=county)


def added(name: str = "Fulton and Tuolumne", **changes: object) -> UUID:
    """Store a landmark; return its id."""
    draft = a_draft(name, **changes)  # type: ignore[arg-type]
    return add_landmark(draft=draft, need_words=(), added_by=ROSA, on=TODAY)


def a_landmark_place(
    name: str,
    town: str = "Fresno",
    *,
    also: Iterable[str] = (),
    fips: str = "06019",
    at: tuple[float, float] = FULTON_AND_TUOLUMNE,
    spanish: str = "",
) -> Place:
    """Return a landmark as the gazetteer takes it."""
    return Place(
        PlaceKind.LANDMARK,
        f"{name}, {town}",
        fips,
        *at,
        approximate=False,
        also=(name, *also),
        town=town,
        spanish=spanish,
    )


def a_square(west: float, south: float, size: float = 1.0) -> Ring:
    """Return a square against the clock, its south-west corner first."""
    east, north = west + size, south + size
    return ((west, south), (east, south), (east, north), (west, north), (west, south))
