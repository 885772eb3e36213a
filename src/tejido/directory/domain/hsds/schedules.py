"""HSDS schedules (RFC 5545 parts as columns) as rules."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from functools import lru_cache
from typing import Any

from tejido.directory.domain.hours import StatedHours
from tejido.directory.domain.hsds.ours import our_words
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.opening import is_computable
from tejido.directory.domain.reading import Reading
from tejido.directory.domain.schedule import DatedException, Rule

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?(?::\d{2}(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]\.?\s?m?\.?)?(?:Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_TIMED = ("freq", "opens_at", "closes_at", "byday", "bymonthday")
# Parts of RFC 5545 that we cannot turn into a rule without guessing.
_BEYOND = ("count", "byweekno", "byyearday", "bysetpos")
# HSDS fields of a schedule that a rule has, or that say nothing about when.
TEXTS = ("description", "notes")


def read_schedules(record: Mapping[str, Any], reading: Reading, where: str) -> StatedHours:
    """Return the rules of a record's schedules, and their sentences as text.

    Hours are stated whole or not at all: where one rule cannot be read, the others would say
    "closed" at times when nobody knows, so none of them is kept and the sentences remain.
    """
    said = reading.children(record, "schedules", where)
    marked = [(row, bool(our_words(row))) for row in said]
    rows = [row for row, is_ours in marked if not is_ours]
    exceptions = [_dated_exception(row, reading, where) for row, is_ours in marked if is_ours]
    rules = [_rule(row, reading, f"{where}schedules.") for row in rows if _is_timed(row)]
    texts = [reading.text(row, key, f"{where}schedules.") for row in rows for key in TEXTS]
    text = "\n".join(dict.fromkeys(filter(None, texts)))
    known = tuple(dict.fromkeys(rule for rule in rules if rule is not None))
    if None in rules or None in exceptions:
        return StatedHours((), (), text)
    return StatedHours(known, tuple(each for each in exceptions if each is not None), text)


@lru_cache(maxsize=1_000)
def read_time(text: str) -> time | None:
    """Return a local time, or None: `9:00`, `9am`, `5:30 p.m.`, `0900`, `noon`.

    An offset behind the time is left out (schedules are local); 24:00 is midnight.
    """
    said = text.strip()
    found = _CLOCK.fullmatch(said)
    if found is None:
        return _WORDS.get(said.casefold())
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").casefold()[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_days(value: Any) -> tuple[str, ...] | None:
    """Return RFC 5545 days out of `MO,TU`, `["2TH"]` or `Monday`, or None where one is no day."""
    parts = value if isinstance(value, list) else re.split(r"[,;\s]+", str(value or ""))
    days = [_day(str(part)) for part in parts if str(part).strip()]
    return None if None in days else tuple(dict.fromkeys(day for day in days if day))


def _dated_exception(
    row: Mapping[str, Any], reading: Reading, where: str
) -> DatedException | None:
    """Return hours of certain dates that our own export wrote, or None with an issue."""
    at = f"{where}schedules."
    first, last = (reading.day(row, key, at) for key in ("valid_from", "valid_to"))
    opens, closes = (
        read_time(reading.text(row, key, at, 40)) for key in ("opens_at", "closes_at")
    )
    if first is None or last is None or first > last or (opens is None) != (closes is None):
        said = f"{row.get('valid_from', '')} {row.get('valid_to', '')}"
        reading.note(IssueCode.HOURS_UNREADABLE, f"{at}valid_from", said)
        return None
    return DatedException(first, last, opens, closes, reading.text(row, "description", at, 300))


def _is_timed(row: Mapping[str, Any]) -> bool:
    return any(row.get(key) not in (None, "", []) for key in _TIMED)


def _rule(row: Mapping[str, Any], reading: Reading, where: str) -> Rule | None:
    """Return the rule of one schedule, or None with an issue."""
    opens, closes = (_time(row, key, reading, where) for key in ("opens_at", "closes_at"))
    days, monthdays = read_days(row.get("byday")), _numbers(row.get("bymonthday"))
    freq = str(row.get("freq") or "").strip().upper()
    beyond = [key for key in _BEYOND if row.get(key) not in (None, "", [])]
    interval = _numbers(row.get("interval") or 1)
    if opens is None or closes is None:
        return None
    if beyond or days is None or monthdays is None or not interval:
        said = beyond or [key for key in ("byday", "bymonthday", "interval") if row.get(key)]
        reading.note(IssueCode.HOURS_UNREADABLE, f"{where}{said[0]}", row.get(said[0]))
        return None
    if freq == "DAILY" and interval == (1,):
        freq, days = "WEEKLY", days or WEEK
    rule = Rule(freq, days, opens, closes, interval=interval[0], bymonthday=monthdays)
    return _dated(rule, row, reading, where)


def _dated(rule: Rule, row: Mapping[str, Any], reading: Reading, where: str) -> Rule | None:
    """Return the rule with its dates, or None with an issue where it says no days."""
    noted = len(reading.issues)
    until, start, first, last = (
        reading.day(row, key, where) for key in ("until", "dtstart", "valid_from", "valid_to")
    )
    ends = [day for day in (last, until) if day is not None]
    dated = replace(rule, dtstart=start, valid_from=first, valid_to=min(ends, default=None))
    if len(reading.issues) > noted:
        return None
    if not _makes_sense(dated):
        said = " ".join(
            str(row.get(key, "")) for key in ("freq", "byday", "valid_from", "valid_to")
        )
        reading.note(IssueCode.HOURS_UNREADABLE, f"{where}freq", said)
        return None
    return dated


def _makes_sense(rule: Rule) -> bool:
    if rule.valid_from and rule.valid_to and rule.valid_from > rule.valid_to:
        return False
    is_small = 1 <= rule.interval <= 366
    return rule.freq in ("WEEKLY", "MONTHLY") and is_small and is_computable((rule,))


def _time(row: Mapping[str, Any], key: str, reading: Reading, where: str) -> time | None:
    text = reading.text(row, key, where, 40)
    read = read_time(text)
    if read is None:
        reading.note(IssueCode.TIME_UNREADABLE, f"{where}{key}", text)
    return read


def _numbers(value: Any) -> tuple[int, ...] | None:
    parts = value if isinstance(value, list) else re.split(r"[,;\s]+", str(value or ""))
    try:
        return tuple(dict.fromkeys(int(part) for part in parts if str(part).strip()))
    except (TypeError, ValueError):
        return None


def _day(text: str) -> str | None:
    found = re.fullmatch(r"([+-]?[1-5])?([A-Z]{2,9})", text.strip().upper())
    if found is None:
        return None
    name = found[2]
    is_day = name in WEEK or name in _LONG_DAYS
    return f"{(found[1] or '').lstrip('+')}{name[:2]}" if is_day else None


_LONG_DAYS = {
    short
    for day in ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
    for short in (day, day[:3], day[:4], day[:5])
}
