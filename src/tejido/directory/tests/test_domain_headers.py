"""Where the headings of a table stand, under titles, groups and merged cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.cells import cell_text, column_letters, column_number
from tejido.directory.domain.headers import find_header

ROW = ["Harbor", "1 Main Street", "Oakland", "94606", "510-555-0142"]
NAMES = ["Program", "Street", "City", "ZIP", "Phone"]


def test_the_first_row_is_the_header_of_a_plain_table():
    header = find_header([NAMES, ROW, ROW])

    assert (list(header.names), header.first, header.last) == (NAMES, 0, 0)
    assert header.repaired == ()


@pytest.mark.parametrize(
    "above",
    [
        [["Services of the county, 2026"]],
        [["Services of the county, 2026"] * 5],
        [["County list", "", "", "", ""], ["", "", "", "", ""], ["Updated 2026-01-05"]],
    ],
)
def test_titles_above_the_header_are_passed_over(above):
    header = find_header([*above, NAMES, ROW, ROW])

    assert (list(header.names), header.last) == (NAMES, len(above))


def test_groups_above_the_headings_go_before_them():
    rows = [
        ["Program", "Address", "Address", "Contact", "Contact"],
        ["Program", "Street", "City", "Phone", "E-mail"],
        ["Harbor", "1 Main Street", "Oakland", "510-555-0142", "help@example.org"],
    ]

    header = find_header(rows)

    assert header.names == (
        *("Program", "Address Street", "Address City", "Contact Phone", "Contact E-mail"),
    )
    assert header.last == 1


def test_only_the_groups_may_have_headings_of_their_own_below_them():
    rows = [
        ["Program", "Address", "Address", "Phone"],
        ["", "Street", "City", ""],
        ["Harbor", "1 Main Street", "Oakland", "510-555-0142"],
    ]

    header = find_header(rows)

    assert header.names == ("Program", "Address Street", "Address City", "Phone")
    assert header.last == 1


def test_a_heading_beside_a_group_may_stand_in_either_row():
    rows = [
        ["Program", "Address", "Address", "Hours", ""],
        ["Program", "Street", "City", "", "Notes"],
        ["Harbor", "1 Main Street", "Oakland", "24/7", "Ring twice"],
    ]

    header = find_header(rows)

    assert header.names == ("Program", "Address Street", "Address City", "Hours", "Notes")
    assert header.last == 1


def test_a_row_below_two_headings_of_one_name_is_no_heading():
    rows = [["Program", "Note", "Note"], ["Harbor", "Open", "Late"], ["", "Closed", ""]]

    assert find_header(rows).last == 0


def test_a_heading_that_is_missing_or_stands_twice_gets_a_name_of_its_own():
    header = find_header([["Program", "Phone", "Phone", ""], ["Harbor", "1", "2", "3"]])

    assert header.names == ("Program", "Phone", "Phone 2", "Column D")
    assert header.repaired == ("Phone 2", "Column D")


def test_a_field_too_many_is_no_column_of_a_text_file_but_one_of_a_spreadsheet():
    rows = [["Program", "City"], ["Harbor", "Oakland", "CA"]]

    assert find_header(rows).names == ("Program", "City")
    assert find_header(rows, is_ragged=True).names == ("Program", "City", "Column C")


def test_the_row_with_the_columns_of_the_mapping_is_the_header():
    rows = [["Program list", "for 2026"], ["see page", "two"], NAMES, ROW]

    assert find_header(rows, wanted=["phone", "PROGRAM"]).last == 2


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6), st.booleans())
def test_any_rows_have_headings_that_differ(rows, is_ragged):
    header = find_header(rows, is_ragged=is_ragged)

    assert header.first <= header.last
    assert len(set(header.names)) == len(header.names) or any("2" in n for n in header.names)


@given(st.integers(1, 16_384))
def test_letters_of_a_column_and_back(number):
    assert column_number(column_letters(number)) == number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (94606.0, "94606"),
        (5105550142.0, "5105550142"),
        (37.8044, "37.8044"),
        (-122.25, "-122.25"),
        (True, "TRUE"),
        ("  Harbor ", "  Harbor "),
    ],
)
def test_a_cell_reads_as_people_see_it(value, text):
    assert cell_text(value) == text
