"""What a mapping says: which column of a table is what, and which columns name a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.vocabulary import Mode, Tier

# What a column can be. `phone` may be several columns, one number each.
FIELDS = (
    *("name", "organization", "description", "before_you_go", "hours_text"),
    *("url", "email", "phone"),
    *("address_1", "address_2", "city", "state", "postal_code", "zip4", "county"),
    *("latitude", "longitude", "languages", "needs"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field comes from: one column, or several joined by a text; empty ones count not.

    `label` puts each column's own name before its value: "Monday 9-5; Tuesday 9-5".
    """

    columns: tuple[str, ...]
    join: str = " "
    label: bool = False


NO_COLUMN = Column(())


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping file, read.

    What it says for all rows (needs, languages) holds beside what a row lists itself.

    Attributes:
        source: whose list it is; its date confirms each row.
        fields: a field of FIELDS -> where it comes from; `name` is always there.
        key: columns that together name a row for ever.
        optional: columns that may be missing from a file.
    """

    source: SourceIn
    fields: Mapping[str, Column]
    key: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tier: Tier = Tier.CONTEXT
    mode: Mode = Mode.FIXED

    def columns(self) -> list[str]:
        """Return every column that the mapping names, each once, in order."""
        named = [name for each in self.fields.values() for name in each.columns]
        return list(dict.fromkeys([*named, *self.key]))


def missing_columns(mapped: Mapped, header: Sequence[str]) -> list[str]:
    """Return the columns that the mapping needs and the header does not have."""
    known = {plain_name(name) for name in header}
    return [
        name
        for name in mapped.columns()
        if plain_name(name) not in known and name not in mapped.optional
    ]


def repeated_columns(mapped: Mapped, repaired: Sequence[str]) -> list[str]:
    """Return the columns that the mapping needs and that stand twice in the header.

    Args:
        mapped: one that names the second (`Phone 2`), if only as optional, knows of both.
        repaired: what columns without a heading of their own are called.
    """
    known = {plain_name(name) for name in (*mapped.columns(), *mapped.optional)}
    strange = {plain_name(name) for name in repaired} - known
    return [name for name in mapped.columns() if f"{plain_name(name)} 2" in strange]


@lru_cache(maxsize=4_096)
def plain_name(name: str) -> str:
    """Return a column's name as it is compared: without capitals, edges and byte order mark."""
    return " ".join(name.replace("\ufeff", "").casefold().split())
