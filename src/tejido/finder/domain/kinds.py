"""In how many ways a listing can answer a search, each counting as so many times as far.

From all that was asked for, in what the place is called or says that it offers, down to something
else that may help. A search looks for one kind after another, and stops where the next cannot be
among the best.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tejido.finder.domain import ranking
from tejido.finder.domain.drawbacks import Drawback
from tejido.finder.domain.indexing import (
    CALLED_CONCEPT,
    STATED_CONCEPT,
    Groups,
    any_groups,
    expression,
    levels_of,
    stated_groups,
    strong_groups,
)
from tejido.finder.domain.lexicon import Unit
from tejido.finder.domain.people import is_for_whom
from tejido.finder.domain.related import closest_to, narrow_among, standing_in_for


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to answer: a mark of each group. No groups means everything.

    `instead` is True for what has nothing of what was asked for; `lacks` says what speaks against
    it, and `times` how many times as far that makes it count.
    """

    groups: Groups
    times: float
    instead: bool = False
    lacks: tuple[Drawback, ...] = ()

    @property
    def match(self) -> str:
        """The index query."""
        return expression(self.groups)


def _kind(groups: Groups, *lacks: Drawback, instead: bool = False) -> Kind:
    times = math.prod(ranking.TIMES_AS_FAR[each] for each in lacks)
    return Kind(groups, times, instead, lacks)


def kinds_of(
    needs: Sequence[Unit], words: Sequence[Unit], broader: Mapping[str, tuple[str, ...]]
) -> tuple[Kind, ...]:
    """Return the kinds for needs and other words, the best first.

    All needs count for more than the words beside them, of which those that say for whom count
    most; one of several needs is better than something else that may help, which is better than
    nothing.

    Args:
        needs: units with concepts.
        words: units with a word, or for whom; without needs every one of them has to be there.
        broader: need -> itself and every broader one.
    """
    if not needs:
        return tuple(_whole(words, (), ()))
    asked = [each for unit in needs for each in unit.concepts]
    closest = closest_to(asked, broader)
    others = [each for each in standing_in_for(asked, broader) if each not in closest]
    instead = _instead(closest, others, narrow_among(closest, broader))
    whole = _whole(needs, words, closest)
    found = [*whole, *_part(needs), *_with_words_or_not(instead, words)]
    return tuple(sorted(found, key=lambda kind: kind.times))


def loose_kinds(units: Sequence[Unit]) -> tuple[Kind, ...]:
    """Return the kinds where any of the units will do."""
    strong, anywhere = strong_groups(units), any_groups(units)
    return (
        _kind((_united(strong),)),
        _kind((_united(anywhere),), Drawback.MENTIONED),
    )


def _whole(units: Sequence[Unit], words: Sequence[Unit], closest: Sequence[str]) -> Iterator[Kind]:
    """Yield what has all units, with all, some or none of the words."""
    beside = tuple(dict.fromkeys(any_groups(words)))
    only_some, none = _lacking(words)
    for groups, lacks in _levels(units, closest):
        yield _kind((*groups, *beside), *lacks)
        if len(beside) > 1:
            yield _kind((*groups, _united(beside)), *lacks, only_some)
        if beside:
            yield _kind(groups, *lacks, none)


def _lacking(words: Sequence[Unit]) -> tuple[Drawback, Drawback]:
    """Return what speaks against a place with only some of the words, and with none."""
    if any(is_for_whom(unit) for unit in words):
        return Drawback.SOME_PEOPLE, Drawback.ANYBODY
    return Drawback.SOME_WORDS, Drawback.NO_WORDS


def _levels(
    units: Sequence[Unit], closest: Sequence[str]
) -> Iterator[tuple[Groups, tuple[Drawback, ...]]]:
    """Yield how surely a listing has the units: it says so, its name says so, it mentions them.

    Of one need, each level has only what the surer ones have not; a mention is surer where the
    listing offers what is closest to it.
    """
    if len(units) == 1 and units[0].concepts:
        stated, called, told = levels_of(units[0])
        yield stated, ()
        yield called, (Drawback.NAMED,)
        if closest:
            yield (*told, _stating(closest)), (Drawback.MENTIONED_BY_KIN,)
        yield told, (Drawback.MENTIONED,)
        return
    if any(unit.concepts for unit in units):
        yield stated_groups(units), ()
        yield strong_groups(units), (Drawback.NAMED,)
    else:
        yield strong_groups(units), ()
    yield any_groups(units), (Drawback.MENTIONED,)


def _part(needs: Sequence[Unit]) -> Iterator[Kind]:
    if len(needs) > 1:
        yield _kind((_united(stated_groups(needs)),), Drawback.PART)


def _instead(
    closest: Sequence[str], others: Sequence[str], called: Sequence[str]
) -> Iterator[tuple[Groups, tuple[Drawback, ...]]]:
    """Yield what may help instead: offered by a listing, or said by its name, or a door."""
    if closest:
        yield (_stating(closest),), (Drawback.INSTEAD,)
    if called:
        marks = tuple(CALLED_CONCEPT + each for each in called)
        yield (marks,), (Drawback.INSTEAD, Drawback.NAMED)
    if others:
        yield (_stating(others),), (Drawback.INSTEAD_BROADLY,)


def _with_words_or_not(
    instead: Iterable[tuple[Groups, tuple[Drawback, ...]]], words: Sequence[Unit]
) -> Iterator[Kind]:
    """Yield what may help instead, better where it has any of the words beside the needs."""
    beside = any_groups(words)
    _some, none = _lacking(words)
    for groups, lacks in instead:
        if beside:
            yield _kind((*groups, _united(beside)), *lacks, instead=True)
            yield _kind(groups, *lacks, none, instead=True)
        else:
            yield _kind(groups, *lacks, instead=True)


def _stating(needs: Sequence[str]) -> tuple[str, ...]:
    return tuple(STATED_CONCEPT + each for each in needs)


def _united(groups: Groups) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark for marks in groups for mark in marks))
