"""Invented tables to hide cells in."""

import random

from tejido.disclosure.domain.tables import Cell, Levels, Linked, linked_of

ALL = "all"


def drawn(
    seed: int, *, rows: int, columns: int, typical: float = 20.0, has_regions: bool = False
) -> Linked:
    """Return a table with totals, and with its rows in two regions, which is two linked tables."""
    draw = random.Random(seed)  # noqa: S311 - not a secret
    down = [f"r{number}" for number in range(rows)]
    across = [f"c{number}" for number in range(columns)]
    sizes = [draw.lognormvariate(0, 1.2) * typical for _ in down]
    counts: dict[Cell, int] = {
        (row, column): int(draw.expovariate(1) * size)
        for row, size in zip(down, sizes, strict=True)
        for column in across
    }
    return linked_of([(ALL, ALL)], counts, [_levels(down, nested=has_regions), total_of(across)])


def total_of(values: list[str]) -> Levels:
    """Return values with one total."""
    return Levels({ALL: tuple(values)})


def _levels(values: list[str], *, nested: bool) -> Levels:
    half = len(values) // 2
    if not nested or not half:
        return total_of(values)
    return Levels(
        {ALL: ("north", "south"), "north": tuple(values[:half]), "south": tuple(values[half:])}
    )
