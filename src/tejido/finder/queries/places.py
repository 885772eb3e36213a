"""Places as the snapshot knows them, without the database."""

from tejido.finder.domain.answer import Where
from tejido.finder.domain.outside import is_outside, joined_zip, outside_in
from tejido.finder.queries.snapshot import current_snapshot
from tejido.geography.domain.names import has_zip
from tejido.geography.domain.places import Place, PlaceKind, Resolution, Unknown

OUTSIDE = "place-outside"


def find_place(text: str) -> Resolution:
    """Return what a typed place means: one place, several, or none.

    `Unknown.code` is `OUTSIDE` where it is known to lie outside California.
    """
    found = current_snapshot().gazetteer.resolve(joined_zip(text))
    if isinstance(found, Unknown) and is_outside(found.text):
        return Unknown(found.text, (), code=OUTSIDE)
    return found


def is_street_address(text: str) -> bool:
    """Return whether a typed place was found by the town at its end alone."""
    gazetteer = current_snapshot().gazetteer
    if has_zip(text) or gazetteer.named(text):
        return False
    return gazetteer.town_of_address(text) is not None


def split_place(words: str) -> tuple[str, Resolution | None]:
    """Return the words without the place that they name, and that place or None."""
    rest, place = current_snapshot().gazetteer.split(words)
    if isinstance(place, Unknown) and is_outside(place.text):
        return rest, Unknown(place.text, (), code=OUTSIDE)
    outside = outside_in(words) if place is None else None
    return (outside[0], Unknown(outside[1], (), code=OUTSIDE)) if outside else (rest, place)


def where_at(place: Place, *, label: str) -> Where:
    """Return where a search for a place looks from; a county is looked at as a whole."""
    county = place.county_fips if place.kind is PlaceKind.COUNTY else ""
    return Where(place.latitude, place.longitude, label, place.approximate, county)
