"""An address as a QR code. Not in `domain`: segno can also fetch, and so loads what fetches."""

import segno

from tejido.ui.domain.qr import modules_svg


def qr_svg(address: str, *, title: str) -> str:
    """Return an SVG picture that a phone reads; up to 15 % may be dirty or torn (level M).

    Args:
        address: what a phone reads.
        title: what the picture is, for who does not see it.

    Raises:
        ValueError: the address is too long for a QR code.
    """
    return modules_svg(segno.make(address, error="m", micro=False).matrix, title=title)
