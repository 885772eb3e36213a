"""Searches that nothing near could meet: counted for `disclosure`, shown as it let them out."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.core.cache import cache
from django.db.models import Min, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tejido.directory.domain.quarters import Quarter, quarter_of, quarters_over
from tejido.directory.models import UnmetNeed
from tejido.directory.queries.concepts import labels
from tejido.disclosure.domain.bounds import NotAudited
from tejido.disclosure.domain.releasing import Draft, GivesAway, draft_of
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.domain.tables import Cell, Levels
from tejido.disclosure.queries import (
    Released,
    Tables,
    digest_of,
    releases_of,
    written_tables,
)
from tejido.foundation.scope import network_scope
from tejido.geography.queries.places import counties

SUBJECT, STATE = "unmet-searches", "06"
# Searches are no people, and that nobody searched says nothing of anybody: a 0 is shown.
RULE = Rule()
WAIT = timedelta(days=1)
CACHED_S = 3_600


@dataclass(frozen=True, slots=True)
class UnmetDraft:
    """What would leave for one quarter, held against so many earlier releases."""

    quarter: Quarter
    tables: Tables
    after: int

    @property
    def mark(self) -> str:
        """Return a word that is another one when the numbers are."""
        return digest_of(written_tables(self.tables))

    @property
    def shows(self) -> bool:
        """Return whether there is a number to show."""
        return any(any(table.shown.values()) for table in self.tables.values())


@dataclass(frozen=True, slots=True)
class UnmetLine:
    """One need in one period: searches in the state (None where hidden), and by county.

    Counties without any are left out; `hidden` have a count that is not shown.
    """

    need: str
    state: int | None
    counties: tuple[tuple[str, int], ...]
    hidden: tuple[str, ...]


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


def periods_of(tables: Tables) -> list[str]:
    """Return the periods that tables are about, a year before its quarter."""
    cells = {cell for table in tables.values() for cell in (*table.shown, *table.hidden)}
    return sorted({period for _place, period in cells})


def draft_unmet(quarter: Quarter) -> UnmetDraft:
    """Return what may be shown of a quarter, and with the fourth of its year: state, counties.

    Seconds for a need with many counts; kept for an hour, by a digest of the counts.
    """
    earlier = releases_of(SUBJECT)
    places = tuple(county.county_fips for county in counties())
    tables = {
        need: _kept_draft(
            quarter, counts, places, [_of_year(one, need, quarter.year) for one in earlier]
        )
        for need, counts in _searches(quarter).items()
    }
    return UnmetDraft(quarter, tables, earlier[-1].number if earlier else 0)


def unmet_tables(tables: Tables, language: str) -> list[tuple[str, list[UnmetLine]]]:
    """Return each period in words with its lines."""
    return [
        (period_words(each), unmet_lines(tables, each, language)) for each in periods_of(tables)
    ]


def unmet_lines(tables: Tables, period: str, language: str) -> list[UnmetLine]:
    """Return the needs of which a period shows a count, the most searched first.

    Args:
        tables: as released, or drafted.
        period: a quarter, or a year.
        language: of the names.
    """
    names = labels(language, with_retired=True)
    places = {each.county_fips: each.name.removesuffix(" County") for each in counties()}
    lines = [_line(names.get(need, need), table, period, places) for need, table in tables.items()]
    told = [line for line in lines if line.counties or line.state]
    return sorted(told, key=lambda line: (-(line.state or 0), line.need))


def period_words(period: str) -> str:
    """Return a period as people say it: April to June 2026, or the year."""
    if "-Q" not in period:
        return period
    year, number = map(int, period.split("-Q"))
    quarter = Quarter(year, number)
    first, last = (date_format(day, "F") for day in (quarter.begins, quarter.ends))
    return _("%(first)s to %(last)s %(year)s") % {"first": first, "last": last, "year": year}


def _line(name: str, table: Draft, period: str, places: Mapping[str, str]) -> UnmetLine:
    counted = [(place, table.shown.get((place, period), 0)) for place in places]
    most_first = sorted(counted, key=lambda pair: (-pair[1], places[pair[0]]))
    return UnmetLine(
        need=name,
        state=table.shown.get((STATE, period)),
        counties=tuple((places[place], searches) for place, searches in most_first if searches),
        hidden=tuple(sorted(places[place] for place in places if (place, period) in table.hidden)),
    )


def _searches(until: Quarter) -> dict[str, dict[Cell, int]]:
    found: dict[str, dict[Cell, int]] = defaultdict(lambda: defaultdict(int))
    with network_scope():
        rows = UnmetNeed.objects.filter(day__lte=until.ends).order_by(
            "concept", "county_fips", "day"
        )
        counted = rows.values_list("concept", "county_fips", "day").annotate(Sum("searches"))
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


def _kept_draft(
    quarter: Quarter, counts: Mapping[Cell, int], places: tuple[str, ...], earlier: list[Draft]
) -> Draft:
    """Return the draft, worked out once for the same counts; only what it shows is kept."""
    of_year = {cell: count for cell, count in counts.items() if cell[1][:4] == str(quarter.year)}
    before = [sorted(each.shown.items()) + sorted(each.hidden) for each in earlier]
    said = repr((str(quarter), sorted(of_year.items()), places, before))
    key = f"unmet-draft-{hashlib.sha256(said.encode()).hexdigest()}"
    kept = cache.get_or_set(key, lambda: _draft(quarter, of_year, places, earlier), CACHED_S)
    return cast("Draft", kept)


def _draft(
    quarter: Quarter, counts: Mapping[Cell, int], places: tuple[str, ...], earlier: list[Draft]
) -> Draft:
    """Return what may leave: with the year, else without it, else nothing."""
    everywhere = (STATE, *places)
    of_quarter = [(place, str(quarter)) for place in everywhere]
    of_year = [(place, str(quarter.year)) for place in everywhere if quarter.number == 4]
    levels = _levels(quarter.year, places)
    for asked in ([*of_quarter, *of_year], of_quarter):
        try:
            return draft_of(asked, counts, levels=levels, rule=RULE, earlier=earlier)
        except (GivesAway, NotAudited):
            continue
    return Draft({}, frozenset(of_quarter))


def _levels(year: int, places: tuple[str, ...]) -> list[Levels]:
    quarters = tuple(str(Quarter(year, number)) for number in range(1, 5))
    return [Levels({STATE: places}), Levels({str(year): quarters})]
