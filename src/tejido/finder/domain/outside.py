"""Places outside California that people ask for, so that nobody is told to check the spelling."""

import re

from tejido.geography.domain.names import LONGEST_TEXT, plain

# ZIP codes of California begin with 900 to 961 (USPS).
_CALIFORNIA = range(900, 962)
_ZIP = re.compile(r"(\d{3})\d{2}(?:-\d{4})?", re.ASCII)
_SPLIT_ZIP = re.compile(r"\d+\s\d+", re.ASCII)
_DIGITS = 5
# Large cities and those beyond the state's borders; one that is also a place here is found first.
_CITIES = frozenset(
    {
        "las vegas",
        "henderson",
        "reno",
        "sparks",
        "carson city",
        "phoenix",
        "tucson",
        "mesa",
        "yuma",
    }
    | {"portland", "medford", "klamath falls", "seattle", "tacoma", "spokane", "boise"}
    | {"salt lake city", "denver", "albuquerque", "el paso", "dallas", "houston", "austin"}
    | {"san antonio", "chicago", "detroit", "new york", "new york city", "nyc", "boston", "miami"}
    | {"philadelphia", "baltimore", "atlanta", "new orleans", "honolulu", "anchorage"}
    | {"washington dc", "vancouver", "tijuana", "mexicali", "ensenada", "tecate"}
)
_STATES = frozenset(
    {"nv", "nevada", "az", "arizona", "or", "oregon", "wa", "washington", "mexico", "bc", "baja"}
)
_MOST_WORDS = 4


def is_outside(text: str) -> bool:
    """Tell whether a typed place is known to lie outside California."""
    code = _ZIP.fullmatch(text.strip())
    if code:
        return int(code[1]) not in _CALIFORNIA
    words = plain(text[:LONGEST_TEXT]).split()
    if len(words) > 1 and words[-1] in _STATES and " ".join(words) not in _CITIES:
        words.pop()
    return " ".join(words) in _CITIES


def outside_in(words: str) -> tuple[str, str] | None:
    """Return the words before a city outside California at their end, and that city, or None."""
    tokens = words[:LONGEST_TEXT].split()
    for start in range(max(0, len(tokens) - _MOST_WORDS), len(tokens)):
        name = " ".join(tokens[start:])
        if is_outside(name):
            return " ".join(tokens[:start]), name
    return None


def joined_zip(text: str) -> str:
    """Return `90011` for `90 011`, any other text as it is."""
    typed = text.strip()
    digits = "".join(typed.split())
    return digits if _SPLIT_ZIP.fullmatch(typed) and len(digits) == _DIGITS else text
