"""Drafts as HSDS 3.1 records, whole: the way back of what the readers do."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any
from uuid import UUID, uuid5

from tejido.directory.domain.drafts import (
    AddressDraft,
    AtLocationDraft,
    CarriedDraft,
    LocationDraft,
    OrganizationDraft,
    PhoneDraft,
    ServiceDraft,
    StatedDraft,
    TextIn,
)
from tejido.directory.domain.hsds.ours import as_value, our_attributes
from tejido.directory.domain.hsds.own_words import with_own_words
from tejido.directory.domain.named_ids import named_id
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import Fact, Precision, Visibility

DEFAULT_ZONE = "America/Los_Angeles"
# The fields of each kind that our tables speak about; all others are only carried.
OF_ORGANIZATION = frozenset({"id", "name", "description", "website"})
OF_LOCATION = frozenset(
    {"id", "name", "location_type", "transportation", "latitude", "longitude", "addresses"}
    | {"phones", "languages", "schedules", "attributes"}
)
OF_PLACE = frozenset({"id", "description", "phones", "schedules", "attributes"})
OF_SERVICE = frozenset(
    {"id", "name", "description", "url", "email", "status", "assured_date"}
    | {"phones", "languages", "schedules", "attributes"}
)


def organization_fields(draft: OrganizationDraft) -> dict[str, Any]:
    """Return what our tables say about an organization."""
    return _said(
        id=str(draft.id),
        name=draft.name,
        # HSDS wants a description; the readers know that the name stands for none.
        description=draft.description or draft.name,
        website=draft.url,
    )


def location_fields(draft: LocationDraft) -> dict[str, Any]:
    """Return what our tables say about a location."""
    is_somewhere = draft.address is not None or draft.latitude is not None
    words = [
        ("precision", _unless(Precision.EXACT, draft.precision)),
        (
            "visibility",
            draft.visibility.value if draft.visibility is not Visibility.PUBLIC else "",
        ),
        ("timezone", _unless(DEFAULT_ZONE, draft.timezone)),
        ("landmark", draft.landmark),
        ("hours", draft.hours_text),
        ("county", draft.address.county_fips if draft.address else ""),
        *_facts(draft.facts),
        *_texts(draft.translations),
    ]
    return _said(
        id=str(draft.id),
        name=draft.name,
        location_type="physical" if is_somewhere else "virtual",
        transportation=draft.transportation,
        latitude=draft.latitude,
        longitude=draft.longitude,
        addresses=[_address(draft.id, draft.address)] if draft.address else [],
        phones=_phones(draft.phones),
        languages=language_rows(draft.id, draft.languages),
        schedules=schedule_rows(draft.id, draft.rules, draft.exceptions),
        attributes=our_attributes(draft.id, "location", words),
    )


def place_fields(draft: AtLocationDraft) -> dict[str, Any]:
    """Return what our tables say about a service at a location."""
    words = [("hours", draft.hours_text), *_texts(draft.translations)]
    return _said(
        id=str(draft.id),
        description=draft.description,
        phones=_phones(draft.phones),
        schedules=schedule_rows(draft.id, draft.rules, draft.exceptions),
        attributes=our_attributes(draft.id, "service_at_location", words),
    )


def service_fields(draft: ServiceDraft) -> dict[str, Any]:
    """Return what our tables say about a service."""
    words = [
        ("tier", draft.tier.value),
        ("mode", draft.mode.value),
        ("before-you-go", draft.before_you_go),
        ("hours", draft.hours_text),
        *(("need", need) for need in draft.needs),
        *(("keyword", keyword) for keyword in draft.keywords),
        *(("reach", county) for county in draft.reach),
        *_facts(draft.facts),
        *_texts(draft.translations),
    ]
    return _said(
        id=str(draft.id),
        name=draft.name,
        description=draft.description,
        url=draft.url,
        email=draft.email,
        status=draft.status.value,
        assured_date=draft.confirmed_on.isoformat() if draft.confirmed_on else "",
        phones=_phones(draft.phones),
        languages=language_rows(draft.id, draft.languages),
        schedules=schedule_rows(draft.id, draft.rules, draft.exceptions),
        attributes=our_attributes(draft.id, "service", words),
    )


def organization_record(
    draft: OrganizationDraft, locations: Iterable[LocationDraft] = ()
) -> dict[str, Any]:
    """Return an organization without its services, in its source's words where they hold.

    A location that it only names (`{"id": ...}`) is filled from its own, or from `locations`.
    """
    record = _whole(draft, organization_fields(draft))
    full = {str(each.id): each for each in (*locations, *draft.locations)}
    if isinstance(record.get("locations"), list):
        record["locations"] = [
            location_record(full[row["id"]]) if row.keys() == {"id"} and row["id"] in full else row
            for row in record["locations"]
        ]
    return record


def location_record(draft: LocationDraft) -> dict[str, Any]:
    """Return a location, in its source's words where they hold."""
    return _whole(draft, location_fields(draft))


