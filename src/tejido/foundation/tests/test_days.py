"""The day on which something happened."""

from datetime import UTC, date, datetime

from tejido.foundation.days import local_day


def test_an_evening_in_california_is_not_tomorrow():
    assert local_day(datetime(2026, 11, 22, 7, 59, tzinfo=UTC)) == date(2026, 11, 21)
    assert local_day(datetime(2026, 11, 22, 8, 0, tzinfo=UTC)) == date(2026, 11, 22)
