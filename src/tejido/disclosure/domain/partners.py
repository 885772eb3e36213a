"""What a sovereign partner keeps back: its places leave a release only with its own yes.

A place that is kept back stands in no cell that is shown, and in no sum that is: nothing that
leaves depends on its counts, so nothing about them can be worked out of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tejido.disclosure.domain.releasing import Draft, draft_of
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.domain.tables import Cell, Levels


@dataclass(frozen=True, slots=True)
class PartnerRule:
    """What one partner asks of a release.

    Attributes:
        places: values of the dimension of places that are about it.
        threshold: the smallest count that it lets out; the usual one where that is larger.
        says_yes: it agreed in writing to this very release.
    """

    places: frozenset[str]
    threshold: int
    says_yes: bool


def kept_back(
    asked: Sequence[Cell],
    levels: Sequence[Levels],
    rules: Sequence[PartnerRule],
    *,
    place_at: int = 0,
) -> frozenset[Cell]:
    """Return the cells that partners keep back: their places, and every sum with one of them.

    Args:
        asked: the cells of the tables, totals included.
        levels: of each dimension, in the order of a cell's values.
        rules: of every partner.
        place_at: which dimension is that of places.
    """
    silent = {place for rule in rules if not rule.says_yes for place in rule.places}
    return frozenset(
        cell for cell in asked if silent.intersection(levels[place_at].leaves_of(cell[place_at]))
    )


def draft_with_partners(
    asked: Sequence[Cell],
    counts: Mapping[Cell, int],
    *,
    levels: Sequence[Levels],
    rule: Rule,
    rules: Sequence[PartnerRule],
    earlier: Sequence[Draft] = (),
) -> Draft:
    """Return what may leave, as `draft_of`, without what partners keep back.

    What is kept back is among the hidden cells. Where a partner that said yes asks for a larger
    threshold, it holds for the whole table: a hidden cell must not be told by a shown one.

    Raises:
        GivesAway: as `draft_of`.
    """
    held = kept_back(asked, levels, rules)
    rest = [cell for cell in asked if cell not in held]
    if not rest:
        return Draft({}, held)
    draft = draft_of(rest, counts, levels=levels, rule=strictest(rule, rules), earlier=earlier)
    return Draft(draft.shown, draft.hidden | held)


def strictest(rule: Rule, rules: Sequence[PartnerRule]) -> Rule:
    """Return the rule with the largest threshold that a partner which said yes asks for."""
    asking = [each.threshold for each in rules if each.says_yes]
    return replace(rule, threshold=max([rule.threshold, *asking]))
