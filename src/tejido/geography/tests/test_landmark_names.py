"""Landmarks and corners in the gazetteer: whole texts, and places inside sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.geography.domain.gazetteer import Gazetteer
from tejido.geography.domain.landmarks import (
    LandmarkKind,
    LandmarkNames,
    landmark_key,
    says_nothing,
    spanish_shown,
)
from tejido.geography.domain.places import Ambiguous, Found, Place, PlaceKind, Unknown
from tejido.geography.testing import a_landmark_place

CORNER = a_landmark_place("Fulton and Tuolumne")
LIBRARY = a_landmark_place("The library", also=["la biblioteca", "Fresno Central"])
CENTRAL = a_landmark_place("Central Library", at=(36.74, -119.79))
CENTRAL_OAKLAND = a_landmark_place(
    "Central Library", "Oakland", fips="06001", at=(37.801, -122.263)
)
PLAZA = a_landmark_place("16th St & Mission St", "San Francisco", fips="06075", at=(37.76, -122.4))
CHURCH = a_landmark_place("St. Mary's Church on Main St", "Oakland", fips="06001")
PLACES = [
    Place(PlaceKind.COUNTY, "Fresno County", "06019", 36.76, -119.65, True, 1_008_654),
    Place(PlaceKind.TOWN, "Fresno", "06019", 36.74, -119.78, True, 60),
    Place(PlaceKind.TOWN, "Oakland", "06001", 37.80, -122.27, True, 27),
    Place(PlaceKind.TOWN, "San Francisco", "06075", 37.77, -122.42, True, 60),
    Place(PlaceKind.ZIP, "93721", "06019", 36.73, -119.78, True),
    *(CORNER, LIBRARY, CENTRAL, CENTRAL_OAKLAND, PLAZA, CHURCH),
]
GAZETTEER = Gazetteer(PLACES)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Fulton and Tuolumne", CORNER),
        ("Fulton St at Tuolumne St", CORNER),
        ("Fulton & Tuolumne", CORNER),
        ("Tuolumne/Fulton", CORNER),
        ("esquina de Fulton y Tuolumne", CORNER),
        ("Fulton y Tuolumne en Fresno", CORNER),
        ("N. Fulton St. & Tuolumne, Fresno, CA", CORNER),
        ("on the corner of Fulton Street and Tuolumne Street in Fresno California", CORNER),
        ("mission and 16th", PLAZA),
        ("the library, Fresno", LIBRARY),
        ("THE LIBRARY in Fresno", LIBRARY),
        ("library", LIBRARY),
        ("la biblioteca", LIBRARY),
        ("la biblioteca de Fresno", LIBRARY),
        ("fresno central", LIBRARY),
        ("central library oakland", CENTRAL_OAKLAND),
        ("saint marys church on main street", CHURCH),
    ],
)
def test_resolve_finds_a_landmark_however_it_is_typed(typed, place):
    assert GAZETTEER.resolve(typed) == Found(place)


def test_resolve_of_a_name_in_several_towns_lets_the_person_choose():
    assert GAZETTEER.resolve("Central Library") == Ambiguous(
        "Central Library", (CENTRAL, CENTRAL_OAKLAND)
    )


def test_resolve_never_moves_a_corner_to_another_town():
    answer = GAZETTEER.resolve("Fulton and Tuolumne, Oakland")

    assert answer == Unknown("Fulton and Tuolumne, Oakland", ("Fulton and Tuolumne, Fresno",))


def test_resolve_of_a_misspelt_corner_names_it():
    assert GAZETTEER.resolve("Fultn and Tuolumne").near_names == ("Fulton and Tuolumne, Fresno",)


def test_resolve_of_a_town_or_zip_code_is_not_touched_by_landmarks():
    fresno = a_landmark_place("Fresno", "Oakland")

    answers = [Gazetteer([*PLACES, fresno]).resolve(text) for text in ("Fresno", "Fresno 93721")]

    assert [answer.place.kind for answer in answers] == [PlaceKind.TOWN, PlaceKind.ZIP]


@pytest.mark.parametrize(
    ("words", "rest", "place"),
    [
        ("naloxone Fulton and Tuolumne", "naloxone", CORNER),
        ("comida en la esquina de Fulton y Tuolumne", "comida", CORNER),
        ("food on the corner of Fulton St and Tuolumne St", "food", CORNER),
        ("methadone near Fulton & Tuolumne open now", "methadone open now", CORNER),
        ("naloxone Fulton/Tuolumne", "naloxone", CORNER),
        ("Fulton and Tuolumne Fresno food", "food", CORNER),
        ("naloxone Central Library in Fresno", "naloxone", CENTRAL),
        ("central library naloxone oakland", "naloxone", CENTRAL_OAKLAND),
        ("food in Oakland central library", "food", CENTRAL_OAKLAND),
        ("food central library in Fresno County", "food", CENTRAL),
        ("food at the library", "food", LIBRARY),
        ("comida en la biblioteca", "comida", LIBRARY),
    ],
)
def test_split_finds_the_landmark_in_a_sentence(words, rest, place):
    assert GAZETTEER.split(words) == (rest, Found(place))


@pytest.mark.parametrize("words", ["library", "naloxone library", "wound care and naloxone"])
def test_split_takes_a_single_word_for_a_landmark_only_after_a_link(words):
    assert GAZETTEER.split(words) == (words, None)


def test_split_lets_another_town_win_over_a_landmark():
    rest, answer = GAZETTEER.split("Fulton and Tuolumne naloxone Oakland")

    assert (rest, answer.place.name) == ("Fulton and Tuolumne naloxone", "Oakland")


def test_split_asks_which_of_several_landmarks_of_a_name_is_meant():
    twin = a_landmark_place("Central Library", "Fresno", at=(36.8, -119.8))
    gazetteer = Gazetteer([*PLACES, twin])

    assert gazetteer.split("food central library") == (
        "food",
        Ambiguous("central library", (CENTRAL, twin, CENTRAL_OAKLAND)),
    )
    assert gazetteer.split("central library food in Fresno County") == (
        "food",
        Ambiguous("central library", (CENTRAL, twin)),
    )


def test_split_asks_back_for_a_misspelt_town_beside_a_landmark():
    answer = GAZETTEER.split("Central Library food in San Fransisco")

    assert answer == (
        "Central Library food",
        Unknown("San Fransisco", ("San Francisco",)),
    )


def test_split_lets_a_zip_code_win_over_a_landmark():
    rest, answer = GAZETTEER.split("naloxone Fulton and Tuolumne 93721")

    assert (rest, answer.place.name) == ("naloxone", "93721")


@given(st.text(max_size=200))
def test_any_text_is_answered_with_landmarks_too(text):
    assert isinstance(GAZETTEER.resolve(text), Found | Ambiguous | Unknown)
    assert isinstance(GAZETTEER.split(text)[0], str)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (LandmarkNames("Fulton and Tuolumne"), "Fulton y Tuolumne"),
        (LandmarkNames("Fulton St at Inyo St"), "Fulton St e Inyo St"),
        (LandmarkNames("Fulton / Tuolumne"), "Fulton / Tuolumne"),
        (LandmarkNames("Fulton and Tuolumne", "Fulton con Tuolumne"), "Fulton con Tuolumne"),
    ],
)
def test_spanish_shown_says_a_corner_with_y(names, shown):
    assert spanish_shown(kind=LandmarkKind.CROSS_STREETS, names=names) == shown


def test_spanish_shown_of_a_landmark_is_what_was_given_or_its_name():
    plain = LandmarkNames("Salt and Straw")

    assert spanish_shown(kind=LandmarkKind.LANDMARK, names=plain) == "Salt and Straw"


def test_landmark_key_does_not_care_about_case_marks_articles_and_short_forms():
    typed = ["The St. Mary's Church & Center", "saint marys church and centre"]

    assert len(set(map(landmark_key, typed))) == 1


@pytest.mark.parametrize("name", ["", " ", "the", "near me", "en la esquina", "!!!", "y"])
def test_says_nothing_of_small_words_alone(name):
    assert says_nothing(name)
