"""Propose a mapping for a table that has none: columns, ten rows as they would look, and a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tejido.directory.domain.drafts import ServiceDraft
from tejido.directory.domain.mapped import Column, Mapped, missing_columns, plain_name
from tejido.directory.domain.mapping_proposal import Proposal, key_order, propose
from tejido.directory.domain.natural_key import Marks, natural_key, new_marks, repeated_rows
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.tables import Table, read_rows
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.queries.concepts import known_needs, needs_by_word
from tejido.directory.queries.mappings import saved_mapping, saved_mappings
from tejido.directory.queries.sources import all_sources
from tejido.directory.services.files import refused
from tejido.directory.services.importing import Say, know_words, new_reading
from tejido.directory.services.mappings import MappingRefused, mapping_of_text
from tejido.directory.services.table_files import open_table
from tejido.foundation.errors import Refused

ROWS_LOOKED_AT = 200
ROWS_SHOWN = 10
ROWS_A_REPORT = 1_000


class NoNameColumn(Refused):
    """A table where no column could be the name of a service."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        """Name the columns that are there."""
        sentence = _(
            "No column of %(file)s is the name of a service or program. It has: %(found)s. "
            "Say which one is the name."
        ) % {"file": path.name, "found": ", ".join(names)[:500]}
        super().__init__("no-name-column", sentence)


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table that was looked through once.

    Attributes:
        names: the headings.
        repaired: those that were missing or stood there twice.
        first: the first rows that are as wide as the headings.
        numbers: of those rows, as a spreadsheet program shows them.
        marks: what tells all such rows apart.
        own_key: columns that name each row, where the proposal has a name.
    """

    path: Path
    sheet: str
    names: tuple[str, ...]
    repaired: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    marks: Marks
    proposal: Proposal
    own_key: tuple[str, ...]

    def key(self, fields: Mapping[str, Column]) -> tuple[str, ...]:
        """Return the smallest set of columns that names each row."""
        return natural_key(self.names, self.marks, key_order(fields)).columns

    def repeated(self, key: Sequence[str]) -> int:
        """Return how many rows some columns do not tell apart; whole rows that repeat count."""
        names = [plain_name(name) for name in self.names]
        places = [names.index(plain_name(name)) for name in key if plain_name(name) in names]
        return repeated_rows(self.marks, places)


def look_through(path: Path, *, sheet: str = "", report: Say | None = None) -> TableSeen:
    """Look through a whole table and propose what each column is.

    Args:
        path: the table.
        sheet: which sheet of a spreadsheet; '' takes the one that holds a list.
        report: called with a sentence after each thousand rows; what it raises ends the look.

    Raises:
        FileRefused, SheetsMany: it is no table, or which sheet is meant cannot be told.
    """
    table = open_table(path, sheet=sheet)
    names = table.header.names
    first: dict[int, tuple[str, ...]] = {}
    marks = new_marks(len(names))
    for number, cells in (row for row in table.rows if len(row[1]) == len(names)):
        if len(first) < ROWS_LOOKED_AT:
            first[number] = tuple(cells)
        marks.add(cells)
        if report is not None and len(marks.rows) % ROWS_A_REPORT == 0:
            report(_looked_at(len(marks.rows)))
    if not first:
        raise refused("table-no-rows", path)
    rows = tuple(first.values())
    proposal = propose(names, rows, needs_by_word())
    found = (names, table.header.repaired, rows, tuple(first), marks, proposal)
    seen = TableSeen(path, table.sheet, *found, own_key=())
    return replace(seen, own_key=seen.key(proposal.fields)) if "name" in proposal.fields else seen


def _looked_at(count: int) -> str:
    sentence = ngettext("%(count)s row looked at.", "%(count)s rows looked at.", count)
    return sentence % {"count": f"{count:,}"}


def proposed_mapping(
    seen: TableSeen,
    *,
    source: SourceIn,
    fields: Mapping[str, Column],
    key: Sequence[str],
    tier: Tier = Tier.CONTEXT,
) -> Mapped:
    """Return a mapping made of what was proposed or chosen; only name and key are needed later.

    Raises:
        NoNameColumn: nothing is the name.
    """
    if "name" not in fields:
        raise NoNameColumn(seen.path, seen.names)
    mapped = Mapped(source=source, fields=fields, key=tuple(key), tier=tier)
    needed = {*fields["name"].columns[:1], *key}
    optional = {*mapped.columns(), *seen.repaired} - needed
    return replace(mapped, optional=frozenset(optional))


def fitting_mapping(seen: TableSeen, source: SourceIn) -> Mapped | None:
    """Return the mapping that was saved for a source, where the table has its columns.

    What is now known of the source, such as the date of the list, takes the place of what was.
    """
    text = saved_mapping(source.key)
    if text is None:
        return None
    mapped = mapping_of_text(text, name=source.key, concepts=frozenset(known_needs()))
    if missing_columns(mapped, seen.names):
        return None
    return replace(mapped, source=source)


def fitting_sources(seen: TableSeen) -> list[SourceIn]:
    """Return the sources, by key, of whose saved mappings the table has every column.

    A newer file of one of them often has another name. Three queries.
    """
    texts, needs = saved_mappings(), frozenset(known_needs())
    mapped = [each for each in all_sources() if each.key in texts]
    return [each for each in mapped if _fits(seen, each.key, texts[each.key], needs)]


def _fits(seen: TableSeen, name: str, text: str, needs: frozenset[str]) -> bool:
    try:
        mapped = mapping_of_text(text, name=name, concepts=needs)
    except MappingRefused:
        return False
    return set(map(plain_name, mapped.columns())) <= set(map(plain_name, seen.names))


def sample_drafts(seen: TableSeen, mapped: Mapped, today: date) -> list[tuple[int, ServiceDraft]]:
    """Return the services that the first ten rows would become, each with its row.

    At most nine queries.
    """
    reading = new_reading(mapped.source.key, today)
    know_words(reading, mapped)
    rows = zip(seen.numbers, map(list, seen.first), strict=True)
    drafts = read_rows(seen.names, rows, Table(mapped, reading))
    return [(reading.row, draft) for draft in islice(drafts, ROWS_SHOWN)]
