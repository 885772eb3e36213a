import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.geography.domain.outlines import Outline, county_of
from tejido.geography.domain.rings import (
    GeometryBroken,
    box_of,
    closed,
    encloses,
    position_of,
    signed_area,
    with_area,
)
from tejido.geography.testing import a_square

SQUARE = a_square(0, 0, 4)
HOLE = a_square(1, 1)[::-1]
WITH_HOLE = ((SQUARE, HOLE),)


@pytest.mark.parametrize(
    ("value", "expected"), [([1, 2], (1.0, 2.0)), ([-122.5, 37.5, 80], (-122.5, 37.5))]
)
def test_position_of_takes_the_first_two_numbers(value, expected):
    assert position_of(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        *(None, [], [1], "1,2", {"x": 1}, ["1", "2"], [None, 1], [True, 1]),
        *([float("nan"), 1], [float("inf"), 1], [10**400, 1], [[1], 2]),
    ],
)
def test_position_of_refuses_what_is_not_two_numbers(value):
    with pytest.raises(GeometryBroken, match="position-unreadable"):
        position_of(value)


def test_closed_refuses_a_ring_that_is_open_or_empty():
    assert closed(SQUARE) == SQUARE
    for ring, code in ((SQUARE[:-1], "ring-open"), ((), "ring-empty")):
        with pytest.raises(GeometryBroken) as broken:
            closed(ring)
        assert broken.value.code == code


def test_signed_area_says_which_way_a_ring_runs():
    assert (signed_area(SQUARE), signed_area(SQUARE[::-1])) == (16, -16)


def test_with_area_leaves_out_what_encloses_nothing():
    line = ((9.0, 9.0), (9.5, 9.5), (9.0, 9.0))

    assert with_area([(SQUARE, line, HOLE), (line, HOLE)]) == WITH_HOLE


@pytest.mark.parametrize(
    ("x", "y", "is_inside"),
    [(0.5, 0.5, True), (1.5, 1.5, False), (3, 1.5, True), (4.5, 2, False), (-1, 2, False)],
)
def test_encloses_knows_holes(x, y, is_inside):
    assert encloses(WITH_HOLE, x, y) is is_inside


def test_encloses_a_point_in_any_part():
    parts = ((SQUARE,), (a_square(10, 10),))

    assert [encloses(parts, *at) for at in ((1, 1), (10.5, 10.5), (7, 7))] == [True, True, False]


def test_box_of_all_parts():
    assert box_of([(SQUARE,), (a_square(10, -3),)]) == (-3, 4, 0, 11)


@given(st.integers(0, 7), st.integers(0, 7), st.booleans(), st.booleans())
def test_a_point_on_a_shared_line_lies_in_just_one_county(x, y, turn_one, turn_other):
    # Four squares that share lines, drawn either way: corners and lines belong to one of them.
    squares = [a_square(column, row, 4) for row in (0, 4) for column in (0, 4)]
    outlines = [
        Outline(
            str(number), "", ((ring[::-1] if turn_one ^ (turn_other and number % 2) else ring,),)
        )
        for number, ring in enumerate(squares)
    ]

    assert sum(encloses(outline.polygons, x, y) for outline in outlines) == 1
    assert county_of(y, x, outlines) == str((y >= 4) * 2 + (x >= 4))


def test_county_of_is_none_outside_and_without_outlines():
    assert county_of(1, 1, []) is None
    assert county_of(9, 9, [Outline("06001", "Alameda", WITH_HOLE)]) is None
