"""What an attacker can work out of a hidden cell: its least and its largest possible count.

The attacker knows every number that is shown, how the cells add up, and the least that each cell
which is not shown can be. What is left to them is a linear program; HiGHS solves it exactly enough
(tolerance 1e-7, far below one person). Source: docs/sources.md#audit.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import copysign, inf

import highspy
import numpy as np
from numpy.typing import NDArray

from tejido.disclosure.domain.tables import Linked

SLACK = 1e-6
ENDLESS = 1_000


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the largest count that fit everything shown; `most` is inf without a limit."""

    least: float
    most: float

    @property
    def width(self) -> float:
        """How many counts an attacker cannot tell apart, less one; 0 is exactly known."""
        return self.most - self.least


class NotAudited(RuntimeError):
    """The solver gave no answer for a cell: nothing may be released on it."""


class Attacker:
    """Somebody with a solver who reads what is shown of linked tables."""

    def __init__(self, linked: Linked, floors: Mapping[int, float]) -> None:
        """Show them every cell but those with a floor, the least that they can be."""
        self._counts, self._solver = linked.counts, solver_of(linked)
        # A solver that looks for an end where there is none may lose its way.
        self._endless = ENDLESS * (1 + max(map(abs, linked.counts), default=0))
        for number, count in enumerate(linked.counts):
            self._solver.changeColBounds(number, count, count)
        for number, floor in floors.items():
            self.hide(number, floor)

    def hide(self, number: int, floor: float, most: float = inf) -> None:
        """Take a cell out of what is shown; `most` is the largest that it can be."""
        least = max(floor, -self._endless)
        self._solver.changeColBounds(number, least, min(most, self._endless))

    def show(self, number: int) -> None:
        """Let the attacker read a cell again."""
        self._solver.changeColBounds(number, self._counts[number], self._counts[number])

    def interval(self, number: int) -> Interval:
        """Return what they can work out of one cell.

        Raises:
            NotAudited: the solver gave no answer.
        """
        return Interval(self._extreme(number, 1), self._extreme(number, -1))

    def _extreme(self, number: int, sense: int) -> float:
        self._solver.changeColCost(number, sense)
        if not self._is_solved():
            self._solver.clearSolver()
            if not self._is_solved():
                raise NotAudited(str(self._solver.getModelStatus()))
        value = sense * float(self._solver.getObjectiveValue())
        self._solver.changeColCost(number, 0)
        return value if abs(value) < self._endless / 2 else copysign(inf, value)

    def _is_solved(self) -> bool:
        self._solver.run()
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def solver_of(linked: Linked) -> highspy.Highs:
    """Return a quiet solver with one column a cell and one row a sum, bounds and costs still 0."""
    solver = solver_with(len(linked.cells))
    for numbers, weights in rows_of(linked):
        solver.addRow(0, 0, len(numbers), numbers, weights)
    return solver


def solver_with(columns: int) -> highspy.Highs:
    """Return a quiet solver with so many columns and no row, bounds and costs still 0."""
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("presolve", "off")
    nothing, nowhere = np.zeros(columns), np.zeros(columns, int)
    solver.addCols(columns, nothing, nothing, nothing, 0, nowhere, nowhere[:0], nothing[:0])
    return solver


def rows_of(linked: Linked) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """Yield for each sum the numbers of its cells, and 1 for the total and -1 for each part."""
    for each in linked.sums:
        numbers = np.fromiter(each, int)
        weights = np.full(len(numbers), -1.0)
        weights[0] = 1.0
        yield numbers, weights
