"""Fields of one object that must fit each other, and values that cannot be."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from tejido.directory.domain.hsds_check.codes import is_country, is_language
from tejido.directory.domain.hsds_check.findings import Fault, is_finite
from tejido.directory.domain.hsds_check.values import day_of

Record = Mapping[str, Any]
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
# Numbered parts of a rule and how far they go (RFC 5545).
_NUMBERED = {"bymonthday": 31, "byweekno": 53, "byyearday": 366}
_SINCE = ("dtstart", "valid_from")


def sense_faults(table: str, record: Record, today: date) -> Iterator[Fault]:
    """Return what does not fit in one object; values of a wrong type are passed over."""
    check = _CHECKS.get(table)
    if check is not None:
        yield from check(record)
    yield from _backwards(record)
    for name in ("assured_date", "last_modified"):
        day = day_of(record.get(name))
        # A day ahead may be today elsewhere.
        if day is not None and (day - today).days > 1:
            yield Fault("date-ahead", name, record[name])


def _backwards(record: Record) -> Iterator[Fault]:
    first, last = day_of(record.get("valid_from")), day_of(record.get("valid_to"))
    if first and last and first > last:
        yield Fault("dates-backwards", "valid_to", record["valid_to"])


def _service(record: Record) -> Iterator[Fault]:
    young, old = record.get("minimum_age"), record.get("maximum_age")
    if is_finite(young) and is_finite(old) and young > old:
        yield Fault("ages-backwards", "maximum_age", old)


def _location(record: Record) -> Iterator[Fault]:
    point = {name: record.get(name) for name in ("latitude", "longitude")}
    there = {name: value for name, value in point.items() if is_finite(value)}
    for name, most in (("latitude", 90), ("longitude", 180)):
        if name in there and not -most <= there[name] <= most:
            yield Fault("coordinates-impossible", name, there[name])
    if len(there) == 1 and sum(value is not None for value in point.values()) == 1:
        yield Fault("coordinates-half", *there.keys(), *there.values())
    if there and len(there) == 2 and not any(there.values()):
        yield Fault("coordinates-zero", "latitude", "0, 0")


def _language(record: Record) -> Iterator[Fault]:
    code = record.get("code")
    if isinstance(code, str) and code.strip() and not is_language(code):
        yield Fault("language-code", "code", code)


def _address(record: Record) -> Iterator[Fault]:
    code = record.get("country")
    if isinstance(code, str) and code.strip() and not is_country(code):
        yield Fault("country-code", "country", code)


def _phone(record: Record) -> Iterator[Fault]:
    number = record.get("number")
    if isinstance(number, str) and number.strip() and sum(map(str.isdigit, number)) < 3:
        yield Fault("phone-without-number", "number", number)


def _term(record: Record) -> Iterator[Fault]:
    code = record.get("language")
    if isinstance(code, str) and code.strip() and not is_language(code):
        yield Fault("language-code", "language", code)


def _schedule(record: Record) -> Iterator[Fault]:
    yield from _days(record)
    yield from _numbers(record)
    yield from _combined(record)
    opens, closes = (bool(record.get(name)) for name in ("opens_at", "closes_at"))
    if opens != closes:
        yield Fault("hours-half", "closes_at" if opens else "opens_at")


def _days(record: Record) -> Iterator[Fault]:
    byday = record.get("byday")
    parts = byday.split(",") if isinstance(byday, str) and byday.strip() else []
    for part in parts:
        found = _DAY.fullmatch(part.strip())
        if found is None or abs(int(found.group(1) or 1)) not in range(1, 54):
            yield Fault("rrule-day", "byday", byday)
            return
    is_numbered = any(re.search(r"\d", part) for part in parts)
    if is_numbered and record.get("freq") == "WEEKLY":
        yield Fault("rrule-combination", "byday", byday)


def _numbers(record: Record) -> Iterator[Fault]:
    for name, most in _NUMBERED.items():
        said = record.get(name)
        if isinstance(said, str) and said.strip():
            good = all(
                re.fullmatch(r"[+-]?\d{1,3}", part.strip()) and 1 <= abs(int(part)) <= most
                for part in said.split(",")
            )
            if not good:
                yield Fault("rrule-number", name, said)
    for name in ("interval", "count"):
        number = record.get(name)
        if is_finite(number) and (number < 1 or number != int(number)):
            yield Fault("rrule-number", name, number)


def _combined(record: Record) -> Iterator[Fault]:
    freq, there = record.get("freq"), {name for name, value in record.items() if value}
    if {"until", "count"} <= there:
        yield Fault("rrule-combination", "until", "until, count")
    if freq == "WEEKLY" and "bymonthday" in there:
        yield Fault("rrule-combination", "bymonthday", record["bymonthday"])
    if not freq and there & {"byday", "bymonthday"}:
        yield Fault("rrule-combination", "freq")
    interval = record.get("interval")
    if is_finite(interval) and interval > 1 and not there & set(_SINCE):
        yield Fault("interval-without-start", "interval", interval)


_CHECKS: Mapping[str, Callable[[Record], Iterator[Fault]]] = {
    "service": _service,
    "location": _location,
    "language": _language,
    "address": _address,
    "phone": _phone,
    "taxonomy_term": _term,
    "schedule": _schedule,
}
