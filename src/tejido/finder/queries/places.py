"""Places as the snapshot knows them, without the database."""

from tejido.finder.domain.cells import point_at, straight2
from tejido.finder.domain.outside import is_outside, joined_zip, outside_in
from tejido.finder.queries.snapshot import Snapshot, current_snapshot
from tejido.geography.domain.places import Resolution, Unknown

OUTSIDE = "place-outside"


def find_place(text: str) -> Resolution:
    """Return what a typed place means: one place, several, or none.

    `Unknown.code` is `OUTSIDE` where it is known to lie outside California.
    """
    found = current_snapshot().gazetteer.resolve(joined_zip(text))
    if isinstance(found, Unknown) and is_outside(found.text):
        return Unknown(found.text, (), code=OUTSIDE)
    return found


def split_place(words: str) -> tuple[str, Resolution | None]:
    """Return the words without the place that they name, and that place or None."""
    rest, place = current_snapshot().gazetteer.split(words)
    if isinstance(place, Unknown) and is_outside(place.text):
        return rest, Unknown(place.text, (), code=OUTSIDE)
    outside = outside_in(words) if place is None else None
    return (outside[0], Unknown(outside[1], (), code=OUTSIDE)) if outside else (rest, place)


def county_near(snapshot: Snapshot, latitude: float, longitude: float) -> str:
    """Return the FIPS code of the county around a point, '' where none is near.

    It is that of the nearest ZIP code or town, which near a county line may be the neighbour's.
    """
    here = point_at(latitude, longitude)
    nearest = min(
        snapshot.towns_near(latitude, longitude) or snapshot.places,
        key=lambda place: straight2(here, point_at(place.latitude, place.longitude)),
        default=None,
    )
    return nearest.county_fips if nearest else ""
