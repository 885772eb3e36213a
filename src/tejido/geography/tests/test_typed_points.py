import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.geography.domain.typed_points import TypedPoint, typed_point

CORNER = (36.7378, -119.793)


@pytest.mark.parametrize(
    "text",
    [
        "36.7378, -119.7930",
        " 36.7378 -119.793 ",
        "(36.7378;-119.793)",
        "36.7378° N, 119.7930° W",
        "geo:36.7378,-119.793?z=19",
        "https://www.openstreetmap.org/#map=19/36.7378/-119.793",
        "https://www.openstreetmap.org/?mlat=36.7378&mlon=-119.793#map=12/36.1/-119.1",
        "https://maps.example.org/place/Corner/@36.1,-119.1,17z/data=!3d36.7378!4d-119.793",
        "https://maps.example.org/@36.7378,-119.793,17z",
        "https://maps.example.org/?q=36.7378,-119.793",
        "https://maps.example.org/?q=36.7378%2C-119.793",
    ],
)
def test_a_point_is_read_however_it_is_typed(text):
    assert typed_point(text) == TypedPoint(*CORNER)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("-119.793, 36.7378", "swapped"),
        ("36.7378, 119.793", "no-minus"),
    ],
)
def test_a_slip_is_told_with_what_was_probably_meant(text, problem):
    assert typed_point(text) == TypedPoint(*CORNER, problem)


@pytest.mark.parametrize("text", ["96.7, -119.7", "36.7, -200", "367.0 -119"])
def test_a_point_off_the_earth_is_told(text):
    assert typed_point(text).problem == "off-earth"


def test_a_point_elsewhere_on_earth_is_read_as_it_stands():
    assert typed_point("40.7128, -74.0060") == TypedPoint(40.7128, -74.006)


@pytest.mark.parametrize(
    "text", ["", "2025 Fulton St", "12, 34, 56", "https://example.org/", "1e9 2"]
)
def test_a_text_without_a_point_holds_none(text):
    assert typed_point(text) is None


@given(st.text(max_size=80))
def test_no_text_raises(text):
    typed_point(text)
    typed_point(f"https://{text}")
