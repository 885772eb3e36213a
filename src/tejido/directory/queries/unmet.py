"""Searches that nothing near could meet: counted for `disclosure`, shown as it let them out."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tejido.directory.domain.quarters import Quarter, quarter_of, quarters_over
from tejido.directory.models import UnmetNeed
from tejido.directory.queries.concepts import labels
from tejido.disclosure.domain.releasing import Draft, GivesAway, draft_of
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.domain.tables import Cell, Levels
from tejido.disclosure.queries import Released, Tables, releases_of
from tejido.foundation.scope import network_scope
from tejido.geography.queries.places import counties

SUBJECT, STATE = "unmet-searches", "06"
# Searches are no people, and that nobody searched says nothing of anybody: a 0 is shown.
RULE = Rule()


@dataclass(frozen=True, slots=True)
class UnmetDraft:
    """What would leave for one quarter, held against so many earlier releases."""

    quarter: Quarter
    tables: Tables
    after: int


@dataclass(frozen=True, slots=True)
class UnmetLine:
    """One need in one period: searches in the state (None where hidden), and by county.

    Counties without any are left out; `hidden` is how many have a count that is not shown.
    """

    need: str
    state: int | None
    counties: tuple[tuple[str, int], ...]
    hidden: int


def unreleased_quarters(*, today: date) -> list[Quarter]:
    """Return the quarters that are over, counted and not released, the first one first."""
    with network_scope():
        first = UnmetNeed.objects.aggregate(first=Min("day"))["first"]
    done = {each.period for each in releases_of(SUBJECT)}
    over = quarters_over(first, today) if first else ()
    return [quarter for quarter in over if str(quarter) not in done]


def released_unmet() -> list[Released]:
    """Return what has left, the last one first. One database query."""
    return releases_of(SUBJECT)[::-1]


def draft_unmet(quarter: Quarter) -> UnmetDraft:
    """Return what may be shown of a quarter, and with the fourth of its year: state, counties."""
    earlier = releases_of(SUBJECT)
    places = tuple(county.county_fips for county in counties())
    tables = {
        need: _draft(
            quarter, counts, places, [one.tables[need] for one in earlier if need in one.tables]
        )
        for need, counts in _searches(quarter).items()
    }
    return UnmetDraft(quarter, tables, earlier[-1].number if earlier else 0)


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
        hidden=sum((place, period) in table.hidden for place in places),
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


def _draft(
    quarter: Quarter, counts: Mapping[Cell, int], places: tuple[str, ...], earlier: list[Draft]
) -> Draft:
    """Return what may leave: with the year, else without it, else nothing."""
    everywhere = (STATE, *places)
    of_quarter = [(place, str(quarter)) for place in everywhere]
    of_year = [(place, str(quarter.year)) for place in everywhere if quarter.number == 4]
    levels = _levels(counts, places)
    for asked in ([*of_quarter, *of_year], of_quarter):
        try:
            return draft_of(asked, counts, levels=levels, rule=RULE, earlier=earlier)
        except GivesAway:
            continue
    return Draft({}, frozenset(of_quarter))


def _levels(counts: Mapping[Cell, int], places: tuple[str, ...]) -> list[Levels]:
    years = {int(period[:4]) for _, period in counts}
    quarters = {
        str(year): tuple(str(Quarter(year, number)) for number in range(1, 5)) for year in years
    }
    return [Levels({STATE: places}), Levels(quarters)]
