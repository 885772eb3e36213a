"""Clock times that leave am and pm out, as the one opening that they can mean, or as none.

Hours without a mark are hours of the day: they open from 5:00 am to 8:30 pm, close by 11 pm of the
same day, and last 13 hours at most. Where two such readings are left, they are ambiguous:

- 8:30-5 is 8:30 am to 5 pm; 1-5 is 1 pm to 5 pm; 9-12 ends at noon; 9-9 is 9 am to 9 pm.
- 7-10 (morning or evening), 8-9 (one hour or thirteen) and 8-10 are ambiguous; so are 5-7 and
  7-12, and 7-7 and 8-8, which night shelters write as well.
- One mark at the end counts for both (5-7 pm), but 8-10 pm may begin in the morning. One mark at
  the beginning leaves the end free: 9 am-5 ends at 5 pm, 8 am-10 is ambiguous.
- Only marked hours run past midnight, from 3 pm on and 16 hours at most: what else does, such as
  9 am-5 am, is a typing error.
- 12 am and 12 pm count only where the common confusion of the two cannot matter.
- Hours from 13 on, and 0, make both times a 24-hour clock, and the other openings of the sentence
  where nothing speaks against it: `6-12` beside `14-18` is the morning, `1-5` there is ambiguous.

Several openings of one day are in order, which decides more: in `8-11, 1-4` the first is the
morning.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

Minutes = tuple[int, int]
"""Opening and closing in minutes from midnight; a closing above 1440 is on the next day."""

NOON = 12 * 60
DAY = 24 * 60
_EARLIEST = 5 * 60
_LATEST = 20 * 60 + 30
_LAST_CLOSE = 23 * 60
_LONGEST_DAY = 13 * 60
_LONGEST_NIGHT = 16 * 60
_EARLIEST_NIGHT = 15 * 60
_NIGHT_TWINS = range(5, 9)
_MORNING_HOURS = range(8, 12)
_PARTS = {
    "morning": range(NOON),
    "afternoon": range(NOON, 18 * 60),
    "evening": range(16 * 60, DAY),
}


class Half(StrEnum):
    """What tells the half of the day."""

    AM = "am"
    PM = "pm"
    NOON = "noon"
    MIDNIGHT = "midnight"
    FULL_CLOCK = "24"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as it was written: 0 to 24 hours, and am, pm or neither."""

    hour: int
    minute: int
    half: Half | None = None
    is_padded: bool = False

    @property
    def is_of_full_clock(self) -> bool:
        """Say whether only a 24-hour clock shows this time."""
        return self.half is None and not 1 <= self.hour <= 12

    def marked(self, mark: str) -> "Clock | None":
        """Return the time with am, pm or `night`, or None where they do not fit each other."""
        if self.half or not 1 <= self.hour <= 12:
            is_said_twice = mark == "pm" and 13 <= self.hour <= 23
            return replace(self, half=Half.FULL_CLOCK) if is_said_twice else None
        if mark != "night":
            return replace(self, half=Half(mark))
        if self.hour == 12 and not self.minute:
            return replace(self, half=Half.MIDNIGHT)
        return replace(self, half=Half.PM) if 6 <= self.hour <= 11 else None


@dataclass(frozen=True, slots=True)
class Span:
    """An opening as it was written."""

    opens: Clock
    closes: Clock

    @property
    def is_marked(self) -> bool:
        """Say whether neither time needs a convention to be read."""
        is_marked = bool(self.opens.half and self.closes.half)
        return is_marked or self.opens.is_of_full_clock or self.closes.is_of_full_clock


def hours_of(
    spans: Sequence[Span], part: str = "", *, is_full_clock: bool = False
) -> tuple[Minutes, ...] | None:
    """Return the openings of one day, in order and apart, or None where they are ambiguous.

    Args:
        spans: as they were written.
        part: `morning`, `afternoon` or `evening` when the days said so, such as `Monday evenings`.
        is_full_clock: another time of the sentence is of a 24-hour clock.
    """
    read = _readings_beside_full_clock if is_full_clock else readings
    choices = [_of_part(read(each.opens, each.closes), part) for each in spans]
    found = list(_in_order(choices, 0))
    return found[0] if len(found) == 1 else None


def _of_part(choices: Sequence[Minutes], part: str) -> list[Minutes]:
    return [each for each in choices if not part or each[0] in _PARTS[part]]


def _in_order(choices: Sequence[Sequence[Minutes]], after: int) -> Iterator[tuple[Minutes, ...]]:
    if not choices:
        yield ()
        return
    for opens, closes in choices[0]:
        if opens >= after:
            for rest in _in_order(choices[1:], closes):
                yield ((opens, closes), *rest)


