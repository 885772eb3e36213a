"""The order of results, in one formula that people can be told.

Each result has a distance, and each thing that speaks against it makes it count as if it were
farther away: a closed place as if it were three times as far. The shortest such distance comes
first. Where a whole county was asked for, what lies in it comes before everything else. Nobody
can pay for a better place. docs/areas/finder.md#ranking shows the table.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tejido.finder.domain.answer import Open
from tejido.finder.domain.drawbacks import Drawback

# How many times as far a place counts.
TIMES_AS_FAR_WHEN = {Open.OPEN: 1.0, Open.UNKNOWN: 1.5, Open.CLOSED: 3.0}
TIMES_AS_FAR_WHEN_SOON_OPEN = 1.5
TIMES_AS_FAR_WHEN_OPEN_IN_A_DAY = 2.0
TIMES_AS_FAR_BY_NAME = 1.5
TIMES_AS_FAR_IN_PASSING_BY_KIN = 1.5
TIMES_AS_FAR_IN_PASSING = 4.0
TIMES_AS_FAR_WITH_SOME_WORDS = 1.1
TIMES_AS_FAR_WITHOUT_WORDS = 1.25
TIMES_AS_FAR_FOR_SOME_PEOPLE = 2.0
TIMES_AS_FAR_FOR_ANYBODY = 6.0
TIMES_AS_FAR_FOR_A_PART = 2.0
TIMES_AS_FAR_INSTEAD = 6.0
TIMES_AS_FAR_INSTEAD_BROADLY = 10.0
TIMES_AS_FAR_AS_CONTEXT = 1.5
TIMES_AS_FAR_FOR_OTHERS = 2.0
TIMES_AS_FAR_WHEN_STALE = 1.25
TIMES_AS_FAR_FOR_EACH_UNKNOWN = 1.5

TIMES_AS_FAR: Mapping[Drawback, float] = {
    Drawback.NAMED: TIMES_AS_FAR_BY_NAME,
    Drawback.MENTIONED_BY_KIN: TIMES_AS_FAR_IN_PASSING_BY_KIN,
    Drawback.MENTIONED: TIMES_AS_FAR_IN_PASSING,
    Drawback.PART: TIMES_AS_FAR_FOR_A_PART,
    Drawback.INSTEAD: TIMES_AS_FAR_INSTEAD,
    Drawback.INSTEAD_BROADLY: TIMES_AS_FAR_INSTEAD_BROADLY,
    Drawback.SOME_WORDS: TIMES_AS_FAR_WITH_SOME_WORDS,
    Drawback.NO_WORDS: TIMES_AS_FAR_WITHOUT_WORDS,
    Drawback.SOME_PEOPLE: TIMES_AS_FAR_FOR_SOME_PEOPLE,
    Drawback.ANYBODY: TIMES_AS_FAR_FOR_ANYBODY,
    Drawback.OPENS_SOON: TIMES_AS_FAR_WHEN_SOON_OPEN,
    Drawback.OPENS_IN_A_DAY: TIMES_AS_FAR_WHEN_OPEN_IN_A_DAY,
    Drawback.CLOSED: TIMES_AS_FAR_WHEN[Open.CLOSED],
    Drawback.HOURS_UNKNOWN: TIMES_AS_FAR_WHEN[Open.UNKNOWN],
    Drawback.CONTEXT: TIMES_AS_FAR_AS_CONTEXT,
    Drawback.FOR_OTHERS: TIMES_AS_FAR_FOR_OTHERS,
    Drawback.STALE: TIMES_AS_FAR_WHEN_STALE,
    Drawback.UNSTATED: TIMES_AS_FAR_FOR_EACH_UNKNOWN,
}

# The first few km hardly count, so that the house next door does not beat every better one.
SOFT_KM = 5.0
# Whoever has no car hardly gets farther than 25 miles, and hardly anybody farther than 60: km ->
# what lies beyond counts up to so many times as far.
BEYOND = {40.0: 2.0, 100.0: 8.0}
# The same for squares: km2 -> how much more each km2 beyond counts.
MORE_BEYOND_KM2 = {
    km**2: times**2 - before**2
    for (km, times), before in zip(BEYOND.items(), (1.0, *BEYOND.values()), strict=False)
}
# What comes by mail or phone counts as if it were so far away; where nobody said where they are,
# a place does.
WITHOUT_PLACE_KM = 25.0
SOMEWHERE_KM = 60.0

Order = tuple[bool, float, int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the order of one result depends on.

    Attributes:
        id: the last word where all else is equal; smaller first.
        straight_km2: square of the distance; None without a place.
        soon: closed, and opens within three hours.
        in_a_day: closed, and opens after that, within 24 hours.
        times, instead, lacks: of its kind of answer (`domain.kinds`).
        for_others: its name says that it is for people who were not asked for.
        unknowns: wished-for facts and languages that nobody has stated.
        confirmed: day of the last confirmation (proleptic ordinal), 0 for never.
        inside: lies in the county that was asked for.
    """

    id: int
    straight_km2: float | None
    state: Open
    core: bool
    soon: bool = False
    in_a_day: bool = False
    stale: bool = False
    times: float = 1.0
    instead: bool = False
    lacks: tuple[Drawback, ...] = ()
    for_others: bool = False
    unknowns: int = 0
    confirmed: int = 0
    inside: bool = False


