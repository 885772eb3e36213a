"""Places outside California that people ask for, so that nobody is told to check the spelling."""

import re
from typing import Any

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
# States by their whole name, alone or after any town. Not those that are also names of people or
# of streets that many know, and not Nevada, which is a county here too.
_NAMED = frozenset(
    {"texas", "florida", "arizona", "oregon", "utah", "idaho", "colorado", "new mexico", "ohio"}
    | {"new york", "new jersey", "illinois", "michigan", "minnesota", "wisconsin", "oklahoma"}
    | {"kansas", "arkansas", "louisiana", "alabama", "mississippi", "tennessee", "kentucky"}
    | {"pennsylvania", "massachusetts", "connecticut", "wyoming", "hawaii", "alaska"}
)
_MOST_WORDS = 4


def is_outside(text: str) -> bool:
    """Tell whether a typed place is known to lie outside California."""
    code = _ZIP.fullmatch(text.strip())
    if code:
        return int(code[1]) not in _CALIFORNIA
    words = plain(text[:LONGEST_TEXT]).split()
    return _is_city(words) or " ".join(words[-2:]) in _NAMED or " ".join(words[-1:]) in _NAMED


def _is_city(words: list[str]) -> bool:
    if len(words) > 1 and words[-1] in _STATES | _NAMED and " ".join(words) not in _CITIES:
        words = words[:-1]
    return " ".join(words) in _CITIES


def outside_in(words: str) -> tuple[str, str] | None:
    """Return the words before a city or state elsewhere at their end, and its name, or None."""
    tokens = words[:LONGEST_TEXT].split()
    starts = range(max(0, len(tokens) - _MOST_WORDS), len(tokens))
    names = [(" ".join(tokens[:start]), " ".join(tokens[start:])) for start in starts]
    # The longest name of a city, else the shortest that ends in a state: no word of the need.
    cities = (each for each in names if _is_city(plain(each[1]).split()))
    return next(cities, None) or next((e for e in reversed(names) if is_outside(e[1])), None)


def outside_table() -> dict[str, Any]:
    """Return everything that `outside_in` goes by, for a phone that searches without us."""
    return {
        "cities": sorted(_CITIES),
        "states": sorted(_STATES),
        "named": sorted(_NAMED),
        "mostWords": _MOST_WORDS,
    }


def joined_zip(text: str) -> str:
    """Return `90011` for `90 011`, any other text as it is."""
    typed = text.strip()
    digits = "".join(typed.split())
    return digits if _SPLIT_ZIP.fullmatch(typed) and len(digits) == _DIGITS else text
