from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.finder.domain.crisis import is_overdose
from tejido.finder.domain.text_clock import moment_words
from tejido.finder.domain.text_grammar import Act, read_text

ZONE = ZoneInfo("America/Los_Angeles")
# A Friday.
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZONE)


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("words", "rest", "expected"),
    [
        ("agujas oakland mañana 3pm", "agujas oakland", at(21, 15)),
        ("mañana a las 3 p. m. agujas oakland", "agujas oakland", at(21, 15)),
        ("sat 10am 94601 food", "94601 food", at(21, 10)),
        ("comida esta noche Fresno", "comida Fresno", at(20, 20)),
        ("Oakland tonight food", "Oakland food", at(20, 20)),
        ("comida 10 de la mañana", "comida", at(20, 10)),
        ("mañana por la mañana agujas", "agujas", at(21, 9)),
        ("friday 9am", "", at(27, 9)),
        ("friday 11am", "", at(20, 11)),
        ("el lunes a la 1 comida", "comida", at(23, 13)),
        ("at 9 food", "food", at(21, 9)),
        ("food 15:30", "food", at(20, 15, 30)),
        ("noon", "", at(20, 12)),
        ("medianoche comida", "comida", at(21, 0)),
        ("day after tomorrow 12am food", "food", at(22, 0)),
        ("SÁBADO, 9:30 AM. comida", "comida", at(21, 9, 30)),
        ("narcan 94606 nov 28 10am", "narcan 94606", at(28, 10)),
        ("Sat, Nov. 28th 10 a.m. food", "food", at(28, 10)),
        ("agujas 28 de noviembre a las 10am", "agujas", at(28, 10)),
        ("el 28 a las 10am agujas", "agujas", at(28, 10)),
        ("food sat 28 10am", "food", at(28, 10)),
        ("food at 10 11/28", "food", at(28, 10)),
        ("comida 28/11 a las 15", "comida", at(28, 15)),
        ("comida a las 15 horas", "comida", at(20, 15)),
        ("food at 15", "food", at(20, 15)),
        ("2026-11-30 9am food", "food", at(30, 9)),
        ("food in 2 hours", "food", at(20, 12)),
        ("comida en media hora", "comida", at(20, 10, 30)),
        ("dentro de 3 días a las 9 comida", "comida", at(23, 9)),
    ],
)
def test_a_day_and_an_hour_are_found_anywhere_and_the_rest_is_left(words, rest, expected):
    asked = read_text(words, now=NOW)

    assert (asked.words, asked.chosen.at, asked.chosen.only_open) == (rest, expected, True)


def test_a_day_without_an_hour_is_its_noon_and_leaves_nothing_out():
    asked = read_text("sunday food", now=NOW)

    assert (asked.words, asked.chosen.at, asked.chosen.only_open) == ("food", at(22, 12), False)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("narcan nov 30", datetime(2026, 11, 30, 12, tzinfo=ZONE)),
        ("narcan dec 24", datetime(2026, 12, 24, 12, tzinfo=ZONE)),
        ("sábado 28 narcan", at(28, 12)),
        ("primero de enero narcan", datetime(2027, 1, 1, 12, tzinfo=ZONE)),
        ("7/4 narcan", datetime(2027, 7, 4, 12, tzinfo=ZONE)),
        ("narcan 12/1/26", datetime(2026, 12, 1, 12, tzinfo=ZONE)),
    ],
)
def test_a_date_without_an_hour_is_its_noon(words, expected):
    asked = read_text(words, now=NOW)

    assert (asked.words, asked.chosen.at, asked.chosen.only_open) == ("narcan", expected, False)


@pytest.mark.parametrize("words", ["nov 18 10am", "18 de noviembre", "9/1", "11/19/2026 9am"])
def test_a_date_that_is_just_over_is_not_taken_for_next_year(words):
    assert read_text(words, now=NOW).chosen.is_over


@pytest.mark.parametrize(
    "words",
    [
        *("nov 31 10am", "feb 30", "13/45 10am"),
        *("fri nov 28 10am", "tomorrow nov 28"),
        *("next week 10am", "la próxima semana", "december 10am", "este fin de semana"),
    ],
)
def test_a_day_that_we_do_not_understand_is_never_another_day(words):
    assert read_text(words, now=NOW).chosen.is_unclear


def test_today_alone_is_now_and_leaves_nothing_out():
    chosen = read_text("comida hoy", now=NOW).chosen

    assert (chosen.at, chosen.only_open) == (None, False)


@pytest.mark.parametrize("words", ["narcan 94601 NOW", "ahora narcan 94601", "narcan 94601 open"])
def test_now_wants_what_is_open(words):
    asked = read_text(words, now=NOW)

    assert (asked.words, asked.chosen.at, asked.chosen.only_open) == ("narcan 94601", None, True)


