"""Tables from CSV and XLSX alike: the header, the rows as text, and what was odd about them."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.directory.domain.cells import is_error
from tejido.directory.domain.headers import LOOKED_AT, Header, find_header
from tejido.directory.domain.issues import Issue, IssueCode
from tejido.directory.domain.mapped import Mapped
from tejido.directory.domain.mapping_proposal import recognised
from tejido.directory.services.files import MAC_ROMAN, MIXED, read_table_text, refused
from tejido.directory.services.sheet_scan import MAX_COLUMNS
from tejido.directory.services.spreadsheets import Sheet, is_spreadsheet, visible_sheets
from tejido.foundation.errors import Refused

DELIMITERS = ",;\t|"
# Of a text file; databases with a question a column have some hundreds.
MAX_TEXT_COLUMNS = 2_000
Rows = Iterator[tuple[int, list[str]]]
# What is said of a file whose encoding could only be guessed.
GUESSED = {
    MIXED: gettext_lazy(
        "Some lines of the file are UTF-8 and some Windows-1252. Each was read as what it is. "
        "Look at names with accents, and save the file as UTF-8."
    ),
    MAC_ROMAN: gettext_lazy(
        "The file seems to be written in Mac Roman and was read so. Look at names with accents. "
        "If they are wrong, save the file as “CSV UTF-8” and bring it again."
    ),
}


class SheetsMany(Refused):
    """Several sheets could be meant; nothing changed.

    Attributes:
        names: of the sheets that could be meant.
    """

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        """Name the sheets."""
        self.names = tuple(names)
        sentence = gettext_lazy(
            "%(file)s has several sheets: %(names)s. Nothing changed. Say which one with --sheet."
        )
        super().__init__("sheets-many", sentence % {"file": path.name, "names": ", ".join(names)})


@dataclass(slots=True)
class OpenTable:
    """A table that is open.

    Attributes:
        header: what the columns are called, and where the headings stand.
        rows: each as wide as the header unless it is odd, with its number as a spreadsheet
            program shows it: everything above counts, titles, headings and empty rows too.
        issues: what is odd; rows add to it while they are read.
        sheet: the name of the sheet, '' for CSV.
        notes: sentences about the whole file.
    """

    header: Header
    rows: Rows
    issues: list[Issue] = field(default_factory=list)
    sheet: str = ""
    notes: tuple[str, ...] = ()


def open_table(path: Path, *, sheet: str = "", mapped: Mapped | None = None) -> OpenTable:
    """Open a CSV file or one sheet of a spreadsheet.

    Args:
        path: what it holds decides how it is read, not its name.
        sheet: a sheet's name; '' chooses the one that fits.
        mapped: its columns tell the header, and which sheet is meant.

    Raises:
        FileRefused: it is missing, or no table.
        SheetsMany: several sheets could be meant, or none has this name.
    """
    wanted = [name for name in mapped.columns() if name not in mapped.optional] if mapped else []
    if path.is_file() and is_spreadsheet(path):
        return _opened_sheet(path, sheet, wanted)
    return _opened_text(path, wanted)


def _opened_text(path: Path, wanted: Collection[str]) -> OpenTable:
    text, encoding = read_table_text(path)
    head = _first_rows(path, _records(text))
    if (widest := max(map(len, head))) > MAX_TEXT_COLUMNS:
        raise refused("table-too-wide", path, columns=f"{widest:,}")
    header = find_header(head, wanted=wanted)
    table = OpenTable(header, iter(()), notes=_encoding_note(encoding))
    rows = _numbered(path, _records(text), below=header.last)
    table.rows = _fitted(rows, len(header.names), table, pads=False)
    _note_headings(table)
    return table


def _records(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)


def _encoding_note(encoding: str) -> tuple[str, ...]:
    if encoding == "UTF-8":
        return ()
    read = _("The file was read as %(encoding)s.") % {"encoding": encoding}
    return (str(GUESSED.get(encoding, read)),)


def _first_rows(path: Path, records: Iterator[list[str]]) -> list[list[str]]:
    """Return the first rows, up to one that cannot be read: it is met again, with its number."""
    first: list[list[str]] = []
    try:
        first.extend(islice(records, LOOKED_AT))
    except csv.Error as error:
        if not any(map(any, first)):
            raise refused("file-cut-short", path) from error
    return first


def _delimiter(text: str) -> str:
    """Return what stands between fields: the commonest mark of the first line that has one."""
    for line in text.split("\n", LOOKED_AT)[:LOOKED_AT]:
        best = max(DELIMITERS, key=line.count)
        if line.count(best) > 1:
            return best
    return max(DELIMITERS, key=text[:4096].count)


def _numbered(path: Path, records: Iterator[list[str]], *, below: int) -> Rows:
    """Return the rows that have something below row `below`, which counts from 0.

    Raises:
        FileRefused: a quotation mark is never closed, or a field is endless.
    """
    for number in count(start=1):
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise refused("table-broken", path, row=number) from error
        if number > below + 1 and any(cell.strip() for cell in cells):
            yield number, cells


def _opened_sheet(path: Path, name: str, wanted: Collection[str]) -> OpenTable:
    sheet, header = _chosen(path, visible_sheets(path), name, wanted)
    if len(header.names) >= MAX_COLUMNS:
        raise refused("sheet-too-large", path)
    rows = islice(enumerate(sheet.rows(), start=1), header.last + 1, None)
    table = OpenTable(header, iter(()), sheet=sheet.name)
    numbered = ((number, cells) for number, cells in rows if any(map(str.strip, cells)))
    table.rows = _fitted(numbered, len(header.names), table, pads=True)
    _note_headings(table)
    _note_scan(table, sheet)
    return table


def _chosen(
    path: Path, sheets: list[Sheet], name: str, wanted: Collection[str]
) -> tuple[Sheet, Header]:
    """Return the sheet that is named, or the only one that could be meant."""
    seen = [(sheet, *_seen(sheet, wanted)) for sheet in sheets]
    if name:
        seen = [each for each in seen if each[0].name.casefold() == name.casefold()]
    elif len(seen) > 1:
        best = max(score for _sheet, _header, score in seen)
        seen = [each for each in seen if each[2] >= max(best * 0.7, 1)]
    if len(seen) != 1:
        raise SheetsMany(path, [each[0].name for each in seen] or [each.name for each in sheets])
    return seen[0][0], seen[0][1]


def _seen(sheet: Sheet, wanted: Collection[str]) -> tuple[Header, int]:
    """Return a sheet's header, and how many columns there mean something."""
    first = list(islice(sheet.rows(), LOOKED_AT))
    header = find_header(first, wanted=wanted, is_ragged=True)
    if wanted:
        lacks = set(map(str.casefold, wanted)) - set(map(str.casefold, header.names))
        return header, 0 if lacks else len(header.names)
    if sheet.scan.filled_rows < 2:
        return header, 0
    return header, recognised(header.names, first[header.last + 1 :])


