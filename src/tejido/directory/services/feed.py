"""Building the file that the HSDS API answers from, out of the listings that the finder shows.

It is written while the finder's snapshot is, from the same listings, and put in use after it
(docs/areas/directory.md#the-hsds-api).
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid5

from tejido import __version__
from tejido.directory.domain.concepts import Concept, FormKind
from tejido.directory.domain.feed_question import instant_of, microseconds_of
from tejido.directory.domain.feed_spots import hours_hold, schedule_that_holds, words_of
from tejido.directory.domain.hsds.feed_record import (
    Body,
    Record,
    Service,
    Words,
    body_of,
    encoded,
    mark_of,
    plain,
    plain_place,
    plain_service,
    service_of,
    stamped,
)
from tejido.directory.domain.hsds.ours import (
    LABELS,
    NAMESPACE,
    NEEDS_TAXONOMY,
    TAXONOMY,
    need_term,
    our_term,
)
from tejido.directory.domain.patterns import horizon_at
from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.words import normalise, stems, tokens_of
from tejido.directory.queries.feed_files import (
    FEED_FILES,
    FORMAT,
    FeedMissing,
    connection_to,
    newest_feed,
)
from tejido.directory.services.feed_tables import FeedTables, open_tables
from tejido.geography.domain.places import Place, PlaceKind

_TAXONOMIES = {
    TAXONOMY: "What we know of a service or a place beyond HSDS; the value says which.",
    NEEDS_TAXONOMY: "What people look for: needs and supplies, the broader above the narrower.",
}


def taxonomy_id(name: str) -> str:
    """Return the id of a taxonomy of ours."""
    return str(uuid5(NAMESPACE, f"taxonomy {name}"))


@dataclass(frozen=True, slots=True)
class Before:
    """What the last file said, so that what is still the same keeps its date."""

    connection: sqlite3.Connection | None
    at: int

    def modified(self, table: str, key: str, digest: bytes) -> int:
        """Return when a record last changed: now, unless the last file has it word for word."""
        if self.connection is None:
            return self.at
        sql = f"SELECT digest, modified FROM {table} WHERE id = ?"  # noqa: S608 - our names
        found = self.connection.execute(sql, (key,)).fetchone()
        return int(found[1]) if found and found[0] == digest else self.at


class FeedDraft:
    """One file while it is written."""

    def __init__(
        self,
        tables: FeedTables,
        before: Before,
        concepts: Iterable[Concept],
        places: Iterable[Place],
    ) -> None:
        """Write what does not depend on listings: needs, taxonomies, ZIP codes."""
        self._tables, self._before = tables, before
        self._organizations: dict[str, tuple[int, Record]] = {}
        self._services = self._spots = 0
        self._invented = False
        self._labels = {each.id: _names(each) for each in concepts}
        known = tuple(places)
        self._words = Words(
            needs={each.id: _english(each) for each in concepts},
            counties={p.county_fips: p.name for p in known if p.kind is PlaceKind.COUNTY},
        )
        self._write_taxonomies(tuple(concepts))
        for zip_code in (place for place in known if place.kind is PlaceKind.ZIP):
            self._write_zip(zip_code)

    def beside(self, listings: Iterable[PublicListing]) -> Iterator[PublicListing]:
        """Yield the same listings, and write each service once its listings have gone by."""
        group: list[PublicListing] = []
        for listing in listings:
            if group and listing.service_id != group[0].service_id:
                self.add(group)
                group = []
            group.append(listing)
            yield listing
        if group:
            self.add(group)

    def add(self, listings: list[PublicListing]) -> None:
        """Write one service: all its listings."""
        self._services += 1
        service = service_of(listings, self._words)
        marks = [
            mark_of(place.record, service.record, service.organization) for place in service.places
        ]
        mark = mark_of(
            service.record, service.organization, [place.record for place in service.places]
        )
        changed = self._before.modified("service", service.record["id"], mark)
        changes = [
            self._before.modified("spot", place.record["id"], digest)
            for place, digest in zip(service.places, marks, strict=True)
        ]
        service = _stamped(service, changed, changes)
        body = body_of(service)
        self._write_service(service, body, changed, mark)
        self._write_spots(service, body, listings, changes or [changed], marks or [None])
        self._invented |= listings[0].is_invented

    def finish(self, at: datetime) -> None:
        """Write what follows from all services."""
        for key, (number, record) in self._organizations.items():
            self._write_organization(key, number, record)
        horizon = horizon_at(at)
        meta = {
            "format": FORMAT,
            "version": __version__,
            "built_at": at.astimezone(UTC).isoformat(),
            "horizon_begins": horizon.begins.isoformat(),
            "horizon_ends": horizon.ends.isoformat(),
            "services": str(self._services),
            "is_invented": str(int(self._invented)),
        }
        self._tables.finish(horizon, meta)

    def _write_service(self, service: Service, body: Body, changed: int, mark: bytes) -> None:
        record, number = service.record, self._services
        brief = {name: record[name] for name in ("id", "name", "status")}
        organization, _ = self._organizations.setdefault(
            service.organization["id"], (len(self._organizations) + 1, service.organization)
        )
        row: Record = _row(number, record, changed, mark) | {"organization": organization}
        self._tables.add("service", row | {"brief": encoded(brief).decode()})
        self._tables.add(
            "service_body",
            {
                "n": number,
                "whole": body.full,
                "bare_end": body.bare_end,
                "core_end": body.core_end,
                "plain": encoded(plain_service(service)),
            },
        )
        self._tables.link("service_term", service.terms, number)
        codes = (row["code"] for row in record.get("languages", ()))
        self._tables.link("service_language", codes, number)

    def _write_spots(
        self,
        service: Service,
        body: Body,
        listings: list[PublicListing],
        changes: list[int],
        marks: list[bytes] | list[None],
    ) -> None:
        by_id = {str(listing.id): listing for listing in listings}
        if not service.places:
            self._write_spot(service, listings[0], changes[0], marks[0])
            self._tables.link("spot_term", service.terms, self._spots)
        for at, place in enumerate(service.places):
            self._write_spot(service, by_id[place.record["id"]], changes[at], marks[at])
            begins, length = body.places[at]
            self._tables.add(
                "spot_body",
                {
                    "n": self._spots,
                    "begins": begins,
                    "length": length,
                    "plain": encoded(plain_place(place, service)),
                },
            )
            self._tables.link("spot_term", place.terms, self._spots)

    def _write_spot(
        self, service: Service, listing: PublicListing, changed: int, mark: bytes | None
    ) -> None:
        self._spots += 1
        is_place = listing.id != listing.service_id
        self._tables.add(
            "spot",
            {
                **_row(self._spots, service.record, changed, mark),
                "id": str(listing.id) if is_place else None,
                "service": self._services,
                "latitude": listing.point.latitude if listing.point else None,
                "longitude": listing.point.longitude if listing.point else None,
                "pattern": self._tables.pattern(schedule_that_holds(listing)),
                "hours_hold": hours_hold(listing),
                "is_bounded": bool(listing.reach),
            },
        )
        self._tables.link("spot_reach", listing.reach, self._spots)
        self._tables.write_words("spot", self._spots, words_of(listing, self._labels))

    def _write_organization(self, key: str, number: int, record: Record) -> None:
        sql = "SELECT brief FROM service WHERE organization = ? ORDER BY n"
        mark = mark_of(record, [row[0] for row in self._tables.rows(sql, (number,))])
        self._write_simple("organization", number, record, mark)

    def _write_taxonomies(self, concepts: tuple[Concept, ...]) -> None:
        for number, (name, description) in enumerate(_TAXONOMIES.items(), start=1):
            record = {"id": taxonomy_id(name), "name": name, "description": description}
            self._write_simple("taxonomy", number, record, mark_of(record))
        terms = [our_term(label) | {"taxonomy_id": taxonomy_id(TAXONOMY)} for label in LABELS]
        terms += [self._need_term(concept) for concept in concepts]
        for number, record in enumerate(terms, start=1):
            also = {
                "code": record["code"],
                "taxonomy": record["taxonomy_id"],
                "parent": record.get("parent_id"),
            }
            spoken = self._labels.get(record["code"], ())
            self._write_simple("term", number, record, mark_of(record), also=also, spoken=spoken)

    def _need_term(self, concept: Concept) -> Record:
        term: Record = need_term(concept.id, *self._words.needs[concept.id])
        self._tables.add("need", {"key": concept.id, "term": term["id"], "parent": concept.parent})
        if concept.parent:
            term["parent_id"] = need_term(concept.parent, "", "")["id"]
        return term | {"taxonomy_id": taxonomy_id(NEEDS_TAXONOMY), "language": "en"}

    def _write_simple(
        self,
        table: str,
        number: int,
        record: Record,
        mark: bytes,
        *,
        also: Record | None = None,
        spoken: Iterable[str] = (),
    ) -> None:
        changed = self._before.modified(table, record["id"], mark)
        self._tables.add(table, _row(number, record, changed, mark) | (also or {}))
        body = encoded(stamped(plain(record), instant_of(changed)))
        self._tables.add(f"{table}_body", {"n": number, "plain": body})
        said = (record["name"], record["description"], *spoken)
        self._tables.write_words(table, number, _stems(said))

    def _write_zip(self, place: Place) -> None:
        row = {"code": place.name, "latitude": place.latitude, "longitude": place.longitude}
        self._tables.add("zip", row | {"fips": place.county_fips})


@contextmanager
def feed_draft(
    *, folder: Path, at: datetime, concepts: Iterable[Concept], places: Iterable[Place]
) -> Iterator[tuple[FeedDraft, Callable[[], Path]]]:
    """Yield a draft, and what puts it in use; without that, and after a failure, nothing stays.

    Args:
        folder: where the finder's snapshots are.
        at: when it is built; what changed since the last file bears this instant.
        concepts: the needs in use.
        places: counties and ZIP codes.
    """
    file = FEED_FILES.draft_in(folder)
    try:
        tables = open_tables(file)
        with closing(tables.connection), _before(folder, at) as before:
            draft = FeedDraft(tables, before, tuple(concepts), places)

            def publish() -> Path:
                draft.finish(at)
                tables.connection.close()
                return FEED_FILES.publish(file, folder=folder)

            yield draft, publish
    finally:
        file.unlink(missing_ok=True)


@contextmanager
def _before(folder: Path, at: datetime) -> Iterator[Before]:
    now = microseconds_of(at)
    try:
        last = newest_feed(folder)
    except FeedMissing:
        yield Before(None, now)
        return
    with closing(connection_to(last.file)) as connection:
        yield Before(connection, now)


def _stamped(service: Service, changed: int, changes: list[int]) -> Service:
    places = tuple(
        replace(place, record=stamped(place.record, instant_of(at)))
        for place, at in zip(service.places, changes, strict=True)
    )
    record = stamped(service.record, instant_of(changed))
    return replace(service, record=record, places=places)


def _row(number: int, record: Record, changed: int, mark: bytes | None) -> Record:
    name = normalise(record["name"])
    return {"n": number, "id": record["id"], "sort": name, "modified": changed, "digest": mark}


def _names(concept: Concept) -> tuple[str, ...]:
    return tuple(form.text for form in concept.forms if form.kind is FormKind.LABEL)


def _english(concept: Concept) -> tuple[str, str]:
    """Return the English name of a need, and what is said of it, or the name again."""
    said = {form.kind: form.text for form in reversed(concept.forms) if form.language == "en"}
    name = said.get(FormKind.LABEL, concept.id)
    return name, said.get(FormKind.GLOSS, name)


def _stems(texts: Iterable[str]) -> set[str]:
    return {stem for text in texts for word in tokens_of(text) for stem in stems(word)}
