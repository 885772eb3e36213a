"""What was searched for and not found, line by line, as it was released or drafted."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tejido.directory.domain.unmet_pools import BESIDE, counties_in, is_needed
from tejido.directory.queries.concepts import labels
from tejido.directory.queries.unmet import STATE
from tejido.disclosure.domain.releasing import Draft
from tejido.disclosure.queries import Tables, period_words
from tejido.foundation.quarters import quarters_in
from tejido.geography.queries.places import county_names


@dataclass(frozen=True, slots=True)
class UnmetLine:
    """One need in one period: searches in the state (None where hidden), and by county.

    Counties without any are left out; `together` are neighbours of which one at least is not
    shown by itself, in words; `hidden` have a count that is not shown by itself; `nowhere` are
    those of them that are in no number together either.
    """

    need: str
    state: int | None
    counties: tuple[tuple[str, int], ...]
    together: tuple[tuple[str, int], ...]
    hidden: tuple[str, ...]
    nowhere: tuple[str, ...]

    @property
    def numbers(self) -> int:
        """Return how many numbers there are by county, alone or together."""
        return len(self.counties) + len(self.together)


def periods_of(tables: Tables) -> list[str]:
    """Return the periods that tables are about, the longest first."""
    cells = {cell for table in tables.values() for cell in (*table.shown, *table.hidden)}
    periods = {period for _place, period in cells}
    return sorted(periods, key=lambda period: (-len(quarters_in(period)), period))


def unmet_tables(tables: Tables, language: str) -> list[tuple[str, list[UnmetLine]]]:
    """Return each period in words with its lines."""
    return [
        (period_words(each), unmet_lines(tables, each, language)) for each in periods_of(tables)
    ]


def unmet_lines(tables: Tables, period: str, language: str) -> list[UnmetLine]:
    """Return the needs of which a period shows a count, the most searched first.

    Args:
        tables: as released, or drafted.
        period: a quarter, several together, or a year.
        language: of the names.
    """
    names = labels(language, with_retired=True)
    places = county_names()
    lines = [_line(names.get(need, need), table, period, places) for need, table in tables.items()]
    told = [line for line in lines if line.counties or line.together or line.state]
    return sorted(told, key=lambda line: (-(line.state or 0), line.need))


def _line(name: str, table: Draft, period: str, places: Mapping[str, str]) -> UnmetLine:
    shown = {place: count for (place, when), count in table.shown.items() if when == period}
    hidden = {place for place in places if (place, period) in table.hidden}
    pools = [
        place for place in shown if BESIDE in place and is_needed((place, period), table.hidden)
    ]
    words = {
        place: together_words([places[each] for each in counties_in(place)]) for place in pools
    }
    told = {each for place in pools if shown[place] for each in counties_in(place)}
    return UnmetLine(
        need=name,
        state=shown.get(STATE),
        counties=_most_first(shown, places),
        together=_most_first(shown, words),
        hidden=tuple(sorted(places[place] for place in hidden)),
        nowhere=tuple(sorted(places[place] for place in hidden - told)),
    )


def _most_first(shown: Mapping[str, int], words: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    counted = [(words[place], count) for place, count in shown.items() if count and place in words]
    return tuple(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def together_words(names: list[str]) -> str:
    """Return the words for two counties or more that share one number."""
    *others, last = sorted(names)
    return _("%(counties)s and %(last)s together") % {"counties": ", ".join(others), "last": last}
