from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.ui.domain import wording

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("language", "form", "words"),
    [
        ("en", "long", "Friday, November 20"),
        ("es", "long", "viernes 20 de noviembre"),
        ("en", "full", "Friday, November 20, 2026"),
        ("es", "full", "viernes 20 de noviembre de 2026"),
        ("en", "short", "Nov 20, 2026"),
        ("es", "short", "20 nov 2026"),
        ("es-us", "short", "20 nov 2026"),
        ("fr", "short", "Nov 20, 2026"),
    ],
)
def test_day_is_said_in_words(language, form, words):
    assert wording.day_words(FRIDAY, language=language, form=form) == words


def test_day_in_an_unknown_form_is_refused():
    with pytest.raises(ValueError, match="no such form"):
        wording.day_words(FRIDAY, language="en", form="11/20")


@given(st.dates(), st.sampled_from(["en", "es"]), st.sampled_from(["long", "full", "short"]))
def test_day_never_has_a_slash(day, language, form):
    assert "/" not in wording.day_words(day, language=language, form=form)


@pytest.mark.parametrize(
    ("hour", "minute", "english", "spanish"),
    [
        (0, 0, "midnight", "medianoche"),
        (0, 5, "12:05 am", "12:05 a. m."),
        (8, 0, "8:00 am", "8:00 a. m."),
        (11, 59, "11:59 am", "11:59 a. m."),
        (12, 0, "noon", "mediodía"),
        (12, 1, "12:01 pm", "12:01 p. m."),
        (17, 0, "5:00 pm", "5:00 p. m."),
        (23, 30, "11:30 pm", "11:30 p. m."),
    ],
)
def test_clock_is_said_as_people_say_it(hour, minute, english, spanish):
    moment = datetime(2026, 11, 20, hour, minute, tzinfo=UTC)

    assert wording.clock_words(moment, language="en") == english
    assert wording.clock_words(moment, language="es") == spanish


@given(st.datetimes(), st.datetimes(), st.sampled_from(["en", "es"]))
def test_clock_tells_two_minutes_of_a_day_apart(one, other, language):
    same_words = wording.clock_words(one, language=language) == wording.clock_words(
        other, language=language
    )

    assert same_words == ((one.hour, one.minute) == (other.hour, other.minute))


@pytest.mark.parametrize(
    ("days", "english", "spanish"),
    [
        (-3, "today", "hoy"),
        (0, "today", "hoy"),
        (1, "yesterday", "ayer"),
        (2, "2 days ago", "hace 2 días"),
        (30, "30 days ago", "hace 30 días"),
        (31, "1 month ago", "hace 1 mes"),
        (60, "1 month ago", "hace 1 mes"),
        (61, "2 months ago", "hace 2 meses"),
        (152, "4 months ago", "hace 4 meses"),
        (365, "11 months ago", "hace 11 meses"),
        (729, "23 months ago", "hace 23 meses"),
        (731, "2 years ago", "hace 2 años"),
    ],
)
def test_age_is_said_in_days_then_months_then_years(days, english, spanish):
    assert wording.ago_words(days, language="en") == english
    assert wording.ago_words(days, language="es") == spanish


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (999, "999"), (1000, "1,000"), (6310.25, "6,310.2")]
)
def test_number_has_commas_in_both_languages(number, words):
    assert wording.number_words(number) == words


@pytest.mark.parametrize(
    ("miles", "english", "spanish"),
    [
        (0, "less than 0.1 miles", "menos de 0.1 millas"),
        (0.4, "0.4 miles", "0.4 millas"),
        (1.02, "1 mile", "1 milla"),
        (2, "2 miles", "2 millas"),
        (9.96, "10 miles", "10 millas"),
        (23.4, "23 miles", "23 millas"),
        (1234, "1,234 miles", "1,234 millas"),
    ],
)
def test_distance_is_said_in_miles(miles, english, spanish):
    metres = miles * wording.METRES_PER_MILE

    assert wording.distance_words(metres, language="en") == english
    assert wording.distance_words(metres, language="es") == spanish


@pytest.mark.parametrize(
    ("bearing", "english", "spanish"),
    [
        (0, "north", "al norte"),
        (44, "northeast", "al noreste"),
        (270, "west", "al oeste"),
        (338, "north", "al norte"),
        (359.9, "north", "al norte"),
        (-45, "northwest", "al noroeste"),
    ],
)
def test_direction_is_one_of_eight(bearing, english, spanish):
    assert wording.direction_words(bearing, language="en") == english
    assert wording.direction_words(bearing, language="es") == spanish
