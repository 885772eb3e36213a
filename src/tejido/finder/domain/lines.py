"""Lines to call: numbers that somebody read at their source, and on which day."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

# After so many days a number is shown as old. Same pace as a listing's (domain/freshness.py).
HOLDS = timedelta(days=365)
LANGUAGES = ("en", "es")
WAYS = {"call", "text"}
HOURS = {"always", "varies"}


class LinesMistaken(ValueError):
    """The file of lines has a mistake; the message names the line."""


@dataclass(frozen=True, slots=True)
class LineWords:
    """What to say of a line in one language.

    `text` is '' where it takes no texts; `urgent`, what a text message says first where this line
    cannot wait, where it can.
    """

    name: str
    short: str
    about: str
    text: str
    urgent: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A number to call.

    Attributes:
        id: short and stable.
        number: as people write it.
        by: `call`, `text` or both, at the same number.
        hours: `always`, or `varies` from county to county.
        languages: two-letter codes in which people answer the phone.
        interpreters: whether other languages are interpreted.
        in_footer: stands on every public page.
        words: language -> what to say of it.
        source: an anchor of docs/sources.md.
        site: whose page says the number, as people are told.
        checked_on: when somebody last read the number there.
        urgent_source: an anchor of docs/sources.md for what `urgent` says to do, or ''.
    """

    id: str
    number: str
    by: tuple[str, ...]
    hours: str
    languages: tuple[str, ...]
    interpreters: bool
    in_footer: bool
    words: Mapping[str, LineWords]
    source: str
    site: str
    checked_on: date
    urgent_source: str = ""

    @property
    def dial(self) -> str:
        """Return the number as a phone dials it: `911`, `+18002221222`."""
        digits = "".join(letter for letter in self.number if letter.isdigit())
        return f"+{digits}" if len(digits) > 3 else digits

    def is_old(self, *, today: date) -> bool:
        """Return whether nobody has read the number at its source for more than a year."""
        return today - self.checked_on > HOLDS


def read_lines(text: str) -> tuple[Line, ...]:
    """Return the lines that a TOML text states, in its order.

    Raises:
        LinesMistaken: a field is missing, is one too many, or has a value that is not known.
    """
    lines = tuple(_line(entry) for entry in tomllib.loads(text).get("line", ()))
    ids = [line.id for line in lines]
    if len(set(ids)) < len(ids):
        raise LinesMistaken(f"an id stands twice: {sorted(ids)}")
    return lines


def _line(entry: Mapping[str, Any]) -> Line:
    try:
        words = {code: LineWords(**entry[code]) for code in LANGUAGES}
        facts = {name: value for name, value in entry.items() if name not in LANGUAGES}
        line = Line(**{**facts, "by": tuple(entry["by"]), "words": words})
    except (KeyError, TypeError) as wrong:
        raise LinesMistaken(f"{entry.get('id')}: {wrong}") from wrong
    problem = _problem(line)
    if problem:
        raise LinesMistaken(f"{line.id}: {problem}")
    return line


def _problem(line: Line) -> str:
    """Return what is wrong with a line, or ''."""
    takes_texts = "text" in line.by
    checks = {
        "by": bool(line.by) and WAYS.issuperset(line.by),
        "hours": line.hours in HOURS,
        "source": bool(line.source and line.site),
        "checked_on": isinstance(line.checked_on, date),
        "words": all(each.name and each.short and each.about for each in line.words.values()),
        "text": all(bool(each.text) is takes_texts for each in line.words.values()),
        "urgent": all(_is_urgent_right(line, each.urgent) for each in line.words.values()),
    }
    return ", ".join(name for name, is_right in checks.items() if not is_right)


def _is_urgent_right(line: Line, words: str) -> bool:
    """Tell whether urgent words stand in every language or none, with a source and the number."""
    return bool(words) is bool(line.urgent_source) and (not words or line.number in words)
