"""Who asks for counts, and what of a table each of them may see (DESIGN decision 9).

Areas above say what was agreed as values; no member is known here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tejido.disclosure.domain.releasing import Draft, draft_of
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.domain.tables import Cell, Levels, count_of


class Audience(StrEnum):
    """Who would read a table."""

    OWN = "own"
    AUTHORIZER = "authorizer-or-funder"
    NETWORK = "network"
    PUBLIC = "public"


class NotAgreed(ValueError):
    """No agreement that holds now names the table for this audience."""


@dataclass(frozen=True, slots=True)
class Permit:
    """What an agreement that holds now lets one reader see.

    Attributes:
        audience: for whom.
        tables: codes of the tables that it names.
        first: the first day that rows may be about.
        last: the last such day; None for no end.
    """

    audience: Audience
    tables: frozenset[str]
    first: date
    last: date | None

    def covers(self, first: date, last: date) -> bool:
        """Return whether a whole period may be seen."""
        return self.first <= first and (self.last is None or last <= self.last)


@dataclass(frozen=True, slots=True)
class Counted:
    """A table of counts.

    Attributes:
        code: by which agreements name it.
        asked: the cells that it shows, totals included.
        counts: of the leaves; one that is missing is 0.
        levels: of each dimension, in the order of a cell's values.
        days_of: the first and last day that a cell is about.
        is_of_people_served: it counts people who use services, not those who work there.
    """

    code: str
    asked: Sequence[Cell]
    counts: Mapping[Cell, int]
    levels: Sequence[Levels]
    days_of: Callable[[Cell], tuple[date, date]]
    is_of_people_served: bool = True


def draft_for(
    audience: Audience,
    table: Counted,
    *,
    permit: Permit | None = None,
    rule: Rule | None = None,
    earlier: Sequence[Draft] = (),
) -> Draft:
    """Return what an audience may see of a table.

    Its own program sees everything. An authorizer or funder sees exact counts of what its
    agreement names, and the network what the agreement allows, with small counts of people who
    use services hidden. Periods that the agreement does not cover are left out, neither shown
    nor named as hidden. The public sees what `draft_of` lets out.

    Args:
        audience: who asks.
        table: what is counted.
        permit: of the agreement that holds now; None where there is none.
        rule: what is too small; the usual one when None.
        earlier: what was shown of the same counts before.

    Raises:
        NotAgreed: no agreement, one for another audience, or one that does not name the table.
        GivesAway: as `draft_of`.
    """
    counts, levels, usual = table.counts, table.levels, rule or Rule()
    if audience is Audience.PUBLIC:
        return draft_of(table.asked, counts, levels=levels, rule=usual, earlier=earlier)
    asked = table.asked if audience is Audience.OWN else _covered(audience, table, permit)
    if audience is Audience.NETWORK and table.is_of_people_served and asked:
        return draft_of(asked, counts, levels=levels, rule=usual, earlier=earlier)
    return _exact(asked, counts, levels)


def _exact(asked: Sequence[Cell], counts: Mapping[Cell, int], levels: Sequence[Levels]) -> Draft:
    return Draft({cell: count_of(cell, counts, levels) for cell in asked}, frozenset())


def _covered(audience: Audience, table: Counted, permit: Permit | None) -> list[Cell]:
    if permit is None or permit.audience is not audience or table.code not in permit.tables:
        raise NotAgreed(table.code)
    return [cell for cell in table.asked if permit.covers(*table.days_of(cell))]
