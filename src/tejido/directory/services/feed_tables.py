"""The tables of the file that the HSDS API answers from, and how they are filled."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tejido.directory.domain.patterns import Horizon, Schedule, expand, packed

# What is filtered by and what is answered stand apart, so that a filter reads little.
SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA page_size = 32768;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE service (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sort TEXT NOT NULL, modified INTEGER NOT NULL,
  digest BLOB NOT NULL, organization INTEGER NOT NULL, brief TEXT NOT NULL
);
CREATE TABLE service_body (
  n INTEGER PRIMARY KEY, whole BLOB NOT NULL, bare_end INTEGER NOT NULL,
  core_end INTEGER NOT NULL, plain BLOB NOT NULL
);
CREATE TABLE spot (
  n INTEGER PRIMARY KEY, id TEXT UNIQUE, sort TEXT NOT NULL, modified INTEGER NOT NULL,
  digest BLOB, service INTEGER NOT NULL, latitude REAL, longitude REAL, pattern INTEGER,
  hours_hold INTEGER NOT NULL, is_bounded INTEGER NOT NULL
);
CREATE TABLE spot_body (
  n INTEGER PRIMARY KEY, begins INTEGER NOT NULL, length INTEGER NOT NULL, plain BLOB NOT NULL
);
CREATE TABLE organization (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sort TEXT NOT NULL, modified INTEGER NOT NULL,
  digest BLOB NOT NULL
);
CREATE TABLE organization_body (n INTEGER PRIMARY KEY, plain BLOB NOT NULL);
CREATE TABLE taxonomy (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sort TEXT NOT NULL, modified INTEGER NOT NULL,
  digest BLOB NOT NULL
);
CREATE TABLE taxonomy_body (n INTEGER PRIMARY KEY, plain BLOB NOT NULL);
CREATE TABLE term (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sort TEXT NOT NULL, modified INTEGER NOT NULL,
  digest BLOB NOT NULL, code TEXT NOT NULL, taxonomy TEXT NOT NULL, parent TEXT
);
CREATE TABLE term_body (n INTEGER PRIMARY KEY, plain BLOB NOT NULL);
CREATE TABLE service_term (term INTEGER, n INTEGER, PRIMARY KEY (term, n)) WITHOUT ROWID;
CREATE TABLE spot_term (term INTEGER, n INTEGER, PRIMARY KEY (term, n)) WITHOUT ROWID;
CREATE TABLE service_language (code TEXT, n INTEGER, PRIMARY KEY (code, n)) WITHOUT ROWID;
CREATE TABLE spot_reach (fips TEXT, n INTEGER, PRIMARY KEY (fips, n)) WITHOUT ROWID;
CREATE TABLE pattern (id INTEGER PRIMARY KEY, edges BLOB NOT NULL);
CREATE TABLE zip (
  code TEXT PRIMARY KEY, latitude REAL NOT NULL, longitude REAL NOT NULL, fips TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE need (
  key TEXT PRIMARY KEY, term INTEGER NOT NULL, parent TEXT NOT NULL
) WITHOUT ROWID;
CREATE VIRTUAL TABLE spot_word USING fts5(
  words, content='', detail=none, columnsize=0, tokenize="ascii"
);
CREATE VIRTUAL TABLE organization_word USING fts5(
  words, content='', detail=none, columnsize=0, tokenize="ascii"
);
CREATE VIRTUAL TABLE taxonomy_word USING fts5(
  words, content='', detail=none, columnsize=0, tokenize="ascii"
);
CREATE VIRTUAL TABLE term_word USING fts5(
  words, content='', detail=none, columnsize=0, tokenize="ascii"
);
"""
INDEXES = """
CREATE INDEX service_organization ON service (organization, n);
CREATE INDEX service_sort ON service (sort, n);
CREATE INDEX service_modified ON service (modified, n);
CREATE INDEX spot_service ON spot (service);
CREATE INDEX spot_latitude ON spot (latitude, longitude);
CREATE INDEX spot_modified ON spot (modified, n);
CREATE INDEX term_taxonomy ON term (taxonomy);
"""
Row = dict[str, Any]


@dataclass(slots=True)
class FeedTables:
    """One file while it is written."""

    connection: sqlite3.Connection
    patterns: dict[Schedule, int] = field(default_factory=dict)

    def add(self, table: str, row: Row) -> None:
        """Write one row; the names are ours."""
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608 - our names
        self.connection.execute(sql, tuple(row.values()))

    def link(self, table: str, values: set[str] | set[int], number: int) -> None:
        """Write what a row is found by."""
        rows = ((value, number) for value in sorted(values))
        self.connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)  # noqa: S608

    def write_words(self, table: str, number: int, words: Iterable[str]) -> None:
        """Write the words under which a row is searched."""
        sql = f"INSERT INTO {table}_word (rowid, words) VALUES (?, ?)"  # noqa: S608 - our names
        self.connection.execute(sql, (number, " ".join(sorted(words))))

    def pattern(self, schedule: Schedule | None) -> int | None:
        """Return the number of a pattern of hours."""
        return None if schedule is None else self.patterns.setdefault(schedule, len(self.patterns))

    def rows(self, sql: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Return what was written so far."""
        return self.connection.execute(sql, values)

    def finish(self, horizon: Horizon, meta: dict[str, str]) -> None:
        """Write what follows from all services, and close the file to changes."""
        expanded = (
            (number, packed(expand(schedule, horizon)))
            for schedule, number in self.patterns.items()
        )
        self.connection.executemany("INSERT INTO pattern VALUES (?, ?)", expanded)
        self.connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        for kind in ("spot", "organization", "taxonomy", "term"):
            name = f"{kind}_word"
            self.connection.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608
        self.connection.execute("COMMIT")
        self.connection.executescript(INDEXES)
        self.connection.execute("ANALYZE")


def open_tables(file: Path) -> FeedTables:
    """Create an empty file; the caller closes its connection."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript(SCHEMA)
    connection.execute("BEGIN")
    return FeedTables(connection)
