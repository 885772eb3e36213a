"""Where California is: a box around it, for telling a slip from a place."""

# Degrees; the State's own bounds with a margin of three miles at most
# (docs/sources.md#census-cartographic-boundaries).
SOUTH, NORTH, WEST, EAST = 32.5, 42.05, -124.5, -114.1
STATE_FIPS = "06"


def is_in_california(latitude: float, longitude: float) -> bool:
    """Return whether a point in degrees lies in the box around California; NaN does not."""
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST
