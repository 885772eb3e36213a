"""Builders for tests: complete drafts of which a test names only what it is about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import connection

from tejido.directory.domain.concepts import Concept
from tejido.directory.domain.drafts import (
    AddressDraft,
    AtLocationDraft,
    LocationDraft,
    OrganizationDraft,
    PhoneDraft,
    ServiceDraft,
)
from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.schedule import Rule
from tejido.directory.domain.source import SourceIn
from tejido.directory.models import ProposedChange
from tejido.directory.services.acts import Actor
from tejido.directory.services.feed import feed_draft
from tejido.directory.services.second_look import approve, shown_mark
from tejido.directory.services.store import store_services
from tejido.geography.domain.places import Place

NAMES = UUID("5b6b3c0e-3d0c-4f57-9d4c-2f7e3d3f8a11")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def an_id(name: str) -> UUID:
    """Return the same id for the same name."""
    return uuid5(NAMES, name)


def a_source(key: str = "county-list", **changes: Any) -> SourceIn:
    """Return a source that was published on 2026-11-01."""
    source = SourceIn(key=key, name=f"The {key}", published_on=date(2026, 11, 1))
    return replace(source, **changes)


def a_rule(*days: str, opens: int = 9, closes: int = 17) -> Rule:
    """Return a weekly rule with whole hours."""
    return Rule("WEEKLY", days or ("MO",), time(opens), time(closes))


def a_phone(name: str = "main", number: str = "+15105550142", **changes: Any) -> PhoneDraft:
    """Return a phone with a number that nobody has."""
    return replace(PhoneDraft(an_id(f"phone {name}"), number), **changes)


def a_location(name: str = "Blue van", **changes: Any) -> LocationDraft:
    """Return a public location in Oakland with address and point."""
    location = LocationDraft(
        id=an_id(f"location {name}"),
        name=name,
        address=AddressDraft("1 Main Street", "Oakland", "CA", "94606", county_fips="06001"),
        latitude=37.8,
        longitude=-122.25,
    )
    return replace(location, **changes)


def a_place(name: str = "Blue van", **changes: Any) -> AtLocationDraft:
    """Return a service at a location without hours of its own."""
    place = AtLocationDraft(id=an_id(f"place {name}"), location=a_location(name))
    return replace(place, **changes)


def a_service(name: str = "Naloxone", **changes: Any) -> ServiceDraft:
    """Return a service at one place, open on Mondays from 9 to 17."""
    service = ServiceDraft(
        id=an_id(f"service {name}"),
        name=name,
        organization=OrganizationDraft(an_id("organization"), "Harbor Program"),
        needs=("naloxone",),
        rules=(a_rule("MO"),),
        places=(a_place(f"{name} van"),),
    )
    return replace(service, **changes)


def stored(*drafts: ServiceDraft, source: SourceIn | None = None, at: datetime = NOON) -> Any:
    """Store the drafts and return the report."""
    return store_services(drafts=drafts, source=source or a_source(), at=at)


def seconded(proposal: ProposedChange) -> UUID | None:
    """Let another steward say yes to a change that waits; return the act."""
    return approve(
        proposal_id=proposal.id,
        seen=shown_mark(proposal.id),
        actor=Actor(an_id("second person"), an_id("member"), "steward"),
        on=LATER.date(),
        at=LATER,
    )


def a_feed(
    folder: Path,
    listings: Iterable[PublicListing],
    *,
    at: datetime = NOON,
    concepts: Iterable[Concept] = (),
    places: Iterable[Place] = (),
) -> Path:
    """Build what the HSDS API answers from, of listings, and return the file."""
    made = feed_draft(folder=folder, at=at, concepts=tuple(concepts), places=tuple(places))
    with made as (draft, put_in_use):
        for _ in draft.beside(listings):
            pass
        return put_in_use()


def everything_stored() -> str:
    """Return all that stands in every table, as text to look a word up in."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said.append(repr(cursor.fetchall()))
    return "".join(said)