@pytest.mark.parametrize(
    "words", ["today 9am", "ayer", "yesterday 3pm", "hoy a las 8 de la mañana"]
)
def test_a_time_in_the_past_is_over(words):
    assert read_text(words, now=NOW).chosen.is_over


def test_tonight_late_at_night_is_now():
    chosen = read_text("tonight", now=at(20, 22)).chosen

    assert (chosen.at, chosen.only_open, chosen.is_over) == (None, True, False)


@pytest.mark.parametrize(
    "words",
    [
        "shower sun valley",
        "open door eureka",
        "morning after pill",
        "13pm",
        "24 hours",
        "3rd st",
        "ratio:3pm",
        "narcan 24/7",
        "hiv 1/2 test",
        "may i get food",
        "corner of 3rd and main",
        "10-12 shelter",
        "food at 20 main street",
    ],
)
def test_words_that_look_like_times_are_not(words):
    asked = read_text(words, now=NOW)

    assert (asked.words, asked.chosen) == (words, None)


@pytest.mark.parametrize(
    ("words", "act", "language"),
    [
        *((word, Act.STOP, "") for word in ("STOP", "stop all", "Unsubscribe", "END", "quit.")),
        *((word, Act.STOP, "") for word in ("revoke", "OPT OUT", "optout", "cancel")),
        *((word, Act.STOP, "es") for word in ("ALTO", "¡Alto!")),
        *((word, Act.HELP, "") for word in ("HELP", "info", "help?")),
        ("AYUDA", Act.HELP, "es"),
        ("START", Act.START, ""),
        ("unstop", Act.START, ""),
        ("MORE", Act.MORE, "en"),
        *((word, Act.MORE, "es") for word in ("MAS", "más")),
        ("EN", Act.LANGUAGE, "en"),
        *((word, Act.LANGUAGE, "es") for word in ("es", "Español")),
    ],
)
def test_some_words_act_as_whole_messages(words, act, language):
    asked = read_text(f"  {words}\n", now=NOW)

    assert (asked.act, asked.language) == (act, language)


@pytest.mark.parametrize(
    "words",
    [
        "the end of my rope",
        "stop the bleeding",
        "st op",
        "s t o p",
        "e s",
        "en d",
        "need help 94601",
        "more food",
        "123",
        "1 2",
    ],
)
def test_inside_a_sentence_they_do_not(words):
    assert read_text(words, now=NOW).act is Act.FIND


@pytest.mark.parametrize(("words", "number"), [("1", 1), (" 2.", 2), ("#3", 3), ("(1)", 1)])
def test_one_to_three_ask_for_details(words, number):
    asked = read_text(words, now=NOW)

    assert (asked.act, asked.number) == (Act.DETAIL, number)


@pytest.mark.parametrize(
    "words",
    [
        *("od", "O.D.", "my friend OD'd? od now", "overdose", "he's overdosing", "overdose kit"),
        *("not breathing", "she isn't breathing", "stopped breathing", "he won't wake up"),
        *("sobredosis", "Sobredósis 94601", "no respira", "no está respirando", "no despierta"),
        "lips are blue lips",
    ],
)
def test_an_overdose_is_heard(words):
    assert is_overdose(words)


@pytest.mark.parametrize("words", ["food 94601", "od" + "d", "I want to die", "blue door", ""])
def test_other_words_are_no_overdose(words):
    assert not is_overdose(words)


def test_moments_take_few_letters():
    assert moment_words(at(20, 17), seen_from=NOW, language="en") == "5pm"
    assert moment_words(at(21, 9, 30), seen_from=NOW, language="es") == "sáb 9:30am"
    assert moment_words(at(28, 12), seen_from=NOW, language="en") == "Sat Nov 28 12pm"
    assert moment_words(at(28, 0), seen_from=NOW, language="es") == "sáb 28 nov 12am"


@given(st.text(max_size=400))
def test_any_message_is_read(words):
    asked = read_text(words, now=NOW)

    assert len(asked.words) <= 320
    assert asked.chosen is None or asked.chosen.at is None or asked.chosen.at.tzinfo is ZONE


TIMES = ("now", "mañana", "3pm", "a las", "12", "de la noche", "sat", "sunday", "tonight",
         "noon", "23:59", "midnight", "friday", "open", "tarde", "at", "9", "ayer", "nov", "28",
         "11/28", "de", "in", "2", "hours", "the 28th", "31/2")  # fmt: skip


@given(st.lists(st.sampled_from(TIMES), max_size=9))
def test_any_heap_of_times_is_read(words):
    asked = read_text(" ".join(words), now=NOW)

    assert (
        asked.chosen is None
        or asked.chosen.at is None
        or asked.chosen.is_over == (asked.chosen.at < NOW)
    )
