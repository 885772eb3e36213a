"""What is wrong with the rows of a file, as a table for whoever mends it."""

import csv
from collections.abc import Iterable
from io import SEEK_END, StringIO
from pathlib import Path

# What a spreadsheet would compute with (OWASP, CSV injection), and its full-width twins.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BYTE_ORDER_MARK = "\ufeff"
HEADER = ("file", "row", "field", "value", "code", "what to do")


def write_problem_file(rows: Iterable[tuple[str, ...]], *, folder: Path, name: str) -> Path:
    """Write a CSV file that spreadsheets open without running anything; return its path.

    Args:
        rows: one for each problem, as in `HEADER`.
        folder: the data folder; the table goes into `imports` there, for its owner only.
        name: of the table, without its ending.
    """
    imports = problem_folder(folder)
    imports.mkdir(parents=True, exist_ok=True, mode=0o700)
    table = imports / f"{name}.csv"
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADER)
        lines.writerows([neutral(cell) for cell in row] for row in rows)
    return table


def table_text(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as CSV that spreadsheets open without running anything.

    It begins with the mark by which they know its letters.
    """
    text = StringIO(BYTE_ORDER_MARK, newline="")
    text.seek(0, SEEK_END)
    csv.writer(text).writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def problem_folder(folder: Path) -> Path:
    """Return where the tables lie in a data folder."""
    return folder / "imports"


def neutral(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula: a mark goes in front.

    A cell that begins with the mark gets one more, so that the mark can be taken off again.
    """
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell
