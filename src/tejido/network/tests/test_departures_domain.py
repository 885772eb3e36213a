from datetime import UTC, date, datetime, timedelta

import pytest

from tejido.network.domain.departures import DepartureState, Steps, is_due, state_of

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)


def after(**when):
    return NOON + timedelta(**when)


@pytest.mark.parametrize(
    ("steps", "at", "state"),
    [
        ((NOON, None, None, None), after(hours=72), DepartureState.STARTED),
        ((NOON, None, None, None), after(hours=72, seconds=1), DepartureState.TOO_LATE),
        ((NOON, NOON, None, None), after(days=99), DepartureState.AGREED),
        ((NOON, NOON, None, NOON), after(days=30), DepartureState.LEFT),
        ((NOON, NOON, None, NOON), after(days=30, seconds=1), DepartureState.FINAL),
        ((NOON, None, NOON, None), NOON, DepartureState.OVER),
        ((NOON, NOON, NOON, NOON), NOON, DepartureState.OVER),
    ],
)
def test_how_far_a_departure_is(steps, at, state):
    assert state_of(Steps(*steps), at=at) is state


@pytest.mark.parametrize(
    ("last_day", "confirmed", "today", "due"),
    [(0, 0, 0, True), (-1, 0, 0, True), (1, 0, 0, False), (1, 0, 1, False), (1, 0, 2, True)],
)
def test_a_last_day_counts_in_full_unless_it_was_over_when_confirmed(
    last_day, confirmed, today, due
):
    day = {number: TODAY + timedelta(days=number) for number in range(-1, 3)}

    assert is_due(day[last_day], today=day[today], confirmed_on=day[confirmed]) is due
