"""The best candidates from the index, in the order of `domain.ranking`, which SQL computes here.

It looks into the squares of a circle around the place that is likely to hold enough, then into
those of the one outside which nothing can be better than what was found.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import itemgetter
from typing import Any

from tejido.directory.domain.freshness import LISTING_HOLD_DAYS
from tejido.finder.domain import ranking
from tejido.finder.domain.answer import Open, Question
from tejido.finder.domain.cells import EARTH_KM, Point, Run, point_at, runs_within
from tejido.finder.domain.drawbacks import Drawback
from tejido.finder.domain.indexing import (
    COUNTY,
    FACT_BITS,
    REACH,
    WHOLE_STATE,
    Groups,
    expression,
    is_one_of_a_kind,
)
from tejido.finder.domain.kinds import Kind
from tejido.finder.domain.near import NEAR_KM
from tejido.finder.domain.people import EVERYBODY
from tejido.finder.domain.ranking import Candidate
from tejido.finder.domain.slots import IN_A_DAY, SOON, STATE_OF
from tejido.finder.queries.snapshot import Snapshot
from tejido.finder.queries.statements import (
    Form,
    counting,
    counting_stated,
    counting_within,
    weighing,
)
from tejido.finder.queries.understanding import Sought, listings_with, share_with

# The first circle looked into is the one where so many times the wanted results are to be
# expected. The worst of those then says how far to look, and what to leave out on the way.
LIKELY = 4
_CIRCLES_KM = (2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0)
_A_LITTLE_MORE = 1.000001
NO_END = 1 << 60
EVERYTHING = (1, NO_END)
# Looked for before what is better: words beside a need may be rare, so those without them say how
# far to look for those with them.
_FIRST = ((Drawback.NO_WORDS,), (Drawback.ANYBODY,))
# A row of `weighing`, the kind of answer that it is, and what to sort by.
Row = tuple[Any, ...]
Ranked = tuple[ranking.Order, Kind, Row]


@dataclass(frozen=True, slots=True)
class Hunt:
    """One search on its way: what is sought, from where, and the values that its SQL binds.

    `runs` keeps the runs of listings that hold all within so many km.
    """

    snapshot: Snapshot
    sought: Sought
    limit: int
    here: Point | None
    where: tuple[float, float] | None
    county: str
    form: Form
    values: dict[str, Any]
    runs: dict[float, list[Run]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many match; where only open ones are wanted, unknown ones are apart."""

    total: int
    unknown: int = 0


def hunt_for(question: Question, sought: Sought, snapshot: Snapshot, *, day: int) -> Hunt:
    """Return the hunt for a question on a day (proleptic ordinal)."""
    where = (question.where.latitude, question.where.longitude) if question.where else None
    here = point_at(*where) if where else None
    bits = _fact_bits((*question.facts, *sought.wishes.facts))
    spoken = question.spoken or sought.wishes.spoken
    values = {
        "limit": question.limit,
        "states": snapshot.states(question.at),
        "day": day,
        "stale": day - LISTING_HOLD_DAYS,
        "facts": bits,
        "unasked": EVERYBODY & ~sought.people,
        "spoken": f" {spoken} " if spoken else "",
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
        county=question.where.county_fips if question.where else "",
        form=Form(
            matches=bool(sought.units),
            has_place=where is not None,
            only_open=question.only_open,
            has_wishes=bool(bits or spoken),
        ),
        values=values,
    )


def best_ranked(hunt: Hunt, known: Iterable[Ranked] = ()) -> list[Ranked]:
    """Return the `limit` best in order; the same as weighing every listing.

    What a narrower search of the same hunt found is known, and need not be beaten anew.
    """
    best = _best_anywhere(hunt, [each for each in known if not _is_inside(each)])
    return _best(hunt, [*_inside(hunt), *best]) if hunt.county else best


def _inside(hunt: Hunt) -> list[Ranked]:
    """Return the best that lie in the county that was asked for."""
    county = (COUNTY + hunt.county,)
    kinds = hunt.sought.kinds
    found = [each for kind in kinds for each in _ask(hunt, kind, [EVERYTHING], also=(county,))]
    return [_ranked(row, kind, inside=True) for _, kind, row in _best(hunt, found)]


def _best_anywhere(hunt: Hunt, best: list[Ranked]) -> list[Ranked]:
    for kind in sorted(hunt.sought.kinds, key=_is_later):
        best = _widen(hunt, kind, best)
    return _remote(hunt, best)


def _is_later(kind: Kind) -> bool:
    return kind.lacks not in _FIRST


def _widen(hunt: Hunt, kind: Kind, best: list[Ranked]) -> list[Ranked]:
    """Add what is near, circle after circle, until nothing outside can be better."""
    if hunt.where is None:
        return _best(hunt, [*best, *_ask(hunt, kind, [EVERYTHING])])
    farthest = _farthest_km(hunt, kind, best)
    if farthest < 0:
        return best
    share, reached = share_with(kind.groups, hunt.snapshot), -1.0
    if not share:
        return best
    for km in _circles(hunt, share, farthest):
        best, reached = _add(hunt, kind, best, km=km), km
        farthest = _farthest_km(hunt, kind, best)
        if farthest < math.inf:
            break
    return best if farthest <= reached else _add(hunt, kind, best, km=farthest)


