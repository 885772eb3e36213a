"""A point as somebody types it: two numbers, or a link that a map gives for a place."""

import re
from dataclasses import dataclass

from tejido.geography.domain.california import is_in_california

_NUMBER = r"[-+]?\d{1,3}(?:\.\d+)?"
_MARK = r"\s*°?\s*"
_PLAIN = re.compile(
    rf"({_NUMBER}){_MARK}([NS]?)(?:\s*[,;]\s*|\s+)({_NUMBER}){_MARK}([EW]?)", re.IGNORECASE
)
# A pin first, then the middle of the map.
_LINKS = tuple(
    re.compile(shape % {"n": _NUMBER})
    for shape in (
        r"!3d(%(n)s)!4d(%(n)s)",
        r"mlat=(%(n)s)&mlon=(%(n)s)",
        r"[?&](?:q|query|ll|destination)=(?:loc:)?(%(n)s)(?:,|%%2C)\+?(%(n)s)",
        r"geo:(%(n)s),(%(n)s)",
        r"#map=\d+/(%(n)s)/(%(n)s)",
        r"@(%(n)s),(%(n)s)",
    )
)


@dataclass(frozen=True, slots=True)
class TypedPoint:
    """What was typed, as degrees.

    Attributes:
        problem: '' or why it cannot be meant: `off-earth`, `swapped` or `no-minus`; then the
            degrees are the ones that were probably meant, except `off-earth`.
    """

    latitude: float
    longitude: float
    problem: str = ""


def typed_point(text: str) -> TypedPoint | None:
    """Return the point in a text, or None where it holds none.

    `36.7378, -119.7930`, `36.7378° N 119.7930° W`, `geo:36.7378,-119.7930` and the addresses of
    common maps are read. Nothing is mended silently.
    """
    numbers = _linked(text) if "://" in text or text.startswith("geo:") else _plain(text)
    return None if numbers is None else _judged(*numbers)


def _linked(text: str) -> tuple[float, float] | None:
    for shape in _LINKS:
        found = shape.search(text)
        if found:
            return float(found[1]), float(found[2])
    return None


def _plain(text: str) -> tuple[float, float] | None:
    found = _PLAIN.fullmatch(text.strip().strip("()"))
    if found is None:
        return None
    north, east = float(found[1]), float(found[3])
    south_of, west_of = found[2].upper() == "S", found[4].upper() == "W"
    return (-north if south_of else north), (-abs(east) if west_of else east)


def _judged(north: float, east: float) -> TypedPoint:
    if not is_in_california(north, east):
        if is_in_california(east, north):
            return TypedPoint(east, north, "swapped")
        if is_in_california(north, -east):
            return TypedPoint(north, -east, "no-minus")
        if abs(north) > 90 or abs(east) > 180:
            return TypedPoint(north, east, "off-earth")
    return TypedPoint(north, east)
