from math import cos, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.geography.domain.rings import encloses, signed_area
from tejido.geography.domain.simplification import simplified
from tejido.geography.testing import a_square


def a_ragged_line(seed, *, steps=40):
    """Return a line from south to north that sways by up to 60 m, always the same for a seed."""
    sway = [(((at + seed) ** 3 * 7919) % 101 - 50) * 1e-5 for at in range(steps + 1)]
    inner = [(-119 + sway[at], 36 + at / steps) for at in range(1, steps)]
    return [(-119.0, 36.0), *inner, (-119.0, 37.0)]


def two_neighbours(seed):
    line = a_ragged_line(seed)
    west = ((-120.0, 36.0), *line, (-120.0, 37.0), (-120.0, 36.0))
    east = ((-118.0, 37.0), *line[::-1], (-118.0, 36.0), (-118.0, 37.0))
    return [((west,),), ((east,),)]


def rings(outlines):
    return [ring for polygons in outlines for polygon in polygons for ring in polygon]


@pytest.mark.parametrize("seed", [1, 5, 11])
def test_neighbours_still_share_their_line_and_what_is_left_lies_on_it(seed):
    before = two_neighbours(seed)

    (west,), (east,) = (outline[0] for outline in simplified(before, tolerance_m=100))

    assert set(west) == {(-120, 36), (-119, 36), (-119, 37), (-120, 37)}
    assert signed_area(west) == pytest.approx(1)
    assert set(west) & set(east) == {(-119, 36), (-119, 37)}


def test_a_tolerance_smaller_than_the_sway_keeps_it():
    before = two_neighbours(5)

    (west,), (east,) = (outline[0] for outline in simplified(before, tolerance_m=1))

    assert len(set(west) & set(east)) > 30


def test_a_round_island_keeps_its_shape_within_the_tolerance():
    turns = [radians(at) for at in range(360)]
    ring = tuple((-119 + 0.1 * cos(turn), 36 + 0.1 * sin(turn)) for turn in turns)

    ((thin,),) = simplified([(((*ring, ring[0]),),)], tolerance_m=200)[0]

    assert 10 < len(thin) < 60
    assert signed_area(thin) == pytest.approx(signed_area((*ring, ring[0])), rel=0.03)


def test_an_islet_smaller_than_the_tolerance_keeps_its_shape():
    islet = a_square(-123.0, 37.75, 0.0005)

    ((thin,),) = simplified([((islet,),)], tolerance_m=200)[0]

    assert thin == tuple((round(x, 5), round(y, 5)) for x, y in islet)


def test_an_enclave_and_the_hole_around_it_stay_equal():
    turns = [radians(at * 10) for at in range(36)]
    around = tuple(
        (round(-119 + 0.1 * cos(turn), 5), round(36.5 + 0.1 * sin(turn), 5)) for turn in turns
    )
    enclave = (*around, around[0])
    hole = (*around[20:], *around[:20], around[20])[::-1]

    thin = rings(simplified([((a_square(-120, 36), hole),), ((enclave,),)], tolerance_m=2000))

    assert len(thin[2]) < len(enclave)
    assert set(thin[1]) == set(thin[2])


def test_rings_run_the_way_they_did():
    outer, hole = a_square(-120, 36)[::-1], a_square(-119.8, 36.2, 0.5)

    thin = rings(simplified([((outer, hole),)], tolerance_m=100))

    assert [signed_area(ring) > 0 for ring in thin] == [False, True]


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 100), st.floats(0, 5000), st.integers(0, 80))
def test_a_ring_stays_closed_of_its_own_positions_and_may_begin_anywhere(seed, tolerance, turn):
    west, east = (polygons[0][0] for polygons in two_neighbours(seed))
    at = turn % (len(west) - 1)
    turned = (*west[at:-1], *west[: at + 1])

    first = rings(simplified([((west,),), ((east,),)], tolerance_m=tolerance))
    second = rings(simplified([((turned,),), ((east,),)], tolerance_m=tolerance))

    for ring in first:
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
    assert set(first[0]) == set(second[0])
    assert set(first[0]) <= {(round(x, 5), round(y, 5)) for x, y in west}
    assert encloses([(first[0],)], -119.5, 36.5)
