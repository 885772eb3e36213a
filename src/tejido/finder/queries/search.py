"""The finder's one question and its answer. Reads only the snapshot, never the database."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.vocabulary import Mode, Tier
from tejido.finder.domain.answer import Answer, Hit, Hours, Open, Question, Stated
from tejido.finder.domain.cells import ground_m
from tejido.finder.domain.drawbacks import Drawback
from tejido.finder.domain.lexicon import Unit
from tejido.finder.domain.near import NEAR_M
from tejido.finder.domain.patterns import CLOSED_FOR_NOW, HOURS_UNKNOWN, hours_in
from tejido.finder.domain.ranking import Candidate, drawbacks_of
from tejido.finder.domain.related import standing_in_for
from tejido.finder.domain.rows import listing_of
from tejido.finder.queries.candidates import (
    Hunt,
    best_ranked,
    candidate_of,
    count_matches,
    count_within,
    hunt_for,
    is_open_near,
    stated_within,
    with_closed,
)
from tejido.finder.queries.snapshot import Snapshot, current_snapshot, reads_snapshot
from tejido.finder.queries.understanding import Sought, matching_units, needs_called, sought
from tejido.geography.domain.distance import bearing_deg

MOST_RESULTS = 50


@reads_snapshot
def find_services(question: Question) -> Answer:
    """Return the best places for a question, with what was understood.

    Whatever the words, it answers; it writes nothing down.

    Raises:
        SnapshotMissing: there is nothing to search.
        ValueError: `limit` is not 1 to 50, or `at` has no zone.
    """
    if not 1 <= question.limit <= MOST_RESULTS or question.at.tzinfo is None:
        raise ValueError(question.limit, question.at)
    snapshot = current_snapshot()
    looked_for = sought(question, snapshot)
    hunt = hunt_for(question, looked_for, snapshot, day=_day(question.at).toordinal())
    best, has_closed = _best(hunt, only_open=question.only_open)
    if looked_for.at_once:
        best.sort(key=lambda each: not is_open_near(hunt, each))
    counted = count_matches(hunt)
    return Answer(
        hits=tuple(_hits(best, question, looked_for, snapshot)),
        total=counted.total,
        needs=looked_for.needs,
        corrected=looked_for.corrected,
        built_at=snapshot.built_at,
        unknown_hours=counted.unknown,
        wanted=looked_for.wanted,
        has_closed=has_closed,
    )


def _best(hunt: Hunt, *, only_open: bool) -> tuple[list[Candidate], bool]:
    """Return the best, and whether closed ones are among them because none near is open."""
    ranked = best_ranked(hunt)
    best = list(map(candidate_of, ranked))
    has_closed = only_open and not any(is_open_near(hunt, each) for each in best)
    if has_closed:
        best = list(map(candidate_of, best_ranked(with_closed(hunt), ranked)))
    return best, has_closed


@reads_snapshot
def count_near(question: Question, *, within_m: float) -> int:
    """Return how many places answer a question within so many metres of its place.

    Of a county those that lie in it. 0 without a place; with `only_open` those that are known to
    be open. For headings where more match than `find_services` returns.
    """
    snapshot = current_snapshot()
    looked_for = sought(question, snapshot)
    hunt = hunt_for(question, looked_for, snapshot, day=_day(question.at).toordinal())
    return count_within(hunt, km=within_m / 1000)


@reads_snapshot
def stated_near(question: Question, *, within_m: float) -> Stated:
    """Return how many of those near say what the filters ask for, and how many say nothing.

    Near is as in `count_near`, everywhere without a place. What denies a filter is not there.
    """
    snapshot = current_snapshot()
    looked_for = sought(question, snapshot)
    hunt = hunt_for(question, looked_for, snapshot, day=_day(question.at).toordinal())
    every, *said = stated_within(hunt, km=within_m / 1000, facts=question.facts)
    *facts, spoken, known_open = said
    return Stated(every, dict(zip(question.facts, facts, strict=True)), spoken, known_open)


@reads_snapshot
def find_listing(listing_id: UUID) -> PublicListing | None:
    """Return a listing by its id, None where there is none or it is no longer public."""
    rows = current_snapshot().rows(
        "SELECT row FROM listing WHERE id = (SELECT id FROM number WHERE uuid = ?)",
        (listing_id.bytes,),
    )
    return listing_of(rows[0][0]) if rows else None


@reads_snapshot
def hours_at(listing: PublicListing, at: datetime) -> Hours:
    """Return whether a listing is open at an instant, and what comes next.

    Unknown where nobody stated hours, where nobody confirmed them for too long
    (`directory/domain/clocks.py`), beyond the horizon, and for a listing that the snapshot does
    not have.
    """
    snapshot = current_snapshot()
    rows = snapshot.rows(
        "SELECT pattern FROM s WHERE id = (SELECT id FROM number WHERE uuid = ?)",
        (listing.id.bytes,),
    )
    if not rows:
        return Hours(Open.UNKNOWN)
    return _hours(listing, rows[0][0], at, snapshot, day=_day(at))


def need_labels(language: str) -> Mapping[str, str]:
    """Return what each need is called in a language: concept id -> label."""
    return current_snapshot().labels.get(language, {})


def _hits(
    best: list[Candidate], question: Question, looked_for: Sought, snapshot: Snapshot
) -> Iterable[Hit]:
    ids = [candidate.id for candidate in best]
    rows = _rows(ids, snapshot)
    units = _units_by_id(best, looked_for, snapshot)
    labels = snapshot.labels.get(question.language, {})
    day, wanted = _day(question.at), looked_for.needs
    for candidate in best:
        pattern, row = rows[candidate.id]
        listing = listing_of(row)
        needs = _matched_needs(listing, wanted, snapshot)
        had = units[candidate.id]
        asked = [code for unit in had for code in _codes(unit, needs, labels)]
        instead = _instead(candidate, listing, looked_for, snapshot)
        yield Hit(
            listing=listing,
            distance_m=_distance(candidate, listing, question),
            bearing=_bearing(listing, question),
            hours=_hours(listing, pattern, question.at, snapshot, day=day),
            matched_needs=needs,
            why=(*asked, *(f"instead:{need}" for need in instead), *_also(listing, looked_for)),
            inside=candidate.inside,
            instead=tuple(instead),
            lower=drawbacks_of(candidate),
            near=_is_near(candidate, question),
        )


def _is_near(candidate: Candidate, question: Question) -> bool:
    straight_km2 = candidate.straight_km2
    if question.where is None or candidate.inside or straight_km2 is None:
        return True
    return ground_m(straight_km2) <= NEAR_M


def _rows(ids: list[int], snapshot: Snapshot) -> dict[int, tuple[int, str]]:
    marks = ", ".join("?" * len(ids))
    sql = f"""SELECT s.id, s.pattern, listing.row FROM s JOIN listing USING (id)
        WHERE s.id IN ({marks})"""  # noqa: S608 - question marks
    return {own: (pattern, row) for own, pattern, row in snapshot.rows(sql, ids)}


def _units_by_id(
    best: list[Candidate], looked_for: Sought, snapshot: Snapshot
) -> dict[int, tuple[Unit, ...]]:
    """Return what each listing mentions of what was asked for."""
    units, having = looked_for.units, [each.id for each in best if not each.instead]
    if len(units) < 2 or not having:
        return {each.id: () if each.instead else units for each in best}
    pairs = list(zip(units, matching_units(units, having, snapshot), strict=True))
    return {each.id: tuple(unit for unit, ids in pairs if each.id in ids) for each in best}


def _codes(unit: Unit, needs: tuple[str, ...], labels: Mapping[str, str]) -> Iterable[str]:
    """Return `need:` where the listing says that it offers it, otherwise `words:`."""
    stated = [f"need:{concept}" for concept in unit.concepts if concept in needs]
    words = " ".join(unit.tokens) or ", ".join(labels.get(each, each) for each in unit.concepts)
    return stated or [f"words:{words}"]


def _instead(
    candidate: Candidate, listing: PublicListing, looked_for: Sought, snapshot: Snapshot
) -> list[str]:
    """Return what a listing offers, or is called by, that may help in place of what was asked."""
    if not candidate.instead:
        return []
    broader = snapshot.lexicon.broader
    others = standing_in_for(looked_for.things, broader)
    if Drawback.NAMED in candidate.lacks:
        return needs_called(others, candidate.id, snapshot)
    offered = {each for need in listing.needs for each in broader.get(need, (need,))}
    return [need for need in others if need in offered]


def _also(listing: PublicListing, looked_for: Sought) -> tuple[str, ...]:
    corrected = [f"corrected:{typed}:{meant}" for typed, meant in looked_for.corrected.items()]
    core = ["core"] if listing.tier is Tier.CORE else []
    comes = [listing.mode.value] if listing.mode in {Mode.MAIL, Mode.PHONE} else []
    return (*corrected, *core, *comes)


def _matched_needs(
    listing: PublicListing, wanted: Iterable[str], snapshot: Snapshot
) -> tuple[str, ...]:
    broader = snapshot.lexicon.broader
    return tuple(
        need
        for need in wanted
        if any(need in broader.get(each, (each,)) for each in listing.needs)
    )


def _distance(candidate: Candidate, listing: PublicListing, question: Question) -> float | None:
    if question.where is None or listing.point is None or candidate.straight_km2 is None:
        return None
    return ground_m(candidate.straight_km2)


def _bearing(listing: PublicListing, question: Question) -> float | None:
    where, point = question.where, listing.point
    if where is None or point is None:
        return None
    return bearing_deg(where.latitude, where.longitude, point.latitude, point.longitude)


def _hours(
    listing: PublicListing, pattern: int, at: datetime, snapshot: Snapshot, *, day: date
) -> Hours:
    if pattern == CLOSED_FOR_NOW:
        return Hours(Open.CLOSED if at in snapshot.horizon else Open.UNKNOWN)
    until = listing.hours_hold_until
    if pattern == HOURS_UNKNOWN or until is None or day > until:
        return Hours(Open.UNKNOWN)
    zone = _zone(listing.timezone)
    return hours_in(snapshot.edges(pattern), at=at, horizon=snapshot.horizon, zone=zone)


@lru_cache(maxsize=32)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _day(at: datetime) -> date:
    return at.astimezone(_zone(settings.TIME_ZONE)).date()