def times_as_far(candidate: Candidate) -> float:
    """Return how many times as far the candidate counts, 1 or more."""
    times = candidate.times * _times_for_hours(candidate)
    times *= 1.0 if candidate.core else TIMES_AS_FAR_AS_CONTEXT
    times *= TIMES_AS_FAR_WHEN_STALE if candidate.stale else 1.0
    times *= TIMES_AS_FAR_FOR_OTHERS if candidate.for_others else 1.0
    return float(times * TIMES_AS_FAR_FOR_EACH_UNKNOWN**candidate.unknowns)


def _times_for_hours(candidate: Candidate) -> float:
    if candidate.straight_km2 is None and candidate.state is Open.UNKNOWN:
        # A letter needs no opening hours.
        return 1.0
    if candidate.soon:
        return TIMES_AS_FAR_WHEN_SOON_OPEN
    if candidate.in_a_day:
        return TIMES_AS_FAR_WHEN_OPEN_IN_A_DAY
    return TIMES_AS_FAR_WHEN[candidate.state]


def drawbacks_of(candidate: Candidate) -> tuple[Drawback, ...]:
    """Return all that speaks against a candidate; what they count is `times_as_far`."""
    return (*candidate.lacks, *_of_the_place(candidate))


def _of_the_place(candidate: Candidate) -> Iterator[Drawback]:
    if candidate.soon:
        yield Drawback.OPENS_SOON
    elif candidate.in_a_day:
        yield Drawback.OPENS_IN_A_DAY
    elif candidate.state is Open.CLOSED:
        yield Drawback.CLOSED
    elif candidate.state is Open.UNKNOWN and candidate.straight_km2 is not None:
        yield Drawback.HOURS_UNKNOWN
    if not candidate.core:
        yield Drawback.CONTEXT
    if candidate.for_others:
        yield Drawback.FOR_OTHERS
    if candidate.stale:
        yield Drawback.STALE
    yield from [Drawback.UNSTATED] * candidate.unknowns


def cost(candidate: Candidate) -> float:
    """Return the square of the distance that the candidate counts as, km2; less is better."""
    straight_km2 = candidate.straight_km2
    if straight_km2 is None:
        straight_km2 = WITHOUT_PLACE_KM**2
    return felt_km2(straight_km2) * times_as_far(candidate) ** 2


def felt_km2(straight_km2: float) -> float:
    """Return the square of how far a distance feels, km2; more than it is, and rising with it.

    Args:
        straight_km2: the square of the distance, 0 or more.
    """
    felt = straight_km2 + SOFT_KM**2
    for far_km2, more in MORE_BEYOND_KM2.items():
        felt += more * max(0.0, straight_km2 - far_km2)
    return felt


def farthest_km2(felt: float) -> float:
    """Return the square of the distance that feels so far (`felt_km2`), km2; negative for none."""
    farthest = counted = felt - SOFT_KM**2
    rate = 1.0
    for far_km2, more in MORE_BEYOND_KM2.items():
        counted, rate = counted + more * far_km2, rate + more
        farthest = min(farthest, counted / rate)
    return farthest


def order(candidate: Candidate) -> Order:
    """Return what to sort by: the county asked for, the cost, then who was confirmed last."""
    return (not candidate.inside, cost(candidate), -candidate.confirmed, candidate.id)


def rank(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates, best first."""
    return sorted(candidates, key=order)
