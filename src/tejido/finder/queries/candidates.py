"""The best candidates from the index, in the order of `domain.ranking`, which SQL computes here.

Two ways lead there. Where few listings match, all are weighed. Where many do, only those in rings
of squares around the place, until nothing outside can be better than what was found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tejido.finder.domain import ranking
from tejido.finder.domain.answer import Open, Question
from tejido.finder.domain.cells import Point, Ring, point_at, rings_around
from tejido.finder.domain.freshness import LISTING_HOLD_DAYS
from tejido.finder.domain.indexing import (
    COARSE_CELL,
    FACT_BITS,
    FINE_CELL,
    REACH,
    UNKNOWN_LANGUAGE,
    WHOLE_STATE,
    one_of,
)
from tejido.finder.domain.ranking import Candidate
from tejido.finder.domain.slots import STATE_OF
from tejido.finder.queries.places import county_near
from tejido.finder.queries.snapshot import Snapshot
from tejido.finder.queries.understanding import Sought

FEW = 3_000

_TIMES = {state: f"{times**2:.6f}" for state, times in ranking.TIMES_AS_FAR_WHEN.items()}
_STALE2 = ranking.TIMES_AS_FAR_WHEN_STALE**2
_CONTEXT2 = ranking.TIMES_AS_FAR_AS_CONTEXT**2
_UNKNOWN2 = ranking.TIMES_AS_FAR_FOR_EACH_UNKNOWN**2
_STATE = """CASE WHEN s.hours_hold < :day THEN x'00'
    ELSE substr(:states, s.pattern + 1, 1) END"""
_STRAIGHT = "((s.x - :x) * (s.x - :x) + (s.y - :y) * (s.y - :y) + (s.z - :z) * (s.z - :z))"
_UNKNOWNS = """((s.yes & :facts) != :facts)
    + (:spoken != '' AND instr(s.languages, :spoken) = 0)"""
_FIELDS = f"""s.id, {{straight}} AS straight, {_STATE} AS state, s.core AS core,
    s.confirmed < :stale AS stale, {_UNKNOWNS} AS unknowns"""
_WEIGHED = f"""(coalesce(straight, {ranking.WITHOUT_PLACE_KM**2}) + {ranking.SOFT_KM**2})
    * CASE state WHEN x'01' THEN {_TIMES[Open.OPEN]} WHEN x'02' THEN {_TIMES[Open.CLOSED]}
      ELSE {_TIMES[Open.UNKNOWN]} END
    * CASE WHEN core THEN 1.0 ELSE {_CONTEXT2} END
    * CASE WHEN stale THEN {_STALE2} ELSE 1.0 END
    * CASE unknowns WHEN 0 THEN 1.0 WHEN 1 THEN {_UNKNOWN2} ELSE {_UNKNOWN2**2} END"""
_PLACED = {None: "", True: " AND s.x IS NOT NULL", False: " AND s.x IS NULL"}
_NEAREST = f"coalesce(straight, {ranking.WITHOUT_PLACE_KM**2})"


@dataclass(frozen=True, slots=True)
class Hunt:
    """One search on its way: what is sought, from where, and the values that its SQL binds."""

    snapshot: Snapshot
    sought: Sought
    limit: int
    here: Point | None
    where: tuple[float, float] | None
    values: dict[str, Any] = field(default_factory=dict)
    filters: str = ""
    only_open: str = ""
    nearest_first: bool = False


def hunt_for(question: Question, sought: Sought, snapshot: Snapshot, *, day: int) -> Hunt:
    """Return the hunt for a question on a day (proleptic ordinal)."""
    where = (question.where.latitude, question.where.longitude) if question.where else None
    here = point_at(*where) if where else None
    bits = _fact_bits(question.facts)
    values = {
        "states": snapshot.states(question.at),
        "day": day,
        "stale": day - LISTING_HOLD_DAYS,
        "facts": bits,
        "spoken": f" {question.spoken} " if question.spoken else "",
        "x": here.x if here else 0.0,
        "y": here.y if here else 0.0,
        "z": here.z if here else 0.0,
    }
    return Hunt(
        snapshot=snapshot,
        sought=sought,
        limit=question.limit,
        here=here,
        where=where,
        values=values,
        filters=_filters(question),
        only_open="WHERE state != x'02'" if question.only_open else "",
        nearest_first=not sought.units,
    )


def best_candidates(hunt: Hunt) -> list[Candidate]:
    """Return the `limit` best candidates in order; the same as weighing every listing."""
    if hunt.where is None:
        return _weigh(hunt, "")
    remote = _weigh(hunt, _remote_marks(hunt), placed=False)
    if hunt.sought.units and hunt.sought.at_most <= FEW:
        return _best(hunt, [*_weigh(hunt, "", placed=True), *remote])
    return _widen(hunt, remote)


def count_matches(hunt: Hunt, *, only_open: bool) -> tuple[int, int]:
    """Return how many listings match and how many of those that match are closed.

    With `only_open` the closed ones are not among the first number.
    """
    if not (only_open or hunt.filters):
        return _count_all(hunt), 0
    table, condition, values = _source(hunt, hunt.sought.anywhere, "", None)
    sql = f"""SELECT count(*), coalesce(sum(state = x'02'), 0) FROM (
        SELECT {_STATE} AS state FROM {table} WHERE {condition} {hunt.filters})"""  # noqa: S608
    ((total, closed),) = hunt.snapshot.rows(sql, hunt.values | values)
    return (total - closed, closed) if only_open else (total, 0)


def _count_all(hunt: Hunt) -> int:
    if not hunt.sought.units:
        return int(hunt.snapshot.meta["listings"])
    sql = "SELECT count(*) FROM mark WHERE mark MATCH ?"
    ((count,),) = hunt.snapshot.rows(sql, (hunt.sought.anywhere,))
    return int(count)


def _widen(hunt: Hunt, remote: Sequence[Candidate]) -> list[Candidate]:
    assert hunt.where is not None  # noqa: S101 - the caller looked
    best: list[Candidate] = []
    for ring in rings_around(*hunt.where):
        best = _best(hunt, [*_weigh(hunt, _cell_marks(ring), ring=ring), *remote])
        outside = ring.reach_km**2 + (0.0 if hunt.nearest_first else ranking.SOFT_KM**2)
        if len(best) >= hunt.limit and _cost(hunt, best[-1]) <= outside:
            break
    return best


def _weigh(
    hunt: Hunt, marks: str, *, ring: Ring | None = None, placed: bool | None = None
) -> list[Candidate]:
    """Return the best of the listings with the marks, those merely mentioned after the others."""
    if not hunt.sought.units:
        return _ask(hunt, "", marks, ring=ring, placed=placed, in_passing=False)
    strong = _ask(hunt, hunt.sought.strong, marks, ring=ring, placed=placed, in_passing=False)
    mentioned = _ask(hunt, hunt.sought.anywhere, marks, ring=ring, placed=placed, in_passing=True)
    return _best(hunt, [*strong, *mentioned])


def _ask(
    hunt: Hunt, words: str, marks: str, *, ring: Ring | None, placed: bool | None, in_passing: bool
) -> list[Candidate]:
    table, condition, values = _source(hunt, words, marks, ring)
    condition += _PLACED[placed]
    straight = _STRAIGHT if hunt.where else "0.0"
    order = _NEAREST if hunt.nearest_first else _WEIGHED
    sql = f"""SELECT id, straight, state, core, stale, unknowns FROM (
        SELECT {_FIELDS.format(straight=straight)} FROM {table}
        WHERE {condition} {hunt.filters})
        {hunt.only_open} ORDER BY {order}, id LIMIT :limit"""  # noqa: S608 - our own text
    rows = hunt.snapshot.rows(sql, hunt.values | values | {"limit": hunt.limit})
    return [_candidate(row, in_passing=in_passing) for row in rows]


def _source(
    hunt: Hunt, words: str, marks: str, ring: Ring | None
) -> tuple[str, str, dict[str, object]]:
    """Return the table, the condition and its values for listings with some words and marks."""
    match = " AND ".join(f"({part})" for part in (words, marks) if part)
    if not words and ring and ring.cells:
        cells = ", ".join(map(str, ring.cells))
        return "s", f"s.{'fine' if ring.fine else 'coarse'} IN ({cells})", {}
    if not match:
        return "s", "TRUE", {}
    return "mark JOIN s ON s.id = mark.rowid", "mark MATCH :match", {"match": match}


def _candidate(row: tuple[Any, ...], *, in_passing: bool) -> Candidate:
    own, straight, state, core, stale, unknowns = row
    return Candidate(
        id=own,
        straight_km2=straight,
        state=STATE_OF[state[0]],
        core=bool(core),
        stale=bool(stale),
        in_passing=in_passing,
        unknowns=unknowns,
    )


def _best(hunt: Hunt, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the best `limit` in order, each listing once, at its best."""
    best: dict[int, Candidate] = {}
    for each in sorted(candidates, key=lambda each: (_cost(hunt, each), each.id)):
        best.setdefault(each.id, each)
    return list(best.values())[: hunt.limit]


