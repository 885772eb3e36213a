"""Any text is safe to read, and hours that are said and read again are the same hours."""

import unicodedata
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.opening import is_computable, openings
from tejido.directory.domain.prose_hours import Language, Note, propose_hours, say_hours
from tejido.directory.domain.prose_hours.words import VOCABULARY
from tejido.directory.domain.schedule import Rule

CALIFORNIA = ZoneInfo("America/Los_Angeles")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MIDNIGHT = time(0, 0)
WORDS = [" ".join(phrase) for phrase in sorted(VOCABULARY)]
MARKS = [",", ";", ".", "-", "–", "(", ")", ":", "/", "\n", "8:30", "5", "12", "9", "17", "x", "M"]
ALMOST_SENTENCES = st.lists(
    st.sampled_from(["Monday", "Friday", "9-5", "1st"]) | st.sampled_from(WORDS + MARKS),
    max_size=14,
).map(" ".join)
QUARTERS = st.builds(time, st.integers(1, 23), st.sampled_from([0, 15, 30, 45]))


def in_minutes(at):
    return at.hour * 60 + at.minute


@st.composite
def days_of_hours(draw):
    """Draw the openings of one day: some apart, or one into the night, or the whole day."""
    kind = draw(st.sampled_from(["day", "night", "whole"]))
    if kind == "whole":
        return ((MIDNIGHT, MIDNIGHT),)
    if kind == "night":
        opens_at = draw(QUARTERS.filter(lambda at: at.hour >= 15))
        longest = in_minutes(opens_at) + 16 * 60 - 24 * 60
        closings = [time(m // 60, m % 60) for m in range(0, min(longest, 12 * 60) + 1, 15)]
        return ((opens_at, draw(st.sampled_from(closings))),)
    times = sorted(draw(st.sets(QUARTERS | st.just(MIDNIGHT), min_size=2, max_size=6)))
    if len(times) % 2:
        times.pop()
    return tuple(zip(times[::2], times[1::2], strict=True))


@st.composite
def weeks(draw):
    """Draw rules where each weekday opens weekly, or on numbered days, or not."""
    rules = []
    pool = draw(st.lists(days_of_hours(), min_size=1, max_size=3))
    for day in DAYS:
        numbers = draw(st.sampled_from([(), ("",), ("",), ("1", "3"), ("-1",), ("2", "4", "5")]))
        if not numbers:
            continue
        freq = "MONTHLY" if numbers[0] else "WEEKLY"
        byday = tuple(f"{number}{day}" for number in numbers)
        rules += [Rule(freq, byday, *hours) for hours in draw(st.sampled_from(pool))]
    return rules


def open_on(rules):
    return openings(
        rules=rules,
        exceptions=[],
        zone=CALIFORNIA,
        first=date(2026, 10, 1),
        last=date(2026, 12, 31),
    )


@given(st.text() | ALMOST_SENTENCES)
def test_any_text_is_read_or_refused_with_its_parts(text):
    proposal = propose_hours(text)

    assert is_computable(proposal.rules)
    assert not (proposal.is_proposed and proposal.leftovers)
    assert proposal.is_proposed or proposal.notes
    assert all(part in unicodedata.normalize("NFC", text) for part in proposal.leftovers)


@given(st.text() | ALMOST_SENTENCES)
def test_a_word_that_nobody_knows_leaves_nothing_proposed(text):
    assert not propose_hours(f"{text} xyzzy").is_proposed
    assert not propose_hours(f"xyzzy {text}").is_proposed


@pytest.mark.parametrize("language", Language)
@given(rules=weeks().filter(bool))
def test_hours_said_and_read_again_are_the_same_hours(language, rules):
    sentence = say_hours(rules, language)

    proposal = propose_hours(sentence)

    assert proposal.is_proposed, (sentence, proposal)
    assert open_on(proposal.rules) == open_on(rules), sentence
    assert Note.IMPLIED_AM_PM not in proposal.notes


def test_hours_are_said_for_people():
    rules = propose_hours("M-F 8-12, 1-5; Sat 9-1; 1st & 3rd Thursday 6-8 pm").rules

    assert say_hours(rules, Language.ENGLISH) == (
        "Monday to Friday 8:00 am–noon and 1:00 pm–5:00 pm; Saturday 9:00 am–1:00 pm; "
        "first and third Thursday of the month 6:00 pm–8:00 pm"
    )
    assert say_hours(rules, Language.SPANISH) == (
        "lunes a viernes 8:00 a. m.–mediodía y 1:00 p. m.–5:00 p. m.; "
        "sábado 9:00 a. m.–1:00 p. m.; primer y tercer jueves del mes 6:00 p. m.–8:00 p. m."
    )
    assert say_hours(propose_hours("24/7").rules, Language.SPANISH) == "todos los días 24 horas"
    assert say_hours([], Language.ENGLISH) == ""


@pytest.mark.parametrize(
    "extra",
    [
        {"interval": 2, "dtstart": date(2026, 1, 1)},
        {"dtstart": date(2026, 1, 1)},
        {"valid_to": date(2026, 1, 1)},
        {"byday": (), "bymonthday": (1,)},
        {"freq": "MONTHLY", "byday": ("-2FR",)},
    ],
)
def test_hours_that_need_dates_are_not_said(extra):
    rule = {"freq": "WEEKLY", "byday": ("MO",), "opens_at": time(9), "closes_at": time(17)}

    assert say_hours([Rule(**rule)], Language.ENGLISH) == "Monday 9:00 am–5:00 pm"
    assert say_hours([Rule(**rule | extra)], Language.ENGLISH) is None
