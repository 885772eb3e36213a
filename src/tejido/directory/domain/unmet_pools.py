"""Neighbouring counties and quarters put together, so that more of what was not found is shown.

Which counties are put together follows from how many people live there, and which quarters from
the calendar: never from the counts. A pool that ended where its count is large enough would tell
that it was too small without its last county.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tejido.disclosure.domain.pooling import pooled
from tejido.disclosure.domain.tables import Cell, Levels
from tejido.foundation.quarters import QUARTERS, Quarter, span_of
from tejido.geography.domain.neighbours import COUNTIES_IN_ORDER

BESIDE = "+"
# Steps of the guidelines (disclosure/guidelines.toml): each makes the smallest place a larger one.
PEOPLE = (100_000, 250_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Together:
    """What somebody puts together, beside each county and the quarter by themselves.

    Attributes:
        people: neighbouring counties until so many people live there; 0 for none.
        quarters: so many of the year, the released one the last; 1 for none. A whole year is
            shown with its fourth quarter anyway.
    """

    people: int = 0
    quarters: int = 1


def county_pools(people: Mapping[str, int], at_least: int) -> tuple[str, ...]:
    """Return the pools of two counties or more, as the values of a table's cells.

    Args:
        people: who live in each county, by its FIPS code.
        at_least: so many people live in each pool; 0 for no pools.
    """
    if not at_least:
        return ()
    order = [county for county in COUNTIES_IN_ORDER if county in people]
    pools = pooled([people[county] for county in order], threshold=at_least)
    rows = [order[each.first : each.last + 1] for each in pools]
    return tuple(BESIDE.join(row) for row in rows if len(row) > 1)


def counties_in(place: str) -> tuple[str, ...]:
    """Return the counties of a pool; a county, or the state, is its own."""
    return tuple(place.split(BESIDE))


def is_needed(cell: Cell, hidden: Collection[Cell]) -> bool:
    """Return whether a number tells a reader anything: a pool of shown counties does not."""
    place, period = cell
    return BESIDE not in place or any((one, period) in hidden for one in counties_in(place))


def quarters_together(quarter: Quarter, together: Together) -> str:
    """Return the word for the quarters up to one; '' where it stays by itself."""
    first = Quarter(quarter.year, max(1, quarter.number - together.quarters + 1))
    word = span_of(first, quarter)
    return "" if word in {str(quarter), str(quarter.year)} else word


def place_levels(state: str, places: tuple[str, ...], pools: Iterable[str]) -> Levels:
    """Return what places are made of: the state of its counties, a pool of those that it names."""
    return Levels({state: places, **{pool: counties_in(pool) for pool in pools}})


def period_levels(year: int) -> Levels:
    """Return what periods are made of: the year, and all quarters in a row, of their quarters."""
    quarters = [Quarter(year, number) for number in range(1, QUARTERS + 1)]
    rows = [
        quarters[first:last]
        for first in range(QUARTERS)
        for last in range(first + 2, QUARTERS + 1)
    ]
    return Levels({span_of(row[0], row[-1]): tuple(map(str, row)) for row in rows})
