"""What limits an opening: every second week, from a day until a day, certain days of the month.

Limits need dates, and a date without a year needs today: they are read for a person who sees what
was read before it is stored, and stay unread in lists, where the next date would be over by then.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from tejido.directory.domain.prose_hours.proposal import Note, NotRead
from tejido.directory.domain.prose_hours.words import DAY_NAMES, Kind, Word

_MONTHS = (
    *("january jan enero ene", "february feb febrero", "march mar marzo", "april apr abril abr"),
    *("may mayo", "june jun junio", "july jul julio", "august aug agosto ago"),
    *("september sept sep septiembre setiembre set", "october oct octubre"),
    *("november nov noviembre", "december dec diciembre dic"),
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "dos": 2, "tres": 3, "cuatro": 4, "other": 2}
_EVERY_DAY = tuple(range(7))
_LONGEST_MONTH = 31
_ANY_MONTH = "|".join(name for names in _MONTHS for name in names.split())
_WEEKDAY = "|".join(name for names in DAY_NAMES for name in names.split())
_ENDING = r"(?:st|nd|rd|th)?"
DAY_WITH_YEAR = (
    rf"(?:(?:{_ANY_MONTH})\.?\s+\d{{1,2}}{_ENDING},?\s+2[01]\d\d"
    rf"|\d{{1,2}}\s+(?:de\s+)?(?:{_ANY_MONTH})\.?,?\s+(?:del?\s+)?2[01]\d\d"
    r"|2[01]\d\d-\d\d-\d\d)"
)
"""The pattern of a date with its year."""

_WITHOUT_YEAR = (
    rf"(?:(?:{_ANY_MONTH})\.?\s+\d{{1,2}}{_ENDING}|\d{{1,2}}\s+(?:de\s+)?(?:{_ANY_MONTH}))"
)
_LEAD = rf"\s+(?:on\s+)?(?:el\s+|the\s+)?(?:(?:{_WEEKDAY}),?\s+(?:el\s+|the\s+)?)?"
_COUNT = r"(?:[1-9][0-9]?|two|three|four|dos|tres|cuatro)"
_MONTHLY = r"(?:of\s+(?:the|each|every)\s+month|del\s+mes|de\s+cada\s+mes)"
_NEXT = (
    r"(?:next(?:\s+(?:time|date|one))?(?:\s+is)?|(?:la\s+)?proxima(?:\s+vez)?|(?:el\s+)?proximo"
    r"|count(?:ed|ing)\s+from|contando\s+desde)[:,]?"
)
_FROM = r"(?:from|since|starting|beginning|desde|a\s+partir\s+del?|empezando)"
PATTERNS = {
    "next": rf"{_NEXT}{_LEAD}(?:{DAY_WITH_YEAR}|{_WITHOUT_YEAR})",
    "first": rf"{_FROM}{_LEAD}{DAY_WITH_YEAR}",
    "last": rf"(?:until|till|til|through|thru|to|hasta|al?){_LEAD}{DAY_WITH_YEAR}",
    "every": (
        rf"(?:every|each|cada)\s+{_COUNT}\s+(?:weeks|semanas|months|meses)"
        r"|every\s+other(?:\s+(?:week|month))?|alternat(?:e|ing)(?:\s+weeks)?"
    ),
    "month_days": (
        r"(?:(?:on|the|el|los)\s+)*(?:days?|dias?)\s+"
        rf"[0-9]{{1,2}}(?:(?:\s*,\s*|\s+(?:and|y|&)\s+)[0-9]{{1,2}})*\s+{_MONTHLY}"
        rf"|(?:the\s+)?last\s+day\s+{_MONTHLY}|(?:el\s+)?ultimo\s+dia\s+{_MONTHLY}"
    ),
}
"""Name -> pattern of the words of each limit, in small letters without accents."""

_DATE = re.compile(rf"{DAY_WITH_YEAR}|{_WITHOUT_YEAR}")
_NAMED_MONTH = re.compile(rf"\b(?:{_ANY_MONTH})\b")
_NAMED_DAY = re.compile(rf"\b(?:{_WEEKDAY})\b")


@dataclass(frozen=True, slots=True)
class Limits:
    """What limits an opening; a part that nobody said is None, 0 or empty.

    Attributes:
        every: every so many weeks or months, or 0.
        unit: `weeks` or `months`, of `every`.
        anchor: a day of a week or month that counts, for `every`.
        is_next: the place opens on the anchor.
        first, last: the first and the last day.
        month_days: days of the month, -1 for the last.
    """

    every: int = 0
    unit: str = ""
    anchor: date | None = None
    is_next: bool = False
    first: date | None = None
    last: date | None = None
    month_days: tuple[int, ...] = ()


def limit_in(name: str, text: str, today: date) -> tuple[Word, Limits | None]:
    """Return what the words of a limit mean, as a word of the sentence and as a limit.

    Args:
        name: of its pattern.
        text: that the pattern matched.
        today: the local day, for a date without a year.
    """
    if name == "every":
        return Word(Kind.LIMIT), _every(text)
    if name == "month_days":
        return _month_days(text)
    day = date_in(text, today)
    if day is None:
        return Word(Kind.REFUSED, note=Note.NOT_UNDERSTOOD), None
    if name == "next":
        is_next = not text.startswith(("count", "contando"))
        return Word(Kind.LIMIT), Limits(anchor=day, is_next=is_next)
    return Word(Kind.LIMIT), Limits(first=day) if name == "first" else Limits(last=day)


def date_in(text: str, today: date) -> date | None:
    """Return the date that a text names, None where the calendar or its weekday has none.

    Without a year it is the next one from today on.
    """
    match = _DATE.search(text)
    named = match and _NAMED_MONTH.search(match[0])
    numbers = [int(each) for each in re.findall(r"\d+", match[0])] if match else []
    if named:
        month = next(at for at, names in enumerate(_MONTHS, 1) if named[0] in names.split())
        found = _next(month, numbers[0], numbers[1] if len(numbers) > 1 else None, today)
    else:
        found = _day(*numbers) if numbers else None
    weekday = _NAMED_DAY.search(text)
    is_other = found and weekday and weekday[0] not in DAY_NAMES[found.weekday()].split()
    return None if is_other else found


def limits_of(pieces: Sequence[Limits]) -> Limits | None:
    """Return the limits of one part of a sentence together, None where there are none.

    Raises:
        NotRead: something is limited twice, or nobody knows from when to count.
    """
    if not pieces:
        return None
    said = [(each.name, getattr(one, each.name)) for one in pieces for each in fields(one)]
    found = [(name, value) for name, value in said if value]
    if len({name for name, _ in found}) < len(found):
        raise NotRead(Note.AMBIGUOUS_DAYS)
    return _checked(replace(Limits(), **dict(found)))


def _checked(limits: Limits) -> Limits:
    if limits.every > 1 and limits.anchor is None:
        if limits.first is None:
            raise NotRead(Note.NEEDS_START_DATE)
        limits = replace(limits, anchor=limits.first)
    if limits.anchor and not limits.every:
        # `Thursday 4-8 pm, next on December 3`: every week, or when?
        raise NotRead(Note.AMBIGUOUS_DAYS)
    if limits.first and limits.last and limits.first > limits.last:
        raise NotRead(Note.CONTRADICTION)
    return limits


def _every(text: str) -> Limits:
    unit = "months" if re.search(r"month|mes", text) else "weeks"
    word = next((each for each in text.split() if each.isdigit() or each in _NUMBERS), "other")
    return Limits(every=int(word) if word.isdigit() else _NUMBERS[word], unit=unit)


def _month_days(text: str) -> tuple[Word, Limits | None]:
    days = tuple(int(each) for each in re.findall(r"\d+", text)) or (-1,)
    if not all(-1 <= day <= _LONGEST_MONTH and day for day in days):
        return Word(Kind.REFUSED, note=Note.NOT_UNDERSTOOD), None
    # Among the days of a sentence they stand for themselves: no weekday may stand beside them.
    return Word(Kind.DAYS, _EVERY_DAY), Limits(month_days=tuple(sorted(set(days))))


def _next(month: int, day: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _day(year, month, day)
    years = (_day(today.year + ahead, month, day) for ahead in range(2))
    return next((each for each in years if each and each >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
