"""Moving the dots of a picture apart, so that none hides another. Pure."""

import math
from collections.abc import Callable
from itertools import combinations

Point = tuple[float, float]
Keep = Callable[[Point], Point]
_ROUNDS = 400
_TOUCHING = 0.05
# Dots that hold each other in a corner are still there after so many rounds: then they are pushed
# past each other too, up to so far to the side (radians).
_HELD, _ASIDE = 100, 0.8


def spread(points: list[Point], *, gap: float, keep: Keep) -> list[Point]:
    """Move points apart until each two are `gap` from each other, as little as that needs.

    Args:
        points: true positions, some dozens at most.
        gap: how far apart two middles stand at least.
        keep: returns a point, moved to where the picture allows it to be.

    Returns:
        New positions in the same order.
    """
    moved = [keep(point) for point in points]
    rounds = 0
    while rounds < _ROUNDS and _pushed_apart(moved, gap, keep, rounds):
        rounds += 1
    return moved


def _pushed_apart(points: list[Point], gap: float, keep: Keep, rounds: int) -> bool:
    """Push every overlapping pair apart once; tell whether there was one."""
    aside = _ASIDE if rounds > _HELD else 0.0
    touched, near = False, (gap - _TOUCHING) ** 2
    for first, second in combinations(range(len(points)), 2):
        (x1, y1), (x2, y2) = points[first], points[second]
        if (x2 - x1) ** 2 + (y2 - y1) ** 2 >= near:
            continue
        touched = True
        turn = first * 7 + second
        across, down = _push(x2 - x1, y2 - y1, gap, turn=turn)
        if aside:
            across, down = _turned(across, down, aside * math.sin(rounds + turn))
        points[first] = keep((x1 - across, y1 - down))
        points[second] = keep((x2 + across, y2 + down))
    return touched


def _push(across: float, down: float, gap: float, *, turn: int) -> Point:
    """Return half the way that parts two dots, so far from each other."""
    apart = math.hypot(across, down)
    if apart < 0.5:
        across, down = math.cos(turn * 2.4), math.sin(turn * 2.4)
        apart = 1.0
        half = gap / 4
    else:
        half = (gap - apart) / 2 + 0.02
    return across / apart * half, down / apart * half


def _turned(across: float, down: float, angle: float) -> Point:
    sine, cosine = math.sin(angle), math.cos(angle)
    return across * cosine - down * sine, across * sine + down * cosine
