"""A QR code as a drawing, which a phone reads from paper or from another screen."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

# Modules of light around it: ISO/IEC 18004 asks for four.
QUIET = 4


def modules_svg(rows: Sequence[Sequence[int]], *, title: str) -> str:
    """Return an SVG picture: dark on light whatever the theme, since few phones read it inverted.

    Args:
        rows: (side, side) modules from the top, 1 is dark.
        title: what the picture is, for who does not see it.
    """
    side = len(rows) + 2 * QUIET
    return (
        f'<svg class="qr" viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges">'
        f"<title>{escape(title, quote=False)}</title>"
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="#000" d="{"".join(_runs(rows))}"/></svg>'
    )


def _runs(rows: Sequence[Sequence[int]]) -> Iterator[str]:
    """Return each run of dark modules of a row as a rectangle."""
    for y, row in enumerate(rows):
        x = 0
        for is_dark, run in groupby(row):
            width = len(list(run))
            if is_dark:
                yield f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z"
            x += width
