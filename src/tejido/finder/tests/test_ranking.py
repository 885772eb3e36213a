"""How far a distance feels, and how far off that is."""

import math

from hypothesis import given
from hypothesis import strategies as st

from tejido.finder.domain.ranking import SOFT_KM, farthest_km2, felt_km2


@given(st.floats(0, 1e8))
def test_farthest_km2_is_the_distance_that_feels_so_far(straight_km2):
    farthest = farthest_km2(felt_km2(straight_km2))

    assert math.isclose(farthest, straight_km2, rel_tol=1e-9, abs_tol=1e-6)


def test_felt_km2_rises_up_to_4_times_as_fast_beyond_40_km_and_64_times_beyond_100():
    felt = [felt_km2(km**2) - SOFT_KM**2 for km in (40.0, 100.0, 200.0)]

    assert felt == [1_600.0, 1_600.0 + 4 * 8_400.0, 1_600.0 + 4 * 8_400.0 + 64 * 30_000.0]


def test_farthest_km2_is_negative_where_nothing_feels_so_near():
    assert farthest_km2(felt_km2(0.0) / 2) < 0
    assert farthest_km2(math.inf) == math.inf
