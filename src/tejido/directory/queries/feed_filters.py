"""Filters of the HSDS API as conditions of SQL: each narrows, and all hold together."""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import cos, degrees, radians
from typing import Any

from tejido.directory.domain.feed_question import Around, FeedQuestion, Kind, Sort
from tejido.directory.domain.feed_spots import day_of
from tejido.directory.domain.patterns import unpacked
from tejido.geography.domain.distance import EARTH_RADIUS_M

TABLES = {
    Kind.SERVICE: "service",
    Kind.PLACE: "spot",
    Kind.ORGANIZATION: "organization",
    Kind.TAXONOMY: "taxonomy",
    Kind.TERM: "term",
}
_OF_ID = "SELECT n FROM term WHERE id = ?"
_OF_TAXONOMY = "SELECT n FROM term WHERE taxonomy = ?"
_EACH = "SELECT value FROM json_each(?)"
# A box a little larger than the circle: distances decide.
_MARGIN = 1.001


@dataclass(slots=True)
class Conditions:
    """Conditions that all hold, with their values."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, sql: str, *values: Any) -> None:
        """Add one."""
        self.parts.append(sql)
        self.values += values

    def sql(self) -> str:
        """Return them as one; true where there are none."""
        return " AND ".join(self.parts) or "1"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows, in which order: `SELECT n FROM {rows} ORDER BY {order}`."""

    rows: str
    order: str
    values: tuple[Any, ...]


def selection_of(kind: Kind, asked: FeedQuestion, connection: sqlite3.Connection) -> Selection:
    """Return which rows of a kind answer a question."""
    if kind is Kind.SERVICE:
        return _services(asked, connection)
    if kind is Kind.PLACE:
        return _places(asked, connection)
    where = _SIMPLE[kind](asked)
    rows = f"{TABLES[kind]} WHERE {where.sql()}"
    return Selection(rows, _order(asked.sort), tuple(where.values))


def _services(asked: FeedQuestion, connection: sqlite3.Connection) -> Selection:
    own = _of_service(asked)
    spots = _of_spot(asked, connection)
    _add_terms(own, "service_term", asked)
    if asked.sort is Sort.DISTANCE and asked.around:
        return _by_distance(asked.around, own, spots)
    if spots.parts:
        own.add(f"n IN (SELECT service FROM spot WHERE {spots.sql()})", *spots.values)  # noqa: S608
    return Selection(f"service WHERE {own.sql()}", _order(asked.sort), tuple(own.values))


def _by_distance(around: Around, own: Conditions, spots: Conditions) -> Selection:
    """Order services by their nearest place among those that fit."""
    nearest = (
        "SELECT service AS owner, min(metres(latitude, longitude, ?, ?)) AS far"  # noqa: S608
        f" FROM spot WHERE {spots.sql()} GROUP BY owner"
    )
    rows = f"({nearest}) JOIN service ON n = owner WHERE {own.sql()}"
    values = (around.latitude, around.longitude, *spots.values, *own.values)
    return Selection(rows, "far IS NULL, far, n", values)


def _places(asked: FeedQuestion, connection: sqlite3.Connection) -> Selection:
    where = _of_spot(asked, connection)
    where.add("id IS NOT NULL")
    if asked.modified_from is not None:
        where.add("modified >= ?", asked.modified_from)
    _add_terms(where, "spot_term", asked)
    own = _of_service(asked, with_change=False)
    if own.parts:
        where.add(f"service IN (SELECT n FROM service WHERE {own.sql()})", *own.values)  # noqa: S608
    rows = f"spot WHERE {where.sql()}"
    if asked.sort is Sort.DISTANCE and asked.around:
        far = "metres(latitude, longitude, ?, ?) AS far"
        middle = (asked.around.latitude, asked.around.longitude)
        rows = f"(SELECT n, {far} FROM {rows})"  # noqa: S608
        return Selection(rows, "far IS NULL, far, n", (*middle, *where.values))
    return Selection(rows, _order(asked.sort), tuple(where.values))


def _organizations(asked: FeedQuestion) -> Conditions:
    where = _common("organization", asked)
    services = Conditions()
    _add_terms(services, "service_term", asked)
    if services.parts:
        its = f"SELECT organization FROM service WHERE {services.sql()}"  # noqa: S608
        where.add(f"n IN ({its})", *services.values)
    return where


