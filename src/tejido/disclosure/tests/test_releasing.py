"""What can leave, given what has left: differencing between areas, periods and corrections."""

import csv
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.disclosure.domain.audit import given_away
from tejido.disclosure.domain.releasing import (
    Draft,
    GivesAway,
    TellsChange,
    draft_of,
    refuse_told_small,
)
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.domain.tables import Levels, linked_of

RULE = Rule()
COUNTIES = ("alpine", "inyo", "kern", "yolo")
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
LEVELS = [Levels({"state": COUNTIES}), Levels({"year": QUARTERS})]
COUNTS = {
    (county, quarter): count
    for county, counts in {
        "alpine": (2, 3, 1, 4), "inyo": (15, 12, 19, 4), "kern": (90, 80, 85, 70),
        "yolo": (30, 40, 35, 20),
    }.items()
    for quarter, count in zip(QUARTERS, counts, strict=True)
}  # fmt: skip


def draft(asked, *, earlier=(), counts=COUNTS):
    return draft_of(asked, counts, levels=LEVELS, rule=RULE, earlier=earlier)


def quarter(name):
    return [(county, name) for county in ("state", *COUNTIES)]


def test_the_small_county_is_not_the_state_less_the_others():
    told = draft(quarter("Q1"))

    assert ("alpine", "Q1") in told.hidden
    assert len(told.hidden) > 1
    assert told.shown["kern", "Q1"] == 90


def test_a_county_that_is_never_published_is_not_the_state_less_the_others_either():
    told = draft([("state", "Q1"), ("inyo", "Q1"), ("kern", "Q1"), ("yolo", "Q1")])

    assert told.hidden != frozenset()


def test_a_year_is_not_published_beside_three_quarters_that_tell_the_fourth():
    quarters = [draft([("inyo", each)]) for each in ("Q1", "Q2", "Q3")]

    told = draft([("inyo", "year")], earlier=quarters)

    # 50 less 15, 12 and 19 would be the 4 of the last quarter.
    assert told.shown == {}
    assert told.hidden == {("inyo", "year")}


def test_what_has_left_can_make_a_table_impossible():
    state = {("state", "Q1"): 137, ("kern", "Q1"): 90, ("yolo", "Q1"): 30}

    with pytest.raises(GivesAway) as refused:
        draft([("alpine", "Q1")], earlier=[Draft(state | {("inyo", "Q1"): 15}, frozenset())])

    assert refused.value.cells == [("alpine", "Q1")]


def test_the_same_table_may_leave_twice():
    first = draft(quarter("Q1"))

    assert draft(quarter("Q1"), earlier=[first]).shown == first.shown


def test_a_correction_of_one_person_does_not_leave():
    first = draft(quarter("Q1"))
    corrected = COUNTS | {("kern", "Q1"): 91}

    with pytest.raises(TellsChange) as refused:
        draft(quarter("Q1"), earlier=[first], counts=corrected)

    assert ("kern", "Q1") in refused.value.cells


def test_a_correction_of_a_few_is_not_told_by_totals_of_large_ones():
    # Kern changes by 30 and the state by 32: a hidden county changed by 2.
    first = draft([("state", "Q1"), ("kern", "Q1"), ("yolo", "Q1")])
    assert {("state", "Q1"), ("kern", "Q1")} <= first.shown.keys()
    corrected = COUNTS | {("kern", "Q1"): 120, ("inyo", "Q1"): 17}

    with pytest.raises(TellsChange):
        draft(
            [("state", "Q1"), ("kern", "Q1"), ("yolo", "Q1")],
            earlier=[first],
            counts=corrected,
        )


def test_a_large_correction_may_leave():
    first = draft([("kern", "Q1"), ("yolo", "Q1")])
    corrected = COUNTS | {("kern", "Q1"): 120}

    told = draft([("kern", "Q1"), ("yolo", "Q1")], earlier=[first], counts=corrected)

    assert told.shown["kern", "Q1"] == 120


def test_a_late_count_is_not_told_by_the_year_less_its_quarters():
    quarters = [draft(quarter(each)) for each in ("Q1", "Q2", "Q3")]
    late = COUNTS | {("kern", "Q3"): 86}

    with pytest.raises(TellsChange) as refused:
        draft([*quarter("Q4"), *quarter("year")], earlier=quarters, counts=late)

    assert ("kern", "Q3") in refused.value.cells


