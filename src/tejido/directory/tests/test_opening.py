"""Opening rules, in worked examples (the oracle stands in test_opening_oracle.py)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tejido.directory.domain.opening import (
    WHOLE_DAY,
    HoursUnknown,
    day_hours,
    is_computable,
    next_days,
    openings,
)
from tejido.directory.domain.schedule import DatedException, Rule

CALIFORNIA = ZoneInfo("America/Los_Angeles")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = timedelta(days=1)
THANKSGIVING = date(2026, 11, 26)


def weekly(byday, opens_at, closes_at, **more):
    return Rule("WEEKLY", tuple(byday.split()), time(*opens_at), time(*closes_at), **more)


def monthly(byday, opens_at, closes_at, **more):
    return Rule("MONTHLY", tuple(byday.split()), time(*opens_at), time(*closes_at), **more)


def local(year, month, day, hour=0, minute=0, fold=0):
    return datetime(year, month, day, hour, minute, tzinfo=CALIFORNIA, fold=fold).astimezone(UTC)


def open_on(rules, first, last, exceptions=()):
    return openings(rules=rules, exceptions=exceptions, zone=CALIFORNIA, first=first, last=last)


def days_open(rule, first, last):
    table = day_hours(rules=[rule], exceptions=[], first=first, last=last)
    return [each.day for each in table if each.hours]


# Worked examples.


def test_openings_are_utc_half_open_and_in_order():
    rules = [weekly("FR", (13, 0), (17, 0)), weekly("TH FR", (9, 0), (12, 0))]

    found = open_on(rules, date(2026, 11, 19), date(2026, 11, 20))

    assert found == (
        (local(2026, 11, 19, 9), local(2026, 11, 19, 12)),
        (local(2026, 11, 20, 9), local(2026, 11, 20, 12)),
        (local(2026, 11, 20, 13), local(2026, 11, 20, 17)),
    )
    assert all(moment.tzinfo is UTC for span in found for moment in span)


def test_a_night_opening_ends_on_the_next_day():
    found = open_on([weekly("FR", (20, 0), (2, 0))], date(2026, 11, 20), date(2026, 11, 20))

    assert found == ((local(2026, 11, 20, 20), local(2026, 11, 21, 2)),)


def test_the_eve_of_the_window_is_there_while_it_still_runs():
    night = weekly("FR", (20, 0), (2, 0))
    to_midnight = weekly("FR", (20, 0), (0, 0))

    assert open_on([night], date(2026, 11, 21), date(2026, 11, 21)) == (
        (local(2026, 11, 20, 20), local(2026, 11, 21, 2)),
    )
    assert open_on([to_midnight], date(2026, 11, 21), date(2026, 11, 21)) == ()


@pytest.mark.parametrize("closes", [(0, 0), (23, 59)])
def test_whole_days_in_a_row_are_one_interval_so_always_has_no_gap(closes):
    found = open_on(
        [weekly(" ".join(DAYS), (0, 0), closes)], date(2026, 10, 30), date(2026, 11, 3)
    )

    assert found == ((local(2026, 10, 30), local(2026, 11, 4)),)


def test_equal_times_are_twenty_four_hours():
    found = open_on([weekly("SA", (8, 0), (8, 0))], date(2026, 11, 21), date(2026, 11, 21))

    assert found == ((local(2026, 11, 21, 8), local(2026, 11, 22, 8)),)


def test_overlapping_and_touching_rules_are_one_interval():
    rules = [
        weekly("FR", (9, 0), (12, 0)),
        weekly("FR", (11, 0), (14, 0)),
        weekly("FR", (14, 0), (15, 0)),
    ]

    found = open_on(rules, date(2026, 11, 20), date(2026, 11, 20))

    assert found == ((local(2026, 11, 20, 9), local(2026, 11, 20, 15)),)


def test_alternate_thursdays_count_from_their_start_over_the_new_year():
    rule = weekly("TH", (16, 0), (20, 0), interval=2, dtstart=date(2026, 1, 8))

    assert days_open(rule, date(2026, 12, 1), date(2027, 1, 31)) == [
        date(2026, 12, 10),
        date(2026, 12, 24),
        date(2027, 1, 7),
        date(2027, 1, 21),
    ]


def test_alternate_weeks_begin_on_monday():
    rule = weekly("SU MO", (9, 0), (10, 0), interval=2, dtstart=date(2026, 11, 19))

    assert days_open(rule, date(2026, 11, 19), date(2026, 12, 7)) == [
        date(2026, 11, 22),
        date(2026, 11, 30),
        date(2026, 12, 6),
    ]


def test_first_and_third_tuesdays_second_thursday_and_last_friday():
    first_and_third = monthly("1TU 3TU", (10, 0), (13, 0))
    second = monthly("2TH", (14, 0), (17, 0))
    last = monthly("-1FR", (9, 0), (12, 0))
    november = date(2026, 11, 1), date(2026, 11, 30)

    assert days_open(first_and_third, *november) == [date(2026, 11, 3), date(2026, 11, 17)]
    assert days_open(second, *november) == [date(2026, 11, 12)]
    assert days_open(last, *november) == [date(2026, 11, 27)]


def test_days_of_the_month_count_from_both_ends_and_skip_short_months():
    rule = Rule("MONTHLY", (), time(9), time(12), bymonthday=(31, -1))

    assert days_open(rule, date(2027, 1, 1), date(2027, 3, 31)) == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
    ]


def test_every_third_month_counts_from_its_start():
    rule = monthly("1MO", (9, 0), (12, 0), interval=3, dtstart=date(2026, 2, 27))

    assert days_open(rule, date(2026, 5, 1), date(2026, 12, 31)) == [
        date(2026, 5, 4),
        date(2026, 8, 3),
        date(2026, 11, 2),
    ]


def test_a_rule_without_days_takes_them_from_its_start():
    every_week = Rule("WEEKLY", (), time(9), time(12), dtstart=date(2026, 11, 18))
    every_month = Rule("MONTHLY", (), time(9), time(12), dtstart=date(2026, 11, 18))
    window = date(2026, 11, 18), date(2026, 12, 20)

    assert days_open(every_week, *window) == [date(2026, 11, 18) + n * 7 * DAY for n in range(5)]
    assert days_open(every_month, *window) == [date(2026, 11, 18), date(2026, 12, 18)]


def test_validity_and_start_bound_a_rule_on_both_days():
    rule = weekly(
        "FR", (9, 0), (12, 0), valid_from=date(2026, 11, 20), valid_to=date(2026, 11, 27)
    )
    later = weekly("FR", (9, 0), (12, 0), dtstart=date(2026, 12, 4))
    window = date(2026, 11, 1), date(2026, 12, 12)

    assert days_open(rule, *window) == [date(2026, 11, 20), date(2026, 11, 27)]
    assert days_open(later, *window) == [date(2026, 12, 4), date(2026, 12, 11)]


# Dated exceptions.


def test_a_holiday_closes_its_day_but_the_night_before_runs_to_its_end():
    nights = weekly("WE TH FR", (20, 0), (2, 0))
    closed = DatedException(THANKSGIVING, THANKSGIVING, reason="Thanksgiving")

    found = open_on([nights], date(2026, 11, 25), date(2026, 11, 27), [closed])

    assert found == (
        (local(2026, 11, 25, 20), local(2026, 11, 26, 2)),
        (local(2026, 11, 27, 20), local(2026, 11, 28, 2)),
    )


def test_an_exception_with_hours_replaces_the_regular_ones():
    rule = weekly("TH", (9, 0), (17, 0))
    short = DatedException(THANKSGIVING, THANKSGIVING, time(10), time(13))

    found = open_on([rule], THANKSGIVING, THANKSGIVING, [short])

    assert found == ((local(2026, 11, 26, 10), local(2026, 11, 26, 13)),)


def test_an_exception_opens_a_day_without_regular_hours():
    extra = DatedException(date(2026, 11, 22), date(2026, 11, 22), time(22), time(1))

    found = open_on([], date(2026, 11, 22), date(2026, 11, 22), [extra])

    assert found == ((local(2026, 11, 22, 22), local(2026, 11, 23, 1)),)


def test_exceptions_of_one_day_add_up_and_hours_win_over_closed():
    closed = DatedException(date(2026, 12, 21), date(2027, 1, 1), reason="Winter break")
    morning = DatedException(date(2026, 12, 28), date(2026, 12, 28), time(9), time(11))
    evening = DatedException(date(2026, 12, 28), date(2026, 12, 28), time(18), time(20))
    rule = weekly("MO", (9, 0), (17, 0))

    table = day_hours(
        rules=[rule],
        exceptions=[closed, evening, morning],
        first=date(2026, 12, 21),
        last=date(2026, 12, 28),
    )

    assert (table[0].hours, table[0].reason, table[0].is_exception) == ((), "Winter break", True)
    assert table[7].hours == ((time(9), time(11)), (time(18), time(20)))


# The two days on which the clock changes.


def test_the_night_on_which_the_clock_goes_back_is_an_hour_longer():
    saturday = weekly("SA", (20, 0), (2, 0))

    ((opens, closes),) = open_on([saturday], date(2026, 10, 31), date(2026, 10, 31))

    assert closes - opens == timedelta(hours=7)
    assert closes == datetime(2026, 11, 1, 10, 0, tzinfo=UTC)


def test_a_repeated_hour_means_the_first_of_the_two():
    closing = weekly("SA", (20, 0), (1, 30))
    opening = weekly("SU", (1, 30), (3, 0))

    (until,) = open_on([closing], date(2026, 10, 31), date(2026, 10, 31))
    (since,) = open_on([opening], date(2026, 11, 1), date(2026, 11, 1))

    assert until[1] == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    assert since == (
        datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 11, 0, tzinfo=UTC),
    )


def test_the_night_on_which_the_clock_goes_forward_is_an_hour_shorter():
    saturday = weekly("SA", (20, 0), (4, 0))

    ((opens, closes),) = open_on([saturday], date(2027, 3, 13), date(2027, 3, 13))

    assert closes - opens == timedelta(hours=7)
    assert closes == datetime(2027, 3, 14, 11, 0, tzinfo=UTC)


def test_a_skipped_time_is_read_with_the_offset_before_the_change():
    found = open_on([weekly("SU", (2, 30), (5, 0))], date(2027, 3, 14), date(2027, 3, 14))

    assert found == (
        (datetime(2027, 3, 14, 10, 30, tzinfo=UTC), datetime(2027, 3, 14, 12, 0, tzinfo=UTC)),
    )


def test_hours_that_the_clock_change_swallows_are_no_opening():
    found = open_on([weekly("SU", (2, 30), (3, 15))], date(2027, 3, 14), date(2027, 3, 14))

    assert found == ()


def test_midnight_belongs_to_the_day_that_begins():
    rules = [weekly("FR", (18, 0), (0, 0)), weekly("SA", (0, 0), (3, 0))]

    found = open_on(rules, date(2026, 11, 20), date(2026, 11, 21))

    assert found == ((local(2026, 11, 20, 18), local(2026, 11, 21, 3)),)


# The week table.


def test_day_hours_show_a_night_on_the_day_on_which_it_begins():
    table = day_hours(
        rules=[weekly("FR", (20, 0), (2, 0)), weekly("FR", (9, 0), (12, 0))],
        exceptions=[],
        first=date(2026, 11, 20),
        last=date(2026, 11, 21),
    )

    assert [each.hours for each in table] == [
        ((time(9), time(12)), (time(20), time(2))),
        (),
    ]


def test_day_hours_say_the_whole_day_one_way_and_each_opening_once():
    whole = weekly("FR", (0, 0), (23, 59))
    table = day_hours(
        rules=[whole, weekly("FR", (0, 0), (0, 0)), whole],
        exceptions=[],
        first=date(2026, 11, 20),
        last=date(2026, 11, 20),
    )

    assert table[0].hours == (WHOLE_DAY,)


# What cannot be computed.


@pytest.mark.parametrize(
    "rule",
    [
        weekly("TH", (9, 0), (12, 0), interval=2),
        Rule("WEEKLY", (), time(9), time(12)),
        Rule("MONTHLY", (), time(9), time(12)),
        weekly("2TH", (9, 0), (12, 0)),
        Rule("WEEKLY", ("TH",), time(9), time(12), bymonthday=(1,)),
        Rule("MONTHLY", ("1TU",), time(9), time(12), bymonthday=(20,)),
        Rule("MONTHLY", (), time(9), time(12), bymonthday=(0,)),
        Rule("MONTHLY", (), time(9), time(12), bymonthday=(32,)),
        weekly("XX", (9, 0), (12, 0)),
        weekly("TH", (9, 0), (12, 0), interval=0),
        Rule("DAILY", ("TH",), time(9), time(12)),
    ],
)
def test_a_rule_that_nobody_can_compute_says_so(rule):
    assert not is_computable([rule])
    with pytest.raises(HoursUnknown):
        open_on([rule], date(2026, 11, 1), date(2026, 11, 30))


def test_an_exception_with_one_time_cannot_be_computed():
    half = DatedException(THANKSGIVING, THANKSGIVING, opens_at=time(9))

    assert not is_computable([], [half])
    with pytest.raises(HoursUnknown):
        open_on([], THANKSGIVING, THANKSGIVING, [half])


def test_no_rules_are_closed_days():
    assert is_computable([])
    assert open_on([], date(2026, 11, 1), date(2026, 11, 30)) == ()


def next_of(rules, exceptions=(), now=(2026, 11, 20, 18), most=3):
    at = datetime(*now, tzinfo=CALIFORNIA)
    found = next_days(rules=rules, exceptions=exceptions, now=at, most=most)
    return [(day.day, len(day.hours)) for day in found]


def test_next_days_leave_out_hours_of_today_that_have_ended():
    both = [weekly("FR", (9, 0), (12, 0)), weekly("FR", (17, 0), (20, 0))]

    assert next_of(both) == [
        (date(2026, 11, 20), 1),
        (date(2026, 11, 27), 2),
        (date(2026, 12, 4), 2),
    ]
    assert next_of(both, now=(2026, 11, 20, 20), most=1) == [(date(2026, 11, 27), 2)]


def test_next_days_name_the_first_of_several_closed_days():
    closed = DatedException(date(2026, 11, 23), date(2026, 12, 6), reason="Moving")

    assert next_of([weekly("MO", (9, 0), (17, 0))], [closed]) == [
        (date(2026, 11, 23), 0),
        (date(2026, 12, 7), 1),
        (date(2026, 12, 14), 1),
    ]


def test_next_days_look_a_year_ahead_and_no_further():
    once = weekly(
        "MO", (9, 0), (17, 0), valid_from=date(2027, 11, 15), valid_to=date(2027, 11, 15)
    )
    late = weekly("MO", (9, 0), (17, 0), valid_from=date(2028, 11, 15))

    assert next_of([once]) == [(date(2027, 11, 15), 1)]
    assert next_of([late]) == []


def test_next_days_of_an_opening_over_midnight_keep_tonight():
    assert next_of([weekly("FR", (16, 0), (2, 0))], most=1) == [(date(2026, 11, 20), 1)]


def test_a_monthly_rule_with_numbered_and_other_days_opens_on_both():
    rule = monthly("1MO WE", (9, 0), (12, 0))

    assert days_open(rule, date(2026, 12, 1), date(2026, 12, 14)) == [
        date(2026, 12, 2),
        date(2026, 12, 7),
        date(2026, 12, 9),
    ]
