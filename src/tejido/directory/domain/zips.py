"""ZIP codes, which are text: leading zeros survive."""

import re


def read_zip(code: str, extension: str = "") -> str | None:
    """Return `94606` or `94606-1234`, or None where it is no ZIP code.

    A number that lost its leading zeros gets them back (`2134` -> `02134`); an extension of
    nothing but zeros says nothing.
    """
    found = re.fullmatch(r"(\d{3,5})(?:\.0)?(?:-?(\d{4}))?", code.strip())
    if found is None:
        return None
    more = re.sub(r"\.0$", "", extension.strip()) or found[2] or ""
    more = more.zfill(4) if more.strip("0").isdigit() else ""
    return found[1].zfill(5) + (f"-{more}" if len(more) == 4 else "")
