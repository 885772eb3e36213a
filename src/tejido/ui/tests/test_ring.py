import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.ui.domain import ring
from tejido.ui.domain.ring import Dot

MILE = 1609.344


def dot(number=1, miles=1.0, bearing=0.0, state="open"):
    return Dot(number=number, distance_m=miles * MILE, bearing=bearing, state=state)


@pytest.mark.parametrize(
    ("nearest", "farthest", "rings"),
    [
        (0, 0, (1, 2, 5)),
        (0.4, 3.8, (1, 2, 5)),
        (4, 5, (1, 2, 5)),
        (4, 5.1, (2, 5, 10)),
        (60, 60, (25, 50, 100)),
        (3, 190, (5, 25, 250)),
        (0.2, 24, (1, 5, 25)),
        (700, 900, (100, 250, 500)),
    ],
)
def test_rings_hold_the_farthest_without_pressing_the_nearest(nearest, farthest, rings):
    assert ring.rings_for(nearest_m=nearest * MILE, farthest_m=farthest * MILE) == rings


def test_distance_is_exact_on_each_ring():
    radii = tuple(ring.radius_at(miles * MILE, (2, 5, 10)) for miles in (2, 5, 10))

    assert radii == pytest.approx(ring.RING_RADII)


@given(st.floats(0, 900), st.floats(0, 900))
def test_farther_is_never_drawn_nearer(one, other):
    nearer, farther = sorted((one * MILE, other * MILE))
    rings = ring.rings_for(nearest_m=nearer, farthest_m=farther)

    assert ring.radius_at(nearer, rings) <= ring.radius_at(farther, rings)


def test_bearing_goes_clockwise_from_north():
    east = ring.true_point(dot(miles=1, bearing=90), (1, 2, 5))

    assert east == pytest.approx((ring.SIZE / 2 + ring.RING_RADII[0], ring.SIZE / 2))


positions = st.tuples(st.floats(0, ring.SIZE), st.floats(0, ring.SIZE))


@settings(deadline=None, max_examples=60)
@given(st.lists(positions, max_size=ring.MOST_DOTS))
def test_no_dot_hides_another_or_leaves_the_picture(points):
    placed = ring.spread(points)
    pairs = [(a, b) for place, a in enumerate(placed) for b in placed[place + 1 :]]

    assert all(math.dist(a, b) >= 2 * ring.DOT_RADIUS - 1 for a, b in pairs)
    assert all(0 < coordinate < ring.SIZE for point in placed for coordinate in point)
    assert all(math.dist(point, (ring.SIZE / 2, ring.SIZE / 2)) >= 20 for point in placed)


@pytest.mark.parametrize("here", [(140.0, 140.0), (0.0, 0.0), (200.0, 140.0)])
def test_many_places_at_one_address_all_stay_visible(here):
    placed = ring.spread([here] * ring.MOST_DOTS)
    pairs = [(a, b) for place, a in enumerate(placed) for b in placed[place + 1 :]]

    assert min(math.dist(a, b) for a, b in pairs) >= 2 * ring.DOT_RADIUS - 1


def test_dots_that_stand_apart_stay_where_they_are():
    points = [(60.0, 60.0), (200.0, 60.0), (140.0, 240.0)]

    assert ring.spread(points) == points


def test_picture_shows_each_state_in_its_own_way():
    dots = (dot(1), dot(2, bearing=120, state="closed"), dot(3, bearing=240, state="unknown"))

    svg = ring.ring_svg(dots, language="en")

    assert re.findall(r"ring__dot--(\w+)", svg) == ["open", "closed", "unknown"]
    assert re.findall(r"</circle>|>(\d+)</text>", svg) == ["1", "2", "3"]


def test_picture_calls_west_by_its_spanish_letter():
    assert re.findall(r">([NESWO])<", ring.ring_svg((), language="es")) == ["N", "E", "S", "O"]
    assert re.findall(r">([NESWO])<", ring.ring_svg((), language="en")) == ["N", "E", "S", "W"]


def test_picture_is_hidden_from_screen_readers_and_says_nothing_else():
    svg = ring.ring_svg((dot(state='"><script>'),), language="en")

    assert 'aria-hidden="true"' in svg
    assert "<script>" not in svg
    assert "style=" not in svg


def test_dot_that_made_room_is_tied_to_its_true_place():
    crowded = tuple(dot(number, miles=0.5, bearing=10) for number in (1, 2, 3))

    assert ring.ring_svg(crowded, language="en").count("ring__true") >= 2


def test_picture_is_the_same_every_time():
    dots = tuple(dot(number, miles=0.01, bearing=number) for number in range(1, 20))

    assert ring.ring_svg(dots, language="en") == ring.ring_svg(dots, language="en")


def test_picture_draws_no_more_dots_than_it_can_hold():
    dots = tuple(dot(number, miles=number / 10, bearing=number * 37) for number in range(1, 60))

    assert ring.ring_svg(dots, language="en").count("<g ") == ring.MOST_DOTS


def test_dots_that_hold_each_other_in_a_corner_come_apart():
    corner = [(0.0, 0.0)] * 19
    placed = ring.spread([(0.0, 96.0), (0.0, 138.0), (0.0, 164.0), *corner])

    pairs = [(a, b) for place, a in enumerate(placed) for b in placed[place + 1 :]]
    assert all(math.dist(a, b) >= 2 * ring.DOT_RADIUS - 1 for a, b in pairs)
