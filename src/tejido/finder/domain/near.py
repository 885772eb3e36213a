"""How far near is: the same for the page, the API, a text message and what is counted."""

from tejido.finder.domain.answer import Hit, Where
from tejido.ui.domain.wording import METRES_PER_MILE

NEAR_MILES = 25
NEAR_M = NEAR_MILES * METRES_PER_MILE
NEAR_KM = NEAR_M / 1000


def is_near(hit: Hit, where: Where) -> bool:
    """Return whether a hit lies in the county that was asked for, or near the place."""
    if where.county_fips:
        return hit.inside
    return hit.distance_m is not None and hit.distance_m <= NEAR_M
