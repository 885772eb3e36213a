"""How far a distance feels, and how far off that is."""

import math

from hypothesis import given
from hypothesis import strategies as st

from tejido.finder.domain.ranking import farthest_km2, felt_km2


@given(st.floats(0, 1e8))
def test_farthest_km2_is_the_distance_that_feels_so_far(straight_km2):
    farthest = farthest_km2(felt_km2(straight_km2))

    assert math.isclose(farthest, straight_km2, rel_tol=1e-9, abs_tol=1e-6)


def test_farthest_km2_is_negative_where_nothing_feels_so_near():
    assert farthest_km2(felt_km2(0.0) / 2) < 0
    assert farthest_km2(math.inf) == math.inf
