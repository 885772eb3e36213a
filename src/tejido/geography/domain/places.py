"""Places that a person can type, and what became of what they typed."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What a name stands for."""

    COUNTY = "county"
    TOWN = "town"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Place:
    """A named point. ZIP codes and FIPS codes are text: leading zeros survive.

    Attributes:
        name: as shown, such as `Oakland`, `94606`, `Alameda County`.
        county_fips: five digits, or '' where the source does not say.
        approximate: the point may be miles off and pages say so.
        weight: larger is meant more often when a name is shared (population, or ZIP count).
    """

    kind: PlaceKind
    name: str
    county_fips: str
    latitude: float
    longitude: float
    approximate: bool
    weight: int = 0


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
    """No place has this name; `near_names` are spelled like it, best first, at most 3.

    `code` is `place-unknown`, or `zip-unknown` where digits are no ZIP code of California.
    """

    text: str
    near_names: tuple[str, ...]
    code: str = "place-unknown"


Resolution = Found | Ambiguous | Unknown
