"""Searches that nothing near could meet: counted for `disclosure`, shown as it let them out."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import cast

from django.core.cache import cache
from django.db.models import Min

from tejido.directory.domain.unmet_pools import (
    BESIDE,
    Together,
    county_pools,
    is_needed,
    period_levels,
    place_levels,
    quarters_together,
)
from tejido.directory.models import UnmetNeed
from tejido.disclosure.domain.bounds import NotAudited
from tejido.disclosure.domain.partners import (
    PartnerRule,
    draft_with_partners,
    kept_back,
    strictest,
)
from tejido.disclosure.domain.releasing import Draft, GivesAway, refuse_told_small
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.domain.tables import Cell, Levels
from tejido.disclosure.queries import Released, Tables, digest_of, releases_of, written_tables
from tejido.foundation.quarters import (
    QUARTERS,
    Quarter,
    quarter_of,
    quarters_in,
    quarters_over,
)
from tejido.foundation.scope import network_scope
from tejido.geography.queries.places import county_people
from tejido.network.queries.release_rules import partners_before

SUBJECT, STATE = "unmet-searches", "06"
# Searches are no people, and that nobody searched says nothing of anybody: a 0 is shown.
RULE = Rule()
WAIT = timedelta(days=1)
CACHED_S = 3_600
ALONE = Together()


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a quarter is to be shown.

    `rules` are what partners ask, by period; the periods are the quarter first, then quarters
    together, then the year, as far as asked for.
    """

    quarter: Quarter
    places: tuple[str, ...]
    pools: tuple[str, ...]
    rules: Mapping[str, tuple[PartnerRule, ...]]

    def less_and_less(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Yield pools and periods: all, without quarters together, year; then without pools."""
        periods = tuple(self.rules)
        fewer = dict.fromkeys((periods, (*periods[:1], *periods[2:]), periods[:1]))
        return product(dict.fromkeys((self.pools, ())), fewer)


@dataclass(frozen=True, slots=True)
class UnmetDraft:
    """What would leave for one quarter, held against so many earlier releases."""

    quarter: Quarter
    together: Together
    tables: Tables
    after: int

    @property
    def mark(self) -> str:
        """Return a word that is another one when the numbers are."""
        return digest_of(written_tables(self.tables))

    @property
    def is_together(self) -> bool:
        """Return whether anything was put together."""
        return self.together != ALONE

    @property
    def numbers(self) -> int:
        """Return how many numbers a reader finds; a 0 is none."""
        return sum(
            count > 0 and is_needed(cell, table.hidden)
            for table in self.tables.values()
            for cell, count in table.shown.items()
        )


def unreleased_quarters(*, today: date) -> list[Quarter]:
    """Return the quarters that are over for a day and not released, the first one first.

    From that of the first search on. A day, since a server adds what it counted a while later.
    """
    with network_scope():
        first = UnmetNeed.objects.aggregate(first=Min("day"))["first"]
    done = {each.period for each in releases_of(SUBJECT)}
    over = quarters_over(first, today - WAIT) if first else ()
    return [quarter for quarter in over if str(quarter) not in done]


def released_unmet() -> list[Released]:
    """Return what has left and is as it left, the last one first. One database query."""
    return [each for each in releases_of(SUBJECT)[::-1] if each.is_unchanged]


def ledger_of_unmet() -> list[Released]:
    """Return what has left, also what somebody changed since. One database query."""
    return releases_of(SUBJECT)[::-1]


def draft_unmet(quarter: Quarter, together: Together = ALONE) -> UnmetDraft:
    """Return what may be shown of a quarter, and with the fourth of its year: state, counties.

    Seconds for a need with many counts; kept for an hour, by a digest of the counts.

    Args:
        quarter: what is to be released.
        together: what is asked for beside each county and the quarter by themselves.
    """
    earlier = releases_of(SUBJECT)
    asked = _asked(quarter, together)
    tables = {
        need: _kept_draft(asked, counts, [_of_year(one, need, quarter.year) for one in earlier])
        for need, counts in _searches(quarter).items()
    }
    return UnmetDraft(quarter, together, tables, earlier[-1].number if earlier else 0)


def _searches(until: Quarter) -> dict[str, dict[Cell, int]]:
    found: dict[str, dict[Cell, int]] = defaultdict(lambda: defaultdict(int))
    with network_scope():
        rows = UnmetNeed.objects.filter(day__lte=until.ends).order_by(
            "concept", "county_fips", "day"
        )
        counted = rows.values_list("concept", "county_fips", "day", "searches")
        for need, county, day, searches in counted:
            found[need][county, str(quarter_of(day))] += searches
    return dict(found)


def _of_year(released: Released, need: str, year: int) -> Draft:
    """Return what a release says of one need in one year; no sum reaches over two."""
    table = released.tables.get(need, Draft({}, frozenset()))
    return Draft(
        {cell: count for cell, count in table.shown.items() if cell[1].startswith(str(year))},
        frozenset(cell for cell in table.hidden if cell[1].startswith(str(year))),
    )


def _asked(quarter: Quarter, together: Together) -> Asked:
    people = county_people()
    periods = [str(quarter), quarters_together(quarter, together)]
    periods += [str(quarter.year)] if quarter.number == QUARTERS else []
    return Asked(
        quarter=quarter,
        places=tuple(people),
        pools=county_pools(people, together.people),
        rules={period: _rules(period) for period in periods if period},
    )


def _kept_draft(asked: Asked, counts: Mapping[Cell, int], earlier: list[Draft]) -> Draft:
    """Return the draft, worked out once for the same counts; only what it shows is kept."""
    year = str(asked.quarter.year)
    of_year = {cell: count for cell, count in counts.items() if cell[1][:4] == year}
    before = [sorted(each.shown.items()) + sorted(each.hidden) for each in earlier]
    rules = [
        (period, sorted(each.places), each.threshold, each.says_yes)
        for period, rules in asked.rules.items()
        for each in rules
    ]
    who = (tuple(asked.rules), asked.places, asked.pools, rules)
    said = repr((who, sorted(of_year.items()), before))
    key = f"unmet-draft-{hashlib.sha256(said.encode()).hexdigest()}"
    kept = cache.get_or_set(key, lambda: _draft(asked, of_year, earlier), CACHED_S)
    return cast("Draft", kept)


def _draft(asked: Asked, counts: Mapping[Cell, int], earlier: list[Draft]) -> Draft:
    """Return what may leave of all that is asked, else of less of it, else nothing."""
    for pools, periods in asked.less_and_less():
        try:
            return _drafted(asked, [STATE, *asked.places, *pools], periods, counts, earlier)
        except (GivesAway, NotAudited):
            continue
    return Draft({}, frozenset((place, str(asked.quarter)) for place in (STATE, *asked.places)))


def _drafted(
    asked: Asked,
    everywhere: list[str],
    periods: tuple[str, ...],
    counts: Mapping[Cell, int],
    earlier: list[Draft],
) -> Draft:
    levels, kept = _levels(asked, earlier), frozenset[Cell]()
    for period in periods[1:]:
        sums = [(place, period) for place in everywhere]
        kept |= kept_back(sums, levels, asked.rules[period])
    cells = [(place, period) for period in periods for place in everywhere]
    draft = draft_with_partners(
        [cell for cell in cells if cell not in kept],
        counts,
        levels=levels,
        rule=RULE,
        rules=asked.rules[periods[0]],
        earlier=earlier,
    )
    released = [draft, *earlier, _before_counting(asked, counts)]
    quiet = _quiet(asked, released)
    # Where nothing is shown, a reader takes all of it to be small by either of the two.
    for rule in {RULE, strictest(RULE, asked.rules[periods[0]])}:
        refuse_told_small(released, quiet, counts, levels=levels, rule=rule)
    return Draft(draft.shown, draft.hidden | kept)


def _quiet(asked: Asked, released: list[Draft]) -> list[Cell]:
    """Return the cells of quarters so far of which no number is shown: all of them are small."""
    told = {period for each in released for (_, period), count in each.shown.items() if count}
    quarters = [str(Quarter(asked.quarter.year, one + 1)) for one in range(asked.quarter.number)]
    return [(place, each) for each in quarters if each not in told for place in asked.places]


def _before_counting(asked: Asked, counts: Mapping[Cell, int]) -> Draft:
    """Return the zeros before the first count of a need: when it began may be widely known."""
    first = min((period for (_, period), count in counts.items() if count), default="")
    quarters = [str(Quarter(asked.quarter.year, one + 1)) for one in range(QUARTERS)]
    none: dict[Cell, int] = {
        (place, each): 0 for each in quarters if each < first for place in asked.places
    }
    return Draft(none, frozenset())


def _rules(period: str) -> tuple[PartnerRule, ...]:
    """Return what partners ask of a period: a yes to one quarter is none to a sum with others."""
    asked = [partners_before(SUBJECT, str(each)) for each in quarters_in(period)]
    return tuple(
        replace(row[0].rule, says_yes=all(each.rule.says_yes for each in row))
        for row in zip(*asked, strict=True)
    )


def _levels(asked: Asked, earlier: list[Draft]) -> list[Levels]:
    pools = {*asked.pools, *(place for each in earlier for place, _ in each.shown)}
    pools = {pool for pool in pools if BESIDE in pool}
    return [place_levels(STATE, asked.places, sorted(pools)), period_levels(asked.quarter.year)]
