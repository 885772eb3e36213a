"""Days on which other hours hold, said and read: `Dec 25, 2026: closed Christmas`."""

import re
from datetime import date

from tejido.directory.domain.prose_hours.languages import Language
from tejido.directory.domain.prose_hours.limits import DAY_WITH_YEAR, date_in
from tejido.directory.domain.prose_hours.reading import propose_hours
from tejido.directory.domain.prose_hours.say import say_opening
from tejido.directory.domain.prose_hours.tokens import folded
from tejido.directory.domain.schedule import DatedException
from tejido.ui.domain.wording import day_words

_CLOSED = {Language.ENGLISH: "closed", Language.SPANISH: "cerrado"}
_TIME = (
    r"(?:noon|midnight|mediodia|medianoche"
    r"|\d{1,2}(?::\d\d)?(?:\s*[ap](?:m\b|\.\s?m\.))?)"
)
_RANGE = r"\s*(?:-|\bto\b|\bal?\b|\bthrough\b)\s*"
_LINE = re.compile(
    rf"\s*(?P<first>{DAY_WITH_YEAR})(?:{_RANGE}(?P<last>{DAY_WITH_YEAR}))?\s*[:,]?\s+"
    rf"(?P<hours>closed|cerrado|24 hours|24 horas|{_TIME}{_RANGE}{_TIME})(?![a-z0-9])"
    r"(?P<reason>.*)",
    re.DOTALL,
)
_NEXT_LINE = re.compile(rf"\n|;\s+(?={DAY_WITH_YEAR}[^;\n]{{0,40}}:)")


def say_dated(exception: DatedException, language: Language) -> str:
    """Return a dated exception in words: `Dec 24, 2026 – Jan 2, 2027: closed Winter break`."""
    ends = dict.fromkeys((exception.first, exception.last))
    days = " – ".join(day_words(day, language=language.value, form="short") for day in ends)
    opens, closes = exception.opens_at, exception.closes_at
    hours = _CLOSED[language]
    if opens is not None and closes is not None:
        hours = say_opening((opens, closes), language)
    return f"{days}: {hours} {' '.join(exception.reason.split())}".rstrip()


def dated_in(text: str, today: date) -> tuple[list[DatedException], str]:
    """Return the dated exceptions among some lines, and the other lines.

    Each stands on its own line, or after a semicolon, with the year; what follows its hours is
    the reason.
    """
    found: list[DatedException] = []
    others: list[str] = []
    for line in _lines(text):
        exception = _read(line, today)
        if exception is None:
            others.append(line)
        else:
            found.append(exception)
    return found, "\n".join(others)


def _lines(text: str) -> list[str]:
    ends = [(match.start(), match.end()) for match in _NEXT_LINE.finditer(folded(text))]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    return [text[start:stop] for start, stop in zip(starts, stops, strict=True)]


def _read(line: str, today: date) -> DatedException | None:
    match = _LINE.fullmatch(folded(line))
    if match is None:
        return None
    first = date_in(match["first"], today)
    last = date_in(match["last"], today) if match["last"] else first
    if first is None or last is None or last < first:
        return None
    reason = line[match.start("reason") :].strip()
    if match["hours"] in _CLOSED.values():
        return DatedException(first, last, reason=reason)
    rules = propose_hours(f"daily {match['hours']}", today=today).rules
    if len(rules) != 1:
        return None
    return DatedException(first, last, rules[0].opens_at, rules[0].closes_at, reason)
