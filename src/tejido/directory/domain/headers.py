"""Where the headings of a table stand, and what each column is called."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tejido.directory.domain.cells import column_letters
from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.mapped import plain_name

LOOKED_AT = 30
LONGEST_HEADING = 80
# What stands in rows and not above them: numbers, phone numbers, dates, addresses of the net.
_DATA = re.compile(
    r"[-+$]?[\d.,/%: ()-]*\d[\d.,/%: ()-]*|https?://\S*|www\.\S+|\S+@\S+\.\S+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table.

    Attributes:
        names: one for each column, no two alike.
        first: the row where the headings stand, from 0.
        last: the row where they end; rows of the list begin below it.
        repaired: columns whose heading was missing, or stood there twice, as they are now called.
    """

    names: tuple[str, ...]
    first: int
    last: int
    repaired: tuple[str, ...] = ()


def find_header(
    rows: Sequence[Sequence[str]], *, wanted: Collection[str] = (), is_ragged: bool = False
) -> Header:
    """Return the headings among the first rows of a table; titles above them are passed over.

    Merged cells are expected to be filled: a title over the whole width is one text repeated.

    Args:
        rows: the first rows as they stand; rows without a word are passed over.
        wanted: columns that a mapping needs; the first row that has them all is the header.
        is_ragged: rows may be wider than their headings, as in spreadsheets, where in a text
            file a field too many is a mistake of its row.
    """
    first = _row_with(rows, wanted)
    if first is None:
        first = _first_headings(rows)
    is_double = first + 1 < len(rows) and _is_grouped(rows[first], rows[first + 1])
    last = first + 1 if is_double else first
    widest = max(map(len, rows)) if rows and is_ragged else len(rows[first]) if rows else 0
    width = min(max((_width(row) for row in rows[first:]), default=0), widest)
    said = [_joined([_at(row, n) for row in rows[first : last + 1]]) for n in range(width)]
    names, repaired = _distinct(said)
    return Header(names, first, last, repaired)


def _row_with(rows: Sequence[Sequence[str]], wanted: Collection[str]) -> int | None:
    needed = {plain_name(name) for name in wanted}
    for number, row in enumerate(rows):
        if needed and needed <= {plain_name(cell) for cell in row}:
            return number
    return None


def _first_headings(rows: Sequence[Sequence[str]]) -> int:
    widest = max((_distinct_count(row) for row in rows), default=0)
    some = [number for number, row in enumerate(rows) if _distinct_count(row)]
    for number in some:
        if _distinct_count(rows[number]) >= widest / 2 and _is_headings(rows[number]):
            return number
    return some[0] if some else 0


def _distinct_count(row: Sequence[str]) -> int:
    return len({cell.strip() for cell in row if cell.strip()})


def _is_headings(row: Sequence[str]) -> bool:
    """Say whether a row reads like headings: short, and hardly any numbers."""
    said = [cell.strip() for cell in row if cell.strip()]
    odd = sum(len(cell) > LONGEST_HEADING or bool(_DATA.fullmatch(cell)) for cell in said)
    return bool(said) and odd <= len(said) / 5


def _is_grouped(row: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether a row names groups of columns, with the headings of each column below it.

    A column that stands alone has its heading in one of the two rows, or in both the same.
    """
    said = [cell.strip() for cell in row]
    groups = {n for n, cell in enumerate(said) if cell and said.count(cell) > 1}
    finer = [_at(below, n).strip() for n in sorted(groups)]
    alone = ((_at(said, n), cell.strip()) for n, cell in enumerate(below) if n not in groups)
    return (
        len(set(filter(None, said))) > 1
        and bool(finer)
        and all(finer)
        and len(set(finer)) == len(finer)
        and all("" in (cell, above) or cell == above for above, cell in alone)
        and _is_headings(below)
    )


def _joined(parts: Sequence[str]) -> str:
    """Return a heading in one line; a group's name comes before that of its column."""
    words = [" ".join(clean_text(part.replace("\ufeff", "")).split()) for part in parts]
    return " ".join(dict.fromkeys(word for word in words if word))


def _distinct(said: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names: list[str] = []
    repaired: list[str] = []
    taken: dict[str, int] = {}
    for number, heading in enumerate(said, start=1):
        name = heading or f"Column {column_letters(number)}"
        taken[name] = taken.get(name, 0) + 1
        if taken[name] > 1:
            name = f"{name} {taken[name]}"
        if name != heading:
            repaired.append(name)
        names.append(name)
    return tuple(names), tuple(repaired)


def _width(row: Sequence[str]) -> int:
    return max((number for number, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _at(row: Sequence[str], number: int) -> str:
    return row[number] if number < len(row) else ""
