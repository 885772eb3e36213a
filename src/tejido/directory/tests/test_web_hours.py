from dataclasses import replace
from datetime import date, time

import pytest

from tejido.directory.domain.schedule import DatedException
from tejido.directory.models import Schedule
from tejido.directory.queries.public import public_listings
from tejido.directory.testing import a_rule, a_service, stored
from tejido.directory.tests.desk_pages import SERVICE, address, form_of

pytestmark = pytest.mark.django_db
WEEK = (("Monday", "9:00"), ("Monday", "1:00"), ("Saturday", "9:00"))


def test_hours_are_edited_as_rows(client, steward):
    stored(a_service(rules=(a_rule("MO"),)))
    page = address("hours", SERVICE, SERVICE)

    answer = client.post(
        page,
        form_of(
            client,
            page,
            **{
                "rule-1-days": ["TH"],
                "rule-1-weeks": ["1", "3"],
                "rule-1-opens": "14:00",
                "rule-1-closes": "17:00",
                "rule-2-days": ["SA", "SU"],
                "rule-2-every_other": "on",
                "rule-2-opens": "10:00",
                "rule-2-closes": "12:00",
                "rule-2-first": "2026-12-05",
                "exception-0-first": "2026-12-25",
                "exception-0-reason": "Christmas",
            },
        ),
    )

    assert answer.status_code == 302
    rows = Schedule.objects.order_by("freq", "byday").values_list(
        "is_exception", "freq", "interval", "byday", "dtstart"
    )
    assert list(rows) == [
        (True, "", 1, "", None),
        (False, "MONTHLY", 1, "1TH,3TH", None),
        (False, "WEEKLY", 1, "MO", None),
        (False, "WEEKLY", 2, "SA,SU", date(2026, 12, 5)),
    ]
    (listing,) = public_listings()
    assert listing.hours_known
    # Each row comes back as it was written.
    again = client.post(page, form_of(client, page))
    assert "done" not in again.url


def test_hours_stand_in_the_order_of_the_week_on_each_page(client, steward, words_of):
    rules = [a_rule("SA"), a_rule("MO", opens=13), a_rule("MO")]
    stored(a_service(rules=tuple(rules)))

    listing = words_of(client.get(address("listing", SERVICE)))
    edited = words_of(client.get(address("hours", SERVICE, SERVICE)))

    for page in (listing, edited):
        at = [page.index(f"{day} {clock}") for day, clock in WEEK]
        assert at == sorted(at)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"rule-1-days": ["MO"]}, "Write when it opens and when it closes"),
        ({"rule-1-opens": "09:00"}, "Write when it opens and when it closes"),
        ({"rule-1-opens": "09:00", "rule-1-closes": "10:00"}, "Choose the days of these hours"),
        ({"rule-1-opens": "nine"}, "Write the time as 17:00"),
        (
            {
                "rule-1-days": ["MO"],
                "rule-1-opens": "09:00",
                "rule-1-closes": "10:00",
                "rule-1-every_other": "on",
            },
            "Write a first day from which every second week is counted",
        ),
        ({"exception-0-first": "11/26"}, "Write the date as 2026-11-20"),
        ({"exception-0-reason": "Why"}, "Write the day of these hours"),
        (
            {"exception-0-first": "2026-12-25", "exception-0-last": "2026-12-24"},
            "The first day is after the last day",
        ),
    ],
)
def test_hours_that_make_no_sense_are_refused(client, steward, words_of, sent, sentence):
    stored(a_service())
    page = address("hours", SERVICE, SERVICE)

    answer = client.post(page, form_of(client, page, **sent))

    assert answer.status_code == 400
    assert sentence in words_of(answer)
    assert Schedule.objects.count() == 1


def test_what_people_would_see_is_shown_and_not_stored(client, steward, words_of):
    stored(a_service())
    page = address("hours", SERVICE, SERVICE)
    always = {"rule-0-days": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], "do": "look"}

    answer = client.post(
        page,
        form_of(client, page, **always, **{"rule-0-opens": "00:00", "rule-0-closes": "00:00"}),
    )

    said = words_of(answer)
    assert answer.status_code == 200
    assert "Nothing is saved yet." in said
    assert said.count(": 24 hours") == 5
    assert "Monday 9:00 am–5:00 pm" in words_of(client.get(page))


def test_several_openings_a_day_and_a_closed_day_are_told_together(client, steward, words_of):
    closed = DatedException(date(2100, 12, 25), date(2100, 12, 25), reason="Christmas")
    rules = (a_rule("MO"), replace(a_rule("MO"), opens_at=time(18), closes_at=time(20)))
    stored(a_service(rules=rules, exceptions=(closed,)))

    said = words_of(client.get(address("hours", SERVICE, SERVICE)))

    assert ": 9:00 am–5:00 pm, 6:00 pm–8:00 pm" in said
    assert "Dec 25, 2100: closed Christmas" in said


def test_hours_that_nobody_knows_are_told_as_such(client, steward, words_of):
    stored(a_service(rules=()))
    page = address("hours", SERVICE, SERVICE)

    assert "people are told to call first" in words_of(client.get(page))

    long_ago = {"rule-0-first": "2001-01-01", "rule-0-last": "2001-12-31", "rule-0-days": ["MO"]}
    times = {"rule-0-opens": "09:00", "rule-0-closes": "10:00", "do": "look"}
    answer = client.post(page, form_of(client, page, **long_ago, **times))
    assert "It does not open in the next year" in words_of(answer)


def test_hours_are_removed(client, steward):
    stored(a_service(rules=(a_rule("MO"), a_rule("TU"))))
    page = address("hours", SERVICE, SERVICE)

    client.post(page, form_of(client, page, **{"rule-0-DELETE": "on"}))

    assert Schedule.objects.count() == 1


def test_a_rule_that_rows_cannot_show_is_kept_until_it_is_dropped(client, steward, words_of):
    odd = replace(a_rule("MO"), freq="MONTHLY", byday=(), bymonthday=(15,))
    stored(
        a_service(
            rules=(odd,), exceptions=(DatedException(date(2026, 12, 25), date(2026, 12, 25)),)
        )
    )
    page = address("hours", SERVICE, SERVICE)

    assert "day 15 of the month 9:00 am–5:00 pm" in words_of(client.get(page))
    assert "done" not in client.post(page, form_of(client, page)).url
    client.post(page, form_of(client, page, kept=[]))
    assert Schedule.objects.filter(is_exception=False).count() == 0
