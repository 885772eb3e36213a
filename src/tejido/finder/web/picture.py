"""Where the places of a list lie: rings around a person, or a map without a place to look from."""

from collections import Counter
from collections.abc import Sequence

from tejido.finder.domain.near import NEAR_M
from tejido.finder.queries.snapshot import current_snapshot
from tejido.finder.web.cards import Group
from tejido.finder.web.counties import county_names
from tejido.ui.domain.ring import Dot
from tejido.ui.domain.state_map import MapDot


def dots_of(groups: Sequence[Group]) -> tuple[Dot, ...]:
    """Return a dot for each card that can be drawn, with the card's number and state.

    A place far away would draw all near ones on top of each other, so it is left out.
    """
    drawn = _drawable(groups)
    near = [dot for dot in drawn if dot.distance_m <= NEAR_M]
    return tuple(near or drawn)


def _drawable(groups: Sequence[Group]) -> list[Dot]:
    return [
        Dot(card.number, card.distance_m, card.bearing, card.state.state)
        for group in groups
        for card in group.cards
        if card.distance_m is not None and card.bearing is not None
    ]


def map_dots(groups: Sequence[Group]) -> tuple[MapDot, ...]:
    """Return a dot for each card whose place is public, with the card's number and state."""
    return tuple(
        MapDot(card.number, card.point.latitude, card.point.longitude, card.state.state)
        for group in groups
        for card in group.cards
        if card.point is not None
    )


def by_county(dots: Sequence[MapDot]) -> tuple[tuple[str, int], ...]:
    """Return how many of the places lie in each county, most first: the map in words."""
    around, names = current_snapshot().counties.around, county_names()
    found = Counter(names.get(around(dot.latitude, dot.longitude), "") for dot in dots)
    counted = ((name.removesuffix(" County"), count) for name, count in found.items() if name)
    return tuple(sorted(counted, key=lambda pair: (-pair[1], pair[0])))
