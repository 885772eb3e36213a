"""What a steward says of a landmark or a corner, and the names by which people find it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tejido.geography.domain.crossings import crossing_of
from tejido.geography.domain.names import key, plain

LONGEST_NAME = 80
MOST_OTHER_NAMES = 12
_ARTICLES = frozenset({"the", "la", "el", "los", "las"})
_LITTLE = """a an and at by close corner de del el en esquina from here in la las los me near next
of on por the to y"""
# A name that holds nothing else says nothing.
_SMALL = frozenset(_LITTLE.split())
_SAME_WORD = {
    "street": "st",
    "saint": "st",
    "avenue": "ave",
    "avenida": "ave",
    "boulevard": "blvd",
    "centre": "center",
}


class LandmarkKind(StrEnum):
    """What a steward adds."""

    LANDMARK = "landmark"
    CROSS_STREETS = "cross-streets"


@dataclass(frozen=True, slots=True)
class LandmarkNames:
    """What a landmark is called.

    Attributes:
        name: as people say it, without the town: `Central Library`, `Fulton and Tuolumne`.
        spanish_name: as shown in Spanish, '' where it is the same.
        other_names: searched, never shown.
    """

    name: str
    spanish_name: str = ""
    other_names: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Return every name once, the shown ones first."""
        names = (self.name, self.spanish_name, *self.other_names)
        return tuple(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True, slots=True)
class LandmarkDraft:
    """A landmark on its way in.

    Attributes:
        town: the city or town as it is written on mail.
        latitude, longitude: degrees of the spot itself.
        county_fips: five digits, or '' to let the point and the town say it.
    """

    kind: LandmarkKind
    names: LandmarkNames
    town: str
    latitude: float
    longitude: float
    county_fips: str = ""


def landmark_key(text: str) -> str:
    """Return what names of landmarks are compared by: no case, accents, marks or first article.

    `The St. Mary's Church` and `saint marys church` have one key; `Main St` and `Main Street` too.
    """
    words = [_SAME_WORD.get(word, word) for word in key(text.replace("&", " and ")).split()]
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def landmark_table() -> dict[str, Any]:
    """Return what `landmark_key` goes by beside names, for a phone that searches without us."""
    return {"same": _SAME_WORD, "articles": sorted(_ARTICLES)}


def identity(*, kind: LandmarkKind, name: str, town: str) -> str:
    """Return what is equal for two entries of one landmark; corners in either order."""
    crossing = crossing_of(name) if kind is LandmarkKind.CROSS_STREETS else None
    called = crossing.written() if crossing else landmark_key(name)
    return f"{called}, {key(town)}"


def spanish_shown(*, kind: LandmarkKind, names: LandmarkNames) -> str:
    """Return the name in Spanish: the one given, or a corner with `y`, or the name itself."""
    if names.spanish_name or kind is not LandmarkKind.CROSS_STREETS:
        return names.spanish_name or names.name
    for joint in (" and ", " & ", " at "):
        first, found, second = names.name.partition(joint)
        if found and joint not in second:
            return f"{first} {'e' if _sounds_like_i(second) else 'y'} {second}"
    return names.name


def says_nothing(name: str) -> bool:
    """Return whether a name holds nothing but small words, or no letter or digit at all."""
    return set(plain(name).split()) <= _SMALL


def _sounds_like_i(text: str) -> bool:
    # As in Spanish: "Fulton e Inyo", but "Fulton y Hyde".
    start = plain(text)
    return start.startswith("i") and not start.startswith(("ia", "ie", "io", "iu"))
