"""What can leave, given what has left: differencing between areas, periods and corrections."""

import csv
from pathlib import Path

import pytest

from tejido.disclosure.domain.audit import given_away
from tejido.disclosure.domain.releasing import Draft, GivesAway, TellsChange, draft_of
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
    assert list(given_away(linked, dict.fromkeys(hidden, 0), RULE)) == []
