"""Which cells of linked tables to hide, so that nobody can work out a small count of people.

First every count under the threshold is hidden (primary), then as few others as it takes
(complementary). For one cell after the other the cheapest change of the tables that nobody could
see is found by a linear program, and the cells that it passes through are hidden with it; in the
end every cell that need not be hidden is shown again.
Sources: docs/sources.md#suppression (Fischetti and Salazar 2001; CalHHS guidelines, section 4.4).
"""

import random
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import log
from types import MappingProxyType

import highspy
import numpy as np

from tejido.disclosure.domain.bounds import SLACK, Attacker, Interval, rows_of, solver_with
from tejido.disclosure.domain.tables import Linked, Sum

THRESHOLD = 11
# "If all suppressed values in a row or column are 3 or less, suppress one more" (CalHHS).
ALL_TINY = 3
# What is hidden depends on which cell is protected first, so the best of several orders is kept:
# so many as keep a table of 58 x 12 within seconds, and some 25 of a small one.
DRAWS = 1_200


Floors = Mapping[int, int]
NO_FLOORS: Floors = MappingProxyType({})


class CannotHide(ValueError):
    """What is known already leaves no way to protect a cell; `number` says which."""

    def __init__(self, number: int) -> None:
        """Name the cell by its place."""
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class Rule:
    """When a count of people is too small to show.

    `threshold`: the smallest count that is shown, and by how much what an attacker can work out of
    a hidden one must vary. `shows_zero`: a 0 is shown, so that whatever is hidden is at least 1.
    """

    threshold: int = THRESHOLD
    shows_zero: bool = True

    @property
    def floor(self) -> int:
        """Return the least that a hidden cell can be, as everybody knows."""
        return 1 if self.shows_zero else 0

    def floors(self, hidden: Iterable[int], unseen: Floors = NO_FLOORS) -> dict[int, int]:
        """Return the least that each hidden cell can be; `unseen` says it of its own."""
        return {number: unseen.get(number, self.floor) for number in hidden}

    def is_small(self, count: int) -> bool:
        """Return whether a count has to be hidden."""
        return self.floor <= count < self.threshold

    def leaves_open(self, interval: Interval) -> bool:
        """Return whether an attacker who knows no more than the interval knows too little."""
        return interval.width >= self.threshold - SLACK


