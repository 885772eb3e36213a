"""Outlines of counties, and which county a point lies in."""

from collections.abc import Iterable
from dataclasses import dataclass

from tejido.geography.domain.rings import Polygon, encloses


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a county.

    Attributes:
        fips: five digits.
        name: without the word County.
        polygons: each its outer ring, then its holes, of (longitude, latitude) in degrees WGS 84.
    """

    fips: str
    name: str
    polygons: tuple[Polygon, ...]


def county_of(latitude: float, longitude: float, outlines: Iterable[Outline]) -> str | None:
    """Return the FIPS code of the county that a point lies in, or None where none encloses it.

    As right as the outlines: near a county line, and on the coast, within what they were
    simplified by.
    """
    for outline in outlines:
        if encloses(outline.polygons, longitude, latitude):
            return outline.fips
    return None
