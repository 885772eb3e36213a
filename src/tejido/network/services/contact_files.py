"""A small table that somebody brings: CSV or XLSX as rows of text, within limits."""

import csv
import zlib
from dataclasses import dataclass
from io import BytesIO, StringIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _
from openpyxl.reader.excel import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tejido.network.services.contacts import ContactRefused

MOST_BYTES = 2 * 1024 * 1024
# A list of contacts unpacks to a few megabytes; a file that says more is no list.
MOST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS = 2_000
MOST_COLUMNS = 40
_STUMBLES = (
    *(BadZipFile, zlib.error, EOFError, OSError, ParseError, RuntimeError, InvalidFileException),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text, the heading first; `first_row` is where that stands, as a sheet counts."""

    first_row: int
    rows: list[list[str]]


def table_of(content: bytes) -> Table:
    """Return a table, of a spreadsheet its first sheet; empty rows within stay, for the numbers.

    Raises:
        ContactRefused: `file-empty`, `file-large`, `file-unread`, `rows-many`.
    """
    if len(content) > MOST_BYTES:
        raise ContactRefused("file-large", _("The file is larger than 2 MB. Bring a part of it."))
    packed = content.startswith(b"PK\x03\x04")
    rows = _sheet_rows(content) if packed else _text_rows(content)
    told = [number for number, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if len(told) < len(("heading", "row")):
        raise ContactRefused(
            "file-empty", _("The file has no row below its heading. Nothing changed.")
        )
    kept = rows[told[0] : told[-1] + 1]
    if len(kept) > MOST_ROWS + 1:
        raise ContactRefused("rows-many", _("The file has more than 2,000 rows. Bring a part."))
    width = max(
        number for row in kept for number, cell in enumerate(row[:MOST_COLUMNS], 1) if cell.strip()
    )
    return Table(told[0] + 1, [row[:width] for row in kept])


def _text_rows(content: bytes) -> list[list[str]]:
    if b"\x00" in content:
        raise _unread()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets on Windows save when nobody chose.
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _unread() from error


def _sheet_rows(content: bytes) -> list[list[str]]:
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise _unread()
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        within = {"max_row": 2 * MOST_ROWS, "max_col": MOST_COLUMNS, "values_only": True}
        return [[_text(cell) for cell in row] for row in sheet.iter_rows(**within)]
    except _STUMBLES as error:
        raise _unread() from error


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _unread() -> ContactRefused:
    return ContactRefused(
        "file-unread",
        _("The file cannot be read. Save it as CSV (UTF-8) or XLSX, and bring that."),
    )
