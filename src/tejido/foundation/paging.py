"""Lists of the desk come in pages, which count from 1."""

from collections.abc import Mapping
from urllib.parse import urlencode

PAGE_ROWS = 25


def nearest_page(page: int, total: int, *, rows: int = PAGE_ROWS) -> tuple[int, int]:
    """Return the page that exists nearest to the one asked for, and how many there are.

    Args:
        page: as asked for, any number.
        total: rows in all; without any there is one empty page.
        rows: on each page.
    """
    pages = max(1, -(-total // rows))
    return min(max(page, 1), pages), pages


def page_in(text: str) -> int:
    """Return the page that an address asks for; 1 where it says nothing that is a number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def page_asked(asked: Mapping[str, object], page: int, pages: int) -> str:
    """Return what the address of a page says after its `?`, or '' where there is none."""
    return urlencode({**asked, "page": page}) if 0 < page <= pages else ""
