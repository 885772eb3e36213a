"""The smallest set of columns that names each row of a table."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations, compress

from tejido.directory.domain.headings import is_id

MAX_COLUMNS = 5
MAX_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells the rows of a table apart: a number for each cell, 0 where nothing stands.

    Eight bytes a cell, so that a large table stays small. Capitals and spaces count not.

    Attributes:
        rows: a number for each whole row.
        columns: for each column, a number for each row.
    """

    rows: "array[int]"
    columns: "list[array[int]]"

    def add(self, cells: Sequence[str]) -> None:
        """Take in one more row, as wide as the table."""
        marks = array("Q", map(_mark, cells))
        for column, mark in zip(self.columns, marks, strict=True):
            column.append(mark)
        self.rows.append(_number(marks.tobytes()))

    def chosen(self, places: Sequence[int]) -> "list[array[int]]":
        """Return some columns."""
        return [self.columns[place] for place in places]


@dataclass(frozen=True, slots=True)
class KeyFound:
    """Columns that name a row, and how many rows they do not tell apart (0: each is named)."""

    columns: tuple[str, ...]
    repeated: int


def new_marks(width: int, rows: Iterable[Sequence[str]] = ()) -> Marks:
    """Return the marks of a table with so many columns, to which rows may be added."""
    marks = Marks(array("Q"), [array("Q") for _ in range(width)])
    for cells in rows:
        marks.add(cells)
    return marks


def natural_key(names: Sequence[str], marks: Marks, order: Sequence[str]) -> KeyFound:
    """Return the smallest set of columns that is unique.

    A column whose heading promises ids is best alone; otherwise the set holds the first of
    `order`, because a row without its name is nobody's. Whole rows that repeat count once.

    Args:
        names: the headings.
        marks: of every row.
        order: columns that may be chosen, the most lasting first.
    """
    whole = _once(marks)
    ids = [place for place, name in enumerate(names) if is_id(name)]
    places = [names.index(name) for name in order if name in names][:MAX_CANDIDATES]
    for chosen in (*((place,) for place in ids), *_sets(places)):
        if _is_unique(whole.chosen(chosen)):
            return KeyFound(tuple(names[place] for place in chosen), 0)
    best = tuple(places[:MAX_COLUMNS])
    return KeyFound(tuple(names[p] for p in best), repeated_rows(whole, best))


def repeated_rows(marks: Marks, places: Sequence[int]) -> int:
    """Return how many rows have the same values in some columns as an earlier one."""
    different = set(zip(*marks.chosen(places), strict=True)) if places else {()}
    return max(len(marks.rows) - len(different), 0)


def _mark(cell: str) -> int:
    plain = " ".join(cell.casefold().split())
    return _number(plain.encode("utf-8", "surrogatepass")) if plain else 0


def _number(said: bytes) -> int:
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big")


def _once(marks: Marks) -> Marks:
    """Return the rows without those that repeat whole."""
    first: dict[int, int] = {}
    is_new = [first.setdefault(row, number) == number for number, row in enumerate(marks.rows)]
    if all(is_new):
        return marks
    return Marks(
        array("Q", compress(marks.rows, is_new)),
        [array("Q", compress(column, is_new)) for column in marks.columns],
    )


def _sets(places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Return the sets to try, the smallest first, each with the first column."""
    first, rest = places[:1], places[1:]
    for size in range(min(MAX_COLUMNS, len(places))):
        yield from ((*first, *more) for more in combinations(rest, size))


def _is_unique(columns: "Sequence[array[int]]") -> bool:
    """Say whether no two rows agree, and the first column is never empty."""
    met = set()
    for row in zip(*columns, strict=True):
        if row in met or not row[0]:
            return False
        met.add(row)
    return True
