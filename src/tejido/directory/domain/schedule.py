"""Opening rules as HSDS states them: local times that recur, and dated exceptions."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """One recurring opening.

    Attributes:
        freq: `WEEKLY` or `MONTHLY` (HSDS 3.1 schedule.freq).
        interval: every nth week or month, 1 or more.
        byday: RFC 5545 days such as `MO` or `2TH`, `-1FR`; empty when bymonthday is used.
        bymonthday: days of the month, 1 to 31 or -1 to -31.
        opens_at, closes_at: local times; a close at or before the opening is on the next day.
            00:00 to 00:00, and HSDS's 00:00 to 23:59, mean the whole day.
        dtstart: the date that an interval above 1 counts from.
        valid_from, valid_to: first and last day on which the rule holds, or None.
    """

    freq: str
    byday: tuple[str, ...]
    opens_at: time
    closes_at: time
    interval: int = 1
    bymonthday: tuple[int, ...] = ()
    dtstart: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class DatedException:
    """A dated exception: on these days the regular rules do not hold.

    Attributes:
        first, last: the days, both included.
        opens_at, closes_at: the hours of those days, or None when closed.
        reason: why, for people, such as `Thanksgiving`.
    """

    first: date
    last: date
    opens_at: time | None = None
    closes_at: time | None = None
    reason: str = ""