def test_where_counting_began_late_what_left_does_not_give_a_county_away():
    # The state of Q2 to Q4 and of the year leave 0 for Q1, so 40 for b and 4 for d in Q3.
    levels = [Levels({"state": ("a", "b", "c", "d")}), Levels({"year": QUARTERS})]
    counts = {
        ("a", "Q2"): 6, ("c", "Q2"): 6, ("d", "Q2"): 5, ("b", "Q3"): 40, ("c", "Q3"): 211,
        ("d", "Q3"): 4, ("a", "Q4"): 80,
    }  # fmt: skip

    assert told_of_all(counts, levels, first=2) == []


def told_of_all(counts, levels, *, first=1):
    """Release quarter after quarter, the last with its year, and attack all of it together."""
    places = ("state", *levels[0].parts["state"])
    released: list[Draft] = []
    for number in range(first, 5):
        periods = [f"Q{number}", "year"] if number == 4 else [f"Q{number}"]
        asked = [(place, period) for period in periods for place in places]
        for cells in (asked, asked[: len(places)]):
            with suppress(GivesAway):
                released.append(
                    draft_of(cells, counts, levels=levels, rule=RULE, earlier=released)
                )
                break
    together = {cell for each in released for cell in each.shown}
    linked = linked_of([("state", "year")], counts, levels)
    asked_for = together | {cell for each in released for cell in each.hidden}
    floors = {
        number: int(cell in asked_for and count > 0)
        for number, (cell, count) in enumerate(zip(linked.cells, linked.counts, strict=True))
        if cell not in together
    }
    unseen = [number for number in floors if linked.cells[number] not in asked_for]
    return [each.cell for each in given_away(linked, floors, RULE, unseen=unseen)]


@settings(max_examples=40, deadline=None)
@given(
    first=st.integers(1, 4),
    counts=st.lists(
        st.sampled_from([0, 0, 0, 1, 2, 4, 9, 12, 20, 40, 211]), min_size=20, max_size=20
    ),
)
def test_a_year_of_releases_never_gives_a_small_count_away(first, counts):
    places = ("a", "b", "c", "d", "e")
    cells = [(place, f"Q{number}") for place in places for number in range(1, 5)]
    searched = {
        cell: count for cell, count in zip(cells, counts, strict=True) if int(cell[1][1]) >= first
    }
    levels = [Levels({"state": places}), Levels({"year": QUARTERS})]

    assert told_of_all(searched, levels, first=first) == []


def hepatitis(path: Path, disease: str) -> dict[tuple[str, str], int]:
    with path.open(encoding="utf-8") as lines:
        return {
            (row["county"], row["year"]): int(row["count"])
            for row in csv.DictReader(lines)
            if row["disease"] == disease and row["county"] != "California"
        }


@pytest.mark.shared
@pytest.mark.parametrize("disease", ["Hepatitis A", "Hepatitis B, Acute", "Hepatitis C, Acute"])
def test_real_hepatitis_counts_of_counties_state_and_years_give_no_hidden_one(
    disease, shared_data
):
    file = shared_data / "outcomes" / "ca_vpd_cases_by_county_2001_2017.csv"
    counts = hepatitis(file, disease)
    counties, years = (sorted({cell[place] for cell in counts}) for place in (0, 1))
    levels = [Levels({"California": tuple(counties)}), Levels({"all years": tuple(years)})]
    everywhere = ["California", *counties]
    # First the state year by year, then each year's counties, then all years together.
    asked = [[("California", year) for year in years]]
    asked += [[(county, year) for county in everywhere] for year in years]
    asked += [[(county, "all years") for county in everywhere]]

    released: list[Draft] = []
    for cells in asked:
        released.append(draft_of(cells, counts, levels=levels, rule=RULE, earlier=released))

    together = {cell: count for each in released for cell, count in each.shown.items()}
    linked = linked_of([("California", "all years")], counts, levels)
    hidden = {number for number, cell in enumerate(linked.cells) if cell not in together}
    small = [count for cell, count in counts.items() if RULE.is_small(count)]
    assert len(small) > 50
    assert len(together) > 50
    assert list(given_away(linked, RULE.floors(hidden), RULE)) == []


