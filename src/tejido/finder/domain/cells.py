"""Points on the globe, and the squares of a grid that a search widens over."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

# Mean radius of the earth in km (IUGG R1).
EARTH_KM = 6371.0088
_FINE = 10
_SPAN = 100_000


@dataclass(frozen=True, slots=True)
class Point:
    """A place as a point of the sphere, in km from the middle of the earth.

    The straight distance between two of them needs no trigonometry, so that SQL can compute it,
    and puts places in the same order as the distance over ground.
    """

    x: float
    y: float
    z: float


def point_at(latitude: float, longitude: float) -> Point:
    """Return the point of WGS 84 degrees."""
    phi, theta = math.radians(latitude), math.radians(longitude)
    flat = EARTH_KM * math.cos(phi)
    return Point(flat * math.cos(theta), flat * math.sin(theta), EARTH_KM * math.sin(phi))


def straight2(here: Point, there: Point) -> float:
    """Return the square of the straight distance, km2."""
    x, y, z = here.x - there.x, here.y - there.y, here.z - there.z
    return x * x + y * y + z * z


def ground_m(straight_km2: float) -> float:
    """Return the distance over ground in metres for the square of a straight distance in km2."""
    return 2000 * EARTH_KM * math.asin(min(1.0, math.sqrt(straight_km2) / (2 * EARTH_KM)))


def fine_cell(latitude: float, longitude: float) -> int:
    """Return the number of the square of 0.1 degrees."""
    return _number(math.floor(latitude * _FINE), math.floor(longitude * _FINE))


def coarse_cell(latitude: float, longitude: float) -> int:
    """Return the number of the square of one degree."""
    return _number(math.floor(latitude), math.floor(longitude))


def _number(row: int, column: int) -> int:
    return (row + 2_000) * _SPAN + column + 4_000


@dataclass(frozen=True, slots=True)
class Ring:
    """Squares around a point; what lies nearer than `reach_km` lies in one of them.

    `cells` is empty for the last ring, which is everywhere.
    """

    fine: bool
    cells: tuple[int, ...]
    reach_km: float


def rings_around(latitude: float, longitude: float) -> Iterator[Ring]:
    """Yield wider and wider rings: about 10, 20, 90, 270 km, then everywhere."""
    for fine, steps in ((True, 1), (True, 2), (False, 1), (False, 3)):
        yield _ring(latitude, longitude, fine=fine, steps=steps)
    yield Ring(fine=False, cells=(), reach_km=math.inf)


def _ring(latitude: float, longitude: float, *, fine: bool, steps: int) -> Ring:
    size = 1 / _FINE if fine else 1.0
    row = math.floor(latitude * _FINE if fine else latitude)
    column = math.floor(longitude * _FINE if fine else longitude)
    span = range(-steps, steps + 1)
    cells = tuple(_number(row + down, column + right) for down in span for right in span)
    reach = _reach_km(latitude, longitude, size=size, row=row, column=column, steps=steps)
    return Ring(fine=fine, cells=cells, reach_km=reach)


def _reach_km(
    latitude: float, longitude: float, *, size: float, row: int, column: int, steps: int
) -> float:
    """Return how far everything is covered: the nearest edge of the block of squares."""
    south, north = (row - steps) * size, (row + steps + 1) * size
    west, east = (column - steps) * size, (column + steps + 1) * size
    # Squares do not join over a pole or the date line: nothing is promised there.
    if south < -90 or north > 90 or west < -180 or east > 180:
        return 0.0
    sideways = math.radians(min(longitude - west, east - longitude))
    # Distance to a meridian: asin(cos(latitude) sin(difference)).
    across = math.asin(math.cos(math.radians(latitude)) * math.sin(min(sideways, math.pi / 2)))
    along = math.radians(min(latitude - south, north - latitude))
    return EARTH_KM * 2 * math.sin(min(across, along) / 2)
