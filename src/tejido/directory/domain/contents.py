"""What a text looks like: a phone number, a ZIP code, hours, a date that was meant as hours."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from tejido.directory.domain.cleaning import safe_link
from tejido.directory.domain.coordinates import EAST, NORTH, SOUTH, WEST
from tejido.directory.domain.listed_words import is_languages

_EMAIL = re.compile(r"[^\s@<>\"',;:()\[\]]+@[\w-]+(\.[\w-]+)+")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]{0,7}\.?"
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?|\d{1,2}/\d{1,2}/\d{4}"
    rf"|\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?|{_MONTH}-\d{{1,4}}",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:\+?1[-. ]?)?\(?[2-9]\d\d\)?[-. /]{0,2}\d{3}[-. ]?\d{4}"
    r"(?:\s*(?:,|x|ext\.?|extension|#)\s*\d{1,6})?|1-800-[A-Z-]{7,9}|[2-9]11|988",
    re.IGNORECASE,
)
_ZIP = re.compile(r"\d{5}(?:-\d{4})?(?:\.0)?")
_STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "DC",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "CALIFORNIA",
        "CALIF",
        "NEVADA",
        "OREGON",
        "ARIZONA",
    ]
)
_CLOCK = r"\d{1,2}(?::\d{2})?\s*(?:[ap]\.?\s?m\.?)?"
_HOURS = re.compile(
    rf"\b{_CLOCK}\s*(?:-|–|—|to|a|until|till|hasta)\s*(?:las\s+)?{_CLOCK}(?!\d|-)"
    r"|24\s*/\s*7|24 (?:hours|horas)|by appointment|con cita|\bclosed\b|\bcerrado\b"
    r"|\d{1,2}\s*[ap]\.?m\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\d+[A-Z]?(?:-\d+)?\s+(?:\S+\s+)*\S*[A-Z]\S*|P\.?\s?O\.? Box\b.*", re.IGNORECASE
)
LONG_TEXT = 60


class Looks(StrEnum):
    """What most values of a column look like."""

    PHONE = "phone"
    ZIP = "zip"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    LINK = "link"
    EMAIL = "email"
    STATE = "state"
    HOURS = "hours"
    STREET = "street"
    LANGUAGES = "languages"
    PROSE = "prose"
    NUMBER = "number"
    WORDS = "words"
    EMPTY = "empty"


def is_email(text: str) -> bool:
    """Say whether a text is one e-mail address."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Say whether a text is a date and nothing else, as spreadsheets make of `9-5`."""
    return len(text) <= 20 and _DATE.fullmatch(text.strip()) is not None


def is_hours(text: str) -> bool:
    """Say whether a text tells opening hours in prose, in English or Spanish."""
    return len(text) <= 600 and _HOURS.search(text) is not None and not _is_phone(text)


def _is_phone(text: str) -> bool:
    return len(text) <= 40 and _PHONE.fullmatch(text.strip("\"' ")) is not None


def _is_link(text: str) -> bool:
    said = text.casefold()
    starts = said.startswith(("http://", "https://", "www."))
    bare = "@" not in said and re.fullmatch(
        r"[\w-]+(\.[\w-]+)*\.(org|com|net|gov|edu|us)(/\S*)?", said
    )
    return bool(starts or (bare and safe_link(text)))


def _is_between(text: str, low: float, high: float) -> bool:
    found = re.fullmatch(r"-?\d{1,3}\.\d{2,}", text)
    return found is not None and low <= float(text) <= high


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+$]?[\d,.]*\d%?", text) is not None


# What a value can look like, the most telling first, and how much of a column must do so.
_TELLS: Mapping[Looks, tuple[Callable[[str], bool], float]] = {
    Looks.EMAIL: (is_email, 0.6),
    Looks.LINK: (_is_link, 0.6),
    Looks.LATITUDE: (lambda text: _is_between(text, SOUTH, NORTH), 0.9),
    Looks.LONGITUDE: (lambda text: _is_between(text, WEST, EAST), 0.9),
    Looks.PHONE: (_is_phone, 0.6),
    Looks.ZIP: (lambda text: _ZIP.fullmatch(text) is not None, 0.8),
    Looks.STATE: (lambda text: text.strip(". ").upper() in _STATES, 0.95),
    Looks.NUMBER: (_is_number, 0.9),
    Looks.LANGUAGES: (is_languages, 0.9),
    Looks.HOURS: (is_hours, 0.6),
    Looks.STREET: (lambda text: _STREET.fullmatch(text) is not None, 0.7),
    Looks.PROSE: (lambda text: len(text) > LONG_TEXT, 0.4),
}


def looks_of(values: Sequence[str]) -> Looks:
    """Return what the values of a column look like; empty ones count not."""
    said = [value for value in values if value]
    if not said:
        return Looks.EMPTY
    for looks, (tells, share) in _TELLS.items():
        if sum(map(tells, said)) >= share * len(said):
            return looks
    return Looks.WORDS
