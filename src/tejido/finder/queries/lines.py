"""Lines to call, from the file that states them: no database, no snapshot."""

from functools import cache
from pathlib import Path

from tejido.finder.domain.lines import Line, read_lines

LINES_FILE = Path(__file__).resolve().parents[1] / "lines.toml"


@cache
def lines_to_call() -> tuple[Line, ...]:
    """Return every line, the most urgent first.

    Source: each names its own, an anchor of docs/sources.md.
    """
    return read_lines(LINES_FILE.read_text(encoding="utf-8"))


def line_to_call(line_id: str) -> Line:
    """Return one line by its id."""
    return next(line for line in lines_to_call() if line.id == line_id)
