"""The dots of the ring picture: near cards, or all that can be drawn where none is near."""

from collections.abc import Sequence

from tejido.finder.web.cards import Group
from tejido.finder.web.distances import NEAR_MILES
from tejido.ui.domain.ring import Dot
from tejido.ui.domain.wording import METRES_PER_MILE


def dots_of(groups: Sequence[Group]) -> tuple[Dot, ...]:
    """Return a dot for each card that can be drawn, with the card's number and state.

    A place far away would draw all near ones on top of each other, so it is left out.
    """
    drawn = _drawable(groups)
    near = [dot for dot in drawn if dot.distance_m <= NEAR_MILES * METRES_PER_MILE]
    return tuple(near or drawn)


def _drawable(groups: Sequence[Group]) -> list[Dot]:
    return [
        Dot(card.number, card.distance_m, card.bearing, card.state.state)
        for group in groups
        for card in group.cards
        if card.distance_m is not None and card.bearing is not None
    ]
