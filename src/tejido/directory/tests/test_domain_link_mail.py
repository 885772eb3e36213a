from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tejido.directory.domain.link_mail import next_day

HERE = ZoneInfo("America/Los_Angeles")


def at(hour):
    return datetime(2026, 11, 21, hour, tzinfo=HERE)


@pytest.mark.parametrize(
    ("hour", "mailed_on", "until", "day"),
    [
        (8, None, None, date(2026, 11, 21)),
        (9, None, None, date(2026, 11, 22)),
        (8, date(2026, 11, 1), None, date(2026, 12, 1)),
        (8, date(2026, 9, 1), None, date(2026, 11, 21)),
        (8, date(2026, 11, 1), date(2026, 12, 1), date(2026, 12, 2)),
        (23, None, date(2026, 11, 21), date(2026, 11, 22)),
    ],
)
def test_the_next_letter_leaves_in_a_morning_a_month_after_the_last_when_no_link_stands(
    hour, mailed_on, until, day
):
    assert next_day(now=at(hour), mailed_on=mailed_on, until=until) == day
