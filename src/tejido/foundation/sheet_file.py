"""Rows as a spreadsheet (XLSX) in which nothing is computed."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.workbook.workbook import Workbook

from tejido.foundation.problem_file import neutral

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a cell holds at most.
LONGEST_CELL = 32_767


def sheet_bytes(rows: Iterable[Iterable[str]], *, title: str) -> bytes:
    """Return rows as the one sheet of a spreadsheet file that opens without running anything.

    Args:
        rows: the first is the heading; every cell is text.
        title: of the sheet; 31 letters are kept, without those that a sheet may not have.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(each for each in title if each not in r"[]:*?/\ ")[:31])
    for row in rows:
        sheet.append([_cell(text) for text in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(text: str) -> str:
    return neutral(ILLEGAL_CHARACTERS_RE.sub("", text))[:LONGEST_CELL]
