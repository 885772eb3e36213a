"""The same answers without an index: every listing weighed with numpy. The peer of `bench finder`.

It shares with the finder only how texts become marks and what each drawback costs; which listings
match, which are open and which are best it finds in its own way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.vocabulary import Tier
from tejido.finder.domain import ranking
from tejido.finder.domain.answer import Open, Question
from tejido.finder.domain.cells import point_at
from tejido.finder.domain.freshness import LISTING_HOLD_DAYS, hours_hold_until
from tejido.finder.domain.indexing import (
    ANY_CONCEPT,
    ANY_WORD,
    STRONG_CONCEPT,
    STRONG_WORD,
    marks_of,
)
from tejido.finder.domain.lexicon import Lexicon, Unit
from tejido.finder.domain.patterns import Horizon, Schedule, expand, schedule_of
from tejido.finder.domain.words import stems


@dataclass
class BruteForce:
    """All listings as columns, and for each mark the listings that have it."""

    horizon: Horizon
    postings: dict[str, Any] = field(default_factory=dict)
    patterns: dict[Schedule, int] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    spans: tuple[Any, Any, Any] = (None, None, None)

    def best(self, question: Question, units: Sequence[Unit], *, on: date) -> list[int]:
        """Return the numbers (from 0) of the best listings, best first."""
        grade = self._grade(units)
        state = self._states(question.at, on)
        straight = self._straight(question)
        times = np.choose(state, [ranking.TIMES_AS_FAR_WHEN[each] for each in _ORDER])
        times = times * np.where(self.columns["core"], 1.0, ranking.TIMES_AS_FAR_AS_CONTEXT)
        stale = self.columns["confirmed"] < on.toordinal() - LISTING_HOLD_DAYS
        times = times * np.where(stale, ranking.TIMES_AS_FAR_WHEN_STALE, 1.0) * grade
        cost = (straight + ranking.SOFT_KM**2) * times**2 if units else straight
        shown = grade > 0
        if question.only_open:
            shown &= state != _ORDER.index(Open.CLOSED)
        chosen = np.flatnonzero(shown)
        ordered = chosen[np.lexsort((chosen, -self.columns["confirmed"][chosen], cost[chosen]))]
        return [int(each) for each in ordered[: question.limit]]

    def _grade(self, units: Sequence[Unit]) -> Any:
        """Return 1 for what is called so, more for what mentions it, 0 for what does neither."""
        count = len(self.columns["core"])
        strong, anywhere = np.ones(count, bool), np.ones(count, bool)
        for unit in units:
            strong &= self._having(unit, STRONG_CONCEPT, STRONG_WORD)
            anywhere &= self._having(unit, ANY_CONCEPT, ANY_WORD)
        return np.where(strong, 1.0, np.where(anywhere, ranking.TIMES_AS_FAR_IN_PASSING, 0.0))

    def _having(self, unit: Unit, concept: str, word: str) -> Any:
        having = np.zeros(len(self.columns["core"]), bool)
        values = [concept + each for each in unit.concepts] or [
            word + stem for token in unit.tokens for stem in stems(token)
        ]
        for mark in values:
            having[self.postings.get(mark, [])] = True
        return having

    def _straight(self, question: Question) -> Any:
        if question.where is None:
            return np.zeros(len(self.columns["core"]))
        here = point_at(question.where.latitude, question.where.longitude)
        points = self.columns["points"]
        apart = points - np.array([here.x, here.y, here.z])
        return (apart * apart).sum(axis=1)

    def _states(self, at: datetime, on: date) -> Any:
        if at not in self.horizon:
            return np.full(len(self.columns["core"]), _ORDER.index(Open.UNKNOWN))
        moment = at.timestamp()
        opens, closes, pattern = self.spans
        is_open = np.zeros(len(self.patterns), bool)
        is_open[pattern[(opens <= moment) & (moment < closes)]] = True
        state = np.where(is_open[self.columns["pattern"]], 1, 2)
        return np.where(self.columns["hold"] < on.toordinal(), 0, state)


_ORDER = (Open.UNKNOWN, Open.OPEN, Open.CLOSED)


def brute_force(
    listings: Iterable[PublicListing], lexicon: Lexicon, horizon: Horizon
) -> BruteForce:
    """Return the listings ready to be weighed; each must have a point and computable hours."""
    made = BruteForce(horizon)
    postings: dict[str, list[int]] = {}
    rows: list[tuple[Any, ...]] = []
    for number, listing in enumerate(listings):
        rows.append(_row(listing, made.patterns))
        for mark in marks_of(listing, lexicon, is_placed=True).split():
            postings.setdefault(mark, []).append(number)
    made.postings = {mark: np.array(found, np.int32) for mark, found in postings.items()}
    names = ("x", "y", "z", "core", "confirmed", "hold", "pattern")
    made.columns = {
        name: np.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    made.columns["points"] = np.c_[tuple(made.columns[axis] for axis in "xyz")]
    made.spans = _spans(made.patterns, horizon)
    return made


def _row(listing: PublicListing, patterns: dict[Schedule, int]) -> tuple[Any, ...]:
    schedule, place = schedule_of(listing), listing.point
    if schedule is None or place is None or listing.confirmed_on is None:
        raise ValueError(listing.id)
    hold = hours_hold_until(mode=listing.mode, confirmed_on=listing.confirmed_on)
    point = point_at(place.latitude, place.longitude)
    return (
        point.x,
        point.y,
        point.z,
        listing.tier is Tier.CORE,
        listing.confirmed_on.toordinal(),
        hold.toordinal() if hold else 0,
        patterns.setdefault(schedule, len(patterns)),
    )


def _spans(patterns: Mapping[Schedule, int], horizon: Horizon) -> tuple[Any, Any, Any]:
    """Return when each opening begins and ends, and the pattern that it belongs to."""
    rows = [
        (opens.timestamp(), closes.timestamp(), number)
        for schedule, number in patterns.items()
        for opens, closes in expand(schedule, horizon)
    ]
    opens, closes, number = np.array(rows).reshape(-1, 3).T
    return opens, closes, number.astype(int)
