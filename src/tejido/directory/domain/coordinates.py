"""A stated point made usable, or refused with the reason."""

from dataclasses import dataclass
from typing import Any

from tejido.directory.domain.issues import IssueCode

# California with a margin, in degrees: only there is a slip certain enough to mend.
SOUTH, NORTH, WEST, EAST = 32.0, 42.5, -125.0, -114.0


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees WGS 84, or None where there is no usable point; `problem` says what was wrong."""

    latitude: float | None = None
    longitude: float | None = None
    problem: IssueCode | None = None


def read_point(latitude: Any, longitude: Any) -> Point:
    """Return the point that two stated values mean.

    Swapped values, and a longitude without its minus sign, are mended where that gives a point in
    California, and still reported. A point elsewhere is kept, and reported.
    """
    if latitude in (None, "") and longitude in (None, ""):
        return Point()
    numbers = _number(latitude), _number(longitude)
    if numbers[0] is None or numbers[1] is None:
        return Point(problem=IssueCode.POINT_UNREADABLE)
    return _placed(numbers[0], numbers[1])


def _placed(latitude: float, longitude: float) -> Point:
    if abs(latitude) < 1e-6 and abs(longitude) < 1e-6:
        return Point(problem=IssueCode.POINT_ZERO)
    if _is_californian(longitude, latitude):
        return Point(longitude, latitude, IssueCode.POINT_SWAPPED)
    if _is_californian(latitude, -longitude):
        return Point(latitude, -longitude, IssueCode.POINT_EAST)
    if abs(latitude) > 90 or abs(longitude) > 180:
        return Point(problem=IssueCode.POINT_OFF_EARTH)
    is_near = _is_californian(latitude, longitude)
    return Point(latitude, longitude, None if is_near else IssueCode.POINT_FAR)


def _is_californian(latitude: float, longitude: float) -> bool:
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 1e6 else None
