"""What a conversation by text knows of itself, for a quarter of an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tejido.finder.domain.answer import Where

LASTS = timedelta(minutes=15)
AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Talk:
    """No words of the person, no number: what was understood, and what was shown.

    Attributes:
        language: `en` or `es`, '' where nothing showed it yet.
        is_chosen: the person chose it; words do not change it any more.
        needs: concepts looked for.
        where: the place, rounded to 0.01 degree and without its name.
        at: the instant asked about, None for now.
        found: ids of listings in order, each with its distance in metres or None.
        first: which of them stands at 1.
    """

    language: str = ""
    is_chosen: bool = False
    needs: tuple[str, ...] = ()
    where: Where | None = None
    at: datetime | None = None
    only_open: bool = False
    found: tuple[tuple[str, int | None], ...] = ()
    first: int = 0


def without_name(where: Where) -> Where:
    """Return a place as a conversation keeps it."""
    latitude, longitude = round(where.latitude, 2), round(where.longitude, 2)
    return Where(latitude, longitude, "", where.approximate, where.county_fips)
