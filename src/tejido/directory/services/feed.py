"""Building the file that the HSDS API answers from, out of the listings that the finder shows.

It is written while the finder's snapshot is, from the same listings, and put in use after it
(docs/adr/0012-hsds-feed.md).
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
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
    digest_of,
    encoded,
    plain,
    plain_place,
    plain_service,
    service_of,
)
from tejido.directory.domain.hsds.objects import TRANSLATIONS
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
from tejido.directory.domain.words import normalise, stems_of_listing, tokens_of
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
        mark, marks = service.mark(), [service.mark(at) for at in range(len(service.places))]
        changed = self._before.modified("service", service.record["id"], mark)
        changes = [
            self._before.modified("spot", place["id"], digest)
            for place, digest in zip(service.places, marks, strict=True)
        ]
        body = body_of(service, instant_of(changed), map(instant_of, changes))
        of_service = plain_service(service, instant_of(changed))
        self._write_service(service, body, of_service, _Stamp(changed, mark))
        stamps = [_Stamp(*each) for each in zip(changes, marks, strict=True)]
        if not service.places:
            self._write_spot(service, listings[0], _Stamp(changed, None), service.terms())
        for at, listing in enumerate(listings if service.places else ()):
            self._write_spot(service, listing, stamps[at], service.terms(at))
            plain_bytes = encoded(
                plain_place(service.places[at], instant_of(changes[at]), of_service)
            )
            begins, length = body.places[at]
            row = {"n": self._spots, "begins": begins, "length": length, "plain": plain_bytes}
            self._tables.add("spot_body", row)
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

    def _write_service(
        self, service: Service, body: Body, of_service: Record, stamp: "_Stamp"
    ) -> None:
        record, number = service.record, self._services
        brief = {name: record[name] for name in ("id", "name", "status")}
        organization, _ = self._organizations.setdefault(
            service.organization["id"], (len(self._organizations) + 1, service.organization)
        )
        row: Record = stamp.row(number, record) | {"organization": organization}
        self._tables.add("service", row | {"brief": encoded(brief).decode()})
        self._tables.add(
            "service_body",
            {
                "n": number,
                "whole": body.full,
                "bare_end": body.bare_end,
                "core_end": body.core_end,
                "plain": encoded(of_service),
            },
        )
        self._link_terms("service_term", service.terms(), number)
        codes = {row["code"] for row in record.get("languages", ())}
        self._tables.link("service_language", codes, number)

    def _write_spot(
        self, service: Service, listing: PublicListing, stamp: "_Stamp", terms: frozenset[str]
    ) -> None:
        self._spots += 1
        is_place = listing.id != listing.service_id
        self._tables.add(
            "spot",
            {
                **stamp.row(self._spots, service.record),
                "id": str(listing.id) if is_place else None,
                "service": self._services,
                "latitude": listing.point.latitude if listing.point else None,
                "longitude": listing.point.longitude if listing.point else None,
                "pattern": self._tables.pattern(schedule_that_holds(listing)),
                "hours_hold": hours_hold(listing),
                "is_bounded": bool(listing.reach),
            },
        )
        self._link_terms("spot_term", terms, self._spots)
        self._tables.link("spot_reach", set(listing.reach), self._spots)
        self._tables.write_words("spot", self._spots, words_of(listing, self._labels))

    def _link_terms(self, table: str, terms: frozenset[str], number: int) -> None:
        self._tables.link(table, {self._terms[term] for term in terms}, number)

    def _write_organization(self, key: str, number: int, record: Record) -> None:
        sql = "SELECT brief FROM service WHERE organization = ? ORDER BY n"
        briefs = (brief.encode() for (brief,) in self._tables.rows(sql, (number,)))
        mark = digest_of(encoded(record), *briefs)
        self._write_simple("organization", number, record, mark)

    def _write_taxonomies(self, concepts: tuple[Concept, ...]) -> None:
        for number, (name, description) in enumerate(_TAXONOMIES.items(), start=1):
            record = {"id": taxonomy_id(name), "name": name, "description": description}
            self._write_simple("taxonomy", number, record, digest_of(encoded(record)))
        terms: list[Record] = [
            our_term(label) | {"taxonomy_id": taxonomy_id(TAXONOMY)} for label in LABELS
        ]
        terms += [self._need_term(concept) for concept in concepts]
        self._terms = {record["id"]: at for at, record in enumerate(terms, start=1)}
        for record in terms:
            self._write_term(record)
        for concept in concepts:
            number = self._terms[need_term(concept.id, "", "")["id"]]
            row = {"key": concept.id, "term": number, "parent": concept.parent}
            self._tables.add("need", row)

    def _write_term(self, record: Record) -> None:
        also = {
            "code": record["code"],
            "taxonomy": record["taxonomy_id"],
            "parent": record.get("parent_id"),
        }
        number, mark = self._terms[record["id"]], digest_of(encoded(record))
        spoken = self._labels.get(record["code"], ())
        self._write_simple("term", number, record, mark, also=also, spoken=spoken)

    def _need_term(self, concept: Concept) -> Record:
        term: Record = need_term(concept.id, *self._words.needs[concept.id])
        term[TRANSLATIONS] = list(_translations(concept))
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
        self._tables.add(table, _Stamp(changed, mark).row(number, record) | (also or {}))
        spoken_as = {TRANSLATIONS: record[TRANSLATIONS]} if record.get(TRANSLATIONS) else {}
        body = encoded(plain(record) | spoken_as | {"last_modified": instant_of(changed)})
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


@dataclass(frozen=True, slots=True)
class _Stamp:
    """When a record changed, and what tells that it did."""

    changed: int
    mark: bytes | None

    def row(self, number: int, record: Record) -> Record:
        return {
            "n": number,
            "id": record["id"],
            "sort": normalise(record["name"]),
            "modified": self.changed,
            "digest": self.mark,
        }


def _names(concept: Concept) -> tuple[str, ...]:
    return tuple(form.text for form in concept.forms if form.kind is FormKind.LABEL)


def _translations(concept: Concept) -> Iterator[Record]:
    """Yield the name of a need, and what is said of it, in each language but English."""
    for language in sorted({form.language for form in concept.forms} - {"en"}):
        said = {f.kind: f.text for f in reversed(concept.forms) if f.language == language}
        if FormKind.LABEL in said:
            name = said[FormKind.LABEL]
            gloss = said.get(FormKind.GLOSS, name)
            yield {"language": language, "name": name, "description": gloss}


def _english(concept: Concept) -> tuple[str, str]:
    """Return the English name of a need, and what is said of it, or the name again."""
    said = {form.kind: form.text for form in reversed(concept.forms) if form.language == "en"}
    name = said.get(FormKind.LABEL, concept.id)
    return name, said.get(FormKind.GLOSS, name)


def _stems(texts: Iterable[str]) -> set[str]:
    return {stem for text in texts for word in tokens_of(text) for stem in stems_of_listing(word)}
