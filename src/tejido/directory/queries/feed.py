"""What the HSDS API answers with: pages, streams and single records, as ready bytes."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from tejido.directory.domain.feed_question import FeedQuestion, Kind, Shape, instant_of
from tejido.directory.queries.feed_files import Feed
from tejido.directory.queries.feed_filters import TABLES, selection_of

_AT_ONCE = 200
_EACH = "SELECT value FROM json_each(?)"
Numbers = list[int]
Rows = Mapping[int, bytes]
Read = Callable[[sqlite3.Connection, Numbers], Rows]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the records that fit.

    Attributes:
        total: how many fit.
        pieces: those of the page as JSON objects, with what was asked for between them, read as
            they are taken.
    """

    total: int
    pieces: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class ZipPoint:
    """The point of a ZIP code, approximate, and its county."""

    latitude: float
    longitude: float
    county: str


def page_of(
    feed: Feed,
    kind: Kind,
    asked: FeedQuestion,
    *,
    shape: Shape,
    between: bytes,
    skip: int = 0,
    most: int | None = None,
) -> Page:
    """Return a page in constant memory.

    Args:
        feed: the file.
        kind: of what.
        asked: which, and in what order.
        shape: how much of each.
        between: what stands between two records.
        skip: how many to leave out first.
        most: how many at most; None for all.
    """
    with feed.opened(stays=True) as connection:
        selection = selection_of(kind, asked, connection)
        count = f"SELECT count(*) FROM {selection.rows}"  # noqa: S608 - our names
        (total,) = connection.execute(count, selection.values).fetchone()
        sql = f"SELECT n FROM {selection.rows} ORDER BY {selection.order} LIMIT ? OFFSET ?"  # noqa: S608
        limits = (-1 if most is None else most, skip)
        numbers = connection.execute(sql, (*selection.values, *limits))
        return Page(total, _joined(connection, numbers, (kind, shape), between))


def record_of(feed: Feed, kind: Kind, key: str, shape: Shape) -> Iterator[bytes] | None:
    """Return the pieces of one record, None where there is none with this id."""
    table = TABLES[kind]
    with feed.opened() as connection:
        sql = f"SELECT n FROM {table} WHERE id = ?"  # noqa: S608 - our names
        found = connection.execute(sql, (key,)).fetchone()
    return None if found is None else _pieces(feed, kind, found[0], shape)


def zip_point(feed: Feed, code: str) -> ZipPoint | None:
    """Return where a ZIP code of California is, None where there is none."""
    with feed.opened() as connection:
        sql = "SELECT latitude, longitude, fips FROM zip WHERE code = ?"
        found = connection.execute(sql, (code,)).fetchone()
    return ZipPoint(*found) if found else None


def need_terms(feed: Feed, key: str) -> tuple[int, ...] | None:
    """Return the numbers of the terms of a need and its narrower ones, None for no such need."""
    sql = """WITH RECURSIVE below(key, term) AS (
        SELECT key, term FROM need WHERE key = ?
        UNION SELECT need.key, need.term FROM need JOIN below ON need.parent = below.key
      ) SELECT term FROM below ORDER BY term"""
    with feed.opened() as connection:
        found = tuple(term for (term,) in connection.execute(sql, (key,)))
    return found or None


def _joined(
    connection: sqlite3.Connection,
    numbers: sqlite3.Cursor,
    form: tuple[Kind, Shape],
    between: bytes,
) -> Iterator[bytes]:
    before = b""
    with closing(connection):
        while some := [number for (number,) in numbers.fetchmany(_AT_ONCE)]:
            if form[1] is Shape.WITH_SERVICES:
                for number in some:
                    yield before
                    yield from _with_services(connection, number)
                    before = between
            else:
                read = _READ[form](connection, some)
                yield before + between.join(read[number] for number in some)
                before = between


def _pieces(feed: Feed, kind: Kind, number: int, shape: Shape) -> Iterator[bytes]:
    with feed.opened() as connection:
        if shape is Shape.WITH_SERVICES:
            yield from _with_services(connection, number)
        else:
            yield _READ[kind, shape](connection, [number])[number]