def _fitted(rows: Rows, width: int, table: OpenTable, *, pads: bool) -> Rows:
    """Return rows cut to the header's width where nothing is beyond; errors become empty."""
    for number, cells in rows:
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        for place, cell in enumerate(cells):
            if is_error(cell):
                name = table.header.names[place] if place < width else ""
                table.issues.append(Issue(number, name, cell, IssueCode.CELL_ERROR))
                cells[place] = ""
        yield number, cells + [""] * (width - len(cells)) if pads else cells


def _note_headings(table: OpenTable) -> None:
    table.issues += [
        Issue(0, "", name, IssueCode.HEADING_REPAIRED) for name in table.header.repaired
    ]


def _note_scan(table: OpenTable, sheet: Sheet) -> None:
    """Note merged cells, each block once, and formulas without a result, below the header."""
    top, names = table.header.last + 1, table.header.names
    blocks = {anchor for columns in sheet.scan.merged.values() for anchor in columns.values()}
    found = [(place, IssueCode.CELLS_MERGED) for place in sorted(blocks) if place[0] > top]
    found += [(place, IssueCode.FORMULA_EMPTY) for place in sheet.scan.empty_formulas]
    for (row, column), code in found:
        if row > top:
            name = names[column - 1] if column <= len(names) else ""
            table.issues.append(Issue(row, name, "", code))
