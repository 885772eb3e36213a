"""What the words of a search mean: concepts, words, and what was mistyped."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tejido.finder.domain.answer import Question
from tejido.finder.domain.indexing import (
    ANY_CONCEPT,
    ANY_WORD,
    any_expression,
    strong_expression,
)
from tejido.finder.domain.lexicon import Unit, meant_by
from tejido.finder.domain.words import meaningful, stems, tokens_of
from tejido.finder.queries.snapshot import Snapshot

# More words than anybody means; each costs a look into the index.
MOST_WORDS = 12
_NO_SUCH_NEED = "no-such-need"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in the index.

    Attributes:
        units: what was understood; empty when nothing was asked for.
        strong, anywhere: index queries for what is called so, and what mentions it.
        expected: how many listings mention it all, if its parts are spread evenly.
        corrected: typed word -> word searched instead.
    """

    units: tuple[Unit, ...]
    strong: str
    anywhere: str
    expected: float
    is_loose: bool
    corrected: Mapping[str, str]

    @property
    def wanted(self) -> tuple[tuple[str, ...], ...]:
        """The concepts of each thing asked for, any of which will do for that thing."""
        return tuple(dict.fromkeys(unit.concepts for unit in self.units if unit.concepts))

    @property
    def needs(self) -> tuple[str, ...]:
        """Concepts understood, in the order in which they were asked for."""
        return tuple(dict.fromkeys(each for unit in self.units for each in unit.concepts))


def sought(question: Question, snapshot: Snapshot) -> Sought:
    """Return what a question looks for.

    All of it must match; where nothing in the state does, the concepts alone, and where not even
    they do, any of the concepts; any word only where no concept was understood.
    """
    tokens = meaningful(tokens_of(question.words))[:MOST_WORDS] if question.words else []
    corrected = _corrections(tokens, snapshot)
    units = [*_chosen(question.need, snapshot), *_understood(tokens, corrected, snapshot)]
    distinct = list({unit.concepts or unit.tokens: unit for unit in units}.values())
    for choice in _choices(distinct):
        if _matches(any_expression(choice), snapshot):
            return _all_of(choice, snapshot, corrected)
    concepts = [unit for unit in distinct if unit.concepts]
    return _any_of(concepts or distinct, snapshot, corrected)


def matching_units(
    units: Sequence[Unit], ids: Sequence[int], snapshot: Snapshot
) -> list[set[int]]:
    """Return for each unit which of the listings mention it."""
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT rowid FROM mark WHERE mark MATCH ? AND rowid IN ({marks})"  # noqa: S608
    return [
        {found for (found,) in snapshot.rows(sql, (any_expression([unit]), *ids))}
        for unit in units
    ]


def _chosen(need: str, snapshot: Snapshot) -> list[Unit]:
    """Return the need that was chosen; one that does not exist is offered by nobody."""
    known = need if need in snapshot.lexicon.broader else _NO_SUCH_NEED
    return [Unit(tokens=(), concepts=(known,))] if need else []


def _choices(units: list[Unit]) -> list[list[Unit]]:
    concepts = [unit for unit in units if unit.concepts]
    return [units, concepts] if concepts and len(concepts) < len(units) else [units]


def _understood(
    tokens: Sequence[str], corrected: Mapping[str, str], snapshot: Snapshot
) -> list[Unit]:
    return snapshot.lexicon.units_of([corrected.get(token, token) for token in tokens])


def _corrections(tokens: Sequence[str], snapshot: Snapshot) -> dict[str, str]:
    """Return what was mistyped -> what it was mistyped for, where that leads to a need."""
    meant = {token: _meant(token, snapshot) for token in tokens}
    corrected = {token: word for token, word in meant.items() if word}
    units = _understood(tokens, corrected, snapshot) if corrected else []
    leading = {word for unit in units if unit.concepts for word in unit.tokens}
    return {token: word for token, word in corrected.items() if word in leading}


def _meant(token: str, snapshot: Snapshot) -> str | None:
    """Return what a word that nobody writes was mistyped for, or None."""
    if snapshot.lexicon.knows(token) or _frequency(token, snapshot):
        return None
    return meant_by(token, snapshot.lexicon.words)


def _frequency(token: str, snapshot: Snapshot) -> int:
    return _listings_with([ANY_WORD + stem for stem in stems(token)], snapshot)


def _listings_with(marks: Sequence[str], snapshot: Snapshot) -> int:
    sql = "SELECT listings FROM frequency WHERE mark = ?"
    return sum(count for mark in marks for (count,) in snapshot.rows(sql, (mark,)))


def _unit_frequency(unit: Unit, snapshot: Snapshot) -> int:
    if unit.concepts:
        return _listings_with([ANY_CONCEPT + each for each in unit.concepts], snapshot)
    return _frequency(unit.tokens[0], snapshot)


def _expected(units: Sequence[Unit], snapshot: Snapshot) -> float:
    listings = max(1, int(snapshot.meta["listings"]))
    shares = (_unit_frequency(unit, snapshot) / listings for unit in units)
    return listings * math.prod(shares)


def _matches(expression: str, snapshot: Snapshot) -> bool:
    sql = "SELECT 1 FROM mark WHERE mark MATCH ? LIMIT 1"
    return not expression or bool(snapshot.rows(sql, (expression,)))


def _all_of(units: list[Unit], snapshot: Snapshot, corrected: Mapping[str, str]) -> Sought:
    return Sought(
        units=tuple(units),
        strong=strong_expression(units),
        anywhere=any_expression(units),
        expected=_expected(units, snapshot),
        is_loose=False,
        corrected=corrected,
    )


def _any_of(units: list[Unit], snapshot: Snapshot, corrected: Mapping[str, str]) -> Sought:
    return Sought(
        units=tuple(units),
        strong=" OR ".join(strong_expression([unit]) for unit in units),
        anywhere=" OR ".join(any_expression([unit]) for unit in units),
        expected=sum(_unit_frequency(unit, snapshot) for unit in units),
        is_loose=True,
        corrected=corrected,
    )
