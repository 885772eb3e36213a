"""Tables that members can share: areas say which there are, agreements name them by code."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tejido.disclosure.domain.audiences import Counted
from tejido.disclosure.domain.tables import Cell


@dataclass(frozen=True, slots=True)
class SharedTable:
    """One table that an agreement can name; words are lazy, in the language of the page.

    Attributes:
        code: by which agreements name it; never changes.
        name: what it is called.
        sees: what the other will see, one sentence.
        never: what they never see by it, one sentence.
        heads: what stands over the parts of a cell and over the count.
        counted: takes the member whose rows they are, and the day.
        words_of: takes a cell, returns its parts in words.
    """

    code: str
    name: object
    sees: object
    never: object
    heads: Sequence[object]
    counted: Callable[[UUID, date], Counted]
    words_of: Callable[[Cell], list[str]]


_offered: dict[str, SharedTable] = {}


def offer_table(table: SharedTable) -> None:
    """Let agreements name a table; called once, at the start."""
    _offered[table.code] = table


def shared_tables() -> list[SharedTable]:
    """Return every table that can be shared, by code."""
    return [_offered[code] for code in sorted(_offered)]


def table_of(code: str) -> SharedTable | None:
    """Return the table with this code; None where no area offers it (any more)."""
    return _offered.get(code)
