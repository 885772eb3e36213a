"""Names that tell where a place is: `Safe house, 123 Main St`.

A street without a number is part of many names (`Larkin Street Youth Services`): by itself it
tells nothing, unless it is the street of the place.
"""

import re
from collections.abc import Mapping

_STREETS = (
    r"street|st|avenue|ave|av|road|rd|boulevard|blvd|highway|hwy|parkway|pkwy|drive|dr|lane|ln"
    r"|way|court|ct|place|pl|circle|cir|terrace|ter|plaza|square|sq|alley|trail|freeway|route"
)
_CALLES = r"calle|avenida|av|bulevar|boulevard|camino|carretera|calzada|callej[oó]n"
_WORDS = r"(?:[\w'’#-]+\.?\s+){1,4}?"
# Numbers that count something else: 24 hours, 12 beds, 7 days.
_COUNTS = r"(?:hours?|hrs?|horas?|beds?|camas?|days?|d[ií]as?|steps?|pasos)\b"
_TELLING = (
    re.compile(
        rf"\b\d+[a-z]?(?:-\d+)?\s+(?!{_COUNTS}){_WORDS}(?:{_STREETS})\b(?!\.?\s+[A-Z]\w+['’]s\b)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:{_CALLES})\.?\s+(?:[\w'’]+,?\s+){{1,4}}(?:#|n[oº°]\.?\s*)?\d", re.I),
    re.compile(r"\b(?:corner of|cross streets?|esquina (?:de|con))\b", re.IGNORECASE),
    re.compile(r"\b\d+(?:st|nd|rd|th)\s*(?:&|and|at|@|y)\s+\w", re.IGNORECASE),
    # ZIP codes of California, and points.
    re.compile(r"\b9[0-6]\d{3}(?:-\d{4})?\b|\d{2}\.\d{3}"),
)
_NUMBER = re.compile(r"^\d+\w?(?:-\d+)?\s+")
_TYPE = re.compile(rf"[\s,]+(?:{_STREETS})\b.*$", re.IGNORECASE)
SHORTEST_STREET = 3


def tells_place(name: str, street: str = "") -> bool:
    """Say whether a name tells where a place is.

    Args:
        name: of a service or an organization, in English or Spanish.
        street: the first line of the place's address, where it is known.
    """
    return any(each.search(name) for each in _TELLING) or _names_street(name, street)


def telling_field(names: Mapping[str, str], street: str = "") -> str:
    """Return the first field whose name tells where a place is, or ''.

    Args:
        names: field -> its name.
        street: the first line of the place's address, where it is known.
    """
    return next((field for field, name in names.items() if tells_place(name, street)), "")


def _names_street(name: str, street: str) -> bool:
    line = " ".join(street.split())
    own = _TYPE.sub("", _NUMBER.sub("", line))
    if len(own) < SHORTEST_STREET or not _NUMBER.match(line):
        return False
    pattern = rf"\b{re.escape(own)}\s+(?:{_STREETS})\b|\b(?:{_CALLES})\.?\s+{re.escape(own)}\b"
    return line.casefold() in name.casefold() or bool(re.search(pattern, name, re.IGNORECASE))
