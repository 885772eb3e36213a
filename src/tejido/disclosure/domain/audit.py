"""What a table that is about to leave would give away: asked of every cell, shown or not."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import inf

from tejido.disclosure.domain.bounds import SLACK, Attacker, Interval
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.domain.tables import Cell, Linked


@dataclass(frozen=True, slots=True)
class GivenAway:
    """A cell that is not shown, and what can be worked out of it."""

    cell: Cell
    interval: Interval

    @property
    def is_exact(self) -> bool:
        """Return whether its count is known to the person."""
        return self.interval.width < SLACK


def given_away(
    linked: Linked, floors: Mapping[int, int], rule: Rule, *, unseen: Collection[int] = ()
) -> Iterator[GivenAway]:
    """Yield every cell that no release shows of which too much can be worked out.

    A small count must leave as many possibilities as the threshold has counts; a larger one,
    hidden for its sake, must not be exactly known, or it would be hidden for nothing.

    Args:
        linked: the cells of every release, and what they are made of.
        floors: of each cell that no release shows the least that it can be, as everybody knows.
        rule: what is too small.
        unseen: cells that were never asked for: of them only small counts matter.
    """
    attacker = Attacker(linked, floors)
    for number in sorted(floors):
        is_small = rule.is_small(linked.counts[number])
        if not is_small and number in unseen:
            continue
        interval = attacker.interval(number)
        if not rule.leaves_open(interval) if is_small else interval.width < SLACK:
            yield GivenAway(linked.cells[number], interval)


def told_of_small(
    linked: Linked, floors: Mapping[int, int], small: Collection[int], rule: Rule
) -> Iterator[Cell]:
    """Yield small counts of which too much is told to whoever knows that some cells are small.

    Where nothing of a table is shown, everybody who knows the rule knows that all of it is small.
    A sum of such cells, as of quarters that were not released, must not tell more than that.

    Args:
        linked: the cells of every release, and what they are made of.
        floors: of each cell that no release shows the least that it can be.
        small: cells that are known to be under the threshold.
        rule: what is too small.
    """
    attacker, most = Attacker(linked, floors), rule.threshold - 1
    for number in small:
        attacker.hide(number, floors[number], most)
    for number in filter(lambda each: rule.is_small(linked.counts[each]), sorted(floors)):
        if attacker.interval(number).width < most - rule.floor - SLACK:
            yield linked.cells[number]


def small_changes(linked: Linked, changes: Mapping[int, int], rule: Rule) -> Iterator[Cell]:
    """Yield the cells of which two releases together tell that few people came or went.

    Args:
        linked: the cells of both releases; its counts are not looked at.
        changes: by how much each cell that both show has changed.
        rule: how many are few.
    """
    unknown = {number: -inf for number in range(len(linked.cells)) if number not in changes}
    attacker = Attacker(_of_changes(linked, changes), unknown)
    for number, cell in enumerate(linked.cells):
        interval = attacker.interval(number)
        if interval.width < SLACK and 0 < abs(round(interval.least)) < rule.threshold:
            yield cell
    yield from _small_rests(linked, changes, rule)


def _small_rests(linked: Linked, changes: Mapping[int, int], rule: Rule) -> Iterator[Cell]:
    """Yield totals whose change, less that of the parts shown, leaves few for all the others."""
    for each in linked.sums:
        if each.total in changes and not changes.keys() >= set(each.parts):
            rest = changes[each.total] - sum(changes.get(part, 0) for part in each.parts)
            if 0 < abs(rest) < rule.threshold:
                yield linked.cells[each.total]


def _of_changes(linked: Linked, changes: Mapping[int, int]) -> Linked:
    counts = tuple(changes.get(number, 0) for number in range(len(linked.cells)))
    return Linked(linked.cells, counts, linked.sums)
