"""Which of several stated hours hold: the place's own before the service's before the location's.

Source: HSDS lets schedules hang on each of the three; the more specific one is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tejido.directory.domain.opening import is_computable
from tejido.directory.domain.schedule import DatedException, Rule


@dataclass(frozen=True, slots=True)
class StatedHours:
    """What one record says about its hours."""

    rules: tuple[Rule, ...] = ()
    exceptions: tuple[DatedException, ...] = ()
    text: str = ""

    @property
    def is_known(self) -> bool:
        """Say whether opening times can be computed from them."""
        return bool(self.rules) and is_computable(self.rules, self.exceptions)


def hours_that_hold(levels: Sequence[StatedHours]) -> StatedHours:
    """Return one statement out of several, the most specific first.

    Rules come from the first level that has some. Dated exceptions of every level hold, because
    a closed day of the whole service closes each of its places, but a more specific one replaces
    those that it overlaps. The text is the first one there is.
    """
    rules = next((level.rules for level in levels if level.rules), ())
    exceptions: list[DatedException] = []
    for level in levels:
        known = tuple(exceptions)
        exceptions += [e for e in level.exceptions if not any(is_overlapping(e, k) for k in known)]
    text = next((level.text for level in levels if level.text), "")
    return StatedHours(rules, tuple(exceptions), text)


def is_overlapping(one: DatedException, other: DatedException) -> bool:
    """Say whether two exceptions have a day in common."""
    return one.first <= other.last and other.first <= one.last