def readings(opens: Clock, closes: Clock) -> tuple[Minutes, ...]:
    """Return every opening that two written times can mean."""
    if opens.is_of_full_clock or closes.is_of_full_clock:
        opens, closes = _on_full_clock(opens), _on_full_clock(closes)
    if opens.half and closes.half:
        return _both_marked(opens, closes)
    if opens.half:
        first = _minute(opens)
        return tuple((first, last) for last in _minutes(closes) if last > first)
    return _end_marked(opens, closes) if closes.half else tuple(_unmarked(opens, closes))


def _readings_beside_full_clock(opens: Clock, closes: Clock) -> tuple[Minutes, ...]:
    usual = readings(opens, closes)
    if opens.half or closes.half:
        return usual
    literal = _both_marked(_on_full_clock(opens), _on_full_clock(closes))
    if not literal or not usual:
        return literal or usual
    return literal if set(literal) < set(usual) else tuple({*literal, *usual})


def _on_full_clock(clock: Clock) -> Clock:
    return clock if clock.half else replace(clock, half=Half.FULL_CLOCK)


def _minute(clock: Clock) -> int:
    hour = clock.hour
    if clock.half is not Half.FULL_CLOCK:
        hour = hour % 12 + (12 if clock.half in {Half.PM, Half.NOON} else 0)
    return hour * 60 + clock.minute


def _minutes(clock: Clock) -> tuple[int, ...]:
    """Return the times that a free clock can mean; an unmarked 12 is noon."""
    if clock.hour == 12:
        return (NOON + clock.minute,)
    return (clock.hour * 60 + clock.minute, NOON + clock.hour * 60 + clock.minute)


def _both_marked(opens: Clock, closes: Clock) -> tuple[Minutes, ...]:
    first, last = _minute(opens), _minute(closes) or DAY
    if first == DAY or _is_confused(opens, closes):
        return ()
    if last > first:
        return ((first, last),)
    is_night = last < first and first >= _EARLIEST_NIGHT
    last += DAY
    return ((first, last),) if is_night and last - first <= _LONGEST_NIGHT else ()


def _is_confused(opens: Clock, closes: Clock) -> bool:
    """Tell whether 12 am may stand for noon, or 12 pm for midnight."""
    starts_at_night = opens.half is Half.AM and opens.hour == 12
    ends_at_night = closes.half is Half.AM and closes.hour == 12
    ends_at_noon = closes.half is Half.PM and closes.hour == 12
    return (
        (starts_at_night and not (closes.half is Half.AM and closes.hour < 12))
        or (ends_at_night and _minute(opens) < NOON)
        or (ends_at_noon and _minute(opens) >= NOON + 60)
    )


def _end_marked(opens: Clock, closes: Clock) -> tuple[Minutes, ...]:
    last = _minute(closes) or DAY
    if last == DAY or (_is_12_pm(closes) and opens.hour < _MORNING_HOURS.start):
        return ()
    starts = [first for first in _minutes(opens) if first < last]
    if len(starts) > 1 and closes.half is Half.PM and opens.hour not in _MORNING_HOURS:
        starts = starts[1:]
    if closes.half is not Half.AM:
        starts = [first for first in starts if first >= _EARLIEST]
    return tuple((first, last) for first in starts)


def _is_12_pm(clock: Clock) -> bool:
    return clock.half is Half.PM and (clock.hour, clock.minute) == (12, 0)


def _unmarked(opens: Clock, closes: Clock) -> Iterator[Minutes]:
    for first in _minutes(opens):
        if not _EARLIEST <= first <= _LATEST or (opens.is_padded and first >= NOON):
            continue
        for last in _minutes(closes):
            if first < last <= min(_LAST_CLOSE, first + _LONGEST_DAY):
                yield first, last
    yield from _night_readings(opens, closes)


def _night_readings(opens: Clock, closes: Clock) -> Iterator[Minutes]:
    """Return what a place that is open at night may mean: it makes a sentence ambiguous."""
    if opens.hour not in _NIGHT_TWINS:
        return
    evening = NOON + opens.hour * 60 + opens.minute
    if (opens.hour, opens.minute) == (closes.hour, closes.minute):
        yield evening, evening + NOON
    if (closes.hour, closes.minute) == (12, 0) and opens.hour != 8:
        yield evening, DAY


def closing_after(opens: int, closes: Clock) -> int | None:
    """Return the minute of a closing time, `until 7`, on the day of an opening; None if unclear.

    Args:
        opens: minute of the day at which the place opens.
        closes: as it was written.
    """
    if closes.is_of_full_clock:
        closes = _on_full_clock(closes)
    if closes.half is None and closes.hour == 12:
        # `until 12` is noon for an office and midnight for a hall.
        return None
    times = (_minute(closes) or DAY,) if closes.half else _minutes(closes)
    found = [each for each in times if opens < each and (closes.half or each <= _LAST_CLOSE)]
    return found[0] if len(found) == 1 else None