def suppressed(
    linked: Linked, rule: Rule, *, unseen: Floors = NO_FLOORS, known: Collection[int] = ()
) -> frozenset[int]:
    """Return the numbers of the cells that are not shown.

    Args:
        linked: the tables, with all that their cells are made of.
        rule: what is too small.
        unseen: cells that are not published, and the least that each can be, as everybody knows;
            they are part of the answer.
        known: cells that an earlier release shows, which cannot be hidden any more.

    Raises:
        CannotHide: with what is known already, a cell cannot be protected.
    """
    if not known and all(count < rule.threshold for count in linked.counts):
        return frozenset(
            number for number, count in enumerate(linked.counts) if count >= rule.floor
        )
    found: list[frozenset[int]] = []
    for order in range(1 + DRAWS // len(linked.cells)):
        search = _Search(linked, rule, unseen, frozenset(known))
        found.append(search.hidden_cells(order))
        if not search.has_added:
            break
    return min(found, key=len)


class _Search:
    """Hidden cells so far, and for each protected one the cells that keep it safe."""

    def __init__(self, linked: Linked, rule: Rule, unseen: Floors, known: frozenset[int]) -> None:
        self.linked, self.rule, self.unseen, self.known = linked, rule, unseen, known
        small = {number for number, count in enumerate(linked.counts) if rule.is_small(count)}
        self.primary = small - known
        self.hidden = self.primary | unseen.keys()
        self.floors = rule.floors(range(len(linked.cells)), unseen)
        self.attacker = Attacker(linked, {each: self.floors[each] for each in self.hidden})
        self.changes = _Changes(linked, self.hidden, self.floors, known)
        self.passes_through: dict[int, frozenset[int]] = {}
        self.has_added = False

    def hidden_cells(self, order: int) -> frozenset[int]:
        for number in self.small(order):
            self.protect(number)
        self.mend_tiny_sums()
        self.has_added = bool(self._added())
        self.show_what_is_safe()
        return frozenset(self.hidden)

    def small(self, order: int) -> list[int]:
        """Return the cells to protect: the smallest first, or in one of many drawn orders."""
        smallest = sorted(self.primary, key=lambda number: (self.linked.counts[number], number))
        if order:
            random.Random(order).shuffle(smallest)  # noqa: S311 - not a secret
        return smallest

    def protect(self, number: int) -> None:
        """Hide what it takes for one cell, the cheapest way that is found."""
        known = self.attacker.interval(number)
        if self.rule.leaves_open(known):
            self.passes_through[number] = frozenset(self.hidden)
            return
        count, floor = self.linked.counts[number], self.floors[number]
        try:
            self._let(number, floor - count)
            lowest = floor
        except CannotHide:
            lowest = round(known.least)
        self._let(number, lowest + self.rule.threshold - count)

    def _let(self, number: int, by: int) -> None:
        """Hide what a change of one cell by so many passes through."""
        passed = self.changes.cheapest(number, by) if by else frozenset()
        self.passes_through[number] = self.passes_through.get(number, frozenset()) | passed
        for other in passed - self.hidden:
            self._hide(other)

    def mend_tiny_sums(self) -> None:
        """Hide one more where all that a sum hides is tiny."""
        while tiny := next(filter(self._is_tiny, self.linked.sums), None):
            self.protect(min(self._shown(tiny), key=lambda number: self.linked.counts[number]))

    def show_what_is_safe(self) -> None:
        for number in sorted(self._added(), key=lambda number: -self.linked.counts[number]):
            self._show(number)
            if not self._is_safe_without(number):
                self._hide(number)

    def _added(self) -> set[int]:
        return self.hidden - self.primary - self.unseen.keys()

    def _is_safe_without(self, shown: int) -> bool:
        at_risk = [
            cell
            for cell, passed in self.passes_through.items()
            if shown in passed and cell != shown
        ]
        if any(map(self._is_tiny, self.linked.sums)):
            return False
        if not all(self.rule.leaves_open(self.attacker.interval(cell)) for cell in at_risk):
            return False
        for cell in at_risk:
            self.passes_through[cell] = frozenset(self.hidden)
        return True

    def _is_tiny(self, each: Sum) -> bool:
        hidden = [self.linked.counts[number] for number in each if number in self.hidden]
        return 0 < max(hidden, default=0) <= ALL_TINY and bool(self._shown(each))

    def _shown(self, each: Sum) -> list[int]:
        kept = self.hidden | self.known
        return [number for number in each if self.linked.counts[number] and number not in kept]

    def _hide(self, number: int) -> None:
        self.hidden.add(number)
        self.attacker.hide(number, self.floors[number])
        self.changes.allow(number)

    def _show(self, number: int) -> None:
        self.hidden.remove(number)
        self.attacker.show(number)
        self.changes.charge(number)


class _Changes:
    """The changes of tables under which every sum still holds: a column up and one down a cell."""

    def __init__(
        self,
        linked: Linked,
        hidden: Iterable[int],
        floors: Mapping[int, int],
        known: frozenset[int],
    ) -> None:
        self._counts, self._size = linked.counts, len(linked.cells)
        self._floors, self._known = floors, known
        self._solver = _two_way(linked)
        for number in range(self._size):
            self._free(number)
            self.charge(number)
        for number in hidden:
            self.allow(number)

    def allow(self, number: int) -> None:
        """Let changes pass through a cell that is hidden anyway."""
        for column in self._columns(number):
            self._solver.changeColCost(column, SLACK)

    def charge(self, number: int) -> None:
        """Say what it costs to hide a cell; of two alike the smaller is hidden."""
        for column in self._columns(number):
            self._solver.changeColCost(column, 1 + log(1 + self._counts[number]) / 100)

    def cheapest(self, number: int, by: int) -> frozenset[int]:
        """Return the cells that the cheapest change passes through which moves one cell so far.

        Raises:
            CannotHide: no change does.
        """
        rise, fall = self._columns(number)
        self._limit(rise, max(by, 0), max(by, 0))
        self._limit(fall, max(-by, 0), max(-by, 0))
        self._solver.run()
        is_found = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        moved = np.reshape(self._solver.getSolution().col_value, (2, self._size))
        self._free(number)
        if not is_found:
            raise CannotHide(number)
        return frozenset(int(cell) for cell in np.flatnonzero(moved.sum(axis=0) > SLACK))

    def _free(self, number: int) -> None:
        """Let a cell rise without end and fall to the floor; what is known stays."""
        room = -1 if number in self._known else self._counts[number] - self._floors[number]
        rise, fall = self._columns(number)
        self._limit(rise, 0, highspy.kHighsInf if room >= 0 else 0)
        self._limit(fall, 0, max(room, 0))

    def _limit(self, column: int, least: float, most: float) -> None:
        self._solver.changeColBounds(column, least, most)

    def _columns(self, number: int) -> tuple[int, int]:
        return number, number + self._size


def _two_way(linked: Linked) -> highspy.Highs:
    """Return a solver with a column for what rises of each cell and one for what falls."""
    size = len(linked.cells)
    solver = solver_with(2 * size)
    for numbers, weights in rows_of(linked):
        both = np.concatenate([numbers, numbers + size])
        solver.addRow(0, 0, len(both), both, np.concatenate([weights, -weights]))
    return solver
