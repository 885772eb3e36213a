"""What of some tables can leave now, given all that has left before."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tejido.disclosure.domain.audit import given_away, small_changes, told_of_small
from tejido.disclosure.domain.suppression import CannotHide, Rule, suppressed
from tejido.disclosure.domain.tables import Cell, Levels, Linked, linked_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be published: counts that are shown, and cells whose counts are not."""

    shown: dict[Cell, int]
    hidden: frozenset[Cell]


class GivesAway(ValueError):
    """Together with what has left, the tables would tell a small count; `cells` are such cells."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        """Name the cells, for whoever may see them."""
        super().__init__(cells)
        self.cells = cells


class TellsChange(GivesAway):
    """Beside an earlier release, the tables would tell that few people came or went."""


def draft_of(
    asked: Sequence[Cell],
    counts: Mapping[Cell, int],
    *,
    levels: Sequence[Levels],
    rule: Rule,
    earlier: Sequence[Draft] = (),
) -> Draft:
    """Return what may be shown of the cells that are asked for.

    Args:
        asked: the cells of the tables, totals included.
        counts: of the leaves; one that is missing is 0.
        levels: of each dimension, in the order of a cell's values.
        rule: what is too small.
        earlier: every earlier release of the same counts.

    Raises:
        GivesAway: what has left already leaves no way to protect a cell.
        TellsChange: a number that was shown before has changed by fewer than the threshold.
    """
    was_shown = {cell for each in earlier for cell in each.shown}
    linked = linked_of(list(dict.fromkeys([*asked, *sorted(was_shown)])), counts, levels)
    known = _known(linked, asked, was_shown, rule)
    unseen = _unseen(linked, {*asked, *was_shown}, earlier, rule)
    hidden = _hidden(linked, rule, unseen=unseen, known=known)
    draft = _draft(linked, asked, hidden)
    for each in earlier:
        _refuse_small_changes(linked, each, rule)
        _refuse_told_changes(draft, each, linked, rule)
    return draft


def refuse_told_small(
    released: Sequence[Draft],
    small: Collection[Cell],
    counts: Mapping[Cell, int],
    *,
    levels: Sequence[Levels],
    rule: Rule,
) -> None:
    """Refuse where sums tell more of cells than that they are small, which everybody knows.

    Args:
        released: the draft that is about to leave, and every earlier one.
        small: leaves of tables of which nothing is shown.
        counts: of the leaves.
        levels: of each dimension.
        rule: what is too small.

    Raises:
        GivesAway: they do; `cells` are those that would be told.
    """
    shown = {cell for each in released for cell in each.shown}
    linked = linked_of(sorted({*shown, *small}), counts, levels)
    floors = _unseen(linked, shown, released, rule)
    known = [
        number
        for number in _numbers(linked, set(small) - shown)
        if linked.counts[number] < rule.threshold
    ]
    if told := list(told_of_small(linked, floors, known, rule)):
        raise GivesAway(told)


def _unseen(
    linked: Linked, seen: Collection[Cell], earlier: Sequence[Draft], rule: Rule
) -> dict[int, int]:
    """Return the cells that no release shows, with the least that each can be.

    Where zeros are shown, a cell that was hidden before is known to be no zero.
    """
    was_hidden = {cell for each in earlier for cell in each.hidden}
    return {
        number: min(rule.floor, count) if cell in was_hidden else 0
        for number, (cell, count) in enumerate(zip(linked.cells, linked.counts, strict=True))
        if cell not in seen
    }


def _numbers(linked: Linked, cells: Collection[Cell]) -> Iterator[int]:
    wanted = set(cells)
    return (number for number, cell in enumerate(linked.cells) if cell in wanted)


def _known(
    linked: Linked, asked: Sequence[Cell], was_shown: set[Cell], rule: Rule
) -> frozenset[int]:
    """Return the cells that cannot be hidden; one asked for again that is small now can."""
    again = was_shown & set(asked)
    return frozenset(
        number
        for number in _numbers(linked, was_shown)
        if linked.cells[number] not in again or not rule.is_small(linked.counts[number])
    )


def _hidden(
    linked: Linked, rule: Rule, *, unseen: dict[int, int], known: frozenset[int]
) -> frozenset[int]:
    try:
        hidden = suppressed(linked, rule, unseen=unseen, known=known)
    except CannotHide as refused:
        raise GivesAway([linked.cells[refused.number]]) from refused
    # Never only what the choice believes of itself: what has left is known, whatever it hides.
    floors = rule.floors(hidden - known, unseen)
    if told := [each.cell for each in given_away(linked, floors, rule, unseen=unseen)]:
        raise GivesAway(told)
    return hidden - known


def _draft(linked: Linked, asked: Sequence[Cell], hidden: frozenset[int]) -> Draft:
    numbers = list(_numbers(linked, asked))
    return Draft(
        shown={linked.cells[each]: linked.counts[each] for each in numbers if each not in hidden},
        hidden=frozenset(linked.cells[each] for each in numbers if each in hidden),
    )


def _refuse_small_changes(linked: Linked, then: Draft, rule: Rule) -> None:
    """Refuse where what was shown is another number now by few: sums with it would tell them.

    What was shown is reckoned with as it is today, so no sum may mix the two.
    """
    now = dict(zip(linked.cells, linked.counts, strict=True))
    changes = {cell: abs(now[cell] - count) for cell, count in then.shown.items()}
    if few := [cell for cell, by in changes.items() if 0 < by < rule.threshold]:
        raise TellsChange(few)


def _refuse_told_changes(now: Draft, then: Draft, linked: Linked, rule: Rule) -> None:
    """Refuse where two releases together tell that few came or went in a cell."""
    numbers = {cell: number for number, cell in enumerate(linked.cells)}
    both = now.shown.keys() & then.shown.keys()
    changes = {numbers[cell]: now.shown[cell] - then.shown[cell] for cell in both}
    if any(changes.values()) and (told := list(small_changes(linked, changes, rule))):
        raise TellsChange(told)
