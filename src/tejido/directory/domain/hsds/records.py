"""Any JSON value as drafts: services, lists, pages, organizations, services at locations."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from tejido.directory.domain.cleaning import clean_json, is_storable, is_too_deep
from tejido.directory.domain.drafts import Draft, LocationDraft, RecordDraft, ServiceDraft
from tejido.directory.domain.hsds.organizations import read_organization
from tejido.directory.domain.hsds.places import read_location, read_place
from tejido.directory.domain.hsds.services import read_service
from tejido.directory.domain.hsds.silent import names_its_place
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import Reading


class RecordKind(StrEnum):
    """What a JSON object is, by the fields that only this kind has."""

    SERVICE = "service"
    ORGANIZATION = "organization"
    AT_LOCATION = "service_at_location"
    LOCATION = "location"
    TERM = "taxonomy_term"
    TAXONOMY = "taxonomy"
    PAGE = "page"
    API_ROOT = "base"
    TABLES = "tables"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Known:
    """A record of which the file says what it is: a kind of ours, or an HSDS name."""

    kind: RecordKind | str | None
    value: Any


_MARKS: tuple[tuple[RecordKind, frozenset[str]], ...] = (
    (RecordKind.PAGE, frozenset({"contents"})),
    (RecordKind.API_ROOT, frozenset({"openapi_url"})),
    (RecordKind.TABLES, frozenset({"services.csv", "organizations.csv"})),
    (RecordKind.ORGANIZATION, frozenset({"services", "tax_status", "year_incorporated"})),
    (RecordKind.ORGANIZATION, frozenset({"legal_status", "organization_identifiers"})),
    (RecordKind.LOCATION, frozenset({"location_type"})),
    (RecordKind.SERVICE, frozenset({"service_at_locations", "organization", "status"})),
    (RecordKind.AT_LOCATION, frozenset({"service", "location"})),
    (RecordKind.TERM, frozenset({"term_uri", "taxonomy", "taxonomy_detail"})),
    (RecordKind.SERVICE, frozenset({"organization_id", "schedules", "service_areas", "phones"})),
    (RecordKind.TAXONOMY, frozenset({"version"})),
    (RecordKind.SERVICE, frozenset({"name", "id"})),
)


def kind_of(record: Mapping[str, Any]) -> RecordKind:
    """Return what an object is."""
    return next((kind for kind, marks in _MARKS if marks & record.keys()), RecordKind.OTHER)


def read_records(values: Iterable[tuple[int, Any]], reading: Reading) -> Iterator[Draft]:
    """Return the drafts of numbered JSON values, in order; never raises.

    Records of services at locations are put together by service and come last. A value may be
    `Known`, when the file says what it is.
    """
    apart: dict[UUID, ServiceDraft] = {}
    for row, value in values:
        reading.begin(row)
        known = value if isinstance(value, Known) else Known(None, value)
        yield from _read(Known(known.kind, _clean(known.value, reading)), reading, apart)
    yield from apart.values()


def _clean(value: Any, reading: Reading) -> Any:
    if is_storable(value):
        return value
    clean = clean_json(value)
    if is_too_deep(value):
        reading.note(IssueCode.TOO_DEEP, "")
    elif clean != value:
        reading.note(IssueCode.VALUE_UNSTORABLE, "")
    return clean


def records_in(document: Any) -> list[tuple[int, Any]]:
    """Return the numbered records of a whole document: of a list, of a page, or itself."""
    if isinstance(document, dict) and isinstance(document.get("contents"), list):
        document = document["contents"]
    return list(enumerate(document if isinstance(document, list) else [document], start=1))


def is_page_of_many(document: Any) -> bool:
    """Say whether a document is one page of several, so that the others are missing."""
    if not isinstance(document, dict) or "contents" not in document:
        return False
    pages = document.get("total_pages")
    return isinstance(pages, int) and pages > 1


def _read(known: Known, reading: Reading, apart: dict[UUID, ServiceDraft]) -> Iterator[Draft]:
    value = known.value
    if not isinstance(value, dict):
        reading.note(IssueCode.NOT_A_SERVICE, "", value)
        return
    kind = known.kind or kind_of(value)
    if kind is RecordKind.AT_LOCATION:
        _put_apart(value, reading, apart)
    elif kind is RecordKind.SERVICE:
        draft = read_service(value, reading)
        if draft is not None:
            yield draft
    elif kind is RecordKind.ORGANIZATION:
        yield from _of_organization(value, reading)
    else:
        yield from _alone(kind, value, reading)


def _of_organization(record: Mapping[str, Any], reading: Reading) -> Iterator[Draft]:
    services = reading.children(record, "services")
    key = reading.id_of(record.get("id"), "organization")
    if not services and key is None:
        reading.note(IssueCode.ID_MISSING, "id", record.get("name", ""))
    elif not services and key is not None:
        yield read_organization(record, key, str(key), reading)
    for service in services:
        draft = read_service(service, reading, parent=record)
        if draft is not None:
            yield draft


def _alone(
    kind: RecordKind | str, record: Mapping[str, Any], reading: Reading
) -> Iterator[LocationDraft | RecordDraft]:
    """Return a record that is no service, kept as it stands."""
    if kind is RecordKind.LOCATION:
        own = reading.own_id("location", json.dumps(record, sort_keys=True))
        yield read_location(record, own, reading, "location.")
    elif kind in (RecordKind.OTHER, RecordKind.API_ROOT, RecordKind.PAGE, RecordKind.TABLES):
        reading.note(IssueCode.NOT_A_SERVICE, "", kind)
    else:
        said = record.get("id") or json.dumps(record, sort_keys=True)
        yield RecordDraft(reading.own_id(str(kind), str(said)), str(kind), record)


def _put_apart(
    record: Mapping[str, Any], reading: Reading, apart: dict[UUID, ServiceDraft]
) -> None:
    """Read a service at a location and add it to its service, met before or now."""
    service = record.get("service")
    if not isinstance(service, dict):
        reading.note(IssueCode.NOT_A_SERVICE, "service", record.get("service_id", ""))
        return
    key = reading.id_of(service.get("id"), "service")
    draft = apart.get(key) if key is not None else None
    if draft is None:
        draft = read_service(service, reading)
    if draft is None:
        return
    place = read_place(record, draft.id, reading)
    if place is not None and names_its_place(draft, [place], reading):
        return
    apart[draft.id] = replace(draft, places=(*draft.places, place)) if place else draft
