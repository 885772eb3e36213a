"""What the words of a search mean: concepts, words, and what was mistyped."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tejido.directory.domain.words import meaningful, stems, tokens_of
from tejido.finder.domain.answer import Question
from tejido.finder.domain.crisis import ANTIDOTE, is_overdose, shows_overdose
from tejido.finder.domain.indexing import (
    ANY_WORD,
    CALLED_CONCEPT,
    STATED_CONCEPT,
    Groups,
    any_groups,
    expression,
    one_of,
    strong_groups,
)
from tejido.finder.domain.kinds import Kind, kinds_of, loose_kinds
from tejido.finder.domain.lexicon import Unit, meant_by
from tejido.finder.domain.people import asked_by, parted, said_alike
from tejido.finder.domain.wishes import Wishes, wishes_in
from tejido.finder.queries.snapshot import Snapshot

# More words than anybody means; each costs a look into the index.
MOST_WORDS = 12
_NO_SUCH_NEED = "no-such-need"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in the index.

    Attributes:
        units: what was understood; empty when nothing was asked for.
        kinds: the ways to answer it, the best first; one of everything when nothing was asked.
        counted: what makes a listing count as having it: all needs, or else all words.
        corrected: typed word -> word searched instead.
        wishes: what was said beside the need.
        people: a bit for each group that may be meant (`domain.people`).
        at_once: somebody may overdose now, so what is open near comes first.
    """

    units: tuple[Unit, ...]
    kinds: tuple[Kind, ...]
    counted: Groups
    corrected: Mapping[str, str]
    wishes: Wishes
    people: int = 0
    at_once: bool = False

    @property
    def wanted(self) -> tuple[tuple[str, ...], ...]:
        """The concepts of each thing asked for, any of which will do for that thing."""
        return tuple(dict.fromkeys(unit.concepts for unit in self.units if unit.concepts))

    @property
    def things(self) -> tuple[str, ...]:
        """Concepts asked for, without those that only say for whom."""
        needs, _for_whom = parted([unit for unit in self.units if unit.concepts])
        return tuple(dict.fromkeys(each for unit in needs for each in unit.concepts))

    @property
    def needs(self) -> tuple[str, ...]:
        """Concepts understood, in the order in which they were asked for."""
        return tuple(dict.fromkeys(each for unit in self.units for each in unit.concepts))


def sought(question: Question, snapshot: Snapshot) -> Sought:
    """Return what a question looks for.

    The needs are what is looked for; other words, and for whom, only make one of their places
    better than another. Without a need all words have to match, or any where nothing in the state
    has all. Who overdoses needs naloxone, whatever else the words say of them.
    """
    if _is_antidote_sought(question, snapshot):
        return _antidote(snapshot)
    wishes = _wishes(question.words, snapshot)
    tokens = _tokens(wishes)
    corrected = _corrections(tokens, snapshot)
    units = [*_chosen(question.need, snapshot), *_understood(tokens, corrected, snapshot)]
    distinct = list({unit.concepts or unit.tokens: unit for unit in units}.values())
    needs, for_whom = parted([unit for unit in distinct if unit.concepts])
    words = [unit for unit in distinct if not unit.concepts]
    if needs:
        words = [unit for unit in words if _is_written(unit.tokens[0], snapshot)]
    beside = [*for_whom, *words]
    kinds, counted = _kinds(needs, beside, snapshot)
    asked = [each for unit in (*needs, *beside) for each in unit.concepts]
    people = asked_by(tokens_of(question.words), asked, (*question.facts, *wishes.facts))
    return Sought((*needs, *beside), kinds, counted, corrected, wishes, people)


def _is_antidote_sought(question: Question, snapshot: Snapshot) -> bool:
    words = question.words
    if not is_overdose(words) or ANTIDOTE not in snapshot.lexicon.broader:
        return False
    asked = {question.need, *_needs_said(words, snapshot)} - {"", ANTIDOTE}
    return shows_overdose(words) or not asked


def _antidote(snapshot: Snapshot) -> Sought:
    unit = Unit(tokens=(), concepts=(ANTIDOTE,))
    kinds, counted = _kinds([unit], [], snapshot)
    return Sought((unit,), kinds, counted, {}, Wishes(()), at_once=True)


def _kinds(
    needs: list[Unit], words: list[Unit], snapshot: Snapshot
) -> tuple[tuple[Kind, ...], Groups]:
    counted = any_groups(needs or words)
    if needs:
        return kinds_of(needs, words, snapshot.lexicon.broader), counted
    if not words:
        return (Kind((), 1.0),), ()
    if _matches(expression(counted), snapshot):
        return kinds_of((), words, {}), counted
    loose = loose_kinds(words)
    return loose, loose[-1].groups


