"""A record as it is compared with others of its kind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from tejido.directory.domain.duplicates.rules import (
    COMMON,
    DIRECTIONS,
    LEGAL_FORMS,
    MOVING,
    NAME_WORDS,
    ORDINALS,
    SMALL,
    STREET_KINDS,
    UNITS,
)
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.domain.words import normalise, tokens_of

# A record with more has more to say than which one it is.
MOST_NAMES = 6
MOST_PLACES = 12
_HOUSE = re.compile(r"(\d+)(?:[a-z]|-?1/2)?")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
# C.O.R.E. is one word.
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_KINDS = frozenset(STREET_KINDS.values())
_WAYS = frozenset(DIRECTIONS.values())


class Kind(StrEnum):
    """What is compared; a record is compared with others of its kind."""

    ORGANIZATION = "organization"
    LOCATION = "location"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Street:
    """An address as it is compared.

    Attributes:
        number: of the house, '' where there is none.
        words: name of the street without its kind and direction: `international`.
        way: its direction, such as `n`, or ''.
        door: words that name the part of the building: suite, floor.
        code: five digits of the ZIP code, or ''.
        city: in small letters, or ''.
    """

    number: str
    words: str
    way: str
    door: frozenset[str]
    code: str
    city: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of one record.

    Attributes:
        level: who may see it. Only a public record has streets and points here, and records of
            different levels are never compared.
        names: without small words and legal forms, one string each.
        contacts: phone numbers; of an organization also the host of its site.
        points: latitude and longitude in degrees.
    """

    id: UUID
    kind: Kind
    level: Visibility
    names: tuple[str, ...]
    contacts: frozenset[str] = frozenset()
    streets: tuple[Street, ...] = ()
    points: tuple[tuple[float, float], ...] = ()


def profile(
    *,
    key: UUID,
    kind: Kind,
    level: Visibility,
    names: Iterable[str],
    contacts: Iterable[str] = (),
    streets: Iterable[Street | None] = (),
    points: Iterable[tuple[float, float]] = (),
) -> Profile:
    """Return a record as it is compared; where it is counts only if everybody may know that."""
    is_public = level is Visibility.PUBLIC
    said = dict.fromkeys(filter(None, map(plain_words, names)))
    return Profile(
        id=key,
        kind=kind,
        level=level,
        names=tuple(said)[:MOST_NAMES],
        contacts=frozenset(contacts),
        streets=tuple(dict.fromkeys(filter(None, streets)))[:MOST_PLACES] if is_public else (),
        points=tuple(dict.fromkeys(points))[:MOST_PLACES] if is_public else (),
    )


@lru_cache(maxsize=20_000)
def plain_words(name: str) -> str:
    """Return the words of a name that tell it apart, or all of them where none is left."""
    words = tokens_of(_INITIALS.sub(lambda found: found[0].replace(".", ""), name))
    told = [NAME_WORDS.get(word, word) for word in words if word not in LEGAL_FORMS | SMALL]
    return " ".join(told or words)


@lru_cache(maxsize=20_000)
def telling_words(words: str) -> str:
    """Return those of a name's words that do not say what kind of place it is."""
    return " ".join(word for word in words.split() if word not in COMMON)


@lru_cache(maxsize=20_000)
def marks_of(words: str) -> frozenset[str]:
    """Return the numbers that a name states, and `moves` where it speaks of a vehicle."""
    said = words.split()
    numbers = {word for word in said if word[0].isdigit()}
    moves = any(word.rstrip("0123456789") in MOVING for word in said)
    return frozenset(numbers | ({"moves"} if moves else set()))


def street_of(line: str, second: str = "", *, code: str = "", city: str = "") -> Street | None:
    """Return an address as it is compared, or None where it names neither house nor street.

    Args:
        line: such as `1124 International Blvd., Suite 2`.
        second: a second line, which tells the door.
        code: ZIP code.
        city: as it is written.
    """
    words, door = _parted(tokens_of(line.replace("#", " unit ")))
    number = ""
    if words and (found := _HOUSE.fullmatch(words[0])):
        number, words = found[1], words[1:]
        # 100-102 Main Street: the first of them.
        words = words[1:] if len(words) > 1 and words[0].isdigit() else words
    if not number and not words:
        return None
    said = [_street_word(word) for word in words]
    way = next((word for word in said if word in _WAYS), "")
    name = [word for word in said if word not in _WAYS | _KINDS] or said
    doors = frozenset(filter(None, map(_door, (*door, *tokens_of(second)))))
    return Street(number, " ".join(name), way, doors, code[:5], normalise(city).strip())


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the words of a line up to where the door begins, and the rest."""
    end = next((at for at, word in enumerate(words) if at > 1 and word in UNITS), len(words))
    return words[:end], words[end:]


def _door(word: str) -> str:
    """Return a word as it tells a door, or '' where it only says that a door follows."""
    told = _ORDINAL.sub(r"\1", word)
    return "" if told in UNITS or told in SMALL - {"a"} else told


def _street_word(word: str) -> str:
    named = STREET_KINDS.get(word, word)
    return ORDINALS.get(named, DIRECTIONS.get(named, named))
