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
    def needs(self) -> tuple[str, ...]:
        """Concepts understood, in the order in which they were asked for."""
        return tuple(dict.fromkeys(each for unit in self.units for each in unit.concepts))


def sought(question: Question, snapshot: Snapshot) -> Sought:
    """Return what a question looks for.

    All of it must match; where nothing in the state does, the concepts alone, and where not even
    they do, any part of it.
    """
    corrected: dict[str, str] = {}
    tokens = meaningful(tokens_of(question.words))[:MOST_WORDS] if question.words else []
    meant = [_meant(token, snapshot, corrected) for token in tokens]
    units = [*_chosen(question.need, snapshot), *snapshot.lexicon.units_of(meant)]
    distinct = list({unit.concepts or unit.tokens: unit for unit in units}.values())
    for choice in _choices(distinct):
        if _matches(any_expression(choice), snapshot):
            return _all_of(choice, snapshot, corrected)
    return _any_of(distinct, snapshot, corrected)


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


def _meant(token: str, snapshot: Snapshot, corrected: dict[str, str]) -> str:
    """Return the word, or the one that it was mistyped for."""
    known = snapshot.lexicon.known
    if token in known or not known.isdisjoint(stems(token)) or _frequency(token, snapshot):
        return token
    meant = meant_by(token, snapshot.lexicon.words) or meant_by(token, snapshot.written_words)
    if meant is None:
        return token
    corrected[token] = meant
    return meant


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