def _circles(hunt: Hunt, share: float, farthest: float) -> list[float]:
    """Return the circles that are likely to hold enough, the smallest first, km."""
    circles = [km for km in _CIRCLES_KM if 2 * km < farthest]
    wanted = hunt.limit * LIKELY / share
    return circles[bisect_left(circles, wanted, key=partial(_listings_within, hunt)) :]


def _add(hunt: Hunt, kind: Kind, best: list[Ranked], *, km: float) -> list[Ranked]:
    """Add what is within so many km."""
    worst = _worst(hunt, kind, best)
    return _best(hunt, [*best, *_ask(hunt, kind, _runs_within(hunt, km), worst=worst)])


def _farthest_km(hunt: Hunt, kind: Kind, best: Sequence[Ranked]) -> float:
    """Return how far off something of a kind can be among the best; -1 for nowhere."""
    farthest = ranking.farthest_km2(_worst(hunt, kind, best))
    return math.sqrt(farthest) * _A_LITTLE_MORE if farthest >= 0 else -1.0


def _remote(hunt: Hunt, best: list[Ranked]) -> list[Ranked]:
    """Add what has no place and reaches here by mail or phone."""
    if hunt.where is None or _is_far_enough(hunt, hunt.sought.kinds[0], best):
        return best
    run = (int(hunt.snapshot.meta["placed"]) + 1, NO_END)
    reach = (_remote_marks(hunt),)
    if not share_with(reach, hunt.snapshot):
        return best
    for kind in hunt.sought.kinds:
        if not _is_far_enough(hunt, kind, best) and share_with(kind.groups, hunt.snapshot):
            best = _best(hunt, [*best, *_ask(hunt, kind, [run], also=reach)])
    return best


def _is_far_enough(hunt: Hunt, kind: Kind, best: Sequence[Ranked]) -> bool:
    return _worst(hunt, kind, best) < ranking.felt_km2(ranking.WITHOUT_PLACE_KM**2)


def _worst(hunt: Hunt, kind: Kind, best: Sequence[Ranked]) -> float:
    """Return how far something of a kind may feel and still be among the best, km2."""
    return best[-1][0][1] / kind.times**2 if len(best) >= hunt.limit else math.inf


def is_open_near(hunt: Hunt, candidate: Candidate) -> bool:
    """Tell whether a candidate has what was asked for, is open, and lies near or in the county."""
    if candidate.instead or candidate.state is not Open.OPEN:
        return False
    if hunt.county or hunt.where is None:
        return candidate.inside or not hunt.county
    return candidate.straight_km2 is not None and candidate.straight_km2 <= NEAR_KM**2


def with_closed(hunt: Hunt) -> Hunt:
    """Return the same hunt for what is closed too."""
    return replace(hunt, form=hunt.form._replace(only_open=False))


def count_matches(hunt: Hunt) -> Counted:
    """Return how many listings match.

    With any filter no more than `statements.COUNTED` matches are looked at: the numbers are what
    is found among them.
    """
    if not (hunt.form.only_open or hunt.form.has_wishes):
        return Counted(_count_all(hunt))
    values = _bound(hunt, expression(hunt.sought.counted), [EVERYTHING])
    ((found, are_open, unknown),) = hunt.snapshot.rows(counting(hunt.form), values)
    return Counted(are_open, unknown) if hunt.form.only_open else Counted(found)


def count_within(hunt: Hunt, *, km: float) -> int:
    """Return how many listings match within so many km, in a straight line, of the place.

    Where a whole county was asked for, those that lie in it, however far from its middle. Where
    only open ones are wanted, only those that are known to be open.
    """
    if hunt.where is None:
        return 0
    counted = hunt.sought.counted
    if hunt.county:
        match = expression((*counted, (COUNTY + hunt.county,)))
        return _count_within(hunt, match, [EVERYTHING], km=EARTH_KM * 2)
    runs = _runs_within(hunt, km)
    return _count_within(hunt, expression(counted), runs, km=km) if runs else 0


def stated_within(hunt: Hunt, *, km: float, facts: Sequence[str]) -> tuple[int, ...]:
    """Return how many match as near as in `count_within`, and how many of them say each thing.

    Those with unknown hours count here, closed ones do not where only open ones are wanted. First
    all of them, then those that state each fact, speak the language asked for, are known open.
    """
    groups, runs, near = hunt.sought.counted, [EVERYTHING], EARTH_KM * 2
    if hunt.county:
        groups = (*groups, (COUNTY + hunt.county,))
    elif hunt.where is not None:
        runs, near = _runs_within(hunt, km), km
    bits = tuple(_fact_bits([fact]) for fact in facts)
    match = expression(groups)
    form = hunt.form._replace(matches=bool(match))
    if not runs:
        return (0,) * (len(bits) + 3)
    values = _bound(hunt, match, runs) | {"within": near * near}
    (counts,) = hunt.snapshot.rows(counting_stated(form, len(runs), bits), values)
    return tuple(counts)