def needs_in(words: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the concepts that words mean, corrected where they are mistyped.

    An overdose means naloxone where nothing else is said.
    """
    said = _needs_said(words, snapshot)
    is_meant = is_overdose(words) and ANTIDOTE in snapshot.lexicon.broader
    return said or ((ANTIDOTE,) if is_meant else ())


def _needs_said(words: str, snapshot: Snapshot) -> tuple[str, ...]:
    tokens = _tokens(_wishes(words, snapshot))
    units = _understood(tokens, _corrections(tokens, snapshot), snapshot)
    return tuple(dict.fromkeys(each for unit in units for each in unit.concepts))


@dataclass(frozen=True, slots=True)
class Unread:
    """Words of a message that name a need: those that name neither that nor a wish.

    Attributes:
        tokens: normalised; none where no need is named.
        unwritten: those of them that no listing has.
    """

    tokens: frozenset[str] = frozenset()
    unwritten: frozenset[str] = frozenset()


def unread_in(words: str, snapshot: Snapshot) -> Unread:
    """Return the words beside the needs that nobody understands."""
    tokens = _tokens(_wishes(words, snapshot))
    corrected = _corrections(tokens, snapshot)
    units = _understood([each for each in tokens if each not in corrected], {}, snapshot)
    words_alone = (unit.tokens[0] for unit in units if not unit.concepts)
    unread = frozenset(each for each in words_alone if not snapshot.lexicon.knows(each))
    unwritten = frozenset(each for each in unread if not _is_written(each, snapshot))
    return Unread(unread, unwritten)


def is_called(words: str, snapshot: Snapshot) -> bool:
    """Return whether a place is called by all of the words, small ones aside."""
    tokens = meaningful(tokens_of(words))[:MOST_WORDS]
    units = [Unit((token,), ()) for token in tokens]
    return bool(units) and _matches(expression(strong_groups(units)), snapshot)


def share_with(groups: Groups, snapshot: Snapshot) -> float:
    """Return the share of listings that have a mark of each group, if marks are spread evenly."""
    listings = max(1, int(snapshot.meta["listings"]))
    return math.prod(min(1.0, listings_with(marks, snapshot) / listings) for marks in groups)


def _wishes(text: str, snapshot: Snapshot) -> Wishes:
    """Return what is wished for beside the need; a wish never takes away the need itself."""
    if not text:
        return Wishes(())
    wishes = wishes_in(text)
    if _has_need(_tokens(wishes), snapshot):
        return wishes
    whole = Wishes(tuple(tokens_of(text)))
    return whole if _has_need(_tokens(whole), snapshot) else wishes


def _has_need(tokens: Sequence[str], snapshot: Snapshot) -> bool:
    return any(unit.concepts for unit in snapshot.lexicon.units_of(tokens))


def _tokens(wishes: Wishes) -> list[str]:
    return meaningful(list(wishes.words))[:MOST_WORDS]


def matching_units(
    units: Sequence[Unit], ids: Sequence[int], snapshot: Snapshot
) -> list[set[int]]:
    """Return for each unit which of the listings mention it."""
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT rowid FROM mark WHERE mark MATCH ? AND rowid IN ({marks})"  # noqa: S608
    return [
        {found for (found,) in snapshot.rows(sql, (expression(any_groups([unit])), *ids))}
        for unit in units
    ]


def needs_called(needs: Iterable[str], listing: int, snapshot: Snapshot) -> list[str]:
    """Return those of the needs that a listing says that it offers, or is called by."""
    sql = "SELECT 1 FROM mark WHERE mark MATCH ? AND rowid = ?"
    marks = ((need, one_of((STATED_CONCEPT + need, CALLED_CONCEPT + need))) for need in needs)
    return [need for need, mark in marks if snapshot.rows(sql, (mark, listing))]


def _chosen(need: str, snapshot: Snapshot) -> list[Unit]:
    """Return the need that was chosen; one that does not exist is offered by nobody."""
    known = need if need in snapshot.lexicon.broader else _NO_SUCH_NEED
    return [Unit(tokens=(), concepts=(known,))] if need else []


def _understood(
    tokens: Sequence[str], corrected: Mapping[str, str], snapshot: Snapshot
) -> list[Unit]:
    return snapshot.lexicon.units_of([corrected.get(token, token) for token in tokens])


def _corrections(tokens: Sequence[str], snapshot: Snapshot) -> dict[str, str]:
    """Return what was mistyped -> what it was mistyped for, where that leads to a need.

    A misspelling that we know is corrected where that makes one phrase of several words: in
    `pruevas de fentanilo` nobody asks for a test of the blood.
    """
    corrected = _unheard_of(tokens, snapshot)
    spelt = {token: word for token in tokens if (word := _spelt(token, snapshot))}
    if not spelt:
        return corrected
    before, after = (
        _understood(tokens, each, snapshot) for each in (corrected, corrected | spelt)
    )
    return corrected | spelt if len(after) < len(before) else corrected


def _spelt(token: str, snapshot: Snapshot) -> str | None:
    """Return how a misspelling that we know is written, or None."""
    lexicon = snapshot.lexicon
    return meant_by(token, lexicon.words) if lexicon.is_misspelling(token) else None


def _unheard_of(tokens: Sequence[str], snapshot: Snapshot) -> dict[str, str]:
    """Return what nobody writes -> what it was mistyped for, where that leads to a need."""
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


def _is_written(token: str, snapshot: Snapshot) -> bool:
    """Tell whether any listing has a word, or names the same people in another."""
    return any(_frequency(each, snapshot) for each in said_alike(token) or (token,))


def _frequency(token: str, snapshot: Snapshot) -> int:
    return listings_with([ANY_WORD + stem for stem in stems(token)], snapshot)


def listings_with(marks: Iterable[str], snapshot: Snapshot) -> int:
    """Return how many listings have each of the marks, taken together."""
    wanted = tuple(marks)
    sql = f"SELECT sum(listings) FROM frequency WHERE mark IN ({', '.join('?' * len(wanted))})"  # noqa: S608
    ((count,),) = snapshot.rows(sql, wanted)
    return count or 0


def _matches(expression: str, snapshot: Snapshot) -> bool:
    sql = "SELECT 1 FROM mark WHERE mark MATCH ? LIMIT 1"
    return not expression or bool(snapshot.rows(sql, (expression,)))
