"""The dots of the ring picture: the cards that have a distance and a direction."""

from collections.abc import Sequence

from tejido.finder.web.cards import Group
from tejido.ui.domain.ring import Dot


def dots_of(groups: Sequence[Group]) -> tuple[Dot, ...]:
    """Return a dot for each card that can be drawn, with the card's number and state."""
    return tuple(
        Dot(card.number, card.distance_m, card.bearing, card.state.state)
        for group in groups
        for card in group.cards
        if card.distance_m is not None and card.bearing is not None
    )
