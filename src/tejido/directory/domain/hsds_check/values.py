"""One value against what its field holds."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from tejido.directory.domain.hsds_check.fields import ENUMS, KINDS, Kind
from tejido.directory.domain.hsds_check.findings import Fault, is_finite

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"(\d\d):\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d.*")
_ZONE = re.compile(r".*(Z|z|[+-]\d\d:?\d\d)")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+")
_MARKUP = re.compile(
    r"</?[a-z][a-z0-9]*(\s[^<>]*)?/?>|&(nbsp|amp|lt|gt|quot|#\d+);", re.IGNORECASE
)
# What UTF-8 looks like that somebody read as Windows-1252, and marks that stand for lost ones.
_GARBLED = re.compile(
    "\ufffd|Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ“”˜¦]|Â[ \u00a0-\u00bf]"
)


def value_faults(table: str, column: str, value: Any) -> Iterator[Fault]:
    """Return what is wrong with one JSON value, at the name of its field."""
    if value is None:
        yield Fault("null-value", column, "null")
        return
    kind = KINDS[table][column]
    if kind is Kind.NUMBER:
        if not is_finite(value):
            yield Fault("wrong-type", column, value)
        return
    if not isinstance(value, str):
        yield Fault("wrong-type", column, value)
    elif value.strip():
        yield from text_faults(table, column, value)


def text_faults(table: str, column: str, text: str) -> Iterator[Fault]:
    """Return what is wrong with a text that has something in it."""
    words = ENUMS.get((table, column))
    if words is not None:
        if text not in words:
            yield Fault("word-unknown", column, text)
        return
    kind = KINDS[table][column]
    check = _CHECKS.get(kind)
    rule = check(text) if check else _plain_fault(text)
    if kind is Kind.UUID and rule:
        rule = "id-not-uuid" if column == "id" else "reference-not-uuid"
    if rule:
        yield Fault(rule, column, text)


def _plain_fault(text: str) -> str:
    if text.isascii() and "<" not in text and "&" not in text:
        return ""
    if _GARBLED.search(text):
        return "text-garbled"
    return "text-markup" if _MARKUP.search(text) else ""


def _uuid_fault(text: str) -> str:
    return "" if _UUID.fullmatch(text) else "id-not-uuid"


def _date_fault(text: str) -> str:
    if _DATE.fullmatch(text) and _reads(date.fromisoformat, text):
        return ""
    return "date-with-time" if _INSTANT.fullmatch(text) else "date-wrong"


def _instant_fault(text: str) -> str:
    if not _INSTANT.fullmatch(text) or not _reads(datetime.fromisoformat, text.upper()):
        return "instant-wrong"
    return "" if _ZONE.fullmatch(text) else "instant-without-zone"


def _time_fault(text: str) -> str:
    if text.startswith("24:") and _TIME.fullmatch(text):
        return "time-24"
    return "" if _TIME.fullmatch(text) and _reads(time.fromisoformat, text) else "time-wrong"


def _link_fault(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_whole = bool(parts.scheme) and bool(parts.netloc or parts.path)
    except ValueError:
        is_whole = False
    return "" if is_whole and not re.search(r"[\s<>\"]", text) else "link-wrong"


def _email_fault(text: str) -> str:
    return "" if _EMAIL.fullmatch(text) else "email-wrong"


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return False
    return True


_CHECKS: Mapping[Kind, Callable[[str], str]] = {
    Kind.UUID: _uuid_fault,
    Kind.DATE: _date_fault,
    Kind.INSTANT: _instant_fault,
    Kind.TIME: _time_fault,
    Kind.LINK: _link_fault,
    Kind.EMAIL: _email_fault,
}


def is_uuid(value: Any) -> bool:
    """Say whether a value is a UUID as HSDS writes it."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def day_of(text: Any) -> date | None:
    """Return the day that a date or an instant begins with, or None."""
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def instant_of(text: Any) -> datetime | None:
    """Return an instant with its zone, or None."""
    try:
        found = datetime.fromisoformat(text.upper()) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo else None
