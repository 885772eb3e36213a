"""One service as the HSDS API answers with it: ready bytes, and the parts that other answers use.

The whole record stands once. A service without its places, the service of a place and a place are
stretches of it, so that nothing is stored or made twice.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tejido.directory.domain.hsds.ours import need_term
from tejido.directory.domain.hsds.public_record import public_records
from tejido.directory.domain.named_ids import named_id
from tejido.directory.domain.public import PublicListing

Record = dict[str, Any]
_APART = ("organization", "service_at_locations")


@dataclass(frozen=True, slots=True)
class Words:
    """What a record takes from beside the listing.

    Attributes:
        needs: need -> its name and its description.
        counties: FIPS code -> name.
    """

    needs: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    counties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A service at a location: its record, and the ids of the terms on it or on its service."""

    record: Record
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Service:
    """A service apart: itself, its organization, its places, and the ids of all terms in it."""

    record: Record
    organization: Record
    places: tuple[Place, ...]
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a whole service and where its parts lie.

    Attributes:
        full: the service with organization and places.
        bare_end: so far it is the service itself, without a last brace.
        core_end: so far it is the service with its organization, without a last brace.
        places: where each place begins, and how long it is, without its last brace.
    """

    full: bytes
    bare_end: int
    core_end: int
    places: tuple[tuple[int, int], ...]


def service_of(listings: list[PublicListing], words: Words) -> Service:
    """Return the service of these listings, which are all of one service.

    Needs are terms of our list of needs, and counties that it reaches are HSDS service areas.
    """
    (record,) = public_records(listings)
    _use_need_terms(record, words.needs)
    own = {name: value for name, value in record.items() if name not in _APART}
    places = tuple(record.get("service_at_locations", ()))
    _add_areas(own, places, listings, words.counties)
    of_service = _terms_in(own)
    places = tuple(Place(each, _terms_in(each) | of_service) for each in places)
    terms = of_service.union(*(place.terms for place in places))
    return Service(own, record["organization"], places, terms)


def plain(record: Record) -> Record:
    """Return the fields of a record that are neither a list nor an object."""
    return {name: value for name, value in record.items() if not isinstance(value, list | dict)}


def plain_service(service: Service) -> Record:
    """Return the one-to-one fields of a service: its own, and those of its organization."""
    return {**plain(service.record), "organization": plain(service.organization)}


def plain_place(place: Place, service: Service) -> Record:
    """Return the one-to-one fields of a place: its own, its location's, its service's."""
    location = plain(place.record["location"])
    return {**plain(place.record), "location": location, "service": plain_service(service)}


def body_of(service: Service) -> Body:
    """Return the bytes of a whole service and where its parts lie."""
    bare = encoded(service.record)[:-1]
    core = bare + b',"organization":' + encoded(service.organization)
    written = bytearray(core)
    stretches: list[tuple[int, int]] = []
    for place in service.places:
        written += b"," if stretches else b',"service_at_locations":['
        row = encoded(place.record)
        stretches.append((len(written), len(row) - 1))
        written += row
    written += b"]}" if stretches else b"}"
    return Body(bytes(written), len(bare), len(core), tuple(stretches))


def stamped(record: Record, modified: str) -> Record:
    """Return a record that says when it last changed."""
    return {**record, "last_modified": modified}


def mark_of(*records: Any) -> bytes:
    """Return 16 bytes that are equal exactly when records say the same."""
    return hashlib.sha256(b"\n".join(map(encoded, records))).digest()[:16]


def encoded(value: Any) -> bytes:
    """Return a value as JSON without spaces; no line ends in it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _use_need_terms(record: Record, needs: Mapping[str, tuple[str, str]]) -> None:
    for row in record.get("attributes", ()):
        if row.get("label") == "need" and row["value"] in needs:
            row["taxonomy_term"] = need_term(row["value"], *needs[row["value"]])


def _add_areas(
    own: Record,
    places: tuple[Record, ...],
    listings: list[PublicListing],
    counties: Mapping[str, str],
) -> None:
    """Say which counties are reached: on the service where all its places say the same."""
    if len({listing.reach for listing in listings}) == 1:
        owners = [(own, listings[0])]
    else:
        by_id = {str(listing.id): listing for listing in listings}
        owners = [(place, by_id[place["id"]]) for place in places]
    for owner, listing in owners:
        if listing.reach:
            owner["service_areas"] = _areas(UUID(owner["id"]), listing.reach, counties)


def _areas(owner: UUID, reach: Iterable[str], counties: Mapping[str, str]) -> list[Record]:
    return [
        {
            "id": named_id(owner, f"service area {fips}"),
            "name": counties.get(fips, fips),
            "extent": fips,
            "extent_type": "text",
        }
        for fips in reach
    ]


def _terms_in(value: Any) -> frozenset[str]:
    """Return the ids of the taxonomy terms anywhere in a record."""
    return frozenset(_each_term(value))


def _each_term(value: Any) -> Iterable[str]:
    if isinstance(value, list):
        for each in value:
            yield from _each_term(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name == "taxonomy_term":
                yield each["id"]
            else:
                yield from _each_term(each)
