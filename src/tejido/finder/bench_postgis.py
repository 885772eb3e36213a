"""The same answers from PostgreSQL with PostGIS, on the best plans that we know: a peer of ours.

A private server with room for all in memory: partial GiST indexes for every mark of a need, a GIN
index for words, the state of every pattern written down for every instant asked about, prepared
statements that are not planned again. One plan reads the nearest first (KNN), the other boxes
around the place, the last as wide as the worst found demands. What words mean it is told.
"""

import math
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from tejido.directory.domain.freshness import LISTING_HOLD_DAYS
from tejido.directory.domain.public import PublicListing
from tejido.finder.brute_force import TIMES, BruteForce
from tejido.finder.domain import ranking
from tejido.finder.domain.answer import Question
from tejido.finder.domain.cells import EARTH_KM, point_at
from tejido.finder.domain.indexing import CALLED_CONCEPT, STATED_CONCEPT, TOLD_CONCEPT, Groups
from tejido.finder.domain.people import EVERYBODY
from tejido.finder.domain.rows import listing_of
from tejido.finder.queries.statements import COUNTED
from tejido.finder.queries.understanding import Sought

INSTALL = "sudo apt-get install postgresql-15-postgis-3"
_SERVER = "-c shared_buffers=1GB -c max_parallel_workers_per_gather=0 -c jit=off"
_CONCEPTS = (STATED_CONCEPT, CALLED_CONCEPT, TOLD_CONCEPT)
_TABLES = """
CREATE EXTENSION postgis;
CREATE TABLE listing (
  id int PRIMARY KEY, globe geography(Point), flat geometry(Point, 4326),
  x float8, y float8, z float8, core bool, confirmed int, hold int, pattern int, narrow int,
  marks int[]
);
CREATE TABLE body (id int PRIMARY KEY, row text NOT NULL);
CREATE TABLE frequency (mark int PRIMARY KEY, listings int NOT NULL);
CREATE TABLE instant (at float8 PRIMARY KEY, states bytea NOT NULL);
ALTER TABLE instant ALTER states SET STORAGE external;
"""
_SESSION = """
SET plan_cache_mode = force_generic_plan;
SET random_page_cost = 1.0;
SET work_mem = '64MB';
SET effective_cache_size = '4GB';
"""
_NOW = """now AS MATERIALIZED (
    SELECT states || ''::bytea AS states FROM instant WHERE at = %(at)s)"""
_NEAREST = "ORDER BY globe <-> ST_MakePoint(%(east)s, %(north)s)::geography LIMIT %(reach)s"
_BOX = """AND flat && ST_MakeEnvelope(%(east)s - %(right)s, %(north)s - %(up)s,
    %(east)s + %(right)s, %(north)s + %(up)s, 4326)"""
_STATE = """CASE WHEN hold < %(day)s THEN 0
    ELSE get_byte((SELECT states FROM now), pattern) END"""
_APART = "(x - %(x)s) ^ 2 + (y - %(y)s) ^ 2 + (z - %(z)s) ^ 2"
_WHEN = " ".join(f"WHEN {state} THEN {times**2}" for state, times in enumerate(TIMES))
_BEYOND = "".join(
    f" + {more} * greatest(0, apart - {far_km2})"
    for far_km2, more in ranking.MORE_BEYOND_KM2.items()
)
_COST = f"""(apart + {ranking.SOFT_KM**2}{_BEYOND})
  * CASE state {_WHEN} END * CASE WHEN core THEN 1 ELSE {ranking.TIMES_AS_FAR_AS_CONTEXT**2} END
  * CASE WHEN confirmed < %(stale)s THEN {ranking.TIMES_AS_FAR_WHEN_STALE**2} ELSE 1 END
  * CASE WHEN narrow & %(unasked)s != 0 THEN {ranking.TIMES_AS_FAR_FOR_OTHERS**2} ELSE 1 END"""
_FIRST_LISTINGS, _FIRST_KM, _MORE, _EVERYWHERE_KM = 64, 4.0, 4, 2_000.0
# Cost, the day of the last confirmation with a minus, number.
Found = tuple[float, int, int]


