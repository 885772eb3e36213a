"""Open or closed at an instant, for all patterns at once, against the opening rules."""

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.directory.domain.opening import openings
from tejido.directory.domain.patterns import Schedule, expand, horizon_at, packed, unpacked
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.finder.domain.answer import Hours, Open
from tejido.finder.domain.patterns import CLOSED_FOR_NOW, HOURS_UNKNOWN, hours_in
from tejido.finder.domain.slots import (
    BYTE_OF,
    DAY_SLOTS,
    IN_A_DAY,
    SECONDS,
    SOON,
    SOON_SLOTS,
    STATE_OF,
    slot_at,
    slots_of,
    states_at,
)

PACIFIC = ZoneInfo("America/Los_Angeles")
# Clocks go back on 1 November 2026 and forward on 14 March 2027.
AUTUMN = datetime(2026, 10, 20, 12, tzinfo=UTC)
SPRING = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, fold=0))
weekly = st.builds(
    Rule,
    freq=st.just("WEEKLY"),
    byday=st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(tuple),
    opens_at=clocks,
    closes_at=clocks,
    interval=st.integers(1, 2),
    dtstart=st.just(date(2026, 9, 7)),
)
monthly = st.builds(
    Rule,
    freq=st.just("MONTHLY"),
    byday=st.sampled_from([("2TH",), ("-1FR",), ("1SU",), ("SU",)]),
    opens_at=clocks,
    closes_at=clocks,
)
exceptions = st.builds(
    DatedException,
    first=st.just(date(2026, 10, 31)),
    last=st.sampled_from([date(2026, 10, 31), date(2026, 11, 1)]),
    opens_at=st.none(),
    closes_at=st.none(),
)
schedules = st.builds(
    Schedule,
    rules=st.lists(weekly | monthly, max_size=3).map(tuple),
    exceptions=st.lists(exceptions, max_size=1).map(tuple),
    zone=st.just("America/Los_Angeles"),
)


def is_open(schedule, at):
    day = at.astimezone(PACIFIC).date()
    spans = openings(
        rules=schedule.rules,
        exceptions=schedule.exceptions,
        zone=PACIFIC,
        first=day - timedelta(2),
        last=day + timedelta(2),
    )
    return any(start <= at < end for start, end in spans)


def expected_state(edges, at, horizon):
    """Return the state from the edges alone, looking at the beginning of each quarter hour."""

    def is_open_at(second):
        return bisect_right(edges, second) % 2 == 1 and second < horizon.ends.timestamp()

    if is_open_at(at.timestamp()):
        return BYTE_OF[Open.OPEN]
    begins = [(slot_at(at) + later) * SECONDS for later in range(1, DAY_SLOTS + 1)]
    waits = [number for number, second in enumerate(begins) if is_open_at(second)]
    if not waits:
        return BYTE_OF[Open.CLOSED]
    return SOON if waits[0] < SOON_SLOTS else IN_A_DAY


@settings(deadline=None)
@given(
    st.lists(schedules, min_size=1, max_size=4),
    st.sampled_from([AUTUMN, SPRING]),
    st.lists(st.integers(0, 36 * 24 * 3600 - 1), min_size=1, max_size=20),
)
def test_states_at_equal_the_opening_rules_at_every_instant(given_schedules, built, seconds):
    horizon = horizon_at(built)
    patterns = {
        number: unpacked(packed(expand(schedule, horizon)))
        for number, schedule in enumerate(given_schedules, start=2)
    }
    slots = {slot.number: slot for slot in slots_of(patterns, horizon)}

    for second in seconds:
        at = horizon.begins + timedelta(seconds=second)
        states = states_at(slots[slot_at(at)], at)
        for number, schedule in enumerate(given_schedules, start=2):
            assert states[number] == expected_state(patterns[number], at, horizon)
            expected = Open.OPEN if is_open(schedule, at) else Open.CLOSED
            assert STATE_OF[states[number]] is expected
            assert (
                hours_in(patterns[number], at=at, horizon=horizon, zone=PACIFIC).state is expected
            )


def test_states_at_keep_unknown_and_closed_for_now():
    horizon = horizon_at(AUTUMN)
    slot = next(slots_of({2: ()}, horizon))

    states = states_at(slot, horizon.begins)

    assert STATE_OF[states[HOURS_UNKNOWN]] is Open.UNKNOWN
    assert STATE_OF[states[CLOSED_FOR_NOW]] is Open.CLOSED


def hours(rules, at, *, built=AUTUMN):
    horizon = horizon_at(built)
    edges = unpacked(packed(expand(Schedule(rules, (), "America/Los_Angeles"), horizon)))
    return hours_in(edges, at=at, horizon=horizon, zone=PACIFIC)


def night(**changes):
    values = {"freq": "WEEKLY", "byday": ("SA",), "opens_at": time(22), "closes_at": time(3)}
    return (Rule(**values | changes),)


def test_hours_in_across_the_hour_that_comes_twice_say_the_true_closing():
    # Saturday 31 October 22:00 PDT to Sunday 3:00 PST: six hours.
    at = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)

    assert hours(night(), at) == Hours(
        Open.OPEN, closes_at=datetime(2026, 11, 1, 3, tzinfo=PACIFIC)
    )


def test_hours_in_a_place_that_never_closes_say_always():
    rules = night(byday=DAYS, opens_at=time(0), closes_at=time(0))

    assert hours(rules, AUTUMN) == Hours(Open.OPEN, always=True)


def test_hours_in_a_place_that_does_not_open_again_name_no_time():
    rules = night(valid_to=date(2026, 10, 24))

    assert hours(rules, datetime(2026, 10, 26, tzinfo=UTC)) == Hours(Open.CLOSED)


@pytest.mark.parametrize("days", [-2, 36])
def test_hours_in_beyond_the_horizon_are_unknown(days):
    assert hours(night(), AUTUMN + timedelta(days)) == Hours(Open.UNKNOWN)
