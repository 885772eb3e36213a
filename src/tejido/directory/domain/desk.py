"""What a steward asks the directory for, and what a listing looks like at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tejido.directory.domain.provenance import Confirmation, Provenance
from tejido.directory.domain.vocabulary import Status, Tier, Visibility


class Freshness(StrEnum):
    """How long ago somebody confirmed a listing."""

    FRESH = "fresh"
    OLD = "old"
    VERY_OLD = "very-old"
    NEVER = "never"


# The finder believes hours for 90 days, and ranks what nobody confirmed for a year lower.
FRESH_DAYS, OLD_DAYS = 90, 365
CALIFORNIA = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True, slots=True)
class DeskSearch:
    """A steward's search; what is None or empty does not narrow it.

    Attributes:
        words: each must be in a name, a town, a street or a phone number of the listing.
        source: key of a source.
        ids: only these, which somebody chose one by one; None is all that fit.
    """

    words: str = ""
    source: str = ""
    visibility: Visibility | None = None
    tier: Tier | None = None
    freshness: Freshness | None = None
    status: Status | None = None
    ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One service in a list at the desk."""

    id: UUID
    name: str
    organization: str
    towns: tuple[str, ...]
    tier: Tier
    status: Status
    visibility: Visibility | None
    source: str
    confirmed: Confirmation | None


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of a list: pages count from 1."""

    rows: tuple[DeskRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Held:
    """One record with all that hangs on it.

    Attributes:
        values: column -> value as JSON, and word (`phones`) -> rows as JSON.
        texts: (field, language) -> (text, state).
    """

    kind: str
    id: UUID
    values: Mapping[str, Any]
    provenance: Provenance
    texts: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def is_spanish(self, name: str) -> bool:
        """Say whether a field holds Spanish, because there is no English."""
        return self.texts.get((name, "es"), ("", ""))[1] == "source"


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """A service at a location; `shared` counts the other services there."""

    place: Held
    location: Held
    visibility: Visibility
    shared: int


@dataclass(frozen=True, slots=True)
class DeskListing:
    """A service with its organization, its places, and the source that it came from."""

    service: Held
    organization: Held
    places: tuple[DeskPlace, ...]
    source: str
    published_on: date | None
    is_trusted: bool

    @property
    def is_name_spanish(self) -> bool:
        """Say whether its name is Spanish, because there is no English one."""
        return self.service.is_spanish("name")

    @property
    def records(self) -> tuple[Held, ...]:
        """Return every record of the listing, the service first."""
        there = [each for place in self.places for each in (place.place, place.location)]
        return (self.service, self.organization, *there)

    def zone_of(self, held: Held) -> ZoneInfo:
        """Return the time zone in which the hours of one of its records are local."""
        for place in self.places:
            if held.id in {place.place.id, place.location.id}:
                return ZoneInfo(place.location.values["timezone"])
        return CALIFORNIA