def _minimal(table: str) -> Read:
    sql = f"SELECT n, id, modified FROM {table} WHERE n IN ({_EACH})"  # noqa: S608 - our names

    def read(connection: sqlite3.Connection, numbers: Numbers) -> Rows:
        rows = connection.execute(sql, (json.dumps(numbers),))
        return {
            number: f'{{"id":"{key}","last_modified":"{instant_of(modified)}"}}'.encode()
            for number, key, modified in rows
        }

    return read


def _plain(table: str) -> Read:
    sql = f"SELECT n, plain FROM {table}_body WHERE n IN ({_EACH})"  # noqa: S608 - our names

    def read(connection: sqlite3.Connection, numbers: Numbers) -> Rows:
        return dict(connection.execute(sql, (json.dumps(numbers),)))

    return read


def _whole_services(connection: sqlite3.Connection, numbers: Numbers) -> Rows:
    sql = f"SELECT n, whole FROM service_body WHERE n IN ({_EACH})"  # noqa: S608 - our names
    return dict(connection.execute(sql, (json.dumps(numbers),)))


def _whole_places(connection: sqlite3.Connection, numbers: Numbers) -> Rows:
    """Put the service after what is its place: both are stretches of the whole service."""
    sql = f"""SELECT spot.n, whole, begins, length, core_end FROM spot
      JOIN spot_body ON spot_body.n = spot.n JOIN service_body ON service_body.n = spot.service
      WHERE spot.n IN ({_EACH})"""  # noqa: S608 - our names
    rows = connection.execute(sql, (json.dumps(numbers),))
    return {
        number: whole[begins : begins + length] + b',"service":' + whole[:core] + b"}}"
        for number, whole, begins, length, core in rows
    }


def _whole_organizations(connection: sqlite3.Connection, numbers: Numbers) -> Rows:
    plain = _plain("organization")(connection, numbers)
    sql = "SELECT brief FROM service WHERE organization = ? ORDER BY n"
    return {
        number: record[:-1]
        + b',"services":['
        + b",".join(brief.encode() for (brief,) in connection.execute(sql, (number,)))
        + b"]}"
        for number, record in plain.items()
    }


def _with_services(connection: sqlite3.Connection, number: int) -> Iterator[bytes]:
    """Yield an organization and then each of its services without the organization."""
    yield _plain("organization")(connection, [number])[number][:-1] + b',"services":['
    sql = """SELECT whole, bare_end, core_end FROM service
      JOIN service_body ON service_body.n = service.n WHERE organization = ? ORDER BY service.n"""
    comma = b""
    for whole, bare, core in connection.execute(sql, (number,)):
        yield comma + whole[:bare] + whole[core:]
        comma = b","
    yield b"]}"


def _whole_terms(connection: sqlite3.Connection, numbers: Numbers) -> Rows:
    sql = f"""SELECT term.n, term_body.plain, taxonomy_body.plain FROM term
      JOIN term_body ON term_body.n = term.n JOIN taxonomy ON taxonomy.id = term.taxonomy
      JOIN taxonomy_body ON taxonomy_body.n = taxonomy.n
      WHERE term.n IN ({_EACH})"""  # noqa: S608 - our names
    rows = connection.execute(sql, (json.dumps(numbers),))
    return {
        number: term[:-1] + b',"taxonomy_detail":' + taxonomy + b"}"
        for number, term, taxonomy in rows
    }


_READ: Mapping[tuple[Kind, Shape], Read] = {
    **{(kind, Shape.MINIMAL): _minimal(table) for kind, table in TABLES.items()},
    **{(kind, Shape.PLAIN): _plain(table) for kind, table in TABLES.items()},
    (Kind.SERVICE, Shape.FULL): _whole_services,
    (Kind.PLACE, Shape.FULL): _whole_places,
    (Kind.ORGANIZATION, Shape.FULL): _whole_organizations,
    (Kind.TAXONOMY, Shape.FULL): _plain("taxonomy"),
    (Kind.TERM, Shape.FULL): _whole_terms,
}
