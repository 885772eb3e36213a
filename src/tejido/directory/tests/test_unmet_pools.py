"""Neighbouring counties and quarters together: by people and calendar, never by the counts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.directory.domain.unmet_pools import (
    Together,
    counties_in,
    county_pools,
    quarters_together,
)
from tejido.directory.queries.unmet import RULE, STATE, Asked, _draft, _levels, _quiet
from tejido.disclosure.domain.audit import given_away
from tejido.disclosure.domain.releasing import Draft, refuse_told_small
from tejido.disclosure.domain.tables import linked_of
from tejido.foundation.quarters import Quarter
from tejido.geography.domain.neighbours import COUNTIES_IN_ORDER

YEAR = [Quarter(2026, number) for number in (1, 2, 3, 4)]
FOUR = COUNTIES_IN_ORDER[:4]
PEOPLE = dict.fromkeys(FOUR, 60_000)


def test_counties_are_put_together_until_enough_people_live_there():
    fresno, kings, tulare = "06019", "06031", "06107"
    people = {fresno: 1_008_654, kings: 152_486, tulare: 473_117}

    assert county_pools(people, 1_100_000) == (f"{fresno}+{kings}+{tulare}",)
    assert county_pools(people, 250_000) == (f"{kings}+{tulare}",)
    assert county_pools(people, 100_000) == county_pools(people, 0) == ()
    assert counties_in("06031+06107") == (kings, tulare)


@pytest.mark.parametrize(
    ("number", "quarters", "word"),
    [(1, 3, ""), (3, 1, ""), (2, 2, "2026-Q1-Q2"), (3, 4, "2026-Q1-Q3"), (4, 4, "")],
)
def test_quarters_are_put_together_within_their_year_and_a_whole_one_is_a_year(
    number, quarters, word
):
    assert quarters_together(Quarter(2026, number), Together(quarters=quarters)) == word


CHOICES = st.sampled_from(
    [Together(), Together(people=100_000), Together(quarters=2), Together(100_000, 3)]
)
SEARCHES = st.sampled_from([0, 0, 1, 2, 4, 9, 10, 12, 20, 40, 211])


@settings(max_examples=8, deadline=None)
@given(
    counts=st.lists(SEARCHES, min_size=16, max_size=16),
    choices=st.lists(CHOICES, min_size=4, max_size=4),
)
def test_a_year_of_releases_with_pools_never_gives_a_small_count_away(counts, choices):
    cells = [(place, str(quarter)) for place in FOUR for quarter in YEAR]
    searched = dict(zip(cells, counts, strict=True))
    released: list[Draft] = []
    for quarter, together in zip(YEAR, choices, strict=True):
        so_far = {cell: count for cell, count in searched.items() if cell[1] <= str(quarter)}
        draft = _draft(asked(quarter, together), so_far, released)
        released += [draft] if any(draft.shown.values()) else []

    assert told_of(released, searched) == []
    last = asked(YEAR[-1], Together(people=100_000))
    levels = _levels(last, released)
    refuse_told_small(released, _quiet(last, released), searched, levels=levels, rule=RULE)


def asked(quarter, together):
    periods = [str(quarter), quarters_together(quarter, together)]
    periods += ["2026"] if quarter.number == 4 else []
    rules = {period: () for period in periods if period}
    return Asked(quarter, FOUR, county_pools(PEOPLE, together.people), rules)


def told_of(released, searched):
    """Attack all that left, with every sum there is."""
    levels = _levels(asked(YEAR[-1], Together(people=100_000)), released)
    shown = {cell for each in released for cell in each.shown}
    hidden = {cell for each in released for cell in each.hidden}
    linked = linked_of([(STATE, "2026"), *sorted(shown)], searched, levels)
    floors = {
        number: int(cell in hidden and count > 0)
        for number, (cell, count) in enumerate(zip(linked.cells, linked.counts, strict=True))
        if cell not in shown
    }
    unseen = [number for number in floors if linked.cells[number] not in hidden]
    return [each.cell for each in given_away(linked, floors, RULE, unseen=unseen)]
