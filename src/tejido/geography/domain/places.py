"""Places that a person can type, and what became of what they typed."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What a name stands for."""

    COUNTY = "county"
    TOWN = "town"
    ZIP = "zip"
    LANDMARK = "landmark"


@dataclass(frozen=True, slots=True)
class Place:
    """A named point. ZIP codes and FIPS codes are text: leading zeros survive.

    Attributes:
        name: as shown: `Oakland`, `94606`, `Alameda County`, `Fulton and Tuolumne, Fresno`.
        county_fips: five digits, or '' where the source does not say.
        approximate: the point may be miles off and pages say so.
        weight: larger is meant more often when a name is shared (population, or ZIP count).
        also: of a landmark, the names by which it is found, without the town.
        town: of a landmark, the town that may be said with its name.
        spanish: as shown in Spanish, '' where it is the same.
    """

    kind: PlaceKind
    name: str
    county_fips: str
    latitude: float
    longitude: float
    approximate: bool
    weight: int = 0
    also: tuple[str, ...] = ()
    town: str = ""
    spanish: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The text means one place."""

    place: Place


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The text means several places; a person chooses."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No place has this name; `near_names` begin with it or are spelled like it, at most 3.

    `code` is `place-unknown`, or `zip-unknown` where digits are no ZIP code of California.
    """

    text: str
    near_names: tuple[str, ...]
    code: str = "place-unknown"


Resolution = Found | Ambiguous | Unknown
