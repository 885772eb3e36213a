"""Fewer positions in outlines, so that pictures are small and neighbours still share their line.

Rings are cut where three lines meet, and each piece is thinned on its own, in a direction that
does not depend on whose ring it is in.

Source: docs/sources.md#douglas-peucker
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, radians

from tejido.geography.domain.distance import EARTH_RADIUS_M
from tejido.geography.domain.rings import Polygon, Position, Ring, signed_area

# In the middle of California; a picture needs no better.
_MIDDLE = radians(37.3)
_METRES_NORTH = radians(1) * EARTH_RADIUS_M
_METRES_EAST = _METRES_NORTH * cos(_MIDDLE)
# Five decimals of a degree are a metre.
DECIMALS = 5


def simplified(
    outlines: Sequence[tuple[Polygon, ...]], *, tolerance_m: float
) -> list[tuple[Polygon, ...]]:
    """Return the outlines thinned together.

    Args:
        outlines: of neighbours; where two share a line, its positions are equal.
        tolerance_m: no position that is left out lies further from the new line, in metres.

    Returns:
        As many outlines of as many polygons and rings, each running the way it did; what would
        lose its area keeps its shape.
    """
    rounded = [
        tuple(tuple(_rounded(ring) for ring in polygon) for polygon in polygons)
        for polygons in outlines
    ]
    corners = _corners(ring for polygons in rounded for polygon in polygons for ring in polygon)
    return [
        tuple(
            tuple(_thinned(ring, corners, tolerance_m) for ring in polygon) for polygon in polygons
        )
        for polygons in rounded
    ]


def _rounded(ring: Ring) -> Ring:
    """Return the ring with a metre's precision, unless that takes its area."""
    positions = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
    kept = [positions[0], *(b for a, b in pairwise(positions) if a != b)]
    return tuple(kept) if len(kept) > 3 and signed_area(tuple(kept)) else ring


def _corners(rings: Iterable[Ring]) -> set[Position]:
    """Return the positions where lines part: their neighbours are not the same in every ring."""
    neighbours: dict[Position, frozenset[Position]] = {}
    corners: set[Position] = set()
    for ring in rings:
        for before, here, after in zip((ring[-2], *ring[:-2]), ring[:-1], ring[1:], strict=True):
            beside = frozenset((before, after))
            if neighbours.setdefault(here, beside) != beside:
                corners.add(here)
    return corners


def _thinned(ring: Ring, corners: set[Position], tolerance_m: float) -> Ring:
    thin: list[Position] = []
    for piece in _pieces(ring, corners):
        thin.extend(_thin_piece(piece, tolerance_m)[bool(thin) :])
    result = tuple(thin)
    return result if len(result) > 3 and signed_area(result) * signed_area(ring) > 0 else ring


def _pieces(ring: Ring, corners: set[Position]) -> Iterator[Sequence[Position]]:
    """Yield the pieces between corners; a ring without any begins at its least position."""
    cuts = [at for at, position in enumerate(ring[:-1]) if position in corners]
    cuts = cuts or [min(range(len(ring) - 1), key=lambda at: ring[at])]
    turned = [*ring[cuts[0] : -1], *ring[: cuts[0]], ring[cuts[0]]]
    ends = [*(cut - cuts[0] for cut in cuts), len(turned) - 1]
    for start, end in pairwise(ends):
        yield turned[start : end + 1]


def _thin_piece(piece: Sequence[Position], tolerance_m: float) -> list[Position]:
    """Return the piece thinned; both ways along it leave the same positions."""
    is_turned = (piece[0], piece[1]) > (piece[-1], piece[-2])
    line = piece[::-1] if is_turned else piece
    kept = [line[at] for at in _kept(line, tolerance_m)]
    return kept[::-1] if is_turned else kept


def _kept(line: Sequence[Position], tolerance_m: float) -> list[int]:
    """Return which positions stay (Douglas and Peucker), without recursion."""
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        away, at = max(
            (_away_m(line[at], line[first], line[last]), -at) for at in range(first + 1, last)
        )
        if away > tolerance_m:
            kept.add(-at)
            waiting += [(first, -at), (-at, last)]
    return sorted(kept)


def _away_m(position: Position, start: Position, end: Position) -> float:
    """Return how far a position is from a line between two others, in metres."""
    ax, ay = _metres(position, start)
    bx, by = _metres(end, start)
    length = bx * bx + by * by
    along = max(0.0, min(1.0, (ax * bx + ay * by) / length)) if length else 0.0
    return hypot(ax - along * bx, ay - along * by)


def _metres(position: Position, origin: Position) -> tuple[float, float]:
    return (position[0] - origin[0]) * _METRES_EAST, (position[1] - origin[1]) * _METRES_NORTH
