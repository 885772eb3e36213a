from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.geography.domain.distance import EARTH_RADIUS_M, bearing_deg, distance_m

LATITUDES = st.floats(-90, 90, allow_nan=False)
LONGITUDES = st.floats(-180, 180, allow_nan=False)


def test_distance_m_of_a_quarter_of_the_globe():
    assert distance_m(0, 0, 90, 0) == pytest.approx(EARTH_RADIUS_M * pi / 2)


def test_distance_m_from_oakland_to_los_angeles_city_halls():
    # 337.8 miles on the ellipsoid (Karney's GeographicLib: 543,9xx m); the sphere is near it.
    assert distance_m(37.8052, -122.2727, 34.0537, -118.2427) == pytest.approx(551_000, rel=0.01)


def test_distance_m_of_a_hundredth_of_a_degree_north_is_1112_metres():
    assert distance_m(37.80, -122.27, 37.81, -122.27) == pytest.approx(1111.95, abs=0.01)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_distance_m_is_the_same_both_ways_and_never_beyond_half_the_globe(a, b, c, d):
    there, back = distance_m(a, b, c, d), distance_m(c, d, a, b)

    assert there == pytest.approx(back, abs=0.01)
    assert 0 <= there <= EARTH_RADIUS_M * pi + 0.01


@pytest.mark.parametrize(
    ("to", "expected"), [((38, -120), 0), ((37, -119), 90), ((36, -120), 180), ((37, -121), 270)]
)
def test_bearing_deg_names_the_four_directions(to, expected):
    assert bearing_deg(37, -120, *to) == pytest.approx(expected, abs=0.5)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_bearing_deg_is_never_360(a, b, c, d):
    assert 0 <= bearing_deg(a, b, c, d) < 360
