"""A calendar date in what people type: `nov 28`, `11/28`, `28 de noviembre`, `el 28`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

WEEKDAYS = (
    *("monday|mon|lunes", "tuesday|tues|tue|martes", "wednesday|wed|miercoles"),
    *("thursday|thurs|thur|thu|jueves", "friday|fri|viernes", "saturday|sat|sabado"),
    "sunday|sun(?! (?:valley|city|village))|domingo",
)
# A date without a year that lies so far back is over; before that, next year's is meant.
_JUST_OVER = timedelta(days=90)
_LAST_HOUR = 12
_MONTHS = (
    *("january|jan|enero|ene", "february|feb|febrero", "march|marzo|mar", "april|apr|abril|abr"),
    *("may|mayo", "june|jun|junio", "july|jul|julio", "august|aug|agosto|ago"),
    *("september|sept|sep|septiembre|setiembre", "october|oct|octubre", "november|nov|noviembre"),
    "december|dec|diciembre|dic",
)
_NAMES = "|".join(_MONTHS)
_DAY = r"3[01]|[12]\d|0?[1-9]"
_YEAR = r"(?: (?:de |del )?(?P<year>20\d\d))?"
_NO_CLOCK = r"(?! ?[ap] ?m\b)"
_NAMED = re.compile(
    rf"(?<!\S)(?:on |the |el |dia )*(?:"
    rf"(?P<month>{_NAMES}) (?P<day>{_DAY})(?:st|nd|rd|th)?{_NO_CLOCK}"
    rf"|(?P<first>{_DAY}|primero)(?:st|nd|rd|th|ro)?(?: of| de)? (?P<second>{_NAMES}))"
    rf"{_YEAR}(?!\S)"
)
_SLASHED = re.compile(r"(?<!\S)(\d{1,2})/(\d{1,2})(?:/(20\d\d|\d\d))?(?!\S)")
_ISO = re.compile(r"(?<!\S)(20\d\d)-(\d\d)-(\d\d)(?!\S)")
_OF_A_STREET = r"(?! (?:st|street|ave|avenue|blvd|and|y|freeway|fwy|hwy|hours?|hrs?|horas)\b)"
_OF_THE_MONTH = re.compile(
    rf"(?<!\S)(?:on )?(?P<lead>the|el dia|el|(?:{'|'.join(WEEKDAYS)})(?: the| el)?) "
    rf"(?P<day>{_DAY})(?P<ending>st|nd|rd|th)?{_NO_CLOCK}{_OF_A_STREET}(?!\S)"
)
# Open at any hour; and two kinds of a virus.
_NO_DATES = frozenset({"24/7", "1/2"})
_DATED = re.compile(
    r"(?<!\S)(?:\d{1,2}/\d{1,2}(?:/\d+)?|january|february|april|june|july|august|september"
    r"|october|november|december|enero|febrero|marzo|abril|junio|julio|agosto|septiembre"
    r"|octubre|noviembre|diciembre|next (?:week|month)|(?:this|next) weekend"
    r"|(?:la )?proxima semana|(?:la )?semana (?:que viene|proxima)|(?:este|el) fin de semana"
    r"|(?:el )?(?:proximo mes|mes que viene))(?!\S)"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and where it stands; `day` is None where the calendar has no such day."""

    match: re.Match[str]
    day: date | None


def date_in(text: str, *, today: date, has_hour: bool) -> FoundDate | None:
    """Return the date in a text, None where there is none.

    Of two numbers the first is the month, as people in California write it, unless it cannot be.

    Args:
        text: normalised words, parted by one space.
        today: the local day.
        has_hour: an hour stands in the words too, so that `the 28th` and `sat 28` are days.
    """
    iso = _ISO.search(text)
    if iso:
        return FoundDate(iso, _day(int(iso[1]), int(iso[2]), int(iso[3])))
    named = _NAMED.search(text)
    if named:
        month, day = named["month"] or named["second"], named["day"] or named["first"]
        number = 1 if day == "primero" else int(day)
        return FoundDate(named, _next(_month(month), number, named["year"], today))
    slashed = next((one for one in _SLASHED.finditer(text) if one[0] not in _NO_DATES), None)
    if slashed:
        return FoundDate(slashed, _of_numbers(slashed, today))
    alone = _OF_THE_MONTH.search(text)
    if alone and (has_hour or _is_no_hour(alone)):
        return FoundDate(alone, _next_of_the_month(int(alone["day"]), today))
    return None


def _is_no_hour(alone: re.Match[str]) -> bool:
    """Tell whether a number after a weekday can only be a day of the month."""
    is_weekday = alone["lead"] not in {"the", "el", "el dia"}
    return is_weekday and (alone["ending"] is not None or int(alone["day"]) > _LAST_HOUR)


def date_table() -> dict[str, Any]:
    """Return everything that dates are found by, for a phone that searches without us."""
    return {
        "weekdays": WEEKDAYS,
        "months": _MONTHS,
        "iso": _ISO.pattern,
        "named": _NAMED.pattern,
        "slashed": _SLASHED.pattern,
        "ofTheMonth": _OF_THE_MONTH.pattern,
        "dated": _DATED.pattern,
        "noDates": sorted(_NO_DATES),
        "justOver": _JUST_OVER.days,
        "lastHour": _LAST_HOUR,
    }


def looks_dated(text: str) -> bool:
    """Return whether words speak of a day that `date_in` did not understand."""
    return any(match[0] not in _NO_DATES for match in _DATED.finditer(text))


def _month(name: str) -> int:
    return next(at for at, names in enumerate(_MONTHS, start=1) if name in names.split("|"))


def _of_numbers(match: re.Match[str], today: date) -> date | None:
    first, second = int(match[1]), int(match[2])
    month, day = (first, second) if first <= len(_MONTHS) else (second, first)
    return _next(month, day, match[3], today)


def _next(month: int, day: int, year: str | None, today: date) -> date | None:
    """Return the day in its year, else the next one; one that is just over stays over."""
    if year:
        return _day(int(year) % 100 + 2000, month, day)
    this_year = _day(today.year, month, day)
    if this_year is None or this_year >= today - _JUST_OVER:
        last_year = _day(today.year - 1, month, day)
        is_just_over = last_year is not None and last_year >= today - _JUST_OVER
        return last_year if is_just_over else this_year
    return _day(today.year + 1, month, day)


def _next_of_the_month(day: int, today: date) -> date | None:
    months = ((today.month - 1 + ahead) for ahead in range(3))
    days = (_day(today.year + month // 12, month % 12 + 1, day) for month in months)
    return next((each for each in days if each and each >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
