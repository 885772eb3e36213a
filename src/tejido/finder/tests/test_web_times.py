"""A day and an hour among the words: read as in a text message, shown in the fields for them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tejido.directory.domain.schedule import Rule
from tejido.finder.queries.times import split_time
from tejido.finder.synthetic import bench_concepts
from tejido.finder.tests.reading import ALWAYS, DAYTIME, EVERY_DAY, Page, place, publish

FIND = {"en": "/find/", "es": "/es/find/"}
ZONE = ZoneInfo("America/Los_Angeles")
# A Friday.
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZONE)
SUNDAY = 6


@pytest.fixture(autouse=True)
def fresno(settings):
    publish(
        settings.SNAPSHOTS,
        place(1, "Day clinic", rules=DAYTIME),
        place(2, "Night van", rules=ALWAYS),
        place(3, "Sunday Friends", hours_known=False, needs=()),
    )


def asked(client, language="en", **fields):
    return Page(client.post(FIND[language], fields))


def fields_on(page, name):
    """Return what a search that goes on from the page would send."""
    return set(page.values(name))


def next_sunday(hour):
    now = timezone.localtime()
    day = now.date() + timedelta(days=(SUNDAY - now.weekday()) % 7)
    over = datetime.combine(day, time(hour), now.tzinfo) < now
    return day + timedelta(days=7 * over)


@pytest.mark.parametrize(
    ("words", "rest", "at", "only_open"),
    [
        ("naloxone tonight", "naloxone", datetime(2026, 11, 20, 20, tzinfo=ZONE), True),
        ("abierto el domingo", "", datetime(2026, 11, 22, 12, tzinfo=ZONE), False),
        ("naloxone now", "naloxone", None, True),
        ("tomorrow 9am", "", datetime(2026, 11, 21, 9, tzinfo=ZONE), True),
        ("naloxona en Fresno mañana a las 3", "naloxona en Fresno",
         datetime(2026, 11, 21, 15, tzinfo=ZONE), True),
        ("naloxne sunday", "naloxne", datetime(2026, 11, 22, 12, tzinfo=ZONE), False),
        ("clinic sunday", "clinic", datetime(2026, 11, 22, 12, tzinfo=ZONE), False),
    ],
)  # fmt: skip
def test_words_are_parted_from_their_day_and_hour(words, rest, at, only_open):
    left, chosen = split_time(words, now=NOW)

    assert (left, chosen.at, chosen.only_open) == (rest, at, only_open)


@pytest.mark.parametrize("words", ["Sunday Friends", "sunday friends fresno", "naloxone", ""])
def test_a_place_that_is_called_by_a_day_keeps_its_name(words):
    assert split_time(words, now=NOW) == (words, None)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "naloxone tomorrow 9am"), ("es", "naloxona mañana a las 9 am")]
)
def test_a_time_that_was_typed_stands_in_its_fields_and_as_a_chip(client, language, words):
    tomorrow = timezone.localdate() + timedelta(days=1)

    page = asked(client, language, place="Fresno", q=words)

    assert fields_on(page, "day") == {tomorrow.isoformat()}
    assert fields_on(page, "hour") == {"09:00"}
    assert fields_on(page, "q") == {words.split()[0]}
    assert {"chosen", "open"} <= set(page.values("drop"))
    assert ("9:00 am" if language == "en" else "9:00 a. m.") in page.text


@pytest.mark.parametrize(("language", "words"), [("en", "dec 24 10am"), ("es", "24 dic 10am")])
def test_a_date_that_was_typed_stands_in_its_fields(client, language, words):
    page = asked(client, language, place="Fresno", q=f"naloxone {words}")

    (day,) = fields_on(page, "day")
    assert (day[5:], fields_on(page, "hour")) == ("12-24", {"10:00"})
    assert fields_on(page, "q") == {"naloxone"}


def test_a_day_that_no_calendar_has_is_asked_about(client):
    page = asked(client, place="Fresno", q="naloxone nov 31 10am")
    spanish = asked(client, "es", place="Fresno", q="naloxona 31 de noviembre a las 10am")

    assert "Which day do you mean? Write it like “Saturday 10 am” or “Nov 28, 10 am”" in page.text
    assert "¿Qué día quiere decir?" in spanish.text
    assert fields_on(page, "day") == {""}


def test_a_day_alone_is_its_noon_and_says_what_is_open_then(client):
    page = asked(client, "es", place="Fresno", q="abierto el domingo")

    assert fields_on(page, "day") == {next_sunday(12).isoformat()}
    assert "mediodía, domingo" in page.text
    assert "Abierto a esa hora" in page.text


def test_now_wants_what_is_open_now(client):
    page = asked(client, place="Fresno", q="naloxone now")

    assert "Open now" in page.text
    assert fields_on(page, "open") == {"on"}
    assert fields_on(page, "hour") == set()


def test_the_time_can_be_changed_and_taken_off(client):
    found = asked(client, place="Fresno", q="naloxone tomorrow 9am")
    again = dict(next(fields for form, fields in found.forms if form["action"] == "/"))
    home = Page(client.post("/", again))
    without = asked(client, **again | {"drop": "chosen"})

    shown = {a.get("name"): a.get("value") for tag, a in home.tags if tag == "input"}
    assert shown["hour"] == "09:00"
    assert shown["q"] == "naloxone"
    assert fields_on(without, "hour") == set()
    assert fields_on(without, "q") == {"naloxone"}


def test_the_field_for_the_time_wins_over_the_words(client):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    page = asked(client, place="Fresno", q="naloxone yesterday", day=tomorrow, hour="14:00")

    assert (fields_on(page, "hour"), fields_on(page, "q")) == ({"14:00"}, {"naloxone"})


def test_a_time_without_a_place_or_need_is_kept_while_the_page_asks_where(client):
    page = asked(client, q="what is open tomorrow 9am")

    assert "Enter a city, ZIP code or county" in page.text
    assert "09:00" in fields_on(page, "hour")


def test_words_that_say_nothing_beside_place_and_time_leave_nothing_out(client):
    page = asked(client, q="what is open tomorrow 10am in Fresno")

    assert page.of("h1") == ["2 places near Fresno, with filters on"]


@pytest.mark.parametrize(
    ("language", "words", "sentence"),
    [
        ("en", "naloxone yesterday", "This time is over. Write a later one"),
        ("es", "naloxona ayer a las 3", "Esta hora ya pasó. Escriba otra más tarde"),
    ],
)
def test_a_time_in_the_past_is_refused_and_the_words_stay(client, language, words, sentence):
    page = asked(client, language, place="Fresno", q=words)

    assert sentence in page.text
    assert fields_on(page, "q") == {words}


def test_despair_last_night_is_answered_with_the_line_first(client):
    page = asked(client, q="mental health last night")

    assert "You can call or text 988 now" in page.text


def at_clock(monkeypatch, hour, minute=0):
    moment = datetime.combine(timezone.localdate(), time(hour, minute), ZONE)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


@pytest.mark.parametrize(("chosen", "days"), [("16:30", 0), ("15:30", 1), ("00:10", 1)])
def test_a_time_without_a_day_is_the_next_one(client, monkeypatch, chosen, days):
    now = at_clock(monkeypatch, 17)

    page = asked(client, place="Fresno", hour=chosen)

    assert fields_on(page, "day") == {(now.date() + timedelta(days=days)).isoformat()}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "This time is over. Choose a later one"), ("es", "Esta hora ya pasó.")],
)
def test_an_hour_of_today_that_is_over_is_refused(client, monkeypatch, language, sentence):
    now = at_clock(monkeypatch, 17)

    page = asked(client, language, place="Fresno", day=now.date().isoformat(), hour="15:30")

    assert sentence in page.text
    assert page.of("title")[0].startswith("Error: ")


def test_a_time_that_came_while_somebody_reads_the_list_stays(client, monkeypatch):
    now = at_clock(monkeypatch, 17, 45)

    page = asked(client, place="Fresno", day=now.date().isoformat(), hour="17:00")

    assert page.of("h1") == ["3 places near Fresno"]


def test_a_night_in_which_places_open_later_is_not_said_to_have_none(client, settings):
    late = (Rule("WEEKLY", EVERY_DAY, time(22), time(23)),)
    publish(
        settings.SNAPSHOTS,
        place(1, "Night kitchen", rules=late),
        place(2, "Day clinic", rules=DAYTIME),
    )
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    fields = {"place": "Fresno", "need": "naloxone", "open": "on", "day": tomorrow}

    page = asked(client, **fields, hour="20:00")
    spanish = asked(client, "es", **fields, hour="20:00")

    assert page.of("h1") == ["1 place near Fresno opens later that night"]
    assert "The first: Night kitchen , opens 10:00 pm." in page.text
    assert spanish.of("h1") == ["1 lugar cerca de Fresno abre más tarde esa noche"]


def test_results_say_what_a_place_helps_with(client, settings, monkeypatch):
    monkeypatch.setattr("tejido.finder.testing.CONCEPTS", bench_concepts())
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS))

    page = asked(client, place="Fresno", q="calfresh")

    assert page.of("h1") == ["No place within 25 miles of Fresno has help to apply for benefits"]
