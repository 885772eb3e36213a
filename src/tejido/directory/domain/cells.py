"""Cells of a spreadsheet as the text that a person sees in them."""

from datetime import date, datetime, time, timedelta
from typing import Any

# What a spreadsheet shows where a formula went wrong.
ERRORS = frozenset(
    (
        "#NULL!",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#N/A",
        "#GETTING_DATA",
        "#SPILL!",
    )
)
EXACT = 10**15


def cell_text(value: Any) -> str:
    """Return the text of a cell: whole numbers without `.0`, dates as 2026-11-20, times as 09:00.

    Numbers above 10**15 are what the spreadsheet has left of them; they come as it holds them.
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date | time | timedelta):
        return _moment_text(value)
    return str(value)


def _moment_text(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime):
        text = value.isoformat(" ", "minutes")
        return text.removesuffix(" 00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def is_error(text: str) -> bool:
    """Say whether a cell shows that its formula went wrong."""
    return text in ERRORS


def column_letters(number: int) -> str:
    """Return the letters of a column, from 1: A, B, … Z, AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column, from 1, or 0 where these are no letters of one."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or number > 26**3:
            return 0
        number = number * 26 + ord(letter) - 64
    return number
