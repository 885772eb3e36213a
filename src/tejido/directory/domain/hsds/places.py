"""HSDS locations and services at locations."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from tejido.directory.domain.confidential import is_confidential, without_secret
from tejido.directory.domain.coordinates import Point, read_point
from tejido.directory.domain.drafts import AddressDraft, AtLocationDraft, LocationDraft
from tejido.directory.domain.hsds.contacts import read_accessibility, read_languages, read_phones
from tejido.directory.domain.hsds.ours import our_words
from tejido.directory.domain.hsds.ours_read import (
    PLACE_TEXTS,
    read_texts,
    with_our_place,
    with_texts_alone,
)
from tejido.directory.domain.hsds.render import (
    OF_LOCATION,
    OF_PLACE,
    location_fields,
    place_fields,
)
from tejido.directory.domain.hsds.schedules import read_schedules
from tejido.directory.domain.hsds.stated import with_the_rest
from tejido.directory.domain.hsds.terms import read_terms
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import MAX_NAME, Reading
from tejido.directory.domain.zips import is_short_zip, read_zip

# Of a place that is confidential, nothing is kept that could tell where it is.
KEPT_OF_CONFIDENTIAL = frozenset(
    {"id", "name", "location_type", "phones", "languages", "schedules", "accessibility"}
    | {"attributes", "contacts"}
)
APART = frozenset({"location", "service"})
WHERE = "service_at_locations."


def read_place(
    record: Mapping[str, Any], service_id: UUID, reading: Reading
) -> AtLocationDraft | None:
    """Return a service at a location, or None with an issue where it has no location."""
    location = record.get("location")
    if not isinstance(location, dict):
        if record.get("location_id"):
            reading.note(IssueCode.NOT_A_SERVICE, f"{WHERE}location", record.get("location_id"))
        return None
    draft = read_location(location, uuid5(service_id, "location"), reading, f"{WHERE}location.")
    reading.met_before(draft.id, location, reading.locations, f"{WHERE}location")
    hours, ours = read_schedules(record, reading, WHERE), our_words(record)
    place = AtLocationDraft(
        id=_place_id(record, service_id, draft.id, reading),
        location=draft,
        rules=hours.rules,
        exceptions=hours.exceptions,
        hours_text=ours.one("hours") if ours else hours.text,
        phones=read_phones(record, reading, WHERE),
        description=reading.text(record, "description", WHERE),
        translations=read_texts(ours, PLACE_TEXTS),
    )
    place = with_texts_alone(place, reading, WHERE)
    return with_the_rest(
        place,
        record,
        place_fields,
        known=OF_PLACE,
        apart=APART,
        reading=reading,
        where=WHERE,
    )


def read_location(
    record: Mapping[str, Any], own_id: UUID, reading: Reading, where: str
) -> LocationDraft:
    """Return a location. A confidential one keeps its town, and neither street nor point.

    Args:
        record: an HSDS location.
        own_id: its id where the record has none.
        reading: the file on its way in.
        where: the path of the record, for issues.
    """
    key = reading.id_of(record.get("id"), "location")
    if key is None:
        reading.note(IssueCode.ID_MISSING, f"{where}id")
    point = _point(record, reading, where)
    hours = read_schedules(record, reading, where)
    terms = read_terms(record, reading, where)
    draft = LocationDraft(
        id=key or own_id,
        name=reading.text(record, "name", where, MAX_NAME),
        address=_address(record, reading, where),
        latitude=point.latitude,
        longitude=point.longitude,
        transportation=reading.text(record, "transportation", where),
        facts=read_accessibility(record, reading, where) | terms.facts,
        phones=read_phones(record, reading, where),
        languages=read_languages(record, reading, where),
        rules=hours.rules,
        exceptions=hours.exceptions,
        hours_text=hours.text,
    )
    draft = with_our_place(draft, our_words(record), reading, where)
    draft, record = _hidden_where_confidential(draft, record, reading, where)
    return with_the_rest(
        draft,
        record,
        location_fields,
        known=OF_LOCATION,
        apart=frozenset(),
        reading=reading,
        where=where,
    )


def _hidden_where_confidential(
    draft: LocationDraft, record: Mapping[str, Any], reading: Reading, where: str
) -> tuple[LocationDraft, Mapping[str, Any]]:
    if record.get("location_type") != "redacted" and not is_confidential(draft):
        return draft, record
    reading.note(IssueCode.PLACE_CONFIDENTIAL, f"{where}addresses", draft.name)
    kept = {name: value for name, value in record.items() if name in KEPT_OF_CONFIDENTIAL}
    return without_secret(draft), kept


def _place_id(
    record: Mapping[str, Any], service_id: UUID, location_id: UUID, reading: Reading
) -> UUID:
    """Return the stated id; one that was met before belongs to another, so this gets its own."""
    key = reading.id_of(record.get("id"), "service_at_location")
    if key is not None and key not in reading.places:
        reading.places.add(key)
        return key
    if key is not None:
        reading.note(IssueCode.ID_REPEATED, f"{WHERE}id", str(key))
    return uuid5(service_id, f"at {location_id}")


def _point(record: Mapping[str, Any], reading: Reading, where: str) -> Point:
    point = read_point(record.get("latitude"), record.get("longitude"))
    if point.problem is not None:
        said = f"{record.get('latitude')}, {record.get('longitude')}"
        reading.note(point.problem, f"{where}latitude", said)
    return point


def _address(record: Mapping[str, Any], reading: Reading, where: str) -> AddressDraft | None:
    """Return the first address that a person can go to; a postal one is none."""
    at = f"{where}addresses."
    for row in reading.children(record, "addresses", where):
        if row.get("address_type") not in ("postal", "virtual"):
            return _address_draft(row, reading, at)
    return None


def _address_draft(row: Mapping[str, Any], reading: Reading, at: str) -> AddressDraft:
    said = reading.text(row, "postal_code", at, 40)
    postal_code = read_zip(said)
    if said and postal_code is None:
        code = IssueCode.ZIP_SHORT if is_short_zip(said) else IssueCode.ZIP_UNREADABLE
        reading.note(code, f"{at}postal_code", said)
        said = "" if code is IssueCode.ZIP_SHORT else said
    state = reading.text(row, "state_province", at, 100)
    return AddressDraft(
        address_1=reading.text(row, "address_1", at, 500),
        address_2=reading.text(row, "address_2", at, 500),
        city=reading.text(row, "city", at, 200),
        state="CA" if state.casefold() == "california" else state,
        postal_code=postal_code or said,
        county_fips=reading.gazette.zips.get((postal_code or "")[:5], ""),
    )
