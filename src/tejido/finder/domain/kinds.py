"""In how many ways a listing can answer a search, each counting as so many times as far.

From all that was asked for, in what the place is called or says that it offers, down to something
else that may help. A search looks for one kind after another, and stops where the next cannot be
among the best.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tejido.finder.domain import ranking
from tejido.finder.domain.drawbacks import Drawback
from tejido.finder.domain.indexing import (
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
from tejido.finder.domain.related import closest_to, standing_in_for


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
        return tuple(_whole(words, ()))
    found = [*_whole(needs, words), *_part(needs), *_instead(needs, broader)]
    return tuple(sorted(found, key=lambda kind: kind.times))


def loose_kinds(units: Sequence[Unit]) -> tuple[Kind, ...]:
    """Return the kinds where any of the units will do."""
    strong, anywhere = strong_groups(units), any_groups(units)
    return (
        _kind((_united(strong),)),
        _kind((_united(anywhere),), Drawback.MENTIONED),
    )


def _whole(units: Sequence[Unit], words: Sequence[Unit]) -> Iterator[Kind]:
    """Yield what has all units, with all, some or none of the words."""
    beside = tuple(dict.fromkeys(any_groups(words)))
    only_some, none = _lacking(words)
    for groups, lacks in _levels(units):
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


def _levels(units: Sequence[Unit]) -> Iterator[tuple[Groups, tuple[Drawback, ...]]]:
    """Yield how surely a listing has the units: it says so, its name says so, it mentions them.

    Of one need, each level has only what the surer ones have not.
    """
    if len(units) == 1 and units[0].concepts:
        lacks = ((), (Drawback.NAMED,), (Drawback.MENTIONED,))
        yield from zip(levels_of(units[0]), lacks, strict=True)
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


def _instead(needs: Sequence[Unit], broader: Mapping[str, tuple[str, ...]]) -> Iterator[Kind]:
    asked = [each for unit in needs for each in unit.concepts]
    closest = closest_to(asked, broader)
    others = [each for each in standing_in_for(asked, broader) if each not in closest]
    for found, lack in ((closest, Drawback.INSTEAD), (others, Drawback.INSTEAD_BROADLY)):
        if found:
            yield _kind((tuple(STATED_CONCEPT + each for each in found),), lack, instead=True)


def _united(groups: Groups) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark for marks in groups for mark in marks))
