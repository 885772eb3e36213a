"""HSDS schedules as rules: whole or not at all."""

from datetime import date, time

import pytest

from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.schedule import Rule
from tejido.directory.tests.hsds_records import (
    read_one,
)


def test_weekly_and_monthly_schedules_become_rules():
    draft, issues = read_one(
        schedules=[
            {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "9:00", "closes_at": "17:00"},
            {
                "freq": "MONTHLY",
                "byday": "2TH",
                "opens_at": "22:00",
                "closes_at": "02:00",
                "valid_from": "2026-01-01",
                "until": "2026-12-31",
            },
            {
                "freq": "WEEKLY",
                "interval": 2,
                "byday": "TH",
                "dtstart": "2026-01-01",
                "opens_at": "00:00",
                "closes_at": "23:59",
            },
        ]
    )

    assert issues == []
    assert draft.rules == (
        Rule("WEEKLY", ("MO", "TU"), time(9), time(17)),
        Rule(
            "MONTHLY",
            ("2TH",),
            time(22),
            time(2),
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31),
        ),
        Rule("WEEKLY", ("TH",), time(0), time(23, 59), interval=2, dtstart=date(2026, 1, 1)),
    )


GOOD = {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"opens_at": "late"}, IssueCode.TIME_UNREADABLE),
        ({"closes_at": None}, IssueCode.TIME_UNREADABLE),
        ({"byday": "weekdays"}, IssueCode.HOURS_UNREADABLE),
        ({"byday": "2MO"}, IssueCode.HOURS_UNREADABLE),
        ({"byday": None}, IssueCode.HOURS_UNREADABLE),
        ({"freq": "YEARLY"}, IssueCode.HOURS_UNREADABLE),
        ({"freq": None}, IssueCode.HOURS_UNREADABLE),
        ({"count": 3}, IssueCode.HOURS_UNREADABLE),
        ({"byweekno": "41,42"}, IssueCode.HOURS_UNREADABLE),
        ({"interval": 2}, IssueCode.HOURS_UNREADABLE),
        ({"interval": -1}, IssueCode.HOURS_UNREADABLE),
        ({"interval": "often"}, IssueCode.HOURS_UNREADABLE),
        ({"bymonthday": "40", "byday": None, "freq": "MONTHLY"}, IssueCode.HOURS_UNREADABLE),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, IssueCode.HOURS_UNREADABLE),
        ({"valid_from": "spring"}, IssueCode.DATE_UNREADABLE),
    ],
)
def test_one_rule_that_cannot_be_read_makes_the_hours_unknown(changes, code):
    """Half the hours would answer "closed" at times when nobody knows."""
    draft, issues = read_one(schedules=[GOOD, {**GOOD, "description": "By hand", **changes}])

    assert (draft.rules, draft.hours_text) == ((), "By hand")
    assert code in {found for found, _ in issues}


def test_a_schedule_that_is_only_a_sentence_is_text():
    draft, issues = read_one(schedules=[GOOD, {"description": "Monday-Friday, 8-5"}])

    assert (len(draft.rules), draft.hours_text, issues) == (1, "Monday-Friday, 8-5", [])


def test_daily_is_every_day_of_the_week():
    draft, _ = read_one(schedules=[{**GOOD, "freq": "DAILY", "byday": None}])

    assert draft.rules[0].byday == ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
