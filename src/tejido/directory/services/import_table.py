"""Import a table of services with a mapping that says which column is what."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.tables import (
    Mapped,
    Table,
    missing_columns,
    read_rows,
    repeated_columns,
)
from tejido.directory.services.files import FileRefused, read_table_text
from tejido.directory.services.importing import Imported, Say, new_reading, store_drafts
from tejido.directory.services.mappings import mapping_by_name
from tejido.foundation.errors import Refused

DELIMITERS = ",;\t|"


class TableRefused(Refused):
    """A table that this mapping does not fit; nothing changed."""


def import_services(
    *,
    path: Path,
    mapping: str,
    at: datetime,
    today: date,
    dry_run: bool = False,
    report: Say | None = None,
) -> Imported:
    """Import services from a table, all or nothing; a row that is odd is reported.

    Args:
        path: CSV with a header; comma, semicolon, tab or bar between the fields.
        mapping: a mapping file, or the name of one that is shipped.
        at: when the import runs.
        today: the local date.
        dry_run: count and report everything, change nothing.
        report: called with a sentence after each 500 services.

    Raises:
        MappingRefused, FileRefused, TableRefused: nothing changed; the sentence says why.
    """
    reading = new_reading("", today)
    mapped = mapping_by_name(mapping, concepts=frozenset(reading.concepts))
    reading.source_key = mapped.source.key
    text, encoding = read_table_text(path)
    header, rows = _open_table(path, text, mapped)
    notes = (_("The file was read as %(encoding)s.") % {"encoding": encoding},)
    return store_drafts(
        drafts=read_rows(header, rows, Table(mapped, reading)),
        reading=reading,
        source=_dated(mapped.source, today),
        path=path,
        at=at,
        dry_run=dry_run,
        report=report,
        notes=notes if encoding != "UTF-8" else (),
    )


def _dated(source: SourceIn, today: date) -> SourceIn:
    published = source.published_on
    return replace(source, published_on=None) if published and published > today else source


def _open_table(
    path: Path, text: str, mapped: Mapped
) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the header and the numbered rows.

    Raises:
        TableRefused: columns that the mapping needs are missing or stand there twice.
    """
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = next(lines, [])
    except csv.Error as error:
        raise FileRefused("file-cut-short", path) from error
    _refuse_columns(path, header, mapped)
    return header, _numbered(path, lines)


def _refuse_columns(path: Path, header: list[str], mapped: Mapped) -> None:
    missing, twice = missing_columns(mapped, header), repeated_columns(mapped, header)
    if missing:
        sentence = gettext_lazy(
            "%(file)s has no column %(missing)s. It has: %(found)s. Nothing changed. "
            "Rename the columns in the file, or write a mapping for this file."
        )
        words = {"missing": ", ".join(missing), "found": ", ".join(header)[:500]}
        raise TableRefused("columns-missing", sentence % {"file": path.name, **words})
    if twice:
        sentence = gettext_lazy(
            "%(file)s has the column %(twice)s more than once. Nothing changed. "
            "Delete or rename one of them."
        )
        raise TableRefused(
            "columns-twice", sentence % {"file": path.name, "twice": ", ".join(twice)}
        )


def _numbered(path: Path, lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Return the rows that have something, numbered from 1 below the header.

    Raises:
        FileRefused: a quotation mark is never closed, or a field is endless.
    """
    number = 0
    while True:
        number += 1
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused("table-broken", path, row=number) from error
        if any(cell.strip() for cell in cells):
            yield number, cells
