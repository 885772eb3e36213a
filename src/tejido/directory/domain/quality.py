"""How good the directory is: what listings have, how fresh they are, and in which languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.words import normalise

# What is confirmed again before it is overdue, if somebody calls within the month.
SOON_DAYS = 30


class Part(StrEnum):
    """What a listing may have or lack, as somebody on the way needs it."""

    BELIEVED = "believed"
    HOURS = "hours"
    PHONE = "phone"
    ADDRESS = "address"
    POINT = "point"
    ELIGIBILITY = "eligibility"
    LANGUAGES = "languages"
    DESCRIPTION = "description"
    NEEDS = "needs"
    SPANISH = "spanish"


# What people call completeness: whether something is there at all.
FILLED = tuple(part for part in Part if part not in {Part.BELIEVED, Part.SPANISH})
# Parts of places; only places that everybody may know are asked for them.
OF_PLACES = frozenset({Part.ADDRESS, Part.POINT})


class Age(StrEnum):
    """How far the clock of one part of a listing has run."""

    FRESH = "fresh"
    SOON = "soon"
    OVERDUE = "overdue"
    NEVER = "never"
    NO_CLOCK = "no-clock"


class By(StrEnum):
    """What listings are counted by."""

    COUNTY = "county"
    ORGANIZATION = "organization"


class Share(NamedTuple):
    """So many of so many."""

    have: int
    of: int

    @property
    def lacking(self) -> int:
        """Return how many lack it."""
        return self.of - self.have

    @property
    def share(self) -> float | None:
        """Return the share from 0 to 1, None where there is nothing to count."""
        return self.have / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Group:
    """The listings of one county or organization.

    Attributes:
        key: FIPS code or id; '' for listings of which no county is known.
        listings: how many; a listing with places in two counties counts in both.
        shares: by part, of those listings to which the part applies.
    """

    key: str
    name: str
    listings: int
    shares: Mapping[Part, Share]


@dataclass(frozen=True, slots=True)
class SourceAge:
    """One list, its date, and how many listings came from it."""

    key: str
    name: str
    published_on: date | None
    listings: int


@dataclass(frozen=True, slots=True)
class TextCoverage:
    """What people read of listings, in other languages.

    Attributes:
        texts: how many texts there are in English.
        states: language -> state of `translation.domain.texts.State` -> texts.
    """

    texts: int
    states: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything that the page shows of listings of one tier.

    Attributes:
        ages: part -> age -> listings.
        spoken: language -> listings that say that it is spoken there, most first.
        places: places that everybody may know, and how many of them have a point.
        withheld: places of which nobody is asked for a point, because not everybody may know them.
    """

    ages: Mapping[FieldGroup, Mapping[Age, int]]
    texts: TextCoverage
    spoken: Mapping[str, int]
    places: Share
    withheld: int
    sources: tuple[SourceAge, ...]


class Order(NamedTuple):
    """What groups are sorted by: `name`, `listings` or a part; and which way."""

    by: str
    is_down: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """One listing that lacks a part.

    Attributes:
        records: (id, name) of what is to be mended: places that lack it, or the listing.
    """

    listing: UUID
    name: str
    organization: UUID
    organization_name: str
    records: tuple[tuple[UUID, str], ...]


def in_order(groups: Iterable[Group], order: Order) -> list[Group]:
    """Return groups sorted; those with nothing to count come last either way.

    Equals follow by how many lack it, most first, then by name.
    """
    listed = sorted(groups, key=lambda group: (normalise(group.name), group.key))
    if order.by == "name":
        return listed[::-1] if order.is_down else listed
    if order.by == "listings":
        return sorted(listed, key=lambda group: group.listings, reverse=order.is_down)
    part, sign = Part(order.by), -1 if order.is_down else 1
    counted = [group for group in listed if group.shares[part].of]
    counted.sort(key=lambda group: (sign * _share(group, part), -group.shares[part].lacking))
    return counted + [group for group in listed if not group.shares[part].of]


def named_like(groups: Iterable[Group], words: str) -> list[Group]:
    """Return the groups whose names hold every word, whatever capitals and accents."""
    asked = normalise(words).split()
    return [group for group in groups if all(word in normalise(group.name) for word in asked)]


def most_lacking(total: Group, parts: Iterable[Part]) -> Part | None:
    """Return the part that the largest share lacks, None where nothing is lacking."""
    lacking = [part for part in parts if total.shares[part].lacking]
    return min(lacking, key=lambda part: _share(total, part), default=None)


def with_every_county(groups: Iterable[Group], names: Mapping[str, str]) -> list[Group]:
    """Return one group for each county, with 0 listings where there is none, then the others."""
    there = {group.key: group for group in groups}
    nothing = {part: Share(0, 0) for part in Part}
    none = Group("", "", 0, nothing)
    named = [replace(there.pop(key, none), key=key, name=name) for key, name in names.items()]
    return [*named, *there.values()]


def _share(group: Group, part: Part) -> float:
    share = group.shares[part].share
    return 1.0 if share is None else share
