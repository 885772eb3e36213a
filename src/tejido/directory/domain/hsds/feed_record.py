"""One service as the HSDS API answers with it: ready bytes, and the parts that other answers use.

The whole record stands once. A service without its places, the service of a place and a place are
stretches of it, so that nothing is stored or made twice.
"""

import hashlib
import json
import re
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
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
# Within a text the quotes of such words would have a backslash before them.
_TERM = re.compile(rb'"taxonomy_term":\{"id":"([0-9a-f-]{36})"')


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
class Service:
    """A service apart, its parts as records and as bytes without the date of their last change.

    Attributes:
        record: itself, without organization and places.
        organization: who offers it.
        places: the services at locations.
        own, by, at: the same as bytes.
    """

    record: Record
    organization: Record
    places: tuple[Record, ...]
    own: bytes
    by: bytes
    at: tuple[bytes, ...]

    def terms(self, place: int | None = None) -> frozenset[str]:
        """Return the ids of the terms anywhere in it, or in one place and the service."""
        parts = self.at if place is None else self.at[place : place + 1]
        found = {term for part in (self.own, *parts) for term in _TERM.findall(part)}
        return frozenset(term.decode() for term in found)

    def mark(self, place: int | None = None) -> bytes:
        """Return what is equal exactly when it, or one place with its service, says the same."""
        parts = self.at if place is None else self.at[place : place + 1]
        return digest_of(self.own, self.by, *parts)


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
    by = record["organization"]
    return Service(own, by, places, encoded(own), encoded(by), tuple(map(encoded, places)))


def plain(record: Record) -> Record:
    """Return the fields of a record that are neither a list nor an object."""
    return {name: value for name, value in record.items() if not isinstance(value, list | dict)}


def plain_service(service: Service, changed: str) -> Record:
    """Return the one-to-one fields of a service: its own, and those of its organization."""
    own = plain(service.record) | {"last_modified": changed}
    return own | {"organization": plain(service.organization)}


def plain_place(place: Record, changed: str, of_service: Record) -> Record:
    """Return the one-to-one fields of a place: its own, its location's, its service's."""
    own = plain(place) | {"last_modified": changed}
    return own | {"location": plain(place["location"]), "service": of_service}


def body_of(service: Service, changed: str, places_changed: Iterable[str]) -> Body:
    """Return the bytes of a whole service, with when each part changed, and where parts lie."""
    bare = _stamped(service.own, changed)
    core = bare + b',"organization":' + service.by
    written = bytearray(core)
    stretches: list[tuple[int, int]] = []
    for place, its in zip(service.at, places_changed, strict=True):
        written += b"," if stretches else b',"service_at_locations":['
        row = _stamped(place, its)
        stretches.append((len(written), len(row)))
        written += row + b"}"
    written += b"]}" if stretches else b"}"
    return Body(bytes(written), len(bare), len(core), tuple(stretches))


def digest_of(*parts: bytes) -> bytes:
    """Return 16 bytes that are equal exactly when parts are."""
    return hashlib.sha256(b"\n".join(parts)).digest()[:16]


def encoded(value: Any) -> bytes:
    """Return a value as JSON without spaces; no line ends in it."""
    return _ENCODE(value).encode()


def _stamped(record: bytes, changed: str) -> bytes:
    """Return a record with when it changed, without its last brace."""
    return record[:-1] + b',"last_modified":"' + changed.encode() + b'"'


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
