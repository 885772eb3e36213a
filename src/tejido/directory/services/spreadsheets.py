"""Spreadsheets (XLSX) as rows of text, read one at a time; what they hide comes out as issues."""

import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from tejido.directory.domain.cells import cell_text
from tejido.directory.services.files import TABLE_WANTED, refused
from tejido.directory.services.sheet_scan import MAX_COLUMNS, SheetScan, TooMuch, scan_part
from tejido.foundation.files import packed_file

# A file says how large its parts become; Python's zip reader takes no byte more than that.
MAX_UNPACKED = 400 * 1024 * 1024
MAX_PART = 64 * 1024 * 1024
MAX_PARTS = 5_000
# Anything that a damaged or hostile file can make the reader stumble over.
STUMBLES = (
    *(BadZipFile, zlib.error, EOFError, OSError, ParseError, RuntimeError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, OverflowError),
)
# The reader warns of styles and rules that it does not keep; we read values only.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet: its name, what the scan found, and where to read it."""

    path: Path
    name: str
    scan: SheetScan

    def rows(self) -> Iterator[list[str]]:
        """Return each row as texts, empty rows too; merged cells each hold what they show.

        Raises:
            FileRefused: the sheet breaks off.
        """
        with _opened(self.path) as book:
            sheet = book[self.name]
            sheet.reset_dimensions()
            within = {"max_row": self.scan.last_row, "max_col": MAX_COLUMNS}
            for number, cells in enumerate(sheet.iter_rows(**within, values_only=True), start=1):
                yield self.scan.filled(number, [cell_text(value) for value in cells])


def is_spreadsheet(path: Path) -> bool:
    """Say whether a file is packed as spreadsheets are; whatever its name says."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def is_workbook(path: Path) -> bool:
    """Say whether a packed file is a spreadsheet, or could not be opened to see what it is."""
    try:
        with ZipFile(path) as packed:
            return "xl/workbook.xml" in packed.namelist()
    except STUMBLES:
        return True


def visible_sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a spreadsheet that a person sees and that hold something.

    Raises:
        FileRefused: it is no spreadsheet, is damaged, or would unpack to too much.
    """
    scans = _scanned(path)
    with _opened(path) as book:
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        # openpyxl has no public name for where a sheet lies in the file.
        parts = [(sheet.title, sheet._worksheet_path.removeprefix("/")) for sheet in seen]  # noqa: SLF001
        found = [Sheet(path, name, scans[part]) for name, part in parts]
    sheets = [sheet for sheet in found if sheet.scan.filled_rows]
    if not sheets:
        raise refused("sheets-empty", path)
    return sheets


def _scanned(path: Path) -> dict[str, SheetScan]:
    """Look through every part before the reader does; return what was found in the sheets.

    Raises:
        FileRefused: it would unpack to too much, or is packed but no spreadsheet.
    """
    with _stumbling(path), ZipFile(path) as packed:
        parts = packed.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            raise packed_file(path, wanted=TABLE_WANTED)
        large = max((p.file_size for p in parts if "/worksheets/" not in p.filename), default=0)
        whole = sum(part.file_size for part in parts)
        if whole > MAX_UNPACKED or large > MAX_PART or len(parts) > MAX_PARTS:
            raise refused("spreadsheet-bomb", path)
        read = [part.filename for part in parts if part.filename.endswith((".xml", ".rels"))]
        return {name: _scan(path, packed, name) for name in read}


def _scan(path: Path, packed: ZipFile, part: str) -> SheetScan:
    scan, is_sheet = SheetScan(), "/worksheets/" in part
    try:
        with packed.open(part) as stream:
            scan_part(stream, scan, is_sheet=is_sheet)
    except TooMuch as error:
        raise refused("sheet-too-large" if is_sheet else "spreadsheet-bomb", path) from error
    return scan


@contextmanager
def _stumbling(path: Path) -> Iterator[None]:
    """Turn whatever a damaged file does to its reader into a sentence."""
    try:
        yield
    except STUMBLES as error:
        raise refused("spreadsheet-broken", path) from error


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    # A third of a second, and only spreadsheets need it.
    from openpyxl.reader.excel import load_workbook  # noqa: PLC0415

    with _stumbling(path), path.open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()
