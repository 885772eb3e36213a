"""A day on a page is the day where the network is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tejido.ui.templatetags.ui import day


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 22), "Nov 22, 2026"),
        # Four in the afternoon in California.
        (datetime(2026, 11, 22, 0, 20, tzinfo=UTC), "Nov 21, 2026"),
        (datetime(2026, 11, 22, 20, 0, tzinfo=UTC), "Nov 22, 2026"),
        (datetime(2026, 11, 22, 1, 0, tzinfo=ZoneInfo("America/New_York")), "Nov 22, 2026"),
    ],
)
def test_an_evening_in_california_is_not_tomorrow(value, words):
    assert day(value, "short") == words
