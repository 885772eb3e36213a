"""Drafts as rows: what the tables would hold if only this source had spoken."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from tejido.directory.domain.cleaning import is_storable
from tejido.directory.domain.drafts import (
    AtLocationDraft,
    CarriedDraft,
    LocationDraft,
    OrganizationDraft,
    PhoneDraft,
    RecordDraft,
    ServiceDraft,
    StatedDraft,
)
from tejido.directory.domain.provenance import REST, Confirmation, Provenance
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import ConfirmedBy, Fact
from tejido.directory.models import (
    Address,
    Attribute,
    Label,
    Location,
    Organization,
    Phone,
    Record,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """What each row of one draft carries: the source, its date, and when it is stored."""

    source: Source
    on: date | None
    at: datetime

    @property
    def word(self) -> Confirmation:
        """Return the source's confirmation."""
        return Confirmation(ConfirmedBy.SOURCE, self.on, self.source.key)

    def sourced(self, draft: StatedDraft) -> dict[str, Any]:
        """Return the columns of `models.source.Sourced`."""
        return {
            "source": self.source,
            "provenance": Provenance({REST: self.word}).to_json(),
            "extra": as_json(draft.extra),
            "own_words": as_json(dict(draft.own_words)),
            **self.stamped(),
        }

    def stamped(self) -> dict[str, datetime]:
        """Return the time stamps of a row."""
        return {"created_at": self.at, "updated_at": self.at}


def as_json(value: Any) -> Any:
    """Return the value as a database gives it back: lists for tuples, text for dates."""
    if is_storable(value):
        return value or {}
    return json.loads(json.dumps(value, default=_plain))


def organization_row(draft: OrganizationDraft, origin: Origin) -> Organization:
    """Return the row of an organization."""
    return Organization(
        id=draft.id,
        name=draft.name,
        description=draft.description,
        website=draft.url,
        **origin.sourced(draft),
    )


def service_row(draft: ServiceDraft, origin: Origin, digest: str) -> Service:
    """Return the row of a service without what hangs on it."""
    return Service(
        id=draft.id,
        organization_id=draft.organization.id,
        name=draft.name,
        description=draft.description,
        status=draft.status.value,
        tier=draft.tier.value,
        mode=draft.mode.value,
        url=draft.url,
        email=draft.email,
        before_you_go=draft.before_you_go,
        languages=list(draft.languages),
        reach=list(draft.reach),
        hours_text=draft.hours_text,
        assured_date=draft.confirmed_on,
        source_digest=digest,
        **origin.sourced(draft),
    )


def location_row(draft: LocationDraft, origin: Origin) -> Location:
    """Return the row of a location without what hangs on it."""
    return Location(
        id=draft.id,
        name=draft.name,
        landmark=draft.landmark,
        transportation=draft.transportation,
        latitude=draft.latitude,
        longitude=draft.longitude,
        precision=draft.precision.value,
        timezone=draft.timezone,
        visibility=draft.visibility.value,
        languages=list(draft.languages),
        hours_text=draft.hours_text,
        **origin.sourced(draft),
    )


def address_row(draft: LocationDraft, origin: Origin) -> Address | None:
    """Return the row of a location's address, or None where it has none."""
    address = draft.address
    if address is None:
        return None
    return Address(
        id=uuid5(draft.id, "address"),
        location_id=draft.id,
        address_1=address.address_1,
        address_2=address.address_2,
        city=address.city,
        state_province=address.state,
        postal_code=address.postal_code,
        county_fips=address.county_fips,
        **origin.stamped(),
    )


def place_row(draft: AtLocationDraft, service_id: UUID, origin: Origin) -> ServiceAtLocation:
    """Return the row of a service at a location without what hangs on it."""
    return ServiceAtLocation(
        id=draft.id,
        service_id=service_id,
        location_id=draft.location.id,
        description=draft.description,
        hours_text=draft.hours_text,
        visibility=draft.location.visibility.value,
        **origin.sourced(draft),
    )


def phone_rows(
    owner: str, owner_id: UUID, phones: Iterable[PhoneDraft], origin: Origin
) -> Iterator[Phone]:
    """Return a row for each phone; `owner` is the name of the owner's key."""
    for position, draft in enumerate(phones):
        yield Phone(
            id=uuid5(owner_id, f"{owner} phone {draft.id}"),
            hsds_id=draft.id,
            position=position,
            number=draft.number,
            extension=draft.extension,
            type=draft.kind,
            description=draft.description,
            languages=list(draft.languages),
            **{owner: owner_id},
            **origin.stamped(),
        )


def schedule_rows(
    owner: str,
    owner_id: UUID,
    times: Iterable[Rule | DatedException],
    origin: Origin,
) -> Iterator[Schedule]:
    """Return a row for each rule and each dated exception; the same one twice is one row."""
    for time in times:
        columns = _rule_columns(time) if isinstance(time, Rule) else _exception_columns(time)
        name = json.dumps(columns, default=str, sort_keys=True)
        yield Schedule(
            id=uuid5(owner_id, f"{owner} schedule {name}"),
            **columns,
            **{owner: owner_id},
            **origin.stamped(),
        )


def attribute_rows(
    owner: str,
    owner_id: UUID,
    *,
    needs: Iterable[str] = (),
    keywords: Iterable[str] = (),
    facts: Mapping[Fact, bool],
    origin: Origin,
) -> Iterator[Attribute]:
    """Return a row for each need, keyword and fact."""
    said = [(Label.NEED, need, "") for need in needs]
    said += [(Label.KEYWORD, keyword, "") for keyword in keywords]
    said += [(Label.FACT, fact.value, "yes" if holds else "no") for fact, holds in facts.items()]
    for label, term, value in said:
        yield Attribute(
            id=uuid5(owner_id, f"{owner} {label.value} {term}"),
            label=label.value,
            term=term,
            value=value,
            **{owner: owner_id},
            **origin.stamped(),
        )


def carried_rows(
    owner: str, owner_id: UUID, carried: Iterable[CarriedDraft], origin: Origin
) -> Iterator[Record]:
    """Return a row for each object that is only carried."""
    for draft in carried:
        yield Record(
            id=uuid5(owner_id, f"{owner} record {draft.field} {draft.position}"),
            kind=draft.field,
            position=draft.position,
            fields=dict(draft.fields),
            **{owner: owner_id},
            **origin.stamped(),
        )


def record_row(draft: RecordDraft, source: Source, at: datetime) -> Record:
    """Return the row of an object that stands alone and is only carried."""
    return Record(
        id=draft.id,
        source=source,
        kind=draft.kind,
        fields=dict(draft.fields),
        created_at=at,
        updated_at=at,
    )


def _rule_columns(rule: Rule) -> dict[str, Any]:
    return {
        "is_exception": False,
        "freq": rule.freq,
        "interval": rule.interval,
        "byday": ",".join(rule.byday),
        "bymonthday": ",".join(map(str, rule.bymonthday)),
        "opens_at": rule.opens_at,
        "closes_at": rule.closes_at,
        "dtstart": rule.dtstart,
        "valid_from": rule.valid_from,
        "valid_to": rule.valid_to,
    }


def _exception_columns(exception: DatedException) -> dict[str, Any]:
    return {
        "is_exception": True,
        "opens_at": exception.opens_at,
        "closes_at": exception.closes_at,
        "valid_from": exception.first,
        "valid_to": exception.last,
        "description": exception.reason,
    }


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)
