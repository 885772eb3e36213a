"""The day and hour in what people type: `now`, `sat 10am`, `nov 28`, `mañana a las 3`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tejido.directory.domain.words import normalise
from tejido.finder.domain.text_dates import WEEKDAYS, date_in, date_table, looks_dated

_DAYS = {
    "day after tomorrow|pasado manana": 2,
    "tomorrow|tomorow|tommorow|tmrw|tmr|manana": 1,
    "tonight|today|esta noche|hoy": 0,
    "yesterday|last night|ayer|anoche": -1,
}
# `la mañana` is the morning.
_NO_DAY = "la manana"
# Where no hour is said; the middle of what people mean.
_PARTS = {
    "tonight|at night|esta noche|(?:en|por|de) la noche": 20,
    "evening": 18,
    "afternoon|esta tarde|(?:en|por|de) la tarde": 15,
    "noon|mediodia|medio dia": 12,
    "morning(?! after)|(?:en|por|de) la manana": 9,
}
_NOW = r"right now|open now|ahora mismo|ahorita|ahora|now|abiert[oa]s?|open(?! door)"
_MIDNIGHT = "midnight|medianoche|media noche"
_TWELVE = r"1[0-2]|0?[1-9]"
_CLOCK = re.compile(
    rf"\b(?:at |a las |a la |las |la )?(?P<hour>{_TWELVE})(?::(?P<minute>[0-5]\d))? ?"
    r"(?P<half>[ap] ?m)\b"
    r"|\b(?:at |a las |a la |las )?(?P<full>[01]?\d|2[0-3]):(?P<rest>[0-5]\d)\b"
    rf"|\b(?:a las |a la |las |la )?(?P<said>{_TWELVE})"
    r"(?= (?:de|en|por) la (?:manana|tarde|noche))"
    rf"|\b(?:at|a las|a la) (?P<bare>{_TWELVE})\b(?! ?(?:st|nd|rd|th)\b)"
    r"|\b(?:a las|at(?= \d\d$)) (?P<late>1[3-9]|2[0-3])\b(?: (?:horas|hrs|h))?"
)
_SOON = re.compile(
    r"(?:in|en|dentro de) (?:(?P<number>\d{1,2})|an?|una?|one|(?P<half>half an|media)) ?"
    r"(?:(?P<hours>hours?|hrs?|horas?|h)|minutes?|minutos?|mins?)(?!\S)"
)
_IN_DAYS = re.compile(r"(?:in|en|dentro de) (?P<days>[1-9]|[1-2]\d) (?:days?|dias?)(?!\S)")
_LEADS = r"(?:on |el |this |next |este |proximo )?"
_WRITTEN_DATE = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d\d-\d\d")
_NOON = 12
_FIRST_MORNING_HOUR, _FIRST_EVENING_PART = 7, 18


@dataclass(frozen=True, slots=True)
class Chosen:
    """When a person wants to go.

    Attributes:
        at: the local instant, None for now.
        only_open: an hour was said, or now: what is closed then is of no use.
        is_over: it lies in the past.
        is_unclear: a day was said that no calendar has, that is not the weekday beside it, or
            that we do not understand; an answer for another day would mislead.
    """

    at: datetime | None = None
    only_open: bool = False
    is_over: bool = False
    is_unclear: bool = False


def time_in(words: str, *, now: datetime) -> tuple[str, Chosen | None]:
    """Return the words without the day and hour, and these or None.

    A day without an hour is its noon; an hour without a day the next such one; a weekday the next
    one, today included until the hour is over; a date without a year the next such one.

    Args:
        words: as they were typed.
        now: the local instant.
    """
    tokens = words.split()
    line = _Line([_plain(token) for token in tokens])
    said = line.mentioned(now.date())
    is_now = line.takes(_NOW)
    rest = " ".join(token for token, taken in zip(tokens, line.taken, strict=True) if not taken)
    chosen = _chosen(said, now)
    return rest, Chosen(only_open=True) if chosen is None and is_now else chosen


def time_table() -> dict[str, Any]:
    """Return everything that `time_in` goes by, for a phone that searches without us."""
    return {
        "written": _WRITTEN_DATE.pattern,
        "clock": _CLOCK.pattern,
        "soon": _SOON.pattern,
        "inDays": _IN_DAYS.pattern,
        "days": list(_DAYS.items()),
        "noDay": _NO_DAY,
        "leads": _LEADS,
        "parts": list(_PARTS.items()),
        "midnight": _MIDNIGHT,
        "now": _NOW,
        "firstMorningHour": _FIRST_MORNING_HOUR,
        "firstEveningPart": _FIRST_EVENING_PART,
        "dates": date_table(),
    }


def _plain(token: str) -> str:
    plain = re.sub(r"[^a-z0-9:/-]", "", normalise(token)).strip("/-")
    return plain if _WRITTEN_DATE.fullmatch(plain) else re.sub("[/-]", "", plain)


@dataclass(frozen=True, slots=True)
class _Mentioned:
    """What was said of a time.

    Attributes:
        clock, part: an hour, or a part of the day as its hour.
        day: so many days from today, a weekday as `w0` to `w6`, or None.
        dated: a date, None where there is none.
        is_unclear: a date that is no day, or that we do not understand.
        soon: how far from now.
    """

    clock: re.Match[str] | None
    part: int | None
    day: str | int | None
    dated: date | None
    is_unclear: bool
    soon: timedelta | None


class _Line:
    """The normalised tokens, and which of them were understood."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self.taken = [False] * len(tokens)
        self._text = " ".join(tokens)

    def takes(self, pattern: str, *, text: str = "") -> bool:
        """Take every run of words that fits, and tell whether there was one."""
        found = list(re.finditer(rf"(?<!\S)(?:{pattern})(?!\S)", text or self._text))
        for match in found:
            self._take(match)
        return bool(found)

    def mentioned(self, today: date) -> _Mentioned:
        """Take whatever is said of a time; a date is looked for in what nothing else took."""
        soon, clock, part = self._soon(), self._first(_CLOCK), self._part()
        has_hour = clock is not None or part is not None
        found = date_in(self._left, today=today, has_hour=has_hour)
        if found:
            self._take(found.match)
        is_unclear = found.day is None if found else looks_dated(self._left)
        day = self._day()
        return _Mentioned(clock, part, day, found.day if found else None, is_unclear, soon)

    @property
    def _left(self) -> str:
        words = zip(self._tokens, self.taken, strict=True)
        return " ".join("_" if taken else word for word, taken in words)

    def _first(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = next(self._whole(pattern), None)
        if match:
            self._take(match)
        return match

    def _soon(self) -> timedelta | None:
        match = self._first(_SOON)
        if match is None:
            return None
        unit = timedelta(hours=1) if match["hours"] else timedelta(minutes=1)
        return unit / 2 if match["half"] else int(match["number"] or 1) * unit

    def _day(self) -> str | int | None:
        ahead = self._first(_IN_DAYS)
        if ahead:
            return int(ahead["days"])
        text = re.sub(rf"(?<!\S){_NO_DAY}(?!\S)", "la _", self._text)
        for pattern, offset in _DAYS.items():
            if self.takes(pattern, text=text):
                return offset
        for number, names in enumerate(WEEKDAYS):
            if self.takes(f"{_LEADS}(?:{names})"):
                return f"w{number}"
        return None

    def _part(self) -> int | None:
        """Return a part of the day as its hour; midnight is 24."""
        if self.takes(_MIDNIGHT):
            return 24
        return next(
            (
                hour
                for pattern, hour in _PARTS.items()
                if self.takes(rf"(?:in the )?(?:{pattern})")
            ),
            None,
        )

    def _whole(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        for match in pattern.finditer(self._text):
            start, end = match.span()
            before, after = self._text[start - 1 : start], self._text[end : end + 1]
            if before in {"", " "} and after in {"", " "}:
                yield match

    def _take(self, match: re.Match[str]) -> None:
        first = match.string.count(" ", 0, match.start())
        for at in range(first, first + match.group().count(" ") + 1):
            self.taken[at] = True


def _minutes(clock: re.Match[str] | None, part: int | None) -> int | None:
    """Return minutes since midnight, None where no hour was said."""
    if clock is None:
        return None if part is None else part * 60
    if clock["full"]:
        return int(clock["full"]) * 60 + int(clock["rest"])
    if clock["late"]:
        return int(clock["late"]) * 60
    hour = int(clock["hour"] or clock["said"] or clock["bare"])
    afternoon = _is_afternoon(hour, clock["half"], part)
    return (hour % _NOON + _NOON * afternoon) * 60 + int(clock["minute"] or 0)


def _is_afternoon(hour: int, half: str | None, part: int | None) -> bool:
    """Return whether an hour from 1 to 12 is one of the afternoon; `at 3` is, `at 9` is not."""
    if half:
        return half.startswith("p")
    if part is not None:
        return part > _NOON - 1
    return hour == _NOON or hour < _FIRST_MORNING_HOUR


def _chosen(said: _Mentioned, now: datetime) -> Chosen | None:
    """Return the time that was said, None where none was."""
    minutes = _minutes(said.clock, said.part)
    if said.is_unclear or not _is_one_day(said, now.date()):
        return Chosen(is_unclear=True)
    if said.dated:
        at = _moment(now, (said.dated - now.date()).days, _or_noon(minutes))
        return Chosen(at, only_open=minutes is not None, is_over=at < now)
    if said.soon is not None:
        return Chosen((now + said.soon).replace(second=0, microsecond=0), only_open=True)
    if said.day is None and minutes is None:
        return None
    return _on(said.day, minutes, now, is_part=said.clock is None)


def _is_one_day(said: _Mentioned, today: date) -> bool:
    """Tell whether a date and the day beside it do not contradict each other."""
    if said.dated is None or said.day is None:
        return True
    if isinstance(said.day, str):
        return said.dated.weekday() == int(said.day[1:])
    return (said.dated - today).days == said.day


def _on(day: str | int | None, minutes: int | None, now: datetime, *, is_part: bool) -> Chosen:
    if day == 0 and minutes is None:
        return Chosen()
    ahead = _days_ahead(day, now)
    at = _moment(now, ahead, _or_noon(minutes))
    if at < now and isinstance(day, str):
        at = _moment(now, ahead + 7, _or_noon(minutes))
    if at < now and day is None:
        at = _moment(now, 1, minutes or 0)
    if at < now and day == 0 and is_part and at.hour >= _FIRST_EVENING_PART:
        return Chosen(only_open=True)
    return Chosen(at, only_open=minutes is not None, is_over=at < now)


def _or_noon(minutes: int | None) -> int:
    return _NOON * 60 if minutes is None else minutes


def _days_ahead(day: str | int | None, now: datetime) -> int:
    if isinstance(day, str):
        return (int(day[1:]) - now.weekday()) % 7
    return day or 0


def _moment(now: datetime, ahead: int, minutes: int) -> datetime:
    day = now.date() + timedelta(days=ahead + minutes // 1440)
    return datetime.combine(day, time(minutes // 60 % 24, minutes % 60), now.tzinfo)
