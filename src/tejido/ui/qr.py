"""An address as a QR code. Not in `domain`: segno can also fetch, and so loads what fetches."""

import segno
from django.utils.safestring import SafeString, mark_safe

from tejido.ui.domain.qr import modules_svg


def qr(address: str, title: str) -> SafeString:
    """Draw an address for a phone to read; `title` says what it is."""
    return mark_safe(qr_svg(address, title=title))  # noqa: S308 - modules and an escaped title


def qr_svg(address: str, *, title: str) -> str:
    """Return an SVG picture that a phone reads; up to 15 % may be dirty or torn (level M).

    Args:
        address: what a phone reads.
        title: what the picture is, for who does not see it.

    Raises:
        ValueError: the address is too long for a QR code.
    """
    return modules_svg(segno.make(address, error="m", micro=False).matrix, title=title)
