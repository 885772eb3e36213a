"""Searches that found nothing within reach: counted by need, county and day, and by nothing else.

Counted in memory, and added to the table some minutes later from a thread of its own: no page
waits for the database, and none fails with it. What was not added when a server stops is lost.
"""

import logging
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import Error, connections

from tejido.directory.services.unmet import Cell, add_unmet
from tejido.finder.domain.answer import Answer, Hit, Question
from tejido.finder.domain.near import NEAR_M, is_near
from tejido.finder.queries.search import MOST_RESULTS, count_near, find_services
from tejido.finder.queries.snapshot import current_snapshot

log = logging.getLogger(__name__)
FLUSH_AFTER_S = 300
# More than all needs in all counties on two days; beyond it something is wrong.
_MOST_CELLS = 12_000


@dataclass(slots=True)
class UnmetCounts:
    """Counts that are not in the table yet.

    Attributes:
        after_s: add them to the table so many seconds after the first; None waits for `flush`.
    """

    after_s: float | None = FLUSH_AFTER_S
    _counts: Counter[Cell] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_timed: bool = False

    def add(self, cell: Cell, *, times: int = 1) -> None:
        """Count a search; forgotten where there are too many cells to be true."""
        with self._lock:
            if cell in self._counts or len(self._counts) < _MOST_CELLS:
                self._counts[cell] += times
                self._start_timer()

    def take(self) -> Counter[Cell]:
        """Return what was counted, for another process that adds it to the table."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken

    def flush(self) -> None:
        """Add what was counted to the table; what cannot be added is kept for the next time."""
        with self._lock:
            taken, self._counts, self._is_timed = self._counts, Counter(), False
        try:
            add_unmet(taken)
        except Error:
            log.warning("unmet needs could not be counted; tried again later")
            self._put_back(taken)

    def forget(self) -> None:
        """Drop what is not in the table yet."""
        with self._lock:
            self._counts.clear()

    def _put_back(self, taken: Counter[Cell]) -> None:
        with self._lock:
            self._counts += taken
            self._start_timer()

    def _start_timer(self) -> None:
        if self.after_s is None or self._is_timed:
            return
        self._is_timed = True
        timer = threading.Timer(self.after_s, self._flush_apart)
        timer.daemon = True
        timer.start()

    def _flush_apart(self) -> None:
        try:
            self.flush()
        finally:
            connections.close_all()


UNMET = UnmetCounts(after_s=None if settings.TESTING else FLUSH_AFTER_S)


def count_unmet(question: Question, answer: Answer, *, today: date, near: int = 0) -> None:
    """Count a search that found nothing, for each understood need that nothing near can meet.

    What else was asked for (words, filters, a second need) is left out before that is decided:
    a search that only found nothing open counts nowhere.

    Args:
        question: what was asked.
        answer: what was found.
        today: the local day.
        near: how many places that have all of it are known to be near; 0 where nobody counted.
    """
    county = "" if near or _has_near(question, answer) else _county_of(question)
    if not county:
        return
    known = {concept.id for concept in current_snapshot().concepts}
    for needs in answer.wanted:
        if known.issuperset(needs) and not any(
            _is_met(need, question, county=county) for need in needs
        ):
            UNMET.add((needs[0], county, today))


def _has_near(question: Question, answer: Answer) -> bool:
    """Return whether there is nothing to count: no need, no place, or the one need is met."""
    where = question.where
    if where is None or not answer.wanted:
        return True
    return len(answer.wanted) == 1 and any(is_near(hit, where) for hit in answer.having)


def _county_of(question: Question) -> str:
    """Return the county of the place asked about, '' where it lies far from all of ours."""
    where = question.where
    if where is None:
        return ""
    counties = current_snapshot().counties
    at = (where.latitude, where.longitude)
    if where.county_fips or not counties.is_near(*at, km=NEAR_M / 1000):
        return where.county_fips
    return counties.around(*at)


def _is_met(need: str, question: Question, *, county: str) -> bool:
    plain = Question(at=question.at, need=need, where=question.where, limit=MOST_RESULTS)
    if count_near(plain, within_m=NEAR_M):
        return True
    return any(_reaches(hit, county) for hit in find_services(plain).having)


def _reaches(hit: Hit, county: str) -> bool:
    """Return whether a service without a distance comes there: by mail, by phone, undisclosed."""
    reach = hit.listing.reach
    return hit.distance_m is None and (not reach or county in reach)
