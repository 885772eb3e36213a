"""Rings on the map: read strictly, measured, and asked whether a point lies inside."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

# Longitude and latitude in degrees, in this order as in GeoJSON.
Position = tuple[float, float]
Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]


class GeometryBroken(Exception):
    """A geometry that cannot be used; `code` says why, `detail` where."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep both."""
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Shape:
    """One named geometry of a file; its polygons are read only when they are asked for.

    Attributes:
        layer: the object of a topology that it belongs to, '' in GeoJSON.
        code: its `id`, of whatever type.
    """

    layer: str
    code: Any
    properties: Mapping[str, Any]
    polygons: Callable[[], tuple[Polygon, ...]]


def position_of(value: Any) -> Position:
    """Return the first two numbers of a position.

    Raises:
        GeometryBroken: `position-unreadable`.
    """
    if isinstance(value, list) and len(value) >= 2:
        try:
            x, y = (_number(part) for part in value[:2])
        except (TypeError, OverflowError):
            pass
        else:
            if isfinite(x) and isfinite(y):
                return x, y
    raise GeometryBroken("position-unreadable", repr(value)[:60])


def closed(ring: Sequence[Position]) -> Ring:
    """Return the ring when it ends where it begins.

    Raises:
        GeometryBroken: `ring-open`, or `ring-empty` where it has no position.
    """
    if not ring:
        raise GeometryBroken("ring-empty")
    if ring[0] != ring[-1]:
        raise GeometryBroken("ring-open", f"{ring[0]} … {ring[-1]}")
    return tuple(ring)


def with_area(polygons: Iterable[Polygon]) -> tuple[Polygon, ...]:
    """Return the polygons without rings that enclose nothing; a hole goes with its outer ring.

    A generalised file may keep an islet as a line there and back.
    """
    kept = []
    for polygon in polygons:
        outer, *holes = polygon
        if signed_area(outer):
            kept.append((outer, *(hole for hole in holes if signed_area(hole))))
    return tuple(kept)


def signed_area(ring: Ring) -> float:
    """Return the area in square degrees, positive where the ring runs against the clock."""
    west, south = ring[0]
    return (
        sum(
            (x1 - west) * (y2 - south) - (x2 - west) * (y1 - south)
            for (x1, y1), (x2, y2) in pairwise(ring)
        )
        / 2
    )


def encloses(polygons: Iterable[Polygon], longitude: float, latitude: float) -> bool:
    """Return whether a point lies inside, in a part and in no hole (even-odd rule).

    Where neighbours share a line, a point on it lies in just one of them.
    """
    crossings = 0
    for polygon in polygons:
        for ring in polygon:
            crossings += _crossings(ring, longitude, latitude)
    return crossings % 2 == 1


def box_of(polygons: Iterable[Polygon]) -> tuple[float, float, float, float]:
    """Return south, north, west and east of everything, in degrees."""
    positions = [position for polygon in polygons for ring in polygon for position in ring]
    easts, norths = zip(*positions, strict=True)
    return min(norths), max(norths), min(easts), max(easts)


def _crossings(ring: Ring, x: float, y: float) -> int:
    """Count how often a ray to the east meets the ring; a corner counts for its lower edge."""
    return sum(
        1
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    )


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)
