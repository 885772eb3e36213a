"""How good the order of results is, against what readers judged: the gain of the first five.

Normalised discounted cumulative gain (docs/sources.md#ndcg): a result graded g gains 2^g - 1,
divided by the binary logarithm of its rank plus one; the sum is a share of the best order's.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import fsum, log2
from pathlib import Path
from statistics import fmean
from uuid import UUID
from zoneinfo import ZoneInfo

from tejido.finder.api.asking import WrongParameter, asking_from
from tejido.finder.api.shapes import SearchIn
from tejido.finder.domain.answer import Question
from tejido.finder.queries.search import find_services

ZONE = ZoneInfo("America/Los_Angeles")
FIRST = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, and what a reader who had not seen the ranker thinks of the listings.

    Attributes:
        what, where: as typed.
        at: when it is asked about, local.
        held: never looked at while the order was tuned.
        grades: listing -> 0 (a wasted trip) to 3 (the door to send this person to), the mean of
            those who judged it; others are 0.
    """

    id: str
    what: str
    where: str
    language: str
    at: datetime
    only_open: bool
    held: bool
    kind: str
    grades: Mapping[UUID, float]

    def question(self) -> Question:
        """Return the question as the API understands it.

        Raises:
            WrongParameter: the place could not be told.
        """
        said = {"q": self.what, "near": self.where, "language": self.language, "at": self.at}
        given = SearchIn.model_validate(said)
        asking = asking_from(given, now=self.at)
        return replace(asking.question, only_open=self.only_open, limit=FIRST)

    def gain(self) -> float:
        """Return the normalised gain of the first five results, 0 to 1."""
        try:
            hits = find_services(self.question()).hits
        except WrongParameter:
            return 0.0
        return ndcg([self.grades.get(hit.listing.id, 0) for hit in hits], self.grades.values())


def ndcg(found: Sequence[float], all_grades: Iterable[float]) -> float:
    """Return the gain of graded results in their order, as a share of the best order's."""
    best = sorted(all_grades, reverse=True)[:FIRST]
    return _gain(found[:FIRST]) / _gain(best) if any(best) else 0.0


def read_judged(folder: Path) -> tuple[Judged, ...]:
    """Return the judged queries of a folder with `queries.csv` and `judgements.csv`."""
    given: dict[str, dict[UUID, list[int]]] = {}
    for row in _rows(folder / "judgements.csv"):
        its = given.setdefault(row["query"], {})
        its.setdefault(UUID(row["listing"]), []).append(int(row["grade"]))
    return tuple(_judged(row, given[row["id"]]) for row in _rows(folder / "queries.csv"))


def _judged(row: Mapping[str, str], given: Mapping[UUID, Sequence[int]]) -> Judged:
    return Judged(
        id=row["id"],
        what=row["what"],
        where=row["where"],
        language=row["language"],
        at=datetime.fromisoformat(row["at"]).replace(tzinfo=ZONE),
        only_open=row["only_open"] == "true",
        held=row["held"] == "yes",
        kind=row["kind"],
        grades={listing: fmean(grades) for listing, grades in given.items()},
    )


def _gain(grades: Sequence[float]) -> float:
    return fsum((2.0**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
