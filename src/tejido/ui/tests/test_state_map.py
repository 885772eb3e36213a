"""The map of the state: every dot where its place lies, none hidden, outlines short."""

import math
import re
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tejido.ui.domain.ring import DOT_RADIUS, MOST_DOTS
from tejido.ui.domain.state_map import HEIGHT, WIDTH, MapDot, map_svg, outlines_path, point_of

CORNERS = ((42.0, -124.4), (42.0, -120.0), (32.55, -117.1), (34.3, -114.15))
DOT = re.compile(r'<g class="ring__dot ring__dot--(\w+)"><circle cx="([\d.]+)" cy="([\d.]+)"')


def dots(*points, state="open"):
    return [MapDot(number, *point, state) for number, point in enumerate(points, start=1)]


def middles(svg):
    return [(float(x), float(y)) for _, x, y in DOT.findall(svg)]


def test_the_whole_state_is_in_the_picture():
    for latitude, longitude in CORNERS:
        x, y = point_of(latitude, longitude)

        assert 0 < x < WIDTH
        assert 0 < y < HEIGHT


def test_a_mile_north_is_as_long_as_a_mile_east():
    x, y = point_of(37.25, -120.0)
    north = y - point_of(38.25, -120.0)[1]
    east = point_of(37.25, -120.0 + 1 / math.cos(math.radians(37.25)))[0] - x

    assert math.isclose(north, east)


def test_a_dot_alone_stands_where_its_place_lies():
    ((x, y),) = middles(map_svg(dots((36.74, -119.79))))

    assert math.dist((x, y), point_of(36.74, -119.79)) < 0.1


@given(
    st.lists(st.tuples(st.floats(32.5, 42.0), st.floats(-124.4, -114.2)), max_size=MOST_DOTS + 5)
)
def test_no_dot_hides_another_or_leaves_the_picture(points):
    placed = middles(map_svg(dots(*points)))

    assert len(placed) == min(len(points), MOST_DOTS)
    assert all(DOT_RADIUS <= x <= WIDTH - DOT_RADIUS for x, _ in placed)
    assert all(DOT_RADIUS <= y <= HEIGHT - DOT_RADIUS for _, y in placed)
    assert all(math.dist(one, other) > DOT_RADIUS for one, other in combinations(placed, 2))


def test_a_state_that_is_not_known_looks_like_it():
    assert 'ring__dot--unknown"' in map_svg(dots((36.0, -119.0), state="what"))


def test_outlines_are_whole_numbers_and_without_what_is_too_small():
    square = [(-120, 36), (-120, 37), (-119, 37), (-119, 36), (-120, 36)]
    speck = [(-120, 36), (-120, 36.001), (-119.999, 36.001), (-120, 36)]

    path = outlines_path([square, speck])

    assert re.fullmatch(r"M\d+ \d+l[-\d ]+z", path)
    assert path.count("M") == 1


def test_outlines_are_drawn_only_where_they_are_loaded():
    assert "map__county" not in map_svg(dots((36.0, -119.0)))
    assert 'd="M1 2l3 4z"' in map_svg(dots((36.0, -119.0)), outlines="M1 2l3 4z")


def test_the_picture_is_hidden_from_screen_readers():
    assert 'aria-hidden="true" focusable="false"' in map_svg([])
