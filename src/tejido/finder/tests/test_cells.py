"""Squares and rings of the map."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.finder.domain.cells import block_at, ground_m, point_at, rings_around, straight2
from tejido.geography.domain.distance import distance_m

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)


@settings(deadline=None)
@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_ground_m_is_the_distance_over_ground(lat, lon, other_lat, other_lon):
    straight = straight2(point_at(lat, lon), point_at(other_lat, other_lon))

    expected = distance_m(lat, lon, other_lat, other_lon)
    assert math.isclose(ground_m(straight), expected, rel_tol=1e-6, abs_tol=1)


@settings(deadline=None)
@given(st.floats(32, 42), st.floats(-125, -114), st.floats(-3, 3), st.floats(-3, 3))
def test_rings_hold_everything_within_their_reach(lat, lon, down, right):
    there = block_at(lat + down, lon + right)
    apart = math.sqrt(straight2(point_at(lat, lon), point_at(lat + down, lon + right)))

    for ring in rings_around(lat, lon):
        if ring.runs is not None and apart < ring.reach_km:
            assert any(first <= there <= last for first, last in ring.runs)


@settings(deadline=None)
@given(LATITUDES, LONGITUDES)
def test_rings_widen_and_end_everywhere_wherever_one_is(lat, lon):
    rings = list(rings_around(lat, lon))

    reaches = [ring.reach_km for ring in rings if ring.reach_km]
    assert reaches == sorted(reaches)
    assert (rings[-1].runs, rings[-1].reach_km) == (None, math.inf)


def test_first_ring_reaches_about_two_km_in_california():
    first = next(iter(rings_around(37.8044, -122.2712)))

    assert 1.9 < first.reach_km < 3.9
    assert sum(last - first + 1 for first, last in first.runs) == 9
