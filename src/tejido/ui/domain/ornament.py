"""The woven ribbon and the mark, computed, not drawn by hand (docs/areas/ui.md, ornament)."""

from functools import cache

COLUMNS, ROWS, STITCH = 16, 7, 4
_HALF_WIDTH, _HALF_HEIGHT = 8, 3
_MARK_BARS = (
    ("a", -0.5, 1.2, 9, 5.6),
    ("warp", 9.2, -0.5, 5.6, 9),
    ("a", 15.5, 1.2, 9, 5.6),
    ("warp", 1.2, 7.5, 5.6, 9),
    ("b", 7.5, 9.2, 9, 5.6),
    ("warp", 17.2, 7.5, 5.6, 9),
    ("c", -0.5, 17.2, 9, 5.6),
    ("warp", 9.2, 15.5, 5.6, 9),
    ("c", 15.5, 17.2, 9, 5.6),
)


def thread_at(column: int, row: int) -> str:
    """Return the thread of one stitch of the diamond twill: `a`, `b`, `c` or `warp`.

    Args:
        column: 0 to 15, the pattern repeats.
        row: 0 to 6 from the top; the thin ribbon shows rows 2 to 4.

    Returns:
        `a` marigold, `b` cochineal, `c` nopal, `warp` indigo.
    """
    distance = abs(column % COLUMNS - _HALF_WIDTH) + abs(row - _HALF_HEIGHT)
    if distance <= 1:
        return "b"
    if distance == 3 or distance >= 10:
        return "a"
    return "c" if distance == 5 else "warp"


def thin_thread_at(column: int, row: int) -> str:
    """Return the thread of one stitch of the thin ribbon, three rows high.

    A seven-row diamond does not fit three rows, so the thin one is its own small flower: one
    stitch of cochineal held by four of marigold, and a nopal cross half-way to the next.
    """
    flower = abs(column % COLUMNS - _HALF_WIDTH) + abs(row - 1)
    cross = min(column % COLUMNS, COLUMNS - column % COLUMNS)
    if flower <= 1:
        return "a" if flower else "b"
    return "c" if cross + abs(row - 1) in (0, 2) and cross <= 1 else "warp"


def ribbon_paths(*, thin: bool = False) -> dict[str, str]:
    """Return the stitches of one repeat as SVG path data by thread, to be stroked 3.1 wide.

    Args:
        thin: three rows (12 units high) instead of seven (28 units).
    """
    rows, thread = (3, thin_thread_at) if thin else (ROWS, thread_at)
    paths: dict[str, str] = {}
    for row in range(rows):
        for column in range(COLUMNS):
            step = f"M{column * STITCH}.25 {row * STITCH + 2}h3.5"
            name = thread(column, row)
            paths[name] = paths.get(name, "") + step
    return paths


@cache
def ribbon_svg(*, thin: bool = False, pattern_id: str = "weave") -> str:
    """Return the ribbon as an inline SVG as wide as its place; hidden from screen readers.

    Args:
        thin: 12 px high instead of 28.
        pattern_id: unique in the page.
    """
    height = 12 if thin else 28
    stitches = "".join(
        f'<path class="weave__{name}" d="{path}"/>'
        for name, path in ribbon_paths(thin=thin).items()
    )
    kind = "weave weave--thin" if thin else "weave"
    return (
        f'<svg class="{kind}" aria-hidden="true" focusable="false"><defs>'
        f'<pattern id="{pattern_id}" width="64" height="{height}" patternUnits="userSpaceOnUse">'
        f'{stitches}</pattern></defs><rect class="weave__back" width="100%" height="100%"/>'
        f'<rect width="100%" height="100%" fill="url(#{pattern_id})"/></svg>'
    )


@cache
def mark_svg() -> str:
    """Return the mark, nine crossing threads, as an inline SVG hidden from screen readers."""
    bars = "".join(
        f'<rect class="mark__{name}" x="{x}" y="{y}" width="{width}" height="{height}" rx="1.5"/>'
        for name, x, y, width, height in _MARK_BARS
    )
    return (
        '<svg class="mark__svg" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'<rect class="mark__back" width="24" height="24"/>{bars}</svg>'
    )
