"""ZIP codes, which are text: leading zeros survive."""

import re

_CODE = re.compile(r"(\d{5})(?:\.0)?(?:-?(\d{4}))?")
_SHORT = re.compile(r"(\d{3,4})(?:\.0)?(?:-(\d{4}))?")


def read_zip(code: str, extension: str = "") -> str | None:
    """Return `94606` or `94606-1234`, or None where it is no ZIP code.

    An extension of nothing but zeros says nothing. Fewer than five digits are no ZIP code, and
    never made one: `is_short_zip` says which those are.
    """
    found = _CODE.fullmatch(code.strip())
    if found is None:
        return None
    more = re.sub(r"\.0$", "", extension.strip()) or found[2] or ""
    more = more.zfill(4) if more.strip("0").isdigit() else ""
    return found[1] + (f"-{more}" if len(more) == 4 else "")


def is_short_zip(code: str) -> bool:
    """Say whether a code lacks digits, as when a spreadsheet took 01234 for a number.

    No ZIP code of California begins with 0, so the missing digit may as well be another one.
    """
    return _SHORT.fullmatch(code.strip()) is not None
