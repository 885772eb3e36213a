"""Places as the snapshot knows them, without the database."""

from tejido.finder.domain.cells import point_at, straight2
from tejido.finder.queries.snapshot import Snapshot, current_snapshot
from tejido.geography.domain.places import Resolution


def find_place(text: str) -> Resolution:
    """Return what a typed place means: one place, several, or none."""
    return current_snapshot().gazetteer.resolve(text)


def split_place(words: str) -> tuple[str, Resolution | None]:
    """Return the words without the place that they name, and that place or None."""
    return current_snapshot().gazetteer.split(words)


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
