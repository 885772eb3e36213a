"""The tables of a snapshot, and how they are filled. Nothing here knows Django's database."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path

from tejido.directory.domain.concepts import Concept
from tejido.directory.domain.patterns import (
    Horizon,
    Schedule,
    expand,
    packed,
    schedule_of,
    unpacked,
)
from tejido.directory.domain.public import PublicListing, PublicPoint
from tejido.directory.domain.vocabulary import Mode, Precision, Tier
from tejido.finder.domain.cells import block_at, point_at
from tejido.finder.domain.counties import Counties
from tejido.finder.domain.indexing import FACT_BITS, UNKNOWN_LANGUAGE, marks_of, narrow_of
from tejido.finder.domain.lexicon import Lexicon
from tejido.finder.domain.packs import Entry
from tejido.finder.domain.patterns import CLOSED_FOR_NOW, HOURS_UNKNOWN
from tejido.finder.domain.rows import FORMAT, row_of
from tejido.finder.domain.slots import slots_of
from tejido.geography.domain.gazetteer import Gazetteer
from tejido.geography.domain.places import Found, Place

NEVER_STALE = date.max.toordinal()
# Nobody goes there; what is delivered is asked for by phone.
_COMES = frozenset({Mode.MAIL, Mode.PHONE})

# Small pages of the index, so that a search jumps to its squares without reading past others.
SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA page_size = 8192;
PRAGMA cache_size = -200000;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE listing (id INTEGER PRIMARY KEY, row TEXT NOT NULL);
CREATE TABLE number (uuid BLOB PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE s (
  id INTEGER PRIMARY KEY, x REAL, y REAL, z REAL,
  pattern INTEGER NOT NULL, hours_hold INTEGER NOT NULL, confirmed INTEGER NOT NULL,
  core INTEGER NOT NULL, yes INTEGER NOT NULL, no INTEGER NOT NULL, languages TEXT NOT NULL,
  narrow INTEGER NOT NULL
);
CREATE TABLE frequency (mark TEXT PRIMARY KEY, listings INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE block (number INTEGER PRIMARY KEY, first INTEGER NOT NULL);
CREATE TABLE pattern (id INTEGER PRIMARY KEY, edges BLOB NOT NULL);
CREATE TABLE slot (
  number INTEGER PRIMARY KEY, open BLOB NOT NULL, changes BLOB NOT NULL, soon BLOB NOT NULL,
  in_a_day BLOB NOT NULL
);
CREATE TABLE place (id INTEGER PRIMARY KEY, row TEXT NOT NULL);
CREATE TABLE concept (id INTEGER PRIMARY KEY, row TEXT NOT NULL);
CREATE VIRTUAL TABLE mark USING fts5(
  marks, content='', detail=none, columnsize=0, tokenize="ascii tokenchars '_-'"
);
INSERT INTO mark(mark, rank) VALUES ('hashsize', 134217728), ('automerge', 0), ('pgsz', 256);
CREATE TEMP TABLE draft (
  uuid BLOB, block INTEGER, row TEXT, marks TEXT, x REAL, y REAL, z REAL, pattern INTEGER,
  hours_hold INTEGER, confirmed INTEGER, core INTEGER, yes INTEGER, no INTEGER, languages TEXT,
  narrow INTEGER
);
"""
_INSERT = f"INSERT INTO draft VALUES ({', '.join('?' * 15)})"  # noqa: S608 - question marks
# Numbers follow the squares of the map, so that every square is one run of them; what has no
# place comes last.
_SETTLE = (
    """CREATE TEMP TABLE settled AS
       SELECT rowid AS draft FROM draft ORDER BY block IS NULL, block, uuid""",
    """INSERT INTO listing SELECT settled.rowid, row
       FROM settled JOIN draft ON draft.rowid = settled.draft ORDER BY settled.rowid""",
    """INSERT INTO mark(rowid, marks) SELECT settled.rowid, marks
       FROM settled JOIN draft ON draft.rowid = settled.draft ORDER BY settled.rowid""",
    """INSERT INTO s SELECT settled.rowid, x, y, z, pattern, hours_hold, confirmed, core, yes, no,
         languages, narrow
       FROM settled JOIN draft ON draft.rowid = settled.draft ORDER BY settled.rowid""",
    """INSERT INTO number SELECT uuid, settled.rowid
       FROM settled JOIN draft ON draft.rowid = settled.draft ORDER BY uuid""",
    """INSERT INTO block SELECT block, min(settled.rowid)
       FROM settled JOIN draft ON draft.rowid = settled.draft
       WHERE block IS NOT NULL GROUP BY block ORDER BY block""",
    "INSERT INTO mark(mark) VALUES ('optimize')",
    "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, mark, row)",
    "INSERT INTO frequency SELECT term, doc FROM temp.vocabulary ORDER BY term",
    "COMMIT",
)
Row = tuple[object, ...]
_OF_PLACE = [each.name for each in fields(Place)]


