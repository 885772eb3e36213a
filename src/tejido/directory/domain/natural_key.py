"""The smallest set of columns that names each row of a table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tejido.directory.domain.headings import is_id

MAX_COLUMNS = 5
MAX_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class KeyFound:
    """Columns that name a row, and how many rows they do not tell apart (0: each is named)."""

    columns: tuple[str, ...]
    repeated: int


def natural_key(
    names: Sequence[str], rows: Iterable[Sequence[str]], order: Sequence[str]
) -> KeyFound:
    """Return the smallest set of columns that is unique.

    A column whose heading promises ids is best alone; otherwise the set holds the first of
    `order`, because a row without its name is nobody's. Whole rows that repeat count once.

    Args:
        names: the headings.
        rows: every row; capitals and spaces count not.
        order: columns that may be chosen, the most lasting first.
    """
    whole = list(dict.fromkeys(tuple(_plain(cell) for cell in row) for row in rows))
    ids = [place for place, name in enumerate(names) if is_id(name)]
    places = [names.index(name) for name in order if name in names][:MAX_CANDIDATES]
    for chosen in (*((place,) for place in ids), *_sets(places)):
        if _is_unique(whole, chosen):
            return KeyFound(tuple(names[place] for place in chosen), 0)
    best = tuple(places[:MAX_COLUMNS])
    return KeyFound(tuple(names[p] for p in best), repeated_rows(whole, best))


def repeated_rows(rows: Iterable[Sequence[str]], places: Sequence[int]) -> int:
    """Return how many rows have the same values in some columns as an earlier one."""
    said = [tuple(_plain(row[place]) for place in places) for row in rows]
    return len(said) - len(set(said))


def _plain(cell: str) -> str:
    return " ".join(cell.casefold().split())


def _sets(places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Return the sets to try, the smallest first, each with the first column."""
    first, rest = places[:1], places[1:]
    for size in range(min(MAX_COLUMNS, len(places))):
        yield from ((*first, *more) for more in combinations(rest, size))


def _is_unique(rows: Sequence[tuple[str, ...]], places: tuple[int, ...]) -> bool:
    """Say whether no two rows agree, and the first column is never empty."""
    met = set()
    for row in rows:
        said = tuple(row[place] for place in places)
        if said in met or not said[0]:
            return False
        met.add(said)
    return True
