"""Outlines of counties for pictures, and the county that a point lies in."""

from collections.abc import Iterable
from typing import Any

from tejido.geography.domain.outlines import Outline, county_of
from tejido.geography.domain.rings import Polygon
from tejido.geography.models import CountyOutline


def county_outlines() -> list[Outline]:
    """Return the outlines that are loaded, by county code; none before `load_boundaries`.

    One database query.
    """
    return _outlines(CountyOutline.objects.order_by("county_id"))


def county_at(latitude: float, longitude: float) -> str | None:
    """Return the FIPS code of the county that a point in degrees lies in.

    None where no outline encloses it, and where none is loaded. Near a county line it may be the
    neighbour's, by as much as the outlines are simplified. One database query.
    """
    near = CountyOutline.objects.filter(
        south__lte=latitude, north__gte=latitude, west__lte=longitude, east__gte=longitude
    )
    return county_of(latitude, longitude, _outlines(near.order_by("county_id")))


def _outlines(rows: Any) -> list[Outline]:
    found = rows.values_list("county_id", "county__name", "polygons")
    return [Outline(fips, name, _polygons(stored)) for fips, name, stored in found]


def _polygons(stored: Iterable[Iterable[Iterable[Iterable[float]]]]) -> tuple[Polygon, ...]:
    return tuple(
        tuple(tuple((east, north) for east, north in ring) for ring in part) for part in stored
    )
