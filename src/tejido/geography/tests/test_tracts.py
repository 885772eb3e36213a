import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.geography.domain.tracts import (
    RowFault,
    RowProblem,
    TractFact,
    is_tract_table,
    read_tracts,
)

COLUMNS = ["STATEFP", "COUNTYFP", "TRACTCE", "POPULATION", "LATITUDE", "LONGITUDE"]
COUNTIES = {"06001", "06019"}
ROW = ["06", "001", "400100", "3038", "+37.859207", "-122.230347"]


def read(*rows, columns=COLUMNS):
    return read_tracts(columns, list(enumerate(rows, start=2)), counties=COUNTIES)


def changed(**values):
    return [values.get(column, cell) for column, cell in zip(COLUMNS, ROW, strict=True)]


def test_read_tracts_reads_the_bureaus_row():
    assert read(ROW).tracts == {
        "06001400100": TractFact("06001400100", 3038, 37.859207, -122.230347)
    }


def test_read_tracts_reads_a_table_with_geoid_alone():
    row = ["6001400100", "3038", "37.859207", "-122.230347"]

    found = read(row, columns=["GEOID", "POPULATION", "LATITUDE", "LONGITUDE"])

    assert (list(found.tracts), found.mended) == (["06001400100"], 1)


def test_read_tracts_puts_lost_zeros_back_and_counts_them():
    found = read(changed(STATEFP="6", COUNTYFP="1"), changed(TRACTCE="400"))

    assert (list(found.tracts), found.mended) == (["06001400100", "06001000400"], 2)


def test_read_tracts_counts_other_states_and_reads_no_more_of_them():
    found = read(ROW, changed(STATEFP="32", POPULATION="?"), changed(STATEFP="1"))

    assert (len(found.tracts), found.left_out, found.problems) == (1, 2, [])


@pytest.mark.parametrize(
    ("row", "field", "value", "fault"),
    [
        (ROW[:4], "", "06, 001, 400100, 3038", RowFault.SHORT),
        (changed(TRACTCE="4001.00"), "TRACTCE", "4001.00", RowFault.GEOID_UNREADABLE),
        (changed(TRACTCE=""), "TRACTCE", "", RowFault.GEOID_UNREADABLE),
        (changed(COUNTYFP="٠٠١"), "COUNTYFP", "٠٠١", RowFault.GEOID_UNREADABLE),
        (changed(COUNTYFP="003"), "GEOID", "06003400100", RowFault.COUNTY_UNKNOWN),
        (changed(POPULATION="3,038"), "POPULATION", "3,038", RowFault.POPULATION_UNREADABLE),
        (changed(POPULATION="-1"), "POPULATION", "-1", RowFault.POPULATION_UNREADABLE),
        (changed(POPULATION="9" * 5000), "POPULATION", "9" * 80, RowFault.POPULATION_UNREADABLE),
        (changed(LATITUDE="nan"), "LATITUDE", "nan", RowFault.POINT_UNREADABLE),
        (changed(LATITUDE="3_7"), "LATITUDE", "3_7", RowFault.POINT_UNREADABLE),
        (changed(LATITUDE=""), "LATITUDE", "", RowFault.POINT_UNREADABLE),
        (changed(LONGITUDE="122.23"), "LONGITUDE", "122.23", RowFault.POINT_EAST),
        (
            changed(LATITUDE="-122.2", LONGITUDE="37.8"),
            "LATITUDE, LONGITUDE",
            "-122.2, 37.8",
            RowFault.POINT_SWAPPED,
        ),
        (
            changed(LATITUDE="0", LONGITUDE="0"),
            "LATITUDE, LONGITUDE",
            "0, 0",
            RowFault.POINT_OUTSIDE,
        ),
    ],
)
def test_read_tracts_leaves_out_a_bad_row_and_goes_on(row, field, value, fault):
    good = changed(TRACTCE="400200")

    found = read(row, good)

    assert found.problems == [RowProblem(2, field, value, fault)]
    assert list(found.tracts) == ["06001400200"]


def test_read_tracts_keeps_the_first_of_two_rows_for_a_tract():
    found = read(ROW, changed(POPULATION="1"))

    assert found.tracts["06001400100"].population == 3038
    assert found.problems == [RowProblem(3, "GEOID", "06001400100", RowFault.GEOID_REPEATED)]


def test_read_tracts_does_not_choose_between_two_codes():
    found = read(["06001400200", *ROW], columns=["GEOID", *COLUMNS])

    assert found.problems == [RowProblem(2, "GEOID", "06001400200", RowFault.GEOID_DIFFERS)]


@pytest.mark.parametrize(
    ("columns", "is_one"),
    [
        (COLUMNS, True),
        (["GEOID", *COLUMNS], True),
        (["GEOID", "POPULATION", "LATITUDE", "LONGITUDE"], True),
        (["STATEFP", "COUNTYFP", "POPULATION", "LATITUDE", "LONGITUDE"], False),
        ([*COLUMNS, "BLKGRPCE"], False),
        ([], False),
    ],
)
def test_is_tract_table_by_its_columns(columns, is_one):
    assert is_tract_table(columns) is is_one


CELLS = st.one_of(st.sampled_from(ROW), st.text(max_size=12))


@given(st.lists(st.lists(CELLS, max_size=8), max_size=5))
def test_every_row_is_a_tract_or_left_out_or_a_problem(rows):
    found = read(*rows)

    assert len(found.tracts) + found.left_out + len(found.problems) == len(rows)
