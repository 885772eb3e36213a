"""Clock times that leave am and pm out: one opening, or none."""

import pytest

from tejido.directory.domain.prose_hours.clock import Clock, Half, Span, hours_of
from tejido.directory.domain.prose_hours.tokens import tokens_of

READ = {
    "8:30-5": "8:30-17:00",
    "9-5": "9:00-17:00",
    "1-5": "13:00-17:00",
    "12-8": "12:00-20:00",
    "9-12": "9:00-12:00",
    "9-11:30": "9:00-11:30",
    "9-9": "9:00-21:00",
    "6:30-6": "6:30-18:00",
    "4-10": "16:00-22:00",
    "5:30-1:30": "5:30-13:30",
    "11:07-12:30": "11:07-12:30",
    "5-7 pm": "17:00-19:00",
    "10-9 pm": "10:00-21:00",
    "7-9 am": "7:00-9:00",
    "8-12 pm": "8:00-12:00",
    "7:30-12 noon": "7:30-12:00",
    "11:30-12:30 pm": "11:30-12:30",
    "9 am-5": "9:00-17:00",
    "6 pm-10": "18:00-22:00",
    "noon-3": "12:00-15:00",
    "9 pm-midnight": "21:00-24:00",
    "5 pm-12 am": "17:00-24:00",
    "midnight-6 am": "0:00-6:00",
    "12 am-6 am": "0:00-6:00",
    "5 pm-6 am": "17:00-30:00",
    "8-17": "8:00-17:00",
    "0:00-24:00": "0:00-24:00",
    "20-8": "20:00-32:00",
    "05:00-09:00": "5:00-9:00",
    "8-11, 1-4": "8:00-11:00, 13:00-16:00",
    "9-12, 2-5, 6-9": "9:00-12:00, 14:00-17:00, 18:00-21:00",
    "6 am-8 am, 5 pm-8 pm": "6:00-8:00, 17:00-20:00",
}
AMBIGUOUS = [
    "7-10", "8-11", "8-9", "8-10", "10-11", "5-7", "5:45-9", "6-9", "7-12", "6-12", "12-12",
    "5-5", "6-6", "7-7", "8-8", "8:30-8:30", "1-1", "8-10 pm", "9-10 pm", "10-2 am", "6-12 pm",
    "6-12 am", "8 am-10", "10 pm-6", "9 am-5 am", "9 am-9 am", "12 am-5 pm", "8 am-12 am",
    "6 pm-12 pm", "1 pm-12 pm", "13-5", "8-midnight", "9-5, 4-6", "1-5, 9-12", "12-2 am",
    "24:00-8:00",
]  # fmt: skip


def clock(at):
    return f"{at // 60}:{at % 60:02}"


def spans_of(text):
    clocks = [token.clock for token in tokens_of(text) if token.clock]
    return [Span(*pair) for pair in zip(clocks[::2], clocks[1::2], strict=True)]


@pytest.mark.parametrize(("text", "expected"), READ.items())
def test_times_are_read_in_their_one_ordinary_way(text, expected):
    hours = hours_of(spans_of(text))

    assert hours is not None
    assert ", ".join(f"{clock(first)}-{clock(last)}" for first, last in hours) == expected


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_times_with_two_ordinary_readings_or_none_are_left_alone(text):
    assert hours_of(spans_of(text)) is None


def test_the_part_of_the_day_decides_between_two_readings():
    spans = spans_of("7-9")

    assert hours_of(spans) is None
    assert hours_of(spans, "morning") == ((7 * 60, 9 * 60),)
    assert hours_of(spans, "evening") == ((19 * 60, 21 * 60),)
    assert hours_of(spans, "afternoon") is None


def test_a_24_hour_clock_elsewhere_decides_where_nothing_speaks_against_it():
    assert hours_of(spans_of("6-12"), is_full_clock=True) == ((6 * 60, 12 * 60),)
    assert hours_of(spans_of("9-5"), is_full_clock=True) == ((9 * 60, 17 * 60),)
    assert hours_of(spans_of("1-5"), is_full_clock=True) is None


def test_a_mark_that_does_not_fit_its_hour_is_refused():
    assert Clock(0, 30).marked("am") is None
    assert Clock(13, 0).marked("am") is None
    assert Clock(13, 45).marked("pm") == Clock(13, 45, Half.FULL_CLOCK)
    assert Clock(2, 0).marked("night") is None
    assert Clock(9, 0, Half.AM).marked("pm") is None
