"""Where a place is about, when its address is all that is known."""

from typing import Any

from tejido.directory.domain.desk import Held
from tejido.directory.domain.vocabulary import Precision, Visibility
from tejido.geography.domain.places import PlaceKind
from tejido.geography.queries.places import all_places


def approximate_point(held: Held, postal_code: str) -> dict[str, Any]:
    """Return the columns of a point for a location: that of its ZIP code, or none.

    A place that is not public gets none: nobody shall look it up by its address.
    """
    values: dict[str, Any] = {"latitude": None, "longitude": None}
    code = postal_code[:5]
    if held.values["visibility"] == Visibility.PUBLIC and code:
        for place in all_places():
            if place.kind is PlaceKind.ZIP and place.name == code:
                values = {"latitude": place.latitude, "longitude": place.longitude}
    return {**values, "precision": Precision.APPROXIMATE.value}