@dataclass(slots=True)
class Tables:
    """One snapshot while it is written; `also` is told of each listing, for the packs."""

    connection: sqlite3.Connection
    lexicon: Lexicon
    gazetteer: Gazetteer
    counties: Counties
    patterns: dict[Schedule, int] = field(default_factory=dict)
    listings: int = 0
    placed: int = 0
    invented: int = 0
    also: Callable[[Entry], None] | None = None

    def add(self, batch: Iterable[PublicListing]) -> None:
        """Write some listings."""
        self.connection.executemany(_INSERT, (self._row(listing) for listing in batch))

    def finish(self, horizon: Horizon, meta: Mapping[str, str]) -> None:
        """Write what follows from the listings: patterns, words, what the snapshot is."""
        edges = dict(self._expanded(horizon))
        insert = self.connection.executemany
        insert("INSERT INTO pattern VALUES (?, ?)", edges.items())
        numbers = {pattern: unpacked(blob) for pattern, blob in edges.items()}
        insert("INSERT INTO slot VALUES (?, ?, ?, ?, ?)", slots_of(numbers, horizon))
        insert("INSERT INTO meta VALUES (?, ?)", sorted({**self._counts(), **meta}.items()))
        for statement in _SETTLE:
            self.connection.execute(statement)

    def _row(self, said: PublicListing) -> Row:
        listing = self._about(said)
        anchor = self._anchor(listing)
        self.listings += 1
        self.placed += anchor is not None
        self.invented += listing.is_invented
        point = point_at(*anchor) if anchor else None
        block = block_at(*anchor) if anchor else None
        county = self._county(listing, anchor)
        marks = marks_of(listing, self.lexicon, is_placed=anchor is not None, county=county)
        if self.also:
            order = (block is None, block or 0, listing.id.bytes)
            self.also(Entry(listing, marks, county, anchor, order))
        return (
            listing.id.bytes,
            block,
            row_of(listing),
            marks,
            *((point.x, point.y, point.z) if point else (None, None, None)),
            *self._facts(listing),
        )

    def _about(self, listing: PublicListing) -> PublicListing:
        """Return a listing with an address and no point about where its ZIP code is.

        What comes by mail, by phone or to the door is where it reaches, not where it sets out
        from, if somebody stated its counties; otherwise nobody knows how far it goes.
        """
        if listing.mode in _COMES:
            return replace(listing, point=None) if listing.reach else listing
        if listing.point or not listing.address_lines:
            return listing
        code = listing.postal_code[:5]
        zip_code = self.gazetteer.resolve(code) if code else None
        if not isinstance(zip_code, Found):
            return listing
        place = zip_code.place
        point = PublicPoint(place.latitude, place.longitude, Precision.APPROXIMATE)
        return replace(listing, point=point)

    def _anchor(self, listing: PublicListing) -> tuple[float, float] | None:
        """Return the point by which a listing is ranked: its own, or that of its ZIP or town."""
        if listing.point:
            return listing.point.latitude, listing.point.longitude
        if listing.mode in _COMES:
            return None
        for text in (listing.postal_code[:5], listing.city):
            place = self.gazetteer.resolve(text) if text else None
            if isinstance(place, Found):
                return place.place.latitude, place.place.longitude
        return None

    def _county(self, listing: PublicListing, anchor: tuple[float, float] | None) -> str:
        if anchor is None:
            return ""
        return self.counties.around(*anchor, postal_code=listing.postal_code[:5])

    def _facts(self, listing: PublicListing) -> Row:
        confirmed = listing.confirmed_on.toordinal() if listing.confirmed_on else 0
        hold = listing.hours_hold_until
        pattern = self._pattern(listing)
        return (
            pattern,
            NEVER_STALE if pattern == CLOSED_FOR_NOW else hold.toordinal() if hold else 0,
            confirmed,
            int(listing.tier is Tier.CORE),
            sum(FACT_BITS[fact] for fact, known in listing.facts.items() if known),
            sum(FACT_BITS[fact] for fact, known in listing.facts.items() if not known),
            f" {' '.join(listing.languages or (UNKNOWN_LANGUAGE,))} ",
            narrow_of(listing),
        )

    def _pattern(self, listing: PublicListing) -> int:
        if listing.temporarily_closed:
            return CLOSED_FOR_NOW
        schedule = schedule_of(listing)
        if schedule is None:
            return HOURS_UNKNOWN
        return self.patterns.setdefault(schedule, len(self.patterns) + CLOSED_FOR_NOW + 1)

    def _expanded(self, horizon: Horizon) -> Iterator[tuple[int, bytes]]:
        yield HOURS_UNKNOWN, b""
        yield CLOSED_FOR_NOW, b""
        for schedule, number in self.patterns.items():
            yield number, packed(expand(schedule, horizon))

    def _counts(self) -> dict[str, str]:
        return {
            "format": FORMAT,
            "listings": str(self.listings),
            "placed": str(self.placed),
            "patterns": str(len(self.patterns)),
            "is_invented": str(int(self.invented > 0)),
        }


def open_tables(
    file: Path,
    *,
    lexicon: Lexicon,
    concepts: Iterable[Concept],
    places: Iterable[Place],
    counties: Counties,
) -> Tables:
    """Create the file with what does not depend on listings; the caller closes its connection."""
    known = tuple(places)
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript(SCHEMA)
    connection.execute("BEGIN")
    lines = ((_json({name: getattr(place, name) for name in _OF_PLACE}),) for place in known)
    connection.executemany("INSERT INTO place(row) VALUES (?)", lines)
    lines = ((_json(asdict(concept)),) for concept in concepts)
    connection.executemany("INSERT INTO concept(row) VALUES (?)", lines)
    return Tables(connection, lexicon, Gazetteer(known), counties)


def _json(values: dict[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
