"""Import a table of services with a mapping that says which column is what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy

from tejido.directory.domain.mapped import Mapped, missing_columns, repeated_columns
from tejido.directory.domain.tables import Table, read_rows
from tejido.directory.services.importing import (
    Imported,
    Say,
    know_words,
    known_today,
    new_reading,
    store_drafts,
)
from tejido.directory.services.mappings import mapping_by_name
from tejido.directory.services.table_files import OpenTable, open_table
from tejido.foundation.errors import Refused


class TableRefused(Refused):
    """A table that this mapping does not fit; nothing changed."""


def import_services(
    *,
    path: Path,
    mapping: str | Mapped,
    at: datetime,
    today: date,
    dry_run: bool = False,
    report: Say | None = None,
    heed: Callable[[], None] | None = None,
    sheet: str = "",
    act_id: UUID | None = None,
) -> Imported:
    """Import services from a table, all or nothing; a row that is odd is reported.

    Args:
        path: CSV or XLSX with a header; comma, semicolon, tab or bar between fields of CSV.
        mapping: one that is read already, a mapping file, or the name of one that is shipped or
            was saved.
        at: when the import runs.
        today: the local date; a list that says it was made later says no date.
        dry_run: count and report everything, change nothing.
        report: called with a sentence after each 500 services; what it raises ends the import.
        heed: called at each row that is read; what it raises ends the import too.
        sheet: which sheet of a spreadsheet; '' takes the one that has the mapping's columns.
        act_id: an act that the caller began, as `store_services` has it.

    Raises:
        MappingRefused, FileRefused, SheetsMany, TableRefused: nothing changed; the sentence
            says why.
    """
    reading = new_reading("", today, heed)
    mapped = mapping_by_name(mapping, concepts=frozenset(reading.concepts))
    reading.source_key = mapped.source.key
    know_words(reading, mapped)
    table = open_table(path, sheet=sheet, mapped=mapped)
    _refuse_columns(path, table, mapped)
    # Rows add to the issues while they are read; both lists are one.
    reading.issues = table.issues
    mapped = replace(mapped, source=known_today(mapped.source, reading))
    return store_drafts(
        drafts=read_rows(table.header.names, table.rows, Table(mapped, reading)),
        reading=reading,
        source=mapped.source,
        path=path,
        at=at,
        dry_run=dry_run,
        report=report,
        notes=table.notes,
        act_id=act_id,
    )


def _refuse_columns(path: Path, table: OpenTable, mapped: Mapped) -> None:
    """Refuse a table whose columns the mapping does not know.

    Raises:
        TableRefused: columns that the mapping needs are missing or stand there twice.
    """
    missing = missing_columns(mapped, table.header.names)
    twice = repeated_columns(mapped, table.header.repaired)
    if missing:
        sentence = gettext_lazy(
            "%(file)s has no column %(missing)s. It has: %(found)s. Nothing changed. "
            "Rename the columns in the file, or write a mapping for this file."
        )
        found = ", ".join(table.header.names)[:500]
        words = {"missing": ", ".join(missing), "found": found}
        raise TableRefused("columns-missing", sentence % {"file": path.name, **words})
    if twice:
        sentence = gettext_lazy(
            "%(file)s has the column %(twice)s more than once. Nothing changed. "
            "Delete or rename one of them."
        )
        raise TableRefused(
            "columns-twice", sentence % {"file": path.name, "twice": ", ".join(twice)}
        )
