"""Points on the globe, and the squares of a grid that a search widens over."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

# Mean radius of the earth in km (IUGG R1).
EARTH_KM = 6371.0088
# The globe is parted into squares of about 0.022 degrees (2 km), and each four of them into one.
# Numbered so that the four of a square follow each other (Morton order), every square of every
# size is one run of numbers.
_BITS = 14
_SIDE = 360 / (1 << _BITS)
_HIGHEST = 8
# First and last.
Run = tuple[int, int]


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


def runs_within(latitude: float, longitude: float, *, km: float) -> tuple[Run, ...] | None:
    """Return runs of numbers of the smallest squares that hold all that is nearer than so many km.

    In order, neighbours joined; 15 at most up to 60 degrees north. None means everywhere: squares
    do not join over a pole or the date line, and a circle can be too wide for them.

    Args:
        latitude: of the middle, degrees WGS 84.
        longitude: likewise.
        km: in a straight line.
    """
    angle = 2 * math.asin(min(1.0, km / (2 * EARTH_KM)))
    up = math.degrees(angle)
    height = max(0, math.ceil(math.log2(up / _SIDE))) if up else 0
    if height > _HIGHEST or abs(latitude) + up >= 90:
        return None
    # The easternmost point of a circle on the globe lies off its middle.
    right = math.degrees(math.asin(math.sin(angle) / math.cos(math.radians(latitude))))
    if abs(longitude) + right >= 180:
        return None
    rows = _steps(latitude + 90 - up, latitude + 90 + up, height)
    columns = _steps(longitude + 180 - right, longitude + 180 + right, height)
    return _joined([row << 1 | column for row in rows for column in columns], height)


def _steps(first: float, last: float, height: int) -> list[int]:
    """Return the numbers of the squares of a height from one degree to another, spread."""
    return [_spread(step) for step in range(_step(first) >> height, (_step(last) >> height) + 1)]


def _joined(numbers: Iterable[int], height: int) -> tuple[Run, ...]:
    """Return the runs of smallest squares in some squares of a height, neighbours joined."""
    runs: list[Run] = []
    for number in sorted(numbers):
        first, last = number << 2 * height, ((number + 1) << 2 * height) - 1
        if runs and runs[-1][1] + 1 == first:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return tuple(runs)
