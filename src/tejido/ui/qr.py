"""An address as a QR code, which a phone reads from paper or from another screen."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

import segno

# Modules of light around it: ISO/IEC 18004 asks for four.
QUIET = 4


def qr_svg(address: str, *, title: str) -> str:
    """Return an SVG picture: dark on light whatever the theme, since few phones read it inverted.

    Up to 15 % of it may be dirty or torn (level M).

    Args:
        address: what a phone reads.
        title: what the picture is, for who does not see it.

    Raises:
        ValueError: the address is too long for a QR code.
    """
    rows = segno.make(address, error="m", micro=False).matrix
    side = len(rows) + 2 * QUIET
    return (
        f'<svg class="qr" viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges">'
        f"<title>{escape(title)}</title>"
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="#000" d="{"".join(_runs(rows))}"/></svg>'
    )


def _runs(rows: Sequence[bytearray]) -> Iterator[str]:
    """Return each run of dark modules of a row as a rectangle."""
    for y, row in enumerate(rows):
        x = 0
        for is_dark, run in groupby(row):
            width = len(list(run))
            if is_dark:
                yield f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z"
            x += width
