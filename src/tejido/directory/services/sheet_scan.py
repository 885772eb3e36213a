"""A first look through a sheet's XML: merged cells, formulas without a result, and how much."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from tejido.directory.domain.cells import column_number

MAX_COLUMNS = 300
MAX_ROWS = 300_000
MAX_CELLS = 6_000_000
MAX_MERGED = 200_000
MAX_FORMULAS = 1_000
# Spreadsheet programs take 32,767 characters in a cell.
MAX_TEXT = 1_000_000
MAX_OTHERS = 4_000_000
CHUNK = 1 << 16
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class TooMuch(ValueError):
    """A sheet with more than anybody's list has."""


@dataclass(slots=True)
class SheetScan:
    """What the look found. Places are (row, column), both from 1.

    Attributes:
        merged: row -> column -> the place that holds the value of the merged cells there.
        held: what those places hold, as far as rows were read.
        empty_formulas: places of formulas whose result the file does not hold.
        filled_rows: rows with a value.
        last_row: the last of them; formats often reach to the end of the sheet.
    """

    merged: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict)
    held: dict[tuple[int, int], str] = field(default_factory=dict)
    empty_formulas: list[tuple[int, int]] = field(default_factory=list)
    filled_rows: int = 0
    last_row: int = 0
    cells: int = 0
    covered: int = 0

    def filled(self, row: int, texts: list[str]) -> list[str]:
        """Return a row with what its merged cells show; call it for each row in order."""
        for column, anchor in sorted(self.merged.get(row, {}).items()):
            texts += [""] * (column - len(texts))
            if anchor == (row, column):
                self.held[anchor] = texts[column - 1]
            texts[column - 1] = self.held.get(anchor, "")
        return texts

    def merge(self, reference: str) -> None:
        """Note the cells that a reference such as A1:C2 covers.

        Raises:
            TooMuch: they are more than a list has.
        """
        ends = [_PLACE.fullmatch(part) for part in reference.split(":")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            return
        left, right = column_number(ends[0][1]), column_number(ends[1][1])
        top, bottom = int(ends[0][2]), int(ends[1][2])
        self.covered += (bottom - top + 1) * (right - left + 1)
        if self.covered > MAX_MERGED:
            raise TooMuch
        for row in range(top, bottom + 1):
            for column in range(left, min(right, MAX_COLUMNS) + 1):
                self.merged.setdefault(row, {})[column] = (top, left)


class _Reader:
    """What expat tells while it goes through one sheet."""

    def __init__(self, scan: SheetScan) -> None:
        self.scan = scan
        self.row = 0
        self.place = ""
        self.length = self.others = 0
        self.has_formula = self.has_value = self.row_has_value = self.in_value = False

    def begin(self, name: str, told: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._begin_cell(told)
        elif name == "f":
            self.has_formula = True
        elif name in ("v", "is"):
            self.in_value = True
        elif name == "row":
            self._begin_row(told.get("r", ""))
        elif name == "mergeCell":
            self.scan.merge(told.get("ref", ""))
        else:
            self.count()

    def count(self, *_: object) -> None:
        self.others += 1
        if self.others > MAX_OTHERS:
            raise TooMuch

    def _begin_row(self, number: str) -> None:
        self.row = int(number) if number.isdigit() else self.row + 1
        self.row_has_value = False

    def _begin_cell(self, told: dict[str, str]) -> None:
        self.place = told.get("r", "")
        self.has_formula = False
        self.length = 0
        # A formula that makes an empty text has a result, and nothing in it.
        self.has_value = told.get("t") == "str"
        self.scan.cells += 1
        if self.scan.cells > MAX_CELLS:
            raise TooMuch

    def text(self, said: str) -> None:
        self.length += len(said)
        if self.length > MAX_TEXT:
            raise TooMuch
        if self.in_value:
            self.has_value = self.row_has_value = True

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("v", "is"):
            self.in_value = False
        elif name == "c" and self.has_formula and not self.has_value:
            self._note_formula()
        elif name == "row" and self.row_has_value:
            self.scan.filled_rows += 1
            self.scan.last_row = max(self.scan.last_row, self.row)
            if self.row > MAX_ROWS + 1:
                raise TooMuch

    def _note_formula(self) -> None:
        found = _PLACE.fullmatch(self.place)
        if found and len(self.scan.empty_formulas) < MAX_FORMULAS:
            self.scan.empty_formulas.append((int(found[2]), column_number(found[1])))


def scan_part(stream: IO[bytes], scan: SheetScan, *, is_sheet: bool) -> None:
    """Look through one part of a spreadsheet.

    Args:
        stream: XML.
        scan: what is filled.
        is_sheet: of the other parts only the elements are counted.

    Raises:
        TooMuch: more rows, cells, merged cells or text in one place than a list has.
        ValueError: it is no XML, or it defines entities, which no spreadsheet does.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    reader = _Reader(scan)
    parser.StartElementHandler = reader.begin if is_sheet else reader.count
    if is_sheet:
        parser.EndElementHandler, parser.CharacterDataHandler = reader.end, reader.text
    fed = 0
    try:
        for chunk in _chunks(stream):
            parser.Parse(chunk, not chunk)
            fed += len(chunk)
            # One mark of many megabytes is parsed again from its beginning with every chunk.
            if fed - parser.CurrentByteIndex > MAX_TEXT:
                raise TooMuch
    except expat.ExpatError as error:
        raise ValueError("no XML") from error


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk
    yield b""


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a document type")
