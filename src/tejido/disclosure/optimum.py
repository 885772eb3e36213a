"""The fewest cells that could be hidden, as one integer program: what our choice is held against.

Only for small tables: every protected cell brings two copies of the whole table.
Source: docs/sources.md#suppression (Fischetti and Salazar 2001, model with attackers' tables).
"""

from dataclasses import dataclass
from typing import Any

import highspy

from tejido.disclosure.domain.suppression import ALL_TINY, Rule
from tejido.disclosure.domain.tables import Linked

# No count of a table of an attacker needs to be further from the true one than so many thresholds.
FURTHEST = 4


class NotSolved(RuntimeError):
    """The solver's time was over before the fewest were known."""


@dataclass(frozen=True, slots=True)
class Fewest:
    """How many cells the best choice hides; `bound` is proven."""

    hidden: int
    bound: float


def fewest_hidden(linked: Linked, rule: Rule, *, seconds: float = 60.0) -> Fewest:
    """Return the least number of hidden cells under which every small count is safe.

    Raises:
        NotSolved: no proof within `seconds`.
    """
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", seconds)
    small = [number for number, count in enumerate(linked.counts) if rule.is_small(count)]
    hides = [solver.addBinary(obj=1) for _ in linked.cells]
    for number in small:
        solver.addConstr(hides[number] == 1)
    for number in small:
        high, low = (_believed(solver, linked, rule, hides) for _ in range(2))
        solver.addConstr(high[number] - low[number] >= rule.threshold)
    _one_more_than_tiny(solver, linked, hides, small)
    solver.minimize()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise NotSolved
    told = solver.getInfo()
    return Fewest(round(told.objective_function_value), told.mip_dual_bound)


def _believed(solver: highspy.Highs, linked: Linked, rule: Rule, hides: list[Any]) -> list[Any]:
    """Return the counts of a table that fits all that is shown."""
    most = FURTHEST * rule.threshold
    believed = [solver.addVariable(lb=min(count, rule.floor)) for count in linked.counts]
    for count, hidden, each in zip(linked.counts, hides, believed, strict=True):
        solver.addConstr(each - most * hidden <= count)
        solver.addConstr(each + max(count - rule.floor, 0) * hidden >= count)
        if count < rule.floor:
            solver.addConstr(each == count)
    for total, parts in ((each.total, each.parts) for each in linked.sums):
        solver.addConstr(believed[total] == sum(believed[part] for part in parts))
    return believed


def _one_more_than_tiny(
    solver: highspy.Highs, linked: Linked, hides: list[Any], small: list[int]
) -> None:
    for each in linked.sums:
        larger = [hides[number] for number in each if linked.counts[number] > ALL_TINY]
        if larger and not set(each).isdisjoint(small):
            solver.addConstr(sum(larger) >= 1)
