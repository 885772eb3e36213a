from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tejido.network.domain.messages import held_until, is_quiet, next_hour, wait_after

HERE = ZoneInfo("America/Los_Angeles")
HOURS = st.integers(0, 23)
# Both nights on which the clocks change, and every other.
INSTANTS = st.one_of(
    st.datetimes(*map(datetime.fromisoformat, days), timezones=st.just(UTC))
    for days in (
        ("2026-03-07", "2026-03-10"),
        ("2026-10-31", "2026-11-03"),
        ("2026-01-01", "2028-01-01"),
    )
)


def local(*parts, fold=0):
    return datetime(*parts, tzinfo=HERE, fold=fold).astimezone(UTC)


@given(at=INSTANTS, begins=HOURS, ends=HOURS)
def test_what_is_held_goes_out_of_quiet_hours_within_a_day_and_never_early(at, begins, ends):
    hours = {"quiet_from": begins, "quiet_until": ends, "zone": HERE}

    until = held_until(at, **hours)

    assert at <= until <= at + timedelta(hours=25)
    assert not is_quiet(until, **hours)
    assert held_until(until, **hours) == until


@given(at=INSTANTS, hour=HOURS)
def test_once_a_day_comes_within_a_day_at_its_hour(at, hour):
    begins = next_hour(at, hour=hour, zone=HERE)

    assert at <= begins <= at + timedelta(hours=25)
    skipped = begins.astimezone(HERE).hour == 3 and hour == 2
    assert begins.astimezone(HERE).hour == hour or skipped


def test_quiet_hours_over_midnight_end_in_the_morning():
    night = local(2026, 11, 20, 23, 30)

    until = held_until(night, quiet_from=20, quiet_until=8, zone=HERE)

    assert until == local(2026, 11, 21, 8)


def test_quiet_hours_that_end_where_the_clocks_skip_end_when_they_go_on():
    before = local(2026, 3, 8, 1, 30)

    until = held_until(before, quiet_from=20, quiet_until=2, zone=HERE)

    assert until == local(2026, 3, 8, 3)


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_end_once():
    first = local(2026, 11, 1, 0, 30)

    until = held_until(first, quiet_from=20, quiet_until=1, zone=HERE)

    assert until == local(2026, 11, 1, 1, fold=0)
    assert not is_quiet(local(2026, 11, 1, 1, 30, fold=1), quiet_from=20, quiet_until=1, zone=HERE)


def test_the_same_hour_twice_means_no_quiet_hours():
    night = local(2026, 11, 20, 3)

    assert held_until(night, quiet_from=8, quiet_until=8, zone=HERE) == night


@given(tries=st.integers(1, 200), seed=st.integers())
def test_a_wait_lies_between_nothing_and_a_bound_that_doubles_up_to_two_hours(tries, seed):
    wait = wait_after(tries, draw=Random(seed))

    assert timedelta(0) <= wait <= min(timedelta(hours=2), timedelta(minutes=2 ** min(tries, 10)))
