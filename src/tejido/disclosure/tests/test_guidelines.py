"""The score of the guidelines, by edition."""

from dataclasses import replace

import pytest

from tejido.disclosure.domain.guidelines import Described, score_of
from tejido.disclosure.queries import edition_in_force, edition_of, judged

EDITION = edition_of(edition_in_force())
# Deaths of a year in a county of 300,000, by sex: 5 + 0 + 0 + 1 and 1 for one variable.
TABLE = Described(smallest=20, months=12, people=300_000, variables=("sex",))


def test_a_year_of_a_large_county_by_sex_may_be_released():
    score = score_of(TABLE, EDITION)

    assert score.parts == (("events", 5), ("months", 0), ("place", 0), ("sex", 1), ("stacked", 1))
    assert (score.total, score.is_masked) == (7, False)


def test_a_quarter_of_a_small_county_by_age_and_race_is_masked():
    split = ("age_11_to_29_years", "race_with_small_groups")

    score = score_of(replace(TABLE, months=3, people=18_000, variables=split), EDITION)

    # 5 + 4 + 5 + 2 + 3, and 2 for two stacked variables.
    assert (score.total, score.is_masked) == (21, True)


def test_a_table_of_places_and_years_alone_scores_less():
    assert score_of(replace(TABLE, variables=()), EDITION).total == 5 + 0 + 0 - 5


@pytest.mark.parametrize(
    ("people", "residence", "service"),
    [
        (2_000_001, -5, -5), (2_000_000, -3, -4), (560_000, 0, -1), (250_000, 1, 0),
        (20_000, 5, 1), (4_001, 5, 1), (4_000, 7, 1), (0, 7, 1),
    ],
)  # fmt: skip
def test_where_people_live_weighs_more_than_where_they_are_served(people, residence, service):
    place = replace(TABLE, people=people)

    assert dict(score_of(place, EDITION).parts)["place"] == residence
    assert dict(score_of(replace(place, is_service=True), EDITION).parts)["place"] == service


def test_a_county_with_one_program_counts_as_that_programs_address():
    alone = replace(TABLE, is_service=True, people=3_000_000, site="address")

    assert dict(score_of(alone, EDITION).parts)["place"] == 3


@pytest.mark.parametrize(("smallest", "events"), [(1000, 2), (999, 3), (99, 5), (11, 5), (10, 7)])
def test_small_counts_score_high(smallest, events):
    assert dict(score_of(replace(TABLE, smallest=smallest), EDITION).parts)["events"] == events


def test_a_variable_or_an_edition_that_nobody_knows_is_an_error_and_never_a_zero():
    with pytest.raises(KeyError):
        score_of(replace(TABLE, variables=("shoe_size",)), EDITION)
    with pytest.raises(KeyError):
        edition_of("2016")


@pytest.mark.parametrize(
    ("smallest", "people", "is_plain"),
    [(11, 20_001, True), (10, 20_001, False), (11, 20_000, False)],
)
def test_large_counts_of_many_people_need_no_score(smallest, people, is_plain):
    said = judged(replace(TABLE, smallest=smallest, people=people))

    assert (said.edition, said.is_plain) == ("knowledge-base-4-4", is_plain)


def test_a_review_is_asked_for_where_a_score_counts_and_is_high():
    by_need = replace(TABLE, months=3, variables=("other_in_10_or_more_groups",))
    large, small = judged(by_need), judged(replace(by_need, people=18_000))

    # 5 + 4 + 0 + 7 + 1, and in the small county 5 for the place.
    assert (large.score.total, large.needs_review) == (17, False)
    assert (small.score.total, small.needs_review) == (22, True)
    assert not judged(replace(TABLE, people=18_000)).needs_review
