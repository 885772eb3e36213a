"""Values from outside made safe to store: no control marks, and numbers that are numbers."""

import math
import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

MAX_DEPTH = 20
MAX_INTEGER = 2**53
# Marks that turn the direction of a text can make a harmless text read as another.
_UNSAFE = re.compile(r"[\s<>\"'\\\\^`{|}]")
_HOST = re.compile(r"\w([\w-]*\w)?(\.\w([\w-]*\w)?)+")
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def clean_text(value: str) -> str:
    """Return the text in one normal form, without control marks, half characters and edges."""
    if value.isascii() and value.isprintable():
        return value.strip()
    whole = value.encode("utf-8", "replace").decode("utf-8")
    kept = unicodedata.normalize("NFC", whole.translate(_BIDI)).replace("\r\n", "\n")
    return "".join(m for m in kept if m in "\n\t" or unicodedata.category(m) != "Cc").strip()


def storable_text(value: str) -> str:
    """Return the text as it stands, without what no database holds: NUL and half characters."""
    if value.isascii() and "\x00" not in value:
        return value
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def clean_json(value: Any, depth: int = 0) -> Any:
    """Return the value as every database can hold it, and otherwise as it stands.

    Numbers that are none become None, integers above 2**53 become text. What lies deeper than 20
    levels becomes None.
    """
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, dict | list) and depth >= MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {storable_text(str(k)): clean_json(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(each, depth + 1) for each in value]
    return _number(value)


def is_storable(value: Any) -> bool:
    """Say whether `clean_json` would surely return the value as it stands, in much less time.

    Of a value that reaches down to the last level it may say no for nothing.
    """
    texts: list[str] = []
    level = [value]
    for _ in range(MAX_DEPTH):
        inner: list[Any] = []
        for each in level:
            kind = type(each)
            if kind is str:
                texts.append(each)
            elif kind is dict:
                texts += each
                inner += each.values()
            elif kind is list:
                inner += each
            elif _number(each) is not each:
                return False
        level = inner
    return not level and _are_storable(texts)


def _are_storable(texts: list[str]) -> bool:
    try:
        return b"\x00" not in "".join(texts).encode()
    except (TypeError, UnicodeEncodeError):
        return False


def _number(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        return str(value) if abs(value) < 10**100 else None
    return value if isinstance(value, int | float) else None


def is_too_deep(value: Any, depth: int = 0) -> bool:
    """Say whether `clean_json` would leave something out for its depth."""
    if not isinstance(value, dict | list):
        return False
    if depth >= MAX_DEPTH:
        return True
    inner = value.values() if isinstance(value, dict) else value
    return any(is_too_deep(each, depth + 1) for each in inner)


def safe_link(value: str) -> str | None:
    """Return a web address that a page may link to, or None.

    Only http and https, with a host name that has a dot; an address without a scheme gets http.
    """
    text = value if "://" in value else f"http://{value}"
    if _UNSAFE.search(text):
        return None
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    is_web = parts.scheme.lower() in ("http", "https") and parts.username is None
    return text if is_web and _HOST.fullmatch(host) else None
