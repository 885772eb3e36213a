"""The SQL of a search: `domain.ranking` written out, so that the index weighs what it finds.

A statement is one of a few texts, whatever is asked, so that SQLite reads each only once.
"""

from functools import lru_cache
from typing import NamedTuple

from tejido.finder.domain import ranking
from tejido.finder.domain.answer import Open
from tejido.finder.domain.indexing import UNKNOWN_LANGUAGE

COUNTED = 1_000

_TIMES = {state: f"{times**2:.6f}" for state, times in ranking.TIMES_AS_FAR_WHEN.items()}
_SOON2 = ranking.TIMES_AS_FAR_WHEN_SOON_OPEN**2
_IN_A_DAY2 = ranking.TIMES_AS_FAR_WHEN_OPEN_IN_A_DAY**2
_STALE2 = ranking.TIMES_AS_FAR_WHEN_STALE**2
_CONTEXT2 = ranking.TIMES_AS_FAR_AS_CONTEXT**2
_OTHERS2 = ranking.TIMES_AS_FAR_FOR_OTHERS**2
_UNKNOWN2 = ranking.TIMES_AS_FAR_FOR_EACH_UNKNOWN**2
_STATE = """CASE WHEN s.hours_hold < :day THEN x'00'
    ELSE substr(:states, s.pattern + 1, 1) END"""
# Without a place to measure from, what has a point is somewhere in the state.
_SOMEWHERE = f"CASE WHEN s.x IS NULL THEN NULL ELSE {ranking.SOMEWHERE_KM**2} END"
_CLOSED = "state > x'01'"
_STRAIGHT = "((s.x - :x) * (s.x - :x) + (s.y - :y) * (s.y - :y) + (s.z - :z) * (s.z - :z))"
_UNKNOWNS = """((s.yes & :facts) != :facts)
    + (:spoken != '' AND instr(s.languages, :spoken) = 0)"""
_NEAREST = f"coalesce(straight, {ranking.WITHOUT_PLACE_KM**2})"
_BEYOND = "".join(
    f" + {more} * max(0.0, {_NEAREST} - {far_km2})"
    for far_km2, more in ranking.MORE_BEYOND_KM2.items()
)
_FELT = f"({_NEAREST} + {ranking.SOFT_KM**2}{_BEYOND})"
_WEIGHED = f"""{_FELT}
    * CASE state WHEN x'01' THEN {_TIMES[Open.OPEN]} WHEN x'02' THEN {_TIMES[Open.CLOSED]}
      WHEN x'03' THEN {_SOON2} WHEN x'04' THEN {_IN_A_DAY2}
      ELSE CASE WHEN straight IS NULL THEN 1.0 ELSE {_TIMES[Open.UNKNOWN]} END END
    * CASE WHEN core THEN 1.0 ELSE {_CONTEXT2} END
    * CASE WHEN confirmed < :stale THEN {_STALE2} ELSE 1.0 END
    * CASE WHEN others THEN {_OTHERS2} ELSE 1.0 END"""
_WISHED = f"""
    * CASE unknowns WHEN 0 THEN 1.0 WHEN 1 THEN {_UNKNOWN2} ELSE {_UNKNOWN2**2} END"""
# What is farther than this is worse than the worst that was found, whatever else it has.
_NEAR_ENOUGH = f"AND {_STRAIGHT} <= CASE WHEN s.core THEN :core_within ELSE :context_within END"
_DENIED = "AND s.no & :facts = 0"
_UNSPOKEN = f"""AND (:spoken = '' OR instr(s.languages, :spoken)
    OR instr(s.languages, ' {UNKNOWN_LANGUAGE} '))"""


class Form(NamedTuple):
    """What decides the text of a statement.

    Attributes:
        matches: only listings that the index query finds.
        has_place: distances are measured from :x, :y, :z.
        only_open: without what is closed.
        has_wishes: facts or a language are wished for.
        is_bound: only what is nearer than the roots of :core_within and :context_within, km2.
    """

    matches: bool
    has_place: bool
    only_open: bool
    has_wishes: bool
    is_bound: bool = False


@lru_cache(maxsize=512)
def weighing(form: Form, runs: int) -> str:
    """Return the statement for the best :limit listings in some runs of numbers, and their cost.

    The cost is that of the best kind of answer.
    """
    straight = _STRAIGHT if form.has_place else _SOMEWHERE
    order = _WEIGHED + _WISHED * form.has_wishes
    unknowns = _UNKNOWNS if form.has_wishes else "0"
    return f"""{_runs(runs)}
        SELECT id, straight, state, core, confirmed < :stale, others, unknowns, confirmed,
          {order} AS cost FROM (
          SELECT s.id, {straight} AS straight, {_STATE} AS state, s.core AS core,
            s.confirmed AS confirmed, s.narrow & :unasked AS others, {unknowns} AS unknowns
            {_listings(form)})
        {f"WHERE NOT {_CLOSED}" if form.only_open else ""}
        ORDER BY cost, confirmed DESC, id LIMIT :limit"""  # noqa: S608 - our own text


@lru_cache
def counting(form: Form) -> str:
    """Return the statement that counts what matches, is open, is unknown, up to `COUNTED`."""
    return f"""{_runs(1)}
        SELECT count(*), coalesce(sum(state = x'01'), 0), coalesce(sum(state = x'00'), 0) FROM (
          SELECT {_STATE} AS state {_listings(form)} LIMIT {COUNTED})"""  # noqa: S608 - our own


@lru_cache
def counting_within(form: Form, runs: int) -> str:
    """Return the statement that counts what matches within the square root of :within km2."""
    return f"""{_runs(runs)}
        SELECT count(*) FROM (
          SELECT {_STATE} AS state, {_STRAIGHT} AS straight {_listings(form)})
        WHERE straight <= :within {"AND state = x'01'" if form.only_open else ""}"""  # noqa: S608


@lru_cache
def counting_stated(form: Form, runs: int, bits: tuple[int, ...]) -> str:
    """Return the statement that counts what matches near, and how much of it says each thing.

    After the count: for each of `bits` how many state that fact, then how many speak :spoken, and
    how many are known to be open. Near is as in `counting_within`, everywhere without a place.
    """
    said = "".join(f"coalesce(sum(yes & {bit} != 0), 0), " for bit in bits)
    straight = _STRAIGHT if form.has_place else "0.0"
    return f"""{_runs(runs)}
        SELECT count(*), {said}coalesce(sum(speaks), 0), coalesce(sum(state = x'01'), 0) FROM (
          SELECT {_STATE} AS state, {straight} AS straight, s.yes AS yes,
            (:spoken != '' AND instr(s.languages, :spoken) > 0) AS speaks {_listings(form)})
        WHERE straight <= :within {f"AND NOT {_CLOSED}" if form.only_open else ""}"""  # noqa: S608


def _runs(count: int) -> str:
    rows = ", ".join(f"(:first{number}, :last{number})" for number in range(count))
    return f"WITH run(first, last) AS (VALUES {rows})"


def _listings(form: Form) -> str:
    wishes = f"{_DENIED} {_UNSPOKEN}" if form.has_wishes else ""
    wishes += _NEAR_ENOUGH if form.is_bound else ""
    if not form.matches:
        return f"FROM run CROSS JOIN s ON s.id BETWEEN run.first AND run.last {wishes}"
    return f"""FROM run CROSS JOIN mark ON mark MATCH :match
        AND mark.rowid BETWEEN run.first AND run.last JOIN s ON s.id = mark.rowid {wishes}"""
