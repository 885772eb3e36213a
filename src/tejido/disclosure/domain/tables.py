"""Tables of counts as an attacker sees them: cells, and which cells add up to which.

Tables that share cells (a county in a region and in the state, a quarter in a year) are one
`Linked` with all their sums, so that what one of them hides another cannot give away.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell, by its number, and those that add up to it."""

    total: int
    parts: tuple[int, ...]

    def __iter__(self) -> Iterator[int]:
        """Yield the numbers of all its cells, the total first."""
        yield self.total
        yield from self.parts


@dataclass(frozen=True, slots=True)
class Linked:
    """Cells of one or more tables, what each counts, and how they add up.

    `counts` has the order of `cells`; `sums` name cells by their place in it.
    """

    cells: tuple[Cell, ...]
    counts: tuple[int, ...]
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """One dimension: which values are made of which others, as a region is of counties.

    A value that is no key is a leaf. Levels without totals have no keys.
    """

    parts: Mapping[str, tuple[str, ...]]

    def leaves_of(self, value: str) -> tuple[str, ...]:
        """Return the leaves that a value is made of; a leaf is made of itself."""
        if value not in self.parts:
            return (value,)
        return tuple(itertools.chain.from_iterable(map(self.leaves_of, self.parts[value])))


def linked_of(
    cells: Sequence[Cell], counts: Mapping[Cell, int], levels: Sequence[Levels]
) -> Linked:
    """Return the cells with whatever they are made of, down to the leaves, and every sum.

    Args:
        cells: what is to be looked at, each a value of every dimension.
        counts: of the leaves; one that is missing is 0.
        levels: of each dimension, in the order of a cell's values.
    """
    reached = _reached(cells, levels)
    numbers = {cell: number for number, cell in enumerate(reached)}
    sums = tuple(
        Sum(numbers[cell], tuple(numbers[part] for part in parts))
        for cell in reached
        for parts in _splits(cell, levels)
    )
    return Linked(tuple(reached), tuple(count_of(cell, counts, levels) for cell in reached), sums)


def count_of(cell: Cell, counts: Mapping[Cell, int], levels: Sequence[Levels]) -> int:
    """Return what a cell counts: the sum of its leaves."""
    leaves = itertools.product(
        *(each.leaves_of(value) for each, value in zip(levels, cell, strict=True))
    )
    return sum(counts.get(leaf, 0) for leaf in leaves)


def _reached(cells: Sequence[Cell], levels: Sequence[Levels]) -> list[Cell]:
    found = dict.fromkeys(cells)
    waiting = list(found)
    while waiting:
        for part in itertools.chain.from_iterable(_splits(waiting.pop(), levels)):
            if part not in found:
                found[part] = None
                waiting.append(part)
    return list(found)


def _splits(cell: Cell, levels: Sequence[Levels]) -> Iterator[tuple[Cell, ...]]:
    """Yield the ways in which a cell is made of others, one for each dimension that is split."""
    for place, (each, value) in enumerate(zip(levels, cell, strict=True)):
        if value in each.parts:
            yield tuple((*cell[:place], part, *cell[place + 1 :]) for part in each.parts[value])
