"""Places outside California are told from places that are misspelled."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.finder.domain.outside import is_outside, joined_zip, outside_in
from tejido.finder.queries.places import OUTSIDE, find_place, split_place
from tejido.finder.testing import a_snapshot
from tejido.geography.domain.places import Found, Unknown


@pytest.fixture(autouse=True)
def snapshot(settings):
    a_snapshot(settings.SNAPSHOTS, [])


@pytest.mark.parametrize(
    "text",
    ["Las Vegas", "Reno, NV", "portland oregon", "Phoenix", "10001", "Los Angeles, Texas", "Utah"],
)
def test_a_place_outside_is_said_to_be_outside_and_nothing_like_it_is_offered(text):
    found = find_place(text)

    assert isinstance(found, Unknown)
    assert (found.code, found.near_names) == (OUTSIDE, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [("90999", "zip-unknown"), ("Oaklnad", "place-unknown"), ("", "place-unknown")],
)
def test_what_may_be_in_california_is_only_unknown(text, code):
    found = find_place(text)

    assert isinstance(found, Unknown)
    assert found.code == code


def test_a_place_of_ours_stays_found():
    assert isinstance(find_place("Fresno"), Found)


def test_a_zip_code_with_a_blank_is_the_zip_code():
    found = find_place(" 94 606")

    assert isinstance(found, Found)
    assert found.place.name == "94606"
    assert [joined_zip(text) for text in ("9 4606", "94 6065", "12 Main")] == [
        "94606",
        "94 6065",
        "12 Main",
    ]


@pytest.mark.parametrize(
    ("words", "rest", "name"),
    [
        ("methadone Las Vegas", "methadone", "Las Vegas"),
        ("metadona 10001", "metadona", "10001"),
        ("need shelter dallas texas", "need shelter", "dallas texas"),
        ("clean needles New Mexico", "clean needles", "New Mexico"),
        ("comida para mi en Arizona", "comida para mi en", "Arizona"),
    ],
)
def test_a_place_outside_is_found_behind_the_words(words, rest, name):
    assert split_place(words) == (rest, Unknown(name, (), code=OUTSIDE))


@pytest.mark.parametrize("words", ["clean needles", "consulado de mexico", "shelter on Texas St"])
def test_words_that_name_no_place_stay_words(words):
    assert split_place(words) == (words, None)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_text_is_too_strange(text):
    is_outside(text)
    outside_in(text)
    joined_zip(text)
