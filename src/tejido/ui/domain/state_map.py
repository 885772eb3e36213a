"""The map of California without a place to look from: where the places of a list lie.

Drawn here, so that no map company looks on. Every function is pure. The picture is hidden from
screen readers: the list says the same in words.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tejido.ui.domain import apart
from tejido.ui.domain.apart import Point
from tejido.ui.domain.ring import DOT_RADIUS, MOST_DOTS, dot_svg, lead_svg

WIDTH, HEIGHT = 280, 326
# Degrees WGS 84; California and a little around it.
NORTH, WEST = 42.15, -124.65
_PER_DEGREE = 33.5
# A degree of longitude is so much shorter than one of latitude in the middle of the state.
_NARROWER = math.cos(math.radians(37.25))
_GAP, _EDGE = 2 * DOT_RADIUS + 2, DOT_RADIUS + 2
# Outlines stand on a grid of a third of a unit, some three km.
_GRID = 3
Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MapDot:
    """One place: its number in the list, where it lies in degrees, and its state."""

    number: int
    latitude: float
    longitude: float
    state: str


def point_of(latitude: float, longitude: float) -> Point:
    """Return where a point in degrees WGS 84 lies in the picture."""
    return (longitude - WEST) * _NARROWER * _PER_DEGREE, (NORTH - latitude) * _PER_DEGREE


def outlines_path(rings: Iterable[Sequence[Position]]) -> str:
    """Return rings of (longitude, latitude) as one path on a coarse grid.

    What is smaller than the grid leaves no trace; whole numbers keep the path short.
    """
    return "".join(_ring_path([_on_grid(*position) for position in ring]) for ring in rings)


def _on_grid(longitude: float, latitude: float) -> tuple[int, int]:
    x, y = point_of(latitude, longitude)
    return round(x * _GRID), round(y * _GRID)


def _ring_path(points: list[tuple[int, int]]) -> str:
    kept = [start for start, end in pairwise(points) if start != end]
    if len(kept) < 4:
        return ""
    steps = [f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(kept)]
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def map_svg(dots: Sequence[MapDot], *, outlines: str = "") -> str:
    """Return the map as inline SVG.

    Args:
        dots: places in the order of the list; the first `MOST_DOTS` are drawn.
        outlines: what `outlines_path` returned for the counties, '' where none are loaded.
    """
    drawn = list(dots)[:MOST_DOTS]
    true = [point_of(dot.latitude, dot.longitude) for dot in drawn]
    placed = apart.spread(true, gap=_GAP, keep=_kept_inside)
    parts = [f'<rect class="ring__ground" width="{WIDTH}" height="{HEIGHT}" rx="12"/>']
    if outlines:
        parts.append(
            f'<path class="map__county" transform="scale({1 / _GRID:.5f})" d="{outlines}"/>'
        )
    parts += [lead_svg(start, end) for start, end in zip(true, placed, strict=True)]
    parts += [dot_svg(d.number, d.state, at) for d, at in zip(drawn, placed, strict=True)]
    return (
        f'<svg class="ring" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )


def _kept_inside(point: Point) -> Point:
    x, y = point
    return min(WIDTH - _EDGE, max(_EDGE, x)), min(HEIGHT - _EDGE, max(_EDGE, y))
