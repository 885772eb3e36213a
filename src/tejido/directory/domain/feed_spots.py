"""What the HSDS API filters by, of one place or of one service without a place."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tejido.directory.domain.freshness import hours_hold_until
from tejido.directory.domain.patterns import Schedule, schedule_of
from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.words import meaningful, stems, tokens_of

_CALIFORNIA = ZoneInfo("America/Los_Angeles")


def words_of(listing: PublicListing, labels: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return the stems of every word under which a listing is searched, in both languages.

    Args:
        listing: what everybody may see.
        labels: need -> its names in each language.
    """
    said = [listing.organization, listing.city, *listing.address_lines, *listing.keywords]
    for text in listing.texts:
        said += [text.name, text.description, text.before_you_go, text.landmark]
    for need in listing.needs:
        said += labels.get(need, ())
    words = {word for text in said for word in tokens_of(text)}
    return frozenset(stem for word in words for stem in stems(word))


def asked_words(text: str) -> list[tuple[str, ...]]:
    """Return the stems of each word that somebody searches; one of each has to be there."""
    return [stems(word) for word in meaningful(tokens_of(text))]


def schedule_that_holds(listing: PublicListing) -> Schedule | None:
    """Return the hours that can be computed with, None where unknown or closed for a time."""
    return None if listing.temporarily_closed else schedule_of(listing)


def hours_hold(listing: PublicListing) -> int:
    """Return the last day on which its hours may be believed, as an ordinal; 0 for none."""
    until = hours_hold_until(mode=listing.mode, confirmed_on=listing.confirmed_on)
    return until.toordinal() if until else 0


def day_of(at: datetime) -> date:
    """Return the day in California, which decides whether hours are still believed."""
    return at.astimezone(_CALIFORNIA).date()
