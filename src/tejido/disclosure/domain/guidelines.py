"""The score by which California's health agencies judge whether a table may be released.

Source: docs/sources.md#suppression, its section 4.4; the numbers are dated data
(`disclosure/guidelines.toml`), since editions differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Edition = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Described:
    """A table as the guidelines look at it.

    Attributes:
        smallest: the smallest count that it shows.
        months: that a number covers.
        people: who live in its smallest area.
        is_service: the areas are those of services, not of where people live.
        site: `address`, `rural` or `frontier` where a number is of one site, else ''.
        variables: what else it is split by; names of the edition.
    """

    smallest: int
    months: int
    people: int
    is_service: bool = False
    site: str = ""
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """What adds up to a score, by name, and from where on a table is masked."""

    parts: tuple[tuple[str, int], ...]
    mask_from: int

    @property
    def total(self) -> int:
        """Return the score; it may be below 0."""
        return sum(score for _, score in self.parts)

    @property
    def is_masked(self) -> bool:
        """Return whether the guidelines want the table masked."""
        return self.total >= self.mask_from


@dataclass(frozen=True, slots=True)
class Judged:
    """What an edition of the guidelines says of a table before it leaves.

    Attributes:
        edition: its name.
        described: what it looked at.
        score: what that adds up to.
        is_plain: every number is large, of many people: such a table needs no score.
    """

    edition: str
    described: Described
    score: Score
    is_plain: bool

    @property
    def needs_review(self) -> bool:
        """Return whether somebody who knows the matter has to look at it before it leaves."""
        return self.score.is_masked and not self.is_plain


def judged_by(edition: Edition, name: str, described: Described) -> Judged:
    """Return what an edition of that name says of a table.

    Raises:
        KeyError: the edition knows no such variable or site.
    """
    plain = edition["without_score"]
    is_plain = described.smallest >= plain["from"] and described.people > plain["over"]
    return Judged(name, described, score_of(described, edition), is_plain)


def score_of(described: Described, edition: Edition) -> Score:
    """Return how an edition of the guidelines scores a table.

    Raises:
        KeyError: the edition knows no such variable or site.
    """
    return Score(tuple(_parts(described, edition)), edition["mask_from"])


def _parts(described: Described, edition: Edition) -> Iterator[tuple[str, int]]:
    yield "events", _from(edition["events"], described.smallest)
    yield "months", _from(edition["months"], described.months)
    yield "place", _place(described, edition)
    for variable in described.variables:
        yield variable, edition["variables"][variable]
    if described.variables:
        yield "stacked", _from(edition["stacked"], len(described.variables))
    else:
        yield "alone", _from(edition["alone"], described.smallest)


def _place(described: Described, edition: Edition) -> int:
    """Return the score of the smallest area; of one site the higher of its two."""
    steps = edition["service" if described.is_service else "residence"]
    score: int = next(step["score"] for step in steps if described.people > step["over"])
    at_site: int = edition["sites"][described.site] if described.site else score
    return max(score, at_site)


def _from(steps: Sequence[Mapping[str, int]], value: int) -> int:
    score: int = next(step["score"] for step in steps if value >= step["from"])
    return score
