"""The county that a point lies in: by outline where there is one, else by what is near."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tejido.finder.domain.cells import Point, point_at, straight2
from tejido.geography.domain.outlines import Outline, county_of
from tejido.geography.domain.places import Place, PlaceKind

# In squares of 0.1 degree.
_REACHES = (1, 2, 4, 8, 16)
# A ZIP code whose point is farther away was mistyped, or is not where its name is.
_OWN_ZIP_KM = 20
# What has neither outline nor ZIP code is looked up by the middle of its square, of degrees.
_GRID = 0.05


class Counties:
    """Outlines of counties, if any are loaded, and places whose county is known."""

    def __init__(self, places: Iterable[Place], outlines: Iterable[Outline] = ()) -> None:
        """Sort the places into squares of 0.1 degree."""
        self._outlines = [(_box(outline), outline) for outline in outlines]
        self._known = [
            (point_at(place.latitude, place.longitude), place)
            for place in places
            if place.county_fips
        ]
        self._nearest = lru_cache(maxsize=100_000)(self._nearest_place)
        self._zips = {
            place.name: (point, place)
            for point, place in self._known
            if place.kind is PlaceKind.ZIP
        }
        self._cells: dict[tuple[int, int], list[tuple[Point, Place]]] = {}
        for point, place in self._known:
            if place.kind is not PlaceKind.COUNTY:
                self._cells.setdefault(_cell(place.latitude, place.longitude), []).append(
                    (point, place)
                )

    def around(self, latitude: float, longitude: float, *, postal_code: str = "") -> str:
        """Return the FIPS code of the county around a point, '' where nothing is known.

        Where no outline encloses it, it is that of its ZIP code if that is near, else of the
        nearest ZIP code or town, which near a county line may be the neighbour's.
        """
        boxed = [
            outline
            for (south, north, west, east), outline in self._outlines
            if south <= latitude <= north and west <= longitude <= east
        ]
        return county_of(latitude, longitude, boxed) or self._near(
            latitude, longitude, postal_code
        )

    def is_near(self, latitude: float, longitude: float, *, km: float) -> bool:
        """Return whether any place that is known lies so near a point; not so beyond the state."""
        here = point_at(latitude, longitude)
        near = self._neighbours(*_cell(latitude, longitude))
        return any(straight2(here, known) <= km**2 for known, _place in near)

    def _near(self, latitude: float, longitude: float, postal_code: str) -> str:
        here = point_at(latitude, longitude)
        own = self._zips.get(postal_code)
        if own and straight2(here, own[0]) < _OWN_ZIP_KM**2:
            return own[1].county_fips
        return self._nearest(_GRID * round(latitude / _GRID), _GRID * round(longitude / _GRID))

    def _nearest_place(self, latitude: float, longitude: float) -> str:
        here = point_at(latitude, longitude)
        near = self._neighbours(*_cell(latitude, longitude))
        _point, place = min(
            near, key=lambda known: straight2(here, known[0]), default=(here, None)
        )
        return place.county_fips if place else ""

    def _neighbours(self, row: int, column: int) -> Sequence[tuple[Point, Place]]:
        """Return what is known within some ten km; where there is nothing, farther and farther."""
        for reach in _REACHES:
            around = range(-reach, reach + 1)
            near = [
                known
                for down in around
                for right in around
                for known in self._cells.get((row + down, column + right), ())
            ]
            if near:
                return near
        return self._known


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude * 10), math.floor(longitude * 10)


def _box(outline: Outline) -> tuple[float, float, float, float]:
    """Return south, north, west, east of everything that an outline encloses."""
    positions = [position for polygon in outline.polygons for position in polygon[0]]
    norths, easts = [north for _, north in positions], [east for east, _ in positions]
    return min(norths), max(norths), min(easts), max(easts)
