"""The same answers without an index: every listing weighed with numpy. The peer of `bench finder`.

It shares with the finder only how texts become marks and what each drawback costs; which listings
match, which are open and which are best it finds in its own way.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import numpy as np

from tejido.directory.domain.freshness import LISTING_HOLD_DAYS, hours_hold_until
from tejido.directory.domain.patterns import Horizon, Schedule, expand, schedule_of
from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.vocabulary import Tier
from tejido.finder.domain import ranking
from tejido.finder.domain.answer import Open, Question
from tejido.finder.domain.cells import point_at
from tejido.finder.domain.indexing import marks_of, names_of
from tejido.finder.domain.kinds import Kind
from tejido.finder.domain.lexicon import Lexicon
from tejido.finder.domain.near import NEAR_KM
from tejido.finder.domain.people import narrowed_by
from tejido.finder.domain.slots import DAY_SLOTS, SECONDS, SOON_SLOTS, slot_at


@dataclass
class BruteForce:
    """All listings as columns, and for each mark the listings that have it."""

    horizon: Horizon
    postings: dict[str, Any] = field(default_factory=dict)
    patterns: dict[Schedule, int] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    spans: tuple[Any, Any, Any] = (None, None, None)

    def best(
        self, question: Question, kinds: Sequence[Kind], *, on: date, people: int = 0
    ) -> list[int]:
        """Return the numbers (from 0) of the best listings, best first.

        Args:
            question: as for the finder.
            kinds: the ways to answer it.
            on: the local day of the instant asked about.
            people: a bit for each group that may be meant (`domain.people`).
        """
        meant = self.meant(question, kinds, on=on, people=people)
        return self._best(meant, kinds, on=on, people=people)

    def meant(
        self, question: Question, kinds: Sequence[Kind], *, on: date, people: int = 0
    ) -> Question:
        """Return the question, with what is closed where nothing near is known to be open."""
        if not question.only_open:
            return question
        found = self._best(question, kinds, on=on, people=people)
        if self._any_open_near(found, question, kinds, on=on):
            return question
        return replace(question, only_open=False)

    def _any_open_near(
        self, found: Sequence[int], question: Question, kinds: Sequence[Kind], *, on: date
    ) -> bool:
        own = [kind for kind in kinds if not kind.instead]
        fits = (self._grade(own) > 0) & (self._states(question.at, on) == _ORDER.index(Open.OPEN))
        if question.where is not None:
            fits &= self._straight(question) <= NEAR_KM**2
        return bool(fits[list(found)].any())

    def _best(
        self, question: Question, kinds: Sequence[Kind], *, on: date, people: int
    ) -> list[int]:
        grade = self._grade(kinds)
        for_others = (self.columns["narrow"] & ~people) != 0
        state = self._states(question.at, on)
        straight = self._straight(question)
        times = np.array(TIMES)[state]
        times = times * np.where(self.columns["core"], 1.0, ranking.TIMES_AS_FAR_AS_CONTEXT)
        stale = self.columns["confirmed"] < on.toordinal() - LISTING_HOLD_DAYS
        times = times * np.where(stale, ranking.TIMES_AS_FAR_WHEN_STALE, 1.0) * grade
        times = times * np.where(for_others, ranking.TIMES_AS_FAR_FOR_OTHERS, 1.0)
        felt = straight + ranking.SOFT_KM**2
        for far_km2, more in ranking.MORE_BEYOND_KM2.items():
            felt = felt + more * np.maximum(0.0, straight - far_km2)
        cost = felt * times**2
        shown = grade > 0
        if question.only_open:
            shown &= state < _ORDER.index(Open.CLOSED)
        chosen = np.flatnonzero(shown)
        ordered = chosen[np.lexsort((chosen, -self.columns["confirmed"][chosen], cost[chosen]))]
        return [int(each) for each in ordered[: question.limit]]

    def _grade(self, kinds: Sequence[Kind]) -> Any:
        """Return how many times as far each listing's best kind of answer counts, 0 for none."""
        count = len(self.columns["core"])
        grade = np.zeros(count)
        for kind in sorted(kinds, key=lambda each: -each.times):
            fits = np.ones(count, bool)
            for marks in kind.groups:
                fits &= self._having(marks)
            grade[fits] = kind.times
        return grade

    def _having(self, marks: Sequence[str]) -> Any:
        having = np.zeros(len(self.columns["core"]), bool)
        for mark in marks:
            having[self.postings.get(mark, [])] = True
        return having

    def _straight(self, question: Question) -> Any:
        if question.where is None:
            return np.full(len(self.columns["core"]), ranking.SOMEWHERE_KM**2)
        here = point_at(question.where.latitude, question.where.longitude)
        points = self.columns["points"]
        apart = points - np.array([here.x, here.y, here.z])
        return (apart * apart).sum(axis=1)

    def _states(self, at: datetime, on: date) -> Any:
        if at not in self.horizon:
            return np.full(len(self.columns["core"]), _ORDER.index(Open.UNKNOWN))
        state = self.states_at(at)[self.columns["pattern"]]
        return np.where(self.columns["hold"] < on.toordinal(), 0, state)

    def states_at(self, at: datetime) -> Any:
        """Return the state of each pattern at an instant of the horizon, as a place in `TIMES`."""
        now = self._open_at(at.timestamp())
        # Soon: open when one of the next quarter hours begins.
        begins = (slot_at(at) + 1 + np.arange(DAY_SLOTS)) * SECONDS
        later = np.array([self._open_at(float(moment)) for moment in begins])
        soon, in_a_day = later[:SOON_SLOTS].any(axis=0), later.any(axis=0)
        waits = np.where(soon, _SOON, np.where(in_a_day, _IN_A_DAY, 2))
        return np.where(now, 1, waits).astype(np.uint8)

    def _open_at(self, moment: float) -> Any:
        opens, closes, pattern = self.spans
        is_open = np.zeros(len(self.patterns), bool)
        is_open[pattern[(opens <= moment) & (moment < closes)]] = True
        return is_open


_SOON, _IN_A_DAY = 3, 4
_ORDER = (Open.UNKNOWN, Open.OPEN, Open.CLOSED)
# How many times as far each state counts, the two waits last.
TIMES = (
    *(ranking.TIMES_AS_FAR_WHEN[each] for each in _ORDER),
    ranking.TIMES_AS_FAR_WHEN_SOON_OPEN,
    ranking.TIMES_AS_FAR_WHEN_OPEN_IN_A_DAY,
)


def brute_force(
    listings: Iterable[PublicListing], lexicon: Lexicon, horizon: Horizon
) -> BruteForce:
    """Return the listings ready to be weighed; each must have a point and computable hours."""
    made = BruteForce(horizon)
    postings: dict[str, array[int]] = {}
    rows: list[tuple[Any, ...]] = []
    for number, listing in enumerate(listings):
        rows.append(_row(listing, made.patterns))
        for mark in marks_of(listing, lexicon, is_placed=True).split():
            postings.setdefault(mark, array("I")).append(number)
    made.postings = {mark: np.frombuffer(found, np.uint32) for mark, found in postings.items()}
    names = ("x", "y", "z", "core", "confirmed", "hold", "pattern", "narrow")
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
        narrowed_by(names_of(listing)),
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
