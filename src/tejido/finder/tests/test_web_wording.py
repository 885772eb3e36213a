"""Hours, distances, facts and phones as people say them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from tejido.directory.domain.public import PublicPhone
from tejido.directory.domain.schedule import DatedException
from tejido.finder.domain.answer import Hours, Open
from tejido.finder.testing import a_listing
from tejido.finder.web.distances import away
from tejido.finder.web.hours import as_of, state_line
from tejido.finder.web.saying import language_names, phone_link, spanish_line
from tejido.finder.web.week import special_days

LA = ZoneInfo("America/Los_Angeles")
# Friday, 15:40 in California.
NOW = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=LA)


@pytest.mark.parametrize(
    ("closes", "english", "spanish"),
    [
        (at(20, 17), "until 5:00 pm", "hasta las 5:00 p. m."),
        (at(21, 0), "until midnight", "hasta la medianoche"),
        (at(21, 1), "until 1:00 am", "hasta la 1:00 a. m."),
        (at(21, 12), "until tomorrow noon", "hasta mañana al mediodía"),
        (at(22, 9, 30), "until Sunday 9:30 am", "hasta el domingo a las 9:30 a. m."),
    ],
)
def test_open_says_until_when(closes, english, spanish):
    hours = Hours(Open.OPEN, closes_at=closes)

    assert plain(state_line(hours, at=NOW, is_now=True).until) == english
    with translation.override("es"):
        assert plain(state_line(hours, at=NOW, is_now=True).until) == spanish


@pytest.mark.parametrize(
    ("opens", "english", "spanish"),
    [
        (at(20, 20), "opens 8:00 pm", "abre a las 8:00 p. m."),
        (at(21, 8), "opens tomorrow 8:00 am", "abre mañana a las 8:00 a. m."),
        (at(23, 8), "opens Monday 8:00 am", "abre el lunes a las 8:00 a. m."),
        (
            at(27, 13),
            "opens Friday, November 27 1:00 pm",
            "abre el viernes 27 de noviembre a la 1:00 p. m.",
        ),
        (None, "call to ask", "llame para preguntar"),
    ],
)
def test_closed_says_what_opens_next(opens, english, spanish):
    hours = Hours(Open.CLOSED, opens_at=opens)

    assert plain(state_line(hours, at=NOW, is_now=True).until) == english
    with translation.override("es"):
        assert plain(state_line(hours, at=NOW, is_now=True).until) == spanish


@pytest.mark.parametrize(
    ("hours", "is_now", "label"),
    [
        (Hours(Open.OPEN, always=True), True, "Always open"),
        (Hours(Open.OPEN), True, "Open now"),
        (Hours(Open.OPEN), False, "Open then"),
        (Hours(Open.CLOSED), True, "Closed now"),
        (Hours(Open.CLOSED), False, "Closed then"),
        (Hours(Open.UNKNOWN), True, "Hours not known"),
    ],
)
def test_each_state_has_its_words(hours, is_now, label):
    assert state_line(hours, at=NOW, is_now=is_now).label == label


def test_a_program_that_is_closed_for_now_has_no_opening_time():
    line = state_line(Hours(Open.OPEN), at=NOW, is_now=True, temporarily_closed=True)

    assert (line.state, line.label, line.until) == ("closed", "Closed for now", "call to ask")


def test_as_of_stands_in_a_sentence_of_both_languages():
    local = NOW.astimezone(LA)

    today = local.date()
    assert as_of(local, today=today) == "3:40\N{NO-BREAK SPACE}pm, Friday, November 20"
    with translation.override("es"):
        assert plain(as_of(local, today=today)) == "3:40 p. m., viernes 20 de noviembre"


def test_as_of_names_the_year_where_it_is_another():
    new_year, today = datetime(2027, 1, 1, 12, tzinfo=LA), NOW.astimezone(LA).date()

    assert as_of(new_year, today=today) == "noon, Friday, January 1, 2027"
    with translation.override("es"):
        assert as_of(new_year, today=today) == "mediodía, viernes 1 de enero de 2027"


def test_a_special_day_of_another_year_says_its_year():
    closed = DatedException(date(2027, 1, 1), date(2027, 1, 1), reason="New Year's Day")
    clinic = a_listing(1, exceptions=(closed,))

    named = special_days(clinic, today=date(2026, 12, 20), until=date(2027, 1, 20))
    assert [line.name for line in named] == ["Friday, January 1, 2027"]


@pytest.mark.parametrize(
    ("opens", "english", "spanish"),
    [
        (at(26, 18), "opens 6:00 pm", "abre a las 6:00 p. m."),
        (
            at(27, 10),
            "opens Friday, November 27 10:00 am",
            "abre el viernes 27 de noviembre a las 10:00 a. m.",
        ),
    ],
)
def test_on_a_chosen_day_nothing_opens_tomorrow(opens, english, spanish):
    hours = Hours(Open.CLOSED, opens_at=opens)

    assert plain(state_line(hours, at=at(26, 11), is_now=False).until) == english
    with translation.override("es"):
        assert plain(state_line(hours, at=at(26, 11), is_now=False).until) == spanish


@pytest.mark.parametrize(
    ("meters", "about", "english", "spanish"),
    [
        (640, False, "0.4 miles north", "0.4 millas al norte"),
        (640, True, "less than 1 mile", "a menos de 1 milla"),
        (1650, True, "about 1 mile north", "a más o menos 1 milla al norte"),
        (40_000, True, "about 25 miles north", "a más o menos 25 millas al norte"),
        (0, False, "less than 0.1 miles north", "menos de 0.1 millas al norte"),
    ],
)
def test_distance_says_no_more_than_is_known(meters, about, english, spanish):
    assert away(meters, 3.0, about=about) == english
    with translation.override("es"):
        assert away(meters, 3.0, about=about) == spanish


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (("en", "es"), "Spanish spoken"),
        (("spa",), "Spanish spoken"),
        (("es-MX",), "Spanish spoken"),
        (("en",), "No Spanish listed"),
        ((), "Spanish: not known"),
    ],
)
def test_spanish_is_yes_no_or_not_known(codes, words):
    assert spanish_line(a_listing(1, languages=codes)).words == words


def test_languages_have_names_and_strange_codes_stay():
    listing = a_listing(1, languages=("en", "spa", "hmn", "xx"))

    assert language_names(listing) == ["English", "Spanish", "Hmong", "xx"]
    with translation.override("es"):
        assert language_names(listing) == ["inglés", "español", "hmong", "xx"]


def test_a_phone_is_shown_as_written_here_and_dialled_whole():
    link = phone_link(PublicPhone("+15595550101", "12", "voice", ""))

    assert (link.shown, link.dial) == ("(559) 555-0101, extension 12", "+15595550101;ext=12")


def test_a_number_that_cannot_be_read_stays_as_it_was():
    link = phone_link(PublicPhone("call the desk", "", "voice", ""))

    assert (link.shown, link.dial) == ("call the desk", "")
