"""The day and hour in a text message: `now`, `sat 10am`, `mañana a las 3`, `esta noche`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tejido.directory.domain.words import normalise

_WEEKDAYS = (
    *("monday|mon|lunes", "tuesday|tues|tue|martes", "wednesday|wed|miercoles"),
    *("thursday|thurs|thur|thu|jueves", "friday|fri|viernes", "saturday|sat|sabado"),
    "sunday|sun(?! (?:valley|city|village))|domingo",
)
_DAYS = {
    "day after tomorrow|pasado manana": 2,
    "tomorrow|tomorow|tommorow|tmrw|tmr|(?<!la )manana": 1,
    "tonight|today|esta noche|hoy": 0,
    "yesterday|last night|ayer|anoche": -1,
}
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
)
_LEADS = r"(?:on |el |this |next |este |proximo )?"
_NOON = 12
_FIRST_MORNING_HOUR, _FIRST_EVENING_PART = 7, 18


@dataclass(frozen=True, slots=True)
class Chosen:
    """When a person wants to go.

    Attributes:
        at: the local instant, None for now.
        only_open: an hour was said, or now: what is closed then is of no use.
        is_over: it lies in the past.
    """

    at: datetime | None = None
    only_open: bool = False
    is_over: bool = False


def time_in(words: str, *, now: datetime) -> tuple[str, Chosen | None]:
    """Return the words without the day and hour, and these or None.

    A day without an hour is its noon; an hour without a day the next such one; a weekday the next
    one, today included until the hour is over.

    Args:
        words: as they were typed.
        now: the local instant.
    """
    tokens = words.split()
    line = _Line([_plain(token) for token in tokens])
    clock, day, part = line.clock(), line.day(), line.part()
    is_now = line.takes(_NOW)
    rest = " ".join(token for token, taken in zip(tokens, line.taken, strict=True) if not taken)
    minutes = _minutes(clock, part)
    if day is None and minutes is None:
        return rest, Chosen(only_open=True) if is_now else None
    return rest, _chosen(day, minutes, now, is_part=clock is None)


def _plain(token: str) -> str:
    return re.sub(r"[^a-z0-9:]", "", normalise(token))


class _Line:
    """The normalised tokens, and which of them were understood."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.taken = [False] * len(tokens)
        self._text = " ".join(tokens)

    def takes(self, pattern: str) -> bool:
        """Take every run of words that fits, and tell whether there was one."""
        found = list(re.finditer(rf"(?<!\S)(?:{pattern})(?!\S)", self._text))
        for match in found:
            self._take(match)
        return bool(found)

    def clock(self) -> re.Match[str] | None:
        """Take an hour of the day."""
        match = next(self._whole(_CLOCK), None)
        if match:
            self._take(match)
        return match

    def day(self) -> str | int | None:
        """Take a day: so many days from today, a weekday as `w0` to `w6`, or None."""
        for pattern, offset in _DAYS.items():
            if self.takes(pattern):
                return offset
        for number, names in enumerate(_WEEKDAYS):
            if self.takes(f"{_LEADS}(?:{names})"):
                return f"w{number}"
        return None

    def part(self) -> int | None:
        """Take a part of the day, as its hour; midnight is 24."""
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
        first = self._text.count(" ", 0, match.start())
        for at in range(first, first + match.group().count(" ") + 1):
            self.taken[at] = True


def _minutes(clock: re.Match[str] | None, part: int | None) -> int | None:
    """Return minutes since midnight, None where no hour was said."""
    if clock is None:
        return None if part is None else part * 60
    if clock["full"]:
        return int(clock["full"]) * 60 + int(clock["rest"])
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


def _chosen(day: str | int | None, minutes: int | None, now: datetime, *, is_part: bool) -> Chosen:
    if day == 0 and minutes is None:
        return Chosen()
    ahead = _days_ahead(day, now)
    at = _moment(now, ahead, _NOON * 60 if minutes is None else minutes)
    if at < now and isinstance(day, str):
        at = _moment(now, ahead + 7, _NOON * 60 if minutes is None else minutes)
    if at < now and day is None:
        at = _moment(now, 1, minutes or 0)
    if at < now and day == 0 and is_part and at.hour >= _FIRST_EVENING_PART:
        return Chosen(only_open=True)
    return Chosen(at, only_open=minutes is not None, is_over=at < now)


def _days_ahead(day: str | int | None, now: datetime) -> int:
    if isinstance(day, str):
        return (int(day[1:]) - now.weekday()) % 7
    return day or 0


def _moment(now: datetime, ahead: int, minutes: int) -> datetime:
    day = now.date() + timedelta(days=ahead + minutes // 1440)
    return datetime.combine(day, time(minutes // 60 % 24, minutes % 60), now.tzinfo)