def _count_within(hunt: Hunt, match: str, runs: Sequence[Run], *, km: float) -> int:
    form = hunt.form._replace(matches=bool(match))
    values = _bound(hunt, match, runs) | {"within": km * km}
    ((count,),) = hunt.snapshot.rows(counting_within(form, len(runs)), values)
    return int(count)


def _count_all(hunt: Hunt) -> int:
    if not hunt.sought.units:
        return int(hunt.snapshot.meta["listings"])
    groups = hunt.sought.counted
    if is_one_of_a_kind(groups):
        return listings_with(groups[0], hunt.snapshot)
    sql = "SELECT count(*) FROM mark WHERE mark MATCH ?"
    ((count,),) = hunt.snapshot.rows(sql, (expression(groups),))
    return int(count)


def _ask(
    hunt: Hunt,
    kind: Kind,
    runs: Sequence[Run],
    *,
    also: Groups = (),
    worst: float = math.inf,
) -> list[Ranked]:
    """Return the best of a kind in some runs of listings that have the other marks too.

    What certainly feels farther than the worst of the best may be left out.
    """
    if not runs:
        return []
    match = expression((*kind.groups, *also))
    form = hunt.form._replace(matches=bool(match), is_bound=worst < math.inf)
    values = _bound(hunt, match, runs)
    if form.is_bound:
        values["core_within"] = _within(worst)
        values["context_within"] = _within(worst / ranking.TIMES_AS_FAR_AS_CONTEXT**2)
    rows = hunt.snapshot.rows(weighing(form, len(runs)), values)
    return [_ranked(row, kind) for row in rows]


def _within(felt_km2: float) -> float:
    """Return the square of a distance beyond which everything feels farther than so many km2."""
    return ranking.farthest_km2(felt_km2 * _A_LITTLE_MORE)


def _bound(hunt: Hunt, match: str, runs: Sequence[Run]) -> dict[str, Any]:
    values = hunt.values | {"match": match}
    for number, (first, last) in enumerate(runs):
        values[f"first{number}"], values[f"last{number}"] = first, last
    return values


def _runs_within(hunt: Hunt, km: float) -> list[Run]:
    """Return the runs of listings that hold all that is nearer than so many km."""
    if km not in hunt.runs:
        squares = runs_within(*hunt.where, km=km) if hunt.where and km < math.inf else None
        everywhere = [(1, int(hunt.snapshot.meta["placed"]))]
        runs = everywhere if squares is None else map(hunt.snapshot.numbers_in, squares)
        hunt.runs[km] = [(first, last) for first, last in runs if first <= last]
    return hunt.runs[km]


def _listings_within(hunt: Hunt, km: float) -> int:
    return sum(last - first + 1 for first, last in _runs_within(hunt, km))


def candidate_of(ranked: Ranked) -> Candidate:
    """Return what the order of one of the best depends on."""
    _, kind, row = ranked
    own, straight, state, core, stale, others, unknowns, confirmed, _cost = row
    return Candidate(
        id=own,
        straight_km2=straight,
        state=STATE_OF[state[0]],
        soon=state[0] == SOON,
        in_a_day=state[0] == IN_A_DAY,
        core=bool(core),
        stale=bool(stale),
        times=kind.times,
        instead=kind.instead,
        lacks=kind.lacks,
        for_others=bool(others),
        unknowns=unknowns,
        confirmed=confirmed,
        inside=_is_inside(ranked),
    )


def _ranked(row: Row, kind: Kind, *, inside: bool = False) -> Ranked:
    """Return a row with its `ranking.order`; SQL has computed all of its cost but the kind's."""
    own, *_rest, confirmed, cost = row
    return (not inside, cost * kind.times**2, -confirmed, own), kind, row


def _is_inside(ranked: Ranked) -> bool:
    return not ranked[0][0]


def _best(hunt: Hunt, found: Iterable[Ranked]) -> list[Ranked]:
    """Return the best `limit` in order, each listing once, at its best."""
    best: dict[int, Ranked] = {}
    for each in sorted(found, key=itemgetter(0)):
        best.setdefault(each[0][-1], each)
    return list(best.values())[: hunt.limit]


def _remote_marks(hunt: Hunt) -> tuple[str, ...]:
    assert hunt.where is not None  # noqa: S101 - the caller looked
    county = hunt.county or hunt.snapshot.counties.around(*hunt.where)
    return (WHOLE_STATE, *([REACH + county] if county else []))


def _fact_bits(facts: Iterable[str]) -> int:
    """Return the bits of the facts, leaving out what no listing can state."""
    return sum(bit for fact, bit in FACT_BITS.items() if fact in facts)
