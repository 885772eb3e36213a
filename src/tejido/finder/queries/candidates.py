"""The best candidates from the index, in the order of `domain.ranking`, which SQL computes here.

It looks into rings of squares around the place, each wider than the last, until nothing outside
can be better than what was found; where few listings match, the rings that are likely to be empty
are left out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tejido.finder.domain import ranking
from tejido.finder.domain.answer import Question
from tejido.finder.domain.cells import Point, Ring, point_at, rings_around
from tejido.finder.domain.freshness import LISTING_HOLD_DAYS
from tejido.finder.domain.indexing import (
    FACT_BITS,
    REACH,
    WHOLE_STATE,
    one_of,
)
from tejido.finder.domain.ranking import Candidate
from tejido.finder.domain.slots import STATE_OF
from tejido.finder.queries.places import county_near
from tejido.finder.queries.snapshot import Snapshot
from tejido.finder.queries.statements import MOST_RUNS, Form, counting, counting_within, weighing
from tejido.finder.queries.understanding import Sought

# A ring is looked into where so many times the wanted results are to be expected: what speaks
# against most of them would only lead to the next ring.
LIKELY = 12
NO_END = 1 << 60
EVERYTHING = (1, NO_END)
_NOTHING = (1, 0)
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hunt:
    """One search on its way: what is sought, from where, and the values that its SQL binds."""

    snapshot: Snapshot
    sought: Sought
    limit: int
    here: Point | None
    where: tuple[float, float] | None
    form: Form
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is called so, or what merely mentions it; an empty query means everything."""

    match: str
    in_passing: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How many match; where only open ones are wanted, closed and unknown ones are apart."""

    total: int
    closed: int = 0
    unknown: int = 0


def hunt_for(question: Question, sought: Sought, snapshot: Snapshot, *, day: int) -> Hunt:
    """Return the hunt for a question on a day (proleptic ordinal)."""
    where = (question.where.latitude, question.where.longitude) if question.where else None
    here = point_at(*where) if where else None
    bits = _fact_bits(question.facts)
    values = {
        "limit": question.limit,
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
        form=Form(
            matches=bool(sought.units),
            has_place=where is not None,
            nearest_first=not sought.units,
            only_open=question.only_open,
            has_wishes=bool(bits or question.spoken),
        ),
        values=values,
    )


def best_candidates(hunt: Hunt) -> list[Candidate]:
    """Return the `limit` best candidates in order; the same as weighing every listing."""
    called = Kind(hunt.sought.strong, in_passing=False)
    if not hunt.sought.units:
        return _remote(hunt, called, _widen(hunt, called, []))
    mentioned = Kind(hunt.sought.anywhere, in_passing=True)
    best = _widen(hunt, mentioned, _widen(hunt, called, []))
    return _remote(hunt, mentioned, _remote(hunt, called, best))


def _widen(hunt: Hunt, kind: Kind, best: list[Candidate]) -> list[Candidate]:
    """Add what is near, ring after ring, until nothing outside can be better."""
    if hunt.where is None:
        return _best(hunt, [*best, *_ask(hunt, kind, [EVERYTHING])])
    if _is_settled(hunt, kind, best, straight_km2=0.0):
        return best
    for ring in rings_around(*hunt.where):
        runs, outside = _runs(hunt, ring), ring.reach_km**2
        likely = _expected(hunt, runs) >= hunt.limit * LIKELY
        if likely or ring.runs is None or _is_settled(hunt, kind, best, straight_km2=outside):
            best = _best(hunt, [*best, *_ask(hunt, kind, runs)])
            if _is_settled(hunt, kind, best, straight_km2=outside):
                break
    return best


def _remote(hunt: Hunt, kind: Kind, best: list[Candidate]) -> list[Candidate]:
    """Add what has no place and reaches here by mail or phone."""
    if hunt.where is None or _is_settled(
        hunt, kind, best, straight_km2=ranking.WITHOUT_PLACE_KM**2
    ):
        return best
    marks = _remote_marks(hunt)
    match = f"({kind.match}) AND {marks}" if kind.match else marks
    run = (int(hunt.snapshot.meta["placed"]) + 1, NO_END)
    return _best(hunt, [*best, *_ask(hunt, replace(kind, match=match), [run])])


def _is_settled(hunt: Hunt, kind: Kind, best: Sequence[Candidate], *, straight_km2: float) -> bool:
    """Tell whether nothing of a kind, so far away or farther, can be among the best."""
    if len(best) < hunt.limit:
        return False
    worst = _order(hunt)(best[-1])[0]
    if hunt.form.nearest_first:
        return worst < straight_km2
    times = ranking.TIMES_AS_FAR_IN_PASSING if kind.in_passing else 1.0
    return worst < (straight_km2 + ranking.SOFT_KM**2) * times**2


def count_matches(hunt: Hunt) -> Counted:
    """Return how many listings match.

    With any filter no more than `statements.COUNTED` matches are looked at: the numbers are what
    is found among them.
    """
    if not (hunt.form.only_open or hunt.form.has_wishes):
        return Counted(_count_all(hunt))
    values = _bound(hunt, hunt.sought.anywhere, [EVERYTHING])
    ((total, closed, unknown),) = hunt.snapshot.rows(counting(hunt.form), values)
    return (
        Counted(total - closed - unknown, closed, unknown)
        if hunt.form.only_open
        else Counted(total)
    )


def count_within(hunt: Hunt, *, km: float) -> int:
    """Return how many listings match within so many km, in a straight line, of the place.

    Where only open ones are wanted, only those that are known to be open.
    """
    if hunt.where is None:
        return 0
    ring = next(ring for ring in rings_around(*hunt.where) if ring.reach_km >= km)
    runs = _runs(hunt, ring)
    if not runs:
        return 0
    values = _bound(hunt, hunt.sought.anywhere, runs) | {"within": km * km}
    ((count,),) = hunt.snapshot.rows(counting_within(hunt.form, len(runs)), values)
    return int(count)


def _count_all(hunt: Hunt) -> int:
    if not hunt.sought.units:
        return int(hunt.snapshot.meta["listings"])
    sql = "SELECT count(*) FROM mark WHERE mark MATCH ?"
    ((count,),) = hunt.snapshot.rows(sql, (hunt.sought.anywhere,))
    return int(count)


def _ask(hunt: Hunt, kind: Kind, runs: Sequence[Run]) -> list[Candidate]:
    """Return the best of a kind in some runs of listings."""
    padded = [*runs, *[_NOTHING] * (MOST_RUNS - len(runs))] if len(runs) > 1 else runs
    if not padded:
        return []
    statement = weighing(replace(hunt.form, matches=bool(kind.match)), len(padded))
    rows = hunt.snapshot.rows(statement, _bound(hunt, kind.match, padded))
    return [_candidate(row, in_passing=kind.in_passing) for row in rows]


def _bound(hunt: Hunt, match: str, runs: Sequence[Run]) -> dict[str, Any]:
    values = hunt.values | {"match": match}
    for number, (first, last) in enumerate(runs):
        values[f"first{number}"], values[f"last{number}"] = first, last
    return values


def _runs(hunt: Hunt, ring: Ring) -> list[Run]:
    if ring.runs is None:
        return [(1, int(hunt.snapshot.meta["placed"]))]
    runs = (hunt.snapshot.numbers_in(run) for run in ring.runs)
    return [(first, last) for first, last in runs if first <= last]


def _expected(hunt: Hunt, runs: Sequence[Run]) -> float:
    """Return how many matches are to be expected in some runs, if they lie evenly."""
    inside = sum(last - first + 1 for first, last in runs)
    if not hunt.sought.units:
        return float(inside)
    return inside * hunt.sought.expected / max(1, int(hunt.snapshot.meta["listings"]))


def _candidate(row: tuple[Any, ...], *, in_passing: bool) -> Candidate:
    own, straight, state, core, stale, unknowns, confirmed = row
    return Candidate(
        id=own,
        straight_km2=straight,
        state=STATE_OF[state[0]],
        core=bool(core),
        stale=bool(stale),
        in_passing=in_passing,
        unknowns=unknowns,
        confirmed=confirmed,
    )


def _best(hunt: Hunt, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the best `limit` in order, each listing once, at its best."""
    best: dict[int, Candidate] = {}
    for each in sorted(candidates, key=_order(hunt)):
        best.setdefault(each.id, each)
    return list(best.values())[: hunt.limit]


def _order(hunt: Hunt) -> Callable[[Candidate], tuple[float, int, int]]:
    return ranking.order_by_distance if hunt.form.nearest_first else ranking.order


def _remote_marks(hunt: Hunt) -> str:
    assert hunt.where is not None  # noqa: S101 - the caller looked
    county = county_near(hunt.snapshot, *hunt.where)
    return one_of([WHOLE_STATE, *([REACH + county] if county else [])])


def _fact_bits(facts: Iterable[str]) -> int:
    """Return the bits of the facts, leaving out what no listing can state."""
    return sum(bit for fact, bit in FACT_BITS.items() if fact in facts)