@dataclass
class PostGis:
    """One plan on a loaded server; `versions` are those of PostgreSQL and PostGIS."""

    connection: Any
    versions: str
    marks: dict[str, int]
    is_nearest_first: bool
    _texts: dict[Any, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Which plan it is."""
        return f"PostGIS, {'nearest first' if self.is_nearest_first else 'boxes'}"

    def server_seconds(self) -> float:
        """Return the CPU time of the server's process of this connection so far."""
        stat = Path(f"/proc/{self.connection.info.backend_pid}/stat").read_text()
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def answer(
        self, question: Question, meant: Question, sought: Sought, *, on: date
    ) -> tuple[list[PublicListing], int]:
        """Return the best listings, best first, and how many match as the finder counts them.

        Args:
            question: what was asked.
            meant: the same, with what is closed where nothing near is known to be open.
            sought: what its words mean.
            on: its day.
        """
        numbers = self.best(meant, sought, on=on)
        sql = "SELECT id, row FROM body WHERE id = ANY(%s)"
        rows = dict(self.connection.execute(sql, (numbers,), prepare=True))
        listings = [listing_of(rows[number]) for number in numbers]
        return listings, self._total(question, sought.counted, on)

    def best(self, question: Question, sought: Sought, *, on: date) -> list[int]:
        """Return the numbers (from 0) of the best listings, best first."""
        best: list[Found] = []
        for kind in sought.kinds:
            reach = _FIRST_LISTINGS if self.is_nearest_first else _FIRST_KM
            unseen_km2 = 0.0
            while not _is_settled(best, question, ranking.felt_km2(unseen_km2) * kind.times**2):
                values = _values(question, reach=reach, on=on, people=sought.people)
                rows = self._ask(kind.groups, values, only_open=question.only_open)
                found = [(row[1] * kind.times**2, -row[2], row[0]) for row in rows]
                best = _best([*best, *found], question.limit)
                unseen_km2 = self._unseen_km2(kind.groups, rows, reach)
                reach = self._next(reach, _worst(best, question) / kind.times**2)
        return [number for _, _, number in best]

    def _unseen_km2(self, groups: Groups, rows: list[Any], reach: float) -> float:
        """Return the square of a distance; all that is nearer was looked at."""
        if not _has_its_own_index(groups):
            return math.inf
        if self.is_nearest_first:
            looked, farthest = rows[0][3:] if rows else (0, 0.0)
            return float(farthest) if looked >= reach else math.inf
        return reach**2 if reach < _EVERYWHERE_KM else math.inf

    def _next(self, reach: float, worst: float) -> float:
        if self.is_nearest_first or worst == math.inf:
            return reach * _MORE
        return math.sqrt(max(0.0, worst - ranking.SOFT_KM**2)) + 0.001

    def _ask(self, groups: Groups, values: dict[str, Any], *, only_open: bool) -> list[Any]:
        key = (groups, only_open)
        if key not in self._texts:
            self._texts[key] = self._weighing(groups, only_open=only_open)
        return self._rows(self._texts[key], values)

    def _weighing(self, groups: Groups, *, only_open: bool) -> str:
        shown = f"AND {_STATE} < 2" if only_open else ""
        near = " UNION ".join(f"({each})" for each in self._sources(groups, shown))
        return f"""WITH {_NOW},
              seen AS (SELECT *, {_STATE} AS state, {_APART} AS apart FROM ({near}) AS near)
            SELECT id, {_COST} AS cost, confirmed, count(*) OVER (), max(apart) OVER ()
            FROM seen ORDER BY cost, confirmed DESC, id LIMIT %(limit)s"""  # noqa: S608 - our own

    def _sources(self, groups: Groups, shown: str) -> Iterator[str]:
        """Yield statements that find together what has all marks and is near."""
        near = f"{shown} {_NEAREST}" if self.is_nearest_first else f"{_BOX} {shown}"
        if _has_its_own_index(groups):
            for mark in groups[0] if groups else ("",):
                yield f"{self._having(((mark,),) if groups else ())} {near}"
        else:
            yield f"{self._having(groups)} {shown}"

    def _having(self, groups: Groups) -> str:
        """Return the statement for what has a mark of each group."""
        conditions = ["SELECT * FROM listing WHERE true"]
        for marks in groups:
            # A mark that no listing has is number 0, which none has either.
            numbers = ",".join(str(self.marks.get(mark, 0)) for mark in marks)
            conditions.append(f"marks {'@>' if len(marks) == 1 else '&&'} '{{{numbers}}}'")
        return " AND ".join(conditions)

    def _total(self, question: Question, groups: Groups, on: date) -> int:
        """Return how many match, by the shortest way: most totals stand in a table."""
        having = self._having(groups)
        values: dict[str, Any] = {}
        if question.only_open:
            sql = f"""WITH {_NOW}, seen AS (
                  SELECT {_STATE} AS state FROM ({having} LIMIT {COUNTED}) AS matching)
                SELECT sum((state = 1)::int) FROM seen"""  # noqa: S608 - our own text
            values = {"at": question.at.timestamp(), "day": on.toordinal()}
        elif len(groups) > 1 or len(groups[0] if groups else ()) > 1:
            sql = f"SELECT count(*) FROM ({having}) AS every"  # noqa: S608 - our own text
        else:
            sql = "SELECT sum(listings) FROM frequency WHERE mark = %(mark)s"
            values = {"mark": self.marks.get(groups[0][0], 0) if groups else -1}
        ((total,),) = self._rows(sql, values)
        return int(total or 0)

    def _rows(self, sql: str, values: dict[str, Any]) -> list[Any]:
        return list(self.connection.execute(sql, values, prepare=True))


def _has_its_own_index(groups: Groups) -> bool:
    return not groups or (
        len(groups) == 1 and all(mark.startswith(_CONCEPTS) for mark in groups[0])
    )


def _values(question: Question, *, reach: float, on: date, people: int) -> dict[str, Any]:
    where = question.where
    if where is None:
        raise ValueError(question)
    here = point_at(where.latitude, where.longitude)
    # A box that holds a circle on the globe, a third of it at most.
    angle = min(2 * math.asin(min(1.0, reach / (2 * EARTH_KM))), 1.0)
    slant = math.sin(angle) / math.cos(math.radians(where.latitude))
    return {
        "north": where.latitude,
        "east": where.longitude,
        "reach": int(reach),
        "up": math.degrees(angle),
        "right": math.degrees(math.asin(min(1.0, slant))),
        "x": here.x,
        "y": here.y,
        "z": here.z,
        "at": question.at.timestamp(),
        "day": on.toordinal(),
        "stale": on.toordinal() - LISTING_HOLD_DAYS,
        "unasked": EVERYBODY & ~people,
        "limit": question.limit,
    }


def _is_settled(best: Sequence[Found], question: Question, least: float) -> bool:
    """Tell whether nothing that costs at least so much can be among the best."""
    return least == math.inf or _worst(best, question) < least


def _worst(best: Sequence[Found], question: Question) -> float:
    return best[-1][0] if len(best) >= question.limit else math.inf


def _best(found: list[Found], limit: int) -> list[Found]:
    best: dict[int, Found] = {}
    for each in sorted(found):
        best.setdefault(each[2], each)
    return list(best.values())[:limit]


@contextmanager
def postgis(
    peer: BruteForce, bodies: Iterable[str], questions: Sequence[Question]
) -> Iterator[tuple[PostGis, ...]]:
    """Yield both plans on a private PostgreSQL with the peer's listings, () without PostGIS.

    Args:
        peer: with every listing.
        bodies: the listings as rows, in the peer's order.
        questions: that will be asked; none leave the server unstarted.
    """
    dev = str(Path(settings.ROOT) / "dev")
    if dev not in sys.path:
        sys.path.append(dev)
    private = import_module("private_postgres")
    programs = private.server_programs() if questions else None
    if programs is None or not _has_postgis(programs):
        yield ()
        return
    with (
        private.private_cluster(programs, settings=_SERVER) as socket,
        private.connect(socket) as connection,
    ):
        marks = {mark: number for number, mark in enumerate(peer.postings, 1)}
        _load(connection, peer, bodies, marks)
        _note_instants(connection, peer, questions)
        _index(connection, marks)
        made = partial(PostGis, connection, _versions(connection), marks)
        yield made(is_nearest_first=True), made(is_nearest_first=False)


def _versions(connection: Any) -> str:
    sql = "SELECT current_setting('server_version'), postgis_lib_version()"
    server, library = connection.execute(sql).fetchone()
    return f"PostgreSQL {server.split()[0]} + PostGIS {library}"


def _has_postgis(programs: Path) -> bool:
    found = Path("/usr/share/postgresql").glob("*/extension/postgis.control")
    return any(control.parts[-3] in programs.parts for control in found)


def _load(connection: Any, peer: BruteForce, bodies: Iterable[str], marks: dict[str, int]) -> None:
    connection.prepared_max = 2_000
    connection.execute(_TABLES)
    _copy(connection, "listing", _listings(peer, marks))
    _copy(connection, "body", enumerate(bodies))
    counts = [(-1, len(peer.columns["core"]))]
    counts += [(marks[mark], len(listings)) for mark, listings in peer.postings.items()]
    _copy(connection, "frequency", counts)


def _note_instants(connection: Any, peer: BruteForce, questions: Sequence[Question]) -> None:
    instants = {question.at for question in questions}
    rows = ((at.timestamp(), peer.states_at(at).tobytes()) for at in instants)
    _copy(connection, "instant", rows)


def _index(connection: Any, marks: dict[str, int]) -> None:
    of_needs = [number for mark, number in marks.items() if mark.startswith(_CONCEPTS)]
    for where in ("", *(f"WHERE marks @> '{{{number}}}'" for number in of_needs)):
        for column in ("globe", "flat"):
            connection.execute(f"CREATE INDEX ON listing USING gist ({column}) {where}")
    connection.execute("CREATE INDEX ON listing USING gin (marks) WITH (fastupdate = off)")
    connection.execute("VACUUM ANALYZE")
    connection.execute(_SESSION)


def _copy(connection: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _listings(peer: BruteForce, marks: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    of_listing: list[list[int]] = [[] for _ in peer.columns["core"]]
    for mark, listings in peer.postings.items():
        for listing in listings.tolist():
            of_listing[listing].append(marks[mark])
    points = peer.columns["points"]
    norths = np.degrees(np.arcsin(points[:, 2] / EARTH_KM)).tolist()
    easts = np.degrees(np.arctan2(points[:, 1], points[:, 0])).tolist()
    names = ("core", "confirmed", "hold", "pattern", "narrow")
    facts = zip(*(peer.columns[name].tolist() for name in names), of_listing, strict=True)
    columns = zip(points.tolist(), norths, easts, facts, strict=True)
    for number, (point, north, east, stated) in enumerate(columns):
        at = f"POINT({east:.12f} {north:.12f})"
        yield number, at, at, *point, *stated
