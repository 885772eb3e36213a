"""Points on the globe, and the squares of a grid that a search widens over."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Mean radius of the earth in km (IUGG R1).
EARTH_KM = 6371.0088
# The globe is parted into squares of about 0.022 degrees (2 km), and each four of them into one.
# Numbered so that the four of a square follow each other (Morton order), every square of every
# size is one run of numbers.
_BITS = 14
_SIDE = 360 / (1 << _BITS)
_HIGHEST = 8


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


def block_at(latitude: float, longitude: float) -> int:
    """Return the number of the smallest square that a point lies in."""
    return _number(_step(latitude + 90), _step(longitude + 180))


def _step(degrees: float) -> int:
    return math.floor(degrees / _SIDE) % (1 << _BITS)


def _number(row: int, column: int) -> int:
    return _spread(row) << 1 | _spread(column)


def _spread(value: int) -> int:
    """Return the value with a zero between each two of its bits."""
    value = (value | value << 8) & 0x00FF00FF
    value = (value | value << 4) & 0x0F0F0F0F
    value = (value | value << 2) & 0x33333333
    return (value | value << 1) & 0x55555555


@dataclass(frozen=True, slots=True)
class Ring:
    """Nine squares around a point; what lies nearer than `reach_km` lies in one of them.

    Attributes:
        runs: first and last number of the smallest squares in it; None means everywhere.
    """

    runs: tuple[tuple[int, int], ...] | None
    reach_km: float


def rings_around(latitude: float, longitude: float) -> Iterator[Ring]:
    """Yield rings, each twice as wide as the last, from about 2 km to 250, then everywhere."""
    for height in range(_HIGHEST):
        yield _ring(latitude, longitude, height)
    yield Ring(runs=None, reach_km=math.inf)


@lru_cache(maxsize=1_024)
def _ring(latitude: float, longitude: float, height: int) -> Ring:
    row, column = _step(latitude + 90) >> height, _step(longitude + 180) >> height
    side = _SIDE * (1 << height)
    south, west = (row - 1) * side - 90, (column - 1) * side - 180
    # Squares do not join over a pole or the date line: nothing is promised there.
    if south < -90 or south + 3 * side > 90 or west < -180 or west + 3 * side > 180:
        return Ring(runs=(), reach_km=0.0)
    reach = _reach_km(
        latitude,
        sideways=min(longitude - west, west + 3 * side - longitude),
        along=min(latitude - south, south + 3 * side - latitude),
    )
    return Ring(runs=_runs(row, column, height), reach_km=reach)


def _runs(row: int, column: int, height: int) -> tuple[tuple[int, int], ...]:
    """Return the runs of numbers of the smallest squares in nine, neighbours joined."""
    downs = [_spread(each) << 1 for each in (row - 1, row, row + 1)]
    rights = [_spread(each) for each in (column - 1, column, column + 1)]
    runs: list[tuple[int, int]] = []
    for number in sorted(down | right for down in downs for right in rights):
        first, last = number << 2 * height, ((number + 1) << 2 * height) - 1
        if runs and runs[-1][1] + 1 == first:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return tuple(runs)


def _reach_km(latitude: float, *, sideways: float, along: float) -> float:
    """Return the straight distance to the nearest edge, which lies so many degrees away."""
    # Distance to a meridian: asin(cos(latitude) sin(difference)).
    across = math.asin(math.cos(math.radians(latitude)) * math.sin(math.radians(sideways)))
    return EARTH_KM * 2 * math.sin(min(across, math.radians(along)) / 2)
