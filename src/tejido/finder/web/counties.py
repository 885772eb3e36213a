"""Names of counties, from the snapshot, so that no page needs the database for them."""

from collections.abc import Iterable

from tejido.finder.queries.snapshot import current_snapshot
from tejido.geography.domain.places import PlaceKind


def county_names() -> dict[str, str]:
    """Return the counties by FIPS code, such as `Alameda County`."""
    places = current_snapshot().places
    return {each.county_fips: each.name for each in places if each.kind is PlaceKind.COUNTY}


def named(codes: Iterable[str]) -> list[str]:
    """Return the names of counties without the word; a code that is not known is left out."""
    names = county_names()
    return sorted(names[code].removesuffix(" County") for code in codes if code in names)
