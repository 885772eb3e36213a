"""What pytauargus hides in the same table: the tool of official statistics as a Python package."""

from contextlib import chdir
from tempfile import mkdtemp
from typing import Any

from pytauargus import protect

from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.domain.tables import Linked

# Its mark for a cell that is not shown: unsafe by itself (U), or for another's sake (M).
HIDDEN = {"U", "M"}
# In percent of the smallest safe count, by how much an attacker must be unsure: all of it.
RANGE = 100


def hidden_by_peer(linked: Linked, rule: Rule, *, folder: str) -> int:
    """Return how many cells of a table of two dimensions pytauargus hides, totals included."""
    leaves = set(range(len(linked.cells))) - {each.total for each in linked.sums}
    people: dict[str, list[object]] = {"row": [], "column": [], "people": []}
    for number in leaves:
        row, column = linked.cells[number]
        for value, given in zip((row, column, 1), people.values(), strict=True):
            given += [value] * linked.counts[number]
    # Its solver writes into the folder that it is called in.
    with chdir(folder):
        protected = protect(
            people,
            ["row", "column"],
            response="people",
            safety_rules=f"FREQ({rule.threshold},{RANGE})",
            suppress="MOD(1)",
            workdir=mkdtemp(dir=folder),
        )
    table: Any = protected.tables[0]
    return sum(status in HIDDEN for status in table.status())