# Pools: alpine and inyo are neighbors, and quarters are put together.
POOLED = [
    Levels({"state": COUNTIES, "alpine+inyo": ("alpine", "inyo")}),
    Levels({"year": QUARTERS, "Q1-Q2": ("Q1", "Q2"), "Q3-Q4": ("Q3", "Q4")}),
]


def pool_draft(asked, *, earlier=(), counts=COUNTS):
    return draft_of(asked, counts, levels=POOLED, rule=RULE, earlier=earlier)


def test_two_small_neighbors_are_shown_together_where_each_stays_hidden():
    small = COUNTS | {("alpine", "Q1"): 8, ("inyo", "Q1"): 9}
    together = [("alpine+inyo", "Q1"), ("alpine", "Q1"), ("inyo", "Q1")]

    told = pool_draft(together, counts=small)

    assert told == Draft({("alpine+inyo", "Q1"): 17}, frozenset(together[1:]))


def test_a_pool_that_tells_too_much_of_its_parts_is_hidden_with_them():
    # 11 of two who are no zero: each is 1 to 10, one number too few to choose from.
    small = COUNTS | {("alpine", "Q1"): 4, ("inyo", "Q1"): 7}

    told = pool_draft([("alpine+inyo", "Q1"), ("alpine", "Q1"), ("inyo", "Q1")], counts=small)

    assert told.shown == {}


def test_a_pool_is_not_shown_beside_a_county_that_leaves_the_other():
    first = draft([("inyo", "Q1")])

    told = pool_draft([("alpine+inyo", "Q1")], earlier=[first])

    # 17 less the 15 of Inyo would be the 2 of Alpine.
    assert told == Draft({}, frozenset({("alpine+inyo", "Q1")}))


def test_a_county_is_not_shown_after_a_pool_that_would_leave_the_other():
    pool = Draft({("alpine+inyo", "Q1"): 17}, frozenset())

    told = pool_draft([("inyo", "Q1")], earlier=[pool])

    assert told == Draft({}, frozenset({("inyo", "Q1")}))


def test_half_a_year_is_not_shown_beside_a_year_that_leaves_a_hidden_quarter():
    quarters = [draft([("inyo", each)]) for each in QUARTERS]
    half = pool_draft([("inyo", "Q1-Q2")], earlier=quarters)

    told = pool_draft([("inyo", "year"), ("inyo", "Q3-Q4")], earlier=[*quarters, half])

    assert half.shown == {("inyo", "Q1-Q2"): 27}
    assert ("inyo", "Q4") in quarters[3].hidden
    # 23 less 19, or 50 less 27 less 19, would be the 4.
    assert told.shown == {}


def test_a_late_count_is_not_told_by_a_pool():
    first = draft([("kern", "Q1"), ("inyo", "Q1")])
    late = COUNTS | {("kern", "Q1"): 91}

    with pytest.raises(TellsChange):
        pool_draft([("kern", "Q1-Q2")], earlier=[first], counts=late)


def test_two_quarters_of_which_nothing_was_shown_are_not_told_by_their_sum():
    # Nothing of a quarter is shown where all of it is 10 or less; then 20 is 10 and 10.
    counts = {("kern", "Q1"): 10, ("kern", "Q2"): 10}
    quiet = [("kern", "Q1"), ("kern", "Q2")]
    half = pool_draft([("kern", "Q1-Q2")], counts=counts)

    with pytest.raises(GivesAway) as refused:
        refuse_told_small([half], quiet, counts, levels=POOLED, rule=RULE)

    assert half.shown == {("kern", "Q1-Q2"): 20}
    assert refused.value.cells == quiet


def test_what_tells_no_more_of_small_cells_than_that_they_are_may_leave():
    counts = {("kern", each): 5 for each in QUARTERS}
    year = pool_draft([("kern", "year")], counts=counts)
    quiet = [("kern", each) for each in QUARTERS]

    assert year.shown == {("kern", "year"): 20}
    assert refuse_told_small([year], quiet, counts, levels=POOLED, rule=RULE) is None