def _cost(hunt: Hunt, candidate: Candidate) -> float:
    if not hunt.nearest_first:
        return ranking.cost(candidate)
    straight = candidate.straight_km2
    return ranking.WITHOUT_PLACE_KM**2 if straight is None else straight


def _cell_marks(ring: Ring) -> str:
    prefix = FINE_CELL if ring.fine else COARSE_CELL
    return one_of(f"{prefix}{cell}" for cell in ring.cells) if ring.cells else ""


def _remote_marks(hunt: Hunt) -> str:
    assert hunt.where is not None  # noqa: S101 - the caller looked
    county = county_near(hunt.snapshot, *hunt.where)
    return one_of([WHOLE_STATE, *([REACH + county] if county else [])])


def _filters(question: Question) -> str:
    facts = "AND s.no & :facts = 0" if question.facts else ""
    spoken = (
        f"""AND (instr(s.languages, :spoken)
        OR instr(s.languages, ' {UNKNOWN_LANGUAGE} '))"""
        if question.spoken
        else ""
    )
    return f"{facts} {spoken}".strip()


def _fact_bits(facts: Iterable[str]) -> int:
    """Return the bits of the facts, leaving out what no listing can state."""
    return sum(bit for fact, bit in FACT_BITS.items() if fact in facts)
