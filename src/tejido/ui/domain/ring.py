"""The ring picture: where places lie around a person, drawn here so that no map company looks on.

Every function is pure. The picture is hidden from screen readers: the list says the same in words.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

from tejido.ui.domain import apart
from tejido.ui.domain.apart import Point
from tejido.ui.domain.wording import METRES_PER_MILE

SIZE, DOT_RADIUS, MOST_DOTS = 280, 13, 24
RING_RADII = (52, 84, 120)
_CENTRE = SIZE / 2
_NEAREST, _GAP = 27.0, 2 * DOT_RADIUS + 2
_STEPS = (1, 2, 5, 10, 25, 50, 100, 250, 500)
_COMPASS = {"en": ("N", "E", "S", "W"), "es": ("N", "E", "S", "O")}
_LEAD_FROM = 5.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One place around the person.

    Attributes:
        number: its number in the list.
        distance_m: metres from the person.
        bearing: degrees clockwise from north.
        state: `open`, `closed` or `unknown`.
    """

    number: int
    distance_m: float
    bearing: float
    state: str


def rings_for(*, nearest_m: float, farthest_m: float) -> tuple[int, int, int]:
    """Return the miles of the three rings: the outer holds the farthest, the inner the nearest.

    So a far place does not press the near ones together. The rings are at least 1, 2 and 5 miles.

    Args:
        nearest_m: metres to the nearest place.
        farthest_m: metres to the farthest; beyond 500 miles it stands on the outermost ring.
    """
    outer = max(2, _step_holding(farthest_m))
    inner = min(_step_holding(nearest_m), outer - 2)
    return _STEPS[inner], _STEPS[(inner + outer) // 2], _STEPS[outer]


def _step_holding(distance_m: float) -> int:
    miles = distance_m / METRES_PER_MILE
    holding = (place for place, step in enumerate(_STEPS) if miles <= step)
    return next(holding, len(_STEPS) - 1)


def radius_at(distance_m: float, rings: tuple[int, int, int]) -> float:
    """Return how far from the centre a distance is drawn; exact on the rings, straight between.

    Args:
        distance_m: metres, 0 or more; 0 is drawn just outside the mark of the person.
        rings: miles of the three rings.
    """
    miles = distance_m / METRES_PER_MILE
    steps = list(zip((0, *rings), (_NEAREST, *RING_RADII), strict=True))
    for (inner, start), (outer, end) in pairwise(steps):
        if miles <= outer:
            return start + (end - start) * (miles - inner) / (outer - inner)
    return float(RING_RADII[-1])


def true_point(dot: Dot, rings: tuple[int, int, int]) -> Point:
    """Return where a place lies in the picture before dots make room for each other."""
    radius, angle = radius_at(dot.distance_m, rings), math.radians(dot.bearing)
    return _CENTRE + radius * math.sin(angle), _CENTRE - radius * math.cos(angle)


def spread(points: list[Point]) -> list[Point]:
    """Move points apart until no dot hides another, as little as that needs.

    Args:
        points: true positions; at most `MOST_DOTS`.

    Returns:
        New positions in the same order, inside the picture and off its centre.
    """
    return apart.spread(points, gap=_GAP, keep=_kept_inside)


def _kept_inside(point: Point) -> Point:
    """Return the point, moved off the person's mark and inside the frame."""
    across, down = point[0] - _CENTRE, point[1] - _CENTRE
    away = math.hypot(across, down)
    if away < _NEAREST:
        across, down = (across, down) if away > 0.01 else (0.0, -1.0)
        factor = _NEAREST / max(away, 1.0 if away <= 0.01 else away)
        across, down = across * factor, down * factor
    edge = _CENTRE - DOT_RADIUS - 2
    return (
        _CENTRE + min(edge, max(-edge, across)),
        _CENTRE + min(edge, max(-edge, down)),
    )


def ring_svg(dots: tuple[Dot, ...], *, language: str) -> str:
    """Return the ring picture as inline SVG.

    Args:
        dots: places in the order of the list; the first `MOST_DOTS` are drawn.
        language: `en` or `es`, for the letters of the compass.
    """
    drawn = dots[:MOST_DOTS]
    distances = [dot.distance_m for dot in drawn] or [0.0]
    rings = rings_for(nearest_m=min(distances), farthest_m=max(distances))
    true = [true_point(dot, rings) for dot in drawn]
    placed = spread(true)
    parts = [_ring_circles(), _compass(language), _ring_labels(rings, placed), _YOU]
    parts += [lead_svg(start, end) for start, end in zip(true, placed, strict=True)]
    parts += [
        dot_svg(dot.number, dot.state, point) for dot, point in zip(drawn, placed, strict=True)
    ]
    return (
        f'<svg class="ring" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}" '
        f'aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )


_YOU = (
    f'<circle class="ring__you" cx="{_CENTRE:g}" cy="{_CENTRE:g}" r="4.5"/>'
    f'<circle class="ring__halo" cx="{_CENTRE:g}" cy="{_CENTRE:g}" r="9"/>'
)


def _ring_circles() -> str:
    return f'<rect class="ring__ground" width="{SIZE}" height="{SIZE}" rx="12"/>' + "".join(
        f'<circle class="ring__line ring__line--{place}" cx="{_CENTRE:g}" cy="{_CENTRE:g}" '
        f'r="{radius}"/>'
        for place, radius in reversed(list(enumerate(RING_RADII, start=1)))
    )


def _compass(language: str) -> str:
    north, east, south, west = _COMPASS["es" if language.startswith("es") else "en"]
    places = (
        (north, _CENTRE, 14.0),
        (east, SIZE - 9.0, _CENTRE + 5),
        (south, _CENTRE, SIZE - 5.0),
        (west, 9.0, _CENTRE + 5),
    )
    return "".join(_text(letter, x, y, "ring__text") for letter, x, y in places)


def _ring_labels(rings: tuple[int, int, int], dots: list[Point]) -> str:
    """Write the miles on the rings, in the direction that has the most room."""
    directions = [math.radians(degrees) for degrees in (225, 202.5, 157.5, 247.5, 315, 45, 135)]
    angle = max(directions, key=lambda direction: _room(direction, dots))
    words = zip(rings, _label_points(angle), strict=True)
    return "".join(
        _text(f"{miles} mi", x, y + 5, "ring__text ring__mile") for miles, (x, y) in words
    )


def _label_points(angle: float) -> list[Point]:
    return [
        (_CENTRE + radius * math.sin(angle), _CENTRE - radius * math.cos(angle))
        for radius in RING_RADII
    ]


def _room(angle: float, dots: list[Point]) -> float:
    """Return how far the nearest dot is from the labels in one direction, at most 40."""
    pairs = (math.dist(label, dot) for label in _label_points(angle) for dot in dots)
    return min(40.0, *pairs) if dots else 40.0


def _text(words: str, x: float, y: float, name: str) -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{words}</text>'


def lead_svg(start: Point, end: Point) -> str:
    """Tie a dot that made room to its true position; '' where it hardly moved."""
    if math.dist(start, end) < _LEAD_FROM:
        return ""
    (x1, y1), (x2, y2) = start, end
    return (
        f'<path class="ring__lead" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'
        f'<circle class="ring__true" cx="{x1:.1f}" cy="{y1:.1f}" r="2.5"/>'
    )


def dot_svg(number: int, state: str, point: Point) -> str:
    """Draw a place: its number in the list, filled where it is open, dashed where not known."""
    state = state if state in {"open", "closed"} else "unknown"
    x, y = point
    return (
        f'<g class="ring__dot ring__dot--{state}">'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT_RADIUS}"/>'
        f'<text x="{x:.1f}" y="{y + 4.8:.1f}" text-anchor="middle">{number:d}</text></g>'
    )