def place_record(draft: AtLocationDraft) -> dict[str, Any]:
    """Return a service at a location with the location, without the service."""
    return _whole(draft, place_fields(draft)) | {"location": location_record(draft.location)}


def service_record(draft: ServiceDraft) -> dict[str, Any]:
    """Return a whole service: its organization, places and locations inside (service_full)."""
    record = _whole(draft, service_fields(draft))
    record["organization"] = organization_record(
        draft.organization, [place.location for place in draft.places]
    )
    if draft.places:
        record["service_at_locations"] = [place_record(place) for place in draft.places]
    return record


def _whole(draft: StatedDraft, ours: Mapping[str, Any]) -> dict[str, Any]:
    record = {**with_own_words(ours, draft.own_words), **draft.extra}
    for each in sorted(draft.carried, key=_in_order):
        if each.position is None:
            record[each.field] = dict(each.fields)
        else:
            record.setdefault(each.field, []).append(dict(each.fields))
    return record


def _in_order(carried: CarriedDraft) -> tuple[str, int]:
    return carried.field, carried.position or 0


def _unless(usual: str, value: str) -> str:
    return "" if value == usual else str(value)


def _said(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", None, [])}


def _phones(phones: Iterable[PhoneDraft]) -> list[dict[str, Any]]:
    return [
        _said(
            id=str(phone.id),
            number=phone.number,
            extension=int(phone.extension) if is_number(phone.extension) else phone.extension,
            type=phone.kind,
            description=phone.description,
            languages=language_rows(phone.id, phone.languages),
        )
        for phone in phones
    ]


def is_number(text: str) -> bool:
    """Say whether an extension is a number without a zero that would be lost in front."""
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0")


def language_rows(owner: UUID, codes: Iterable[str]) -> list[dict[str, str]]:
    """Return HSDS languages."""
    return [{"id": named_id(owner, f"language {code}"), "code": code} for code in codes]


def _address(location: UUID, address: AddressDraft) -> dict[str, str]:
    said = {
        "id": named_id(location, "address"),
        "address_1": address.address_1,
        "city": address.city,
        "state_province": address.state,
        "postal_code": address.postal_code,
        "country": "US",
        "address_type": "physical",
    }
    return said | ({"address_2": address.address_2} if address.address_2 else {})


def schedule_rows(
    owner: UUID, rules: Iterable[Rule], exceptions: Iterable[DatedException]
) -> list[dict[str, Any]]:
    """Return HSDS schedules: rules, and dated exceptions marked with an attribute of ours."""
    rows = [_rule(rule) for rule in rules] + [_exception(owner, each) for each in exceptions]
    named = [{"id": named_id(owner, f"schedule {row!r}"), **row} for row in rows]
    return sorted(named, key=lambda row: str(row["id"]))


def _rule(rule: Rule) -> dict[str, Any]:
    return _said(
        freq=rule.freq,
        interval=rule.interval,
        byday=",".join(rule.byday),
        bymonthday=",".join(map(str, rule.bymonthday)),
        opens_at=_clock(rule.opens_at),
        closes_at=_clock(rule.closes_at),
        dtstart=_day(rule.dtstart),
        valid_from=_day(rule.valid_from),
        valid_to=_day(rule.valid_to),
    )


def _exception(owner: UUID, exception: DatedException) -> dict[str, Any]:
    days = f"{exception.first} {exception.last} {exception.opens_at}"
    return _said(
        valid_from=_day(exception.first),
        valid_to=_day(exception.last),
        opens_at=_clock(exception.opens_at),
        closes_at=_clock(exception.closes_at),
        description=exception.reason,
        attributes=our_attributes(uuid5(owner, days), "schedule", [("exception", "yes")]),
    )


def _clock(local: time | None) -> str:
    return local.isoformat() if local else ""


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _facts(facts: Mapping[Fact, bool]) -> list[tuple[str, str]]:
    return [("fact", f"{fact.value}={'yes' if holds else 'no'}") for fact, holds in facts.items()]


def _texts(translations: Mapping[str, tuple[TextIn, ...]]) -> list[tuple[str, str]]:
    return [
        ("text", as_value(field=name, language=each.language, text=each.text, state=each.state))
        for name, texts in translations.items()
        for each in texts
    ]
