"""Distance and direction on a sphere of the Earth's mean radius."""

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_008.8
METRES_PER_MILE = 1_609.344


def distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance between two points in degrees.

    Returns:
        Metres; within 0.6 % of the distance on the ellipsoid.

    Source: docs/sources.md#great-circle
    """
    north, east = radians(lat2 - lat1), radians(lon2 - lon1)
    share = sin(north / 2) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(share)))


def bearing_deg(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the direction in which one sets out from the first point to the second.

    Returns:
        Degrees clockwise from north, 0 or more and less than 360; 0 for the same point.

    Source: docs/sources.md#great-circle
    """
    start, end, east = radians(lat1), radians(lat2), radians(lon2 - lon1)
    x = cos(start) * sin(end) - sin(start) * cos(end) * cos(east)
    # Rounded, because a tiny negative angle modulo 360 is 360 itself in floating point.
    return round(degrees(atan2(sin(east) * cos(end), x)), 9) % 360.0
