"""Squares of the map, and the runs of them that hold a circle."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.finder.domain.cells import block_at, ground_m, point_at, runs_within, straight2
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
@given(
    st.floats(32, 42),
    st.floats(-125, -114),
    st.floats(0, 500),
    st.floats(-3, 3),
    st.floats(-3, 3),
)
def test_runs_within_hold_everything_that_is_nearer(lat, lon, km, up, right):
    there = block_at(lat + up, lon + right)
    apart = math.sqrt(straight2(point_at(lat, lon), point_at(lat + up, lon + right)))

    runs = runs_within(lat, lon, km=km)

    if apart < km:
        assert any(first <= there <= last for first, last in runs)


@settings(deadline=None)
@given(LATITUDES, LONGITUDES, st.floats(0, 30_000))
def test_runs_within_stand_in_order_and_are_everywhere_where_squares_end(lat, lon, km):
    runs = runs_within(lat, lon, km=km)

    if runs is not None:
        edges = [edge for run in runs for edge in run]
        assert edges == sorted(edges)
        assert len(runs) <= 15 or abs(lat) > 60
    if km > 10_000 or (abs(lat) > 89.9 and km > 20):
        assert runs is None


def test_runs_within_two_km_in_california_are_a_few_squares():
    runs = runs_within(37.8044, -122.2712, km=2.0)

    assert 4 <= sum(last - first + 1 for first, last in runs) <= 12