def _taxonomies(asked: FeedQuestion) -> Conditions:
    return _common("taxonomy", asked)


def _term_rows(asked: FeedQuestion) -> Conditions:
    where = _common("term", asked)
    if asked.taxonomy:
        where.add("taxonomy = ?", asked.taxonomy)
    if asked.parent:
        where.add("parent = ?", asked.parent)
    if asked.top_only:
        where.add("parent IS NULL")
    return where


_SIMPLE = {
    Kind.ORGANIZATION: _organizations,
    Kind.TAXONOMY: _taxonomies,
    Kind.TERM: _term_rows,
}


def _common(table: str, asked: FeedQuestion) -> Conditions:
    where = Conditions()
    if asked.words:
        where.add(*_words(table, asked.words))
    if asked.modified_from is not None:
        where.add("modified >= ?", asked.modified_from)
    return where


def _of_service(asked: FeedQuestion, *, with_change: bool = True) -> Conditions:
    where = Conditions()
    if asked.organization:
        where.add("organization = (SELECT n FROM organization WHERE id = ?)", asked.organization)
    if asked.language:
        where.add("n IN (SELECT n FROM service_language WHERE code = ?)", asked.language)
    if with_change and asked.modified_from is not None:
        where.add("modified >= ?", asked.modified_from)
    return where


def _add_terms(where: Conditions, table: str, asked: FeedQuestion) -> None:
    having = f"n IN (SELECT n FROM {table} WHERE"  # noqa: S608 - our names
    if asked.term:
        where.add(f"{having} term IN ({_OF_ID}))", asked.term)
    if asked.taxonomy:
        where.add(f"{having} term IN ({_OF_TAXONOMY}))", asked.taxonomy)
    if asked.needs is not None:
        where.add(f"{having} term IN ({_EACH}))", json.dumps(asked.needs))


def _of_spot(asked: FeedQuestion, connection: sqlite3.Connection) -> Conditions:
    where = Conditions()
    if asked.words:
        where.add(*_words("spot", asked.words))
    if asked.around and asked.around.radius_m is not None:
        _add_circle(where, asked.around, asked.around.radius_m)
    if asked.county:
        bounded = "SELECT n FROM spot_reach WHERE fips = ?"
        where.add(f"(is_bounded = 0 OR n IN ({bounded}))", asked.county)
    if asked.open_at:
        where.add(f"pattern IN ({_EACH})", json.dumps(_open(connection, asked.open_at)))
        where.add("hours_hold >= ?", day_of(asked.open_at).toordinal())
    return where


def _words(table: str, words: Iterable[tuple[str, ...]]) -> tuple[str, str]:
    each = (" OR ".join(f'"{stem}"' for stem in stems) for stems in words)
    match = " AND ".join(f"({one})" for one in each)
    return f"n IN (SELECT rowid FROM {table}_word WHERE {table}_word MATCH ?)", match  # noqa: S608


def _add_circle(where: Conditions, around: Around, radius_m: float) -> None:
    latitude, longitude = around.latitude, around.longitude
    north = degrees(radius_m / EARTH_RADIUS_M) * _MARGIN + 1e-6
    where.add("latitude BETWEEN ? AND ?", latitude - north, latitude + north)
    widest = cos(radians(min(90.0, abs(latitude) + north)))
    east = north / widest if widest > 0.01 else 360.0
    if longitude - east >= -180 and longitude + east <= 180:
        where.add("longitude BETWEEN ? AND ?", longitude - east, longitude + east)
    where.add("metres(latitude, longitude, ?, ?) <= ?", latitude, longitude, radius_m)


def _open(connection: sqlite3.Connection, at: datetime) -> list[int]:
    """Return the patterns that are open at an instant."""
    second = at.timestamp()
    rows = connection.execute("SELECT id, edges FROM pattern")
    return [number for number, edges in rows if bisect_right(unpacked(edges), second) % 2]


def _order(sort: Sort) -> str:
    return {Sort.NAME: "sort, n", Sort.MODIFIED: "modified DESC, n"}.get(sort, "n")
