"""The order of results, in one formula that people can be told.

Each result has a distance, and each thing that speaks against it makes it count as if it were
farther away: a closed place as if it were three times as far. The shortest such distance comes
first. Nobody can pay for a better place. docs/areas/finder.md#ranking shows the table.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tejido.finder.domain.answer import Open

# How many times as far a place counts.
TIMES_AS_FAR_WHEN = {Open.OPEN: 1.0, Open.UNKNOWN: 1.5, Open.CLOSED: 3.0}
TIMES_AS_FAR_IN_PASSING = 3.0
TIMES_AS_FAR_AS_CONTEXT = 2.0
TIMES_AS_FAR_WHEN_STALE = 1.25
TIMES_AS_FAR_FOR_EACH_UNKNOWN = 1.5

# The first km hardly counts, so that the house next door does not beat every open one.
SOFT_KM = 1.0
# What comes by mail or phone counts as if it were so far away.
WITHOUT_PLACE_KM = 25.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the order of one result depends on.

    Attributes:
        id: the last word where all else is equal; smaller first.
        straight_km2: square of the distance; None without a place.
        in_passing: what was asked for is only mentioned in the description.
        unknowns: wished-for facts and languages that nobody has stated.
        confirmed: day of the last confirmation (proleptic ordinal), 0 for never.
    """

    id: int
    straight_km2: float | None
    state: Open
    core: bool
    stale: bool = False
    in_passing: bool = False
    unknowns: int = 0
    confirmed: int = 0


def times_as_far(candidate: Candidate) -> float:
    """Return how many times as far the candidate counts, 1 or more."""
    times = TIMES_AS_FAR_WHEN[candidate.state]
    times *= 1.0 if candidate.core else TIMES_AS_FAR_AS_CONTEXT
    times *= TIMES_AS_FAR_WHEN_STALE if candidate.stale else 1.0
    times *= TIMES_AS_FAR_IN_PASSING if candidate.in_passing else 1.0
    return float(times * TIMES_AS_FAR_FOR_EACH_UNKNOWN**candidate.unknowns)


def cost(candidate: Candidate) -> float:
    """Return the square of the distance that the candidate counts as, km2; less is better."""
    straight_km2 = candidate.straight_km2
    if straight_km2 is None:
        straight_km2 = WITHOUT_PLACE_KM**2
    return (straight_km2 + SOFT_KM**2) * times_as_far(candidate) ** 2


def order(candidate: Candidate) -> tuple[float, int, int]:
    """Return what to sort by: the cost, then who was confirmed last."""
    return (cost(candidate), -candidate.confirmed, candidate.id)


def order_by_distance(candidate: Candidate) -> tuple[float, int, int]:
    """Return what to sort by when nothing was asked for: only how far it is."""
    straight_km2 = candidate.straight_km2
    if straight_km2 is None:
        straight_km2 = WITHOUT_PLACE_KM**2
    return (straight_km2, -candidate.confirmed, candidate.id)


def rank(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates, best first."""
    return sorted(candidates, key=order)
