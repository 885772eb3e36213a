"""Hours on a call sheet: what stands there is written there again as the same hours."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from html import unescape

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.desk import Held
from tejido.directory.domain.provenance import Provenance
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.models import Act, Schedule
from tejido.directory.queries.public import public_listings
from tejido.directory.services.call_sheet import call_sheet
from tejido.directory.services.listing_rows import hours_rows_of
from tejido.directory.testing import a_rule, a_service, a_source, an_id, stored
from tejido.directory.tests.desk_pages import address, fields_of, form_of
from tejido.directory.tests.hours_drawn import any_rules, dated_exceptions, plain_rules
from tejido.directory.web.call_sheet_hours import hours_read
from tejido.directory.web.hours_words import can_be_written, schedules_words

PROGRAM = an_id("organization")
PAGE = ("call-sheet", PROGRAM)
HOURS = f"schedules-{an_id('service Naloxone')}"
NOON_THURSDAY = Rule("WEEKLY", ("TH",), time(12), time(15))


def a_record(rules=(), exceptions=()):
    """A service with these hours, as the desk holds it."""
    empty = Held("directory.service", an_id("service"), {"schedules": []}, Provenance())
    rows = hours_rows_of(empty, rules, exceptions, ())
    return replace(empty, values={"schedules": rows})


def pasted(record, language):
    """What is read of hours that somebody copied from the page into the box."""
    today = timezone.localdate()
    with translation.override(language):
        text = "\n".join(schedules_words(record.values["schedules"]))
        return text, hours_read(record, text, today=today)


@pytest.mark.parametrize("language", ["en", "es"])
@given(rule=plain_rules(), exceptions=st.lists(dated_exceptions(), max_size=2))
def test_hours_of_programs_pasted_from_the_page_are_the_hours_that_stand_there(
    language, rule, exceptions
):
    record = a_record([rule], exceptions)

    text, read = pasted(record, language)

    assert read.problems == (), text
    assert read.rows == record.values["schedules"], text


@pytest.mark.parametrize("language", ["en", "es"])
@given(
    rules=st.lists(any_rules(), min_size=1, max_size=3),
    exceptions=st.lists(dated_exceptions(st.text(max_size=12)), max_size=2),
)
def test_any_hours_pasted_from_the_page_change_nothing_or_are_told_before(
    language, rules, exceptions
):
    record = a_record(rules, exceptions)
    rows = record.values["schedules"]

    text, read = pasted(record, language)

    with translation.override(language):
        is_whole = can_be_written(rows)
    assert not is_whole or read.rows == rows, text
    assert is_whole or read.rows == rows or read.problems or read.beside, text


# At the desk.


def old(*rules, exceptions=()):
    service = a_service(rules=rules, exceptions=tuple(exceptions), tier=Tier.CORE)
    stored(service, source=a_source("old", published_on=date(2020, 1, 1)))


def filled(client, text, **more):
    asked = {line.name for line in call_sheet(PROGRAM, today=timezone.localdate()).lines}
    sent = form_of(client, address(*PAGE))
    kept = {name: value for name, value in sent.items() if name not in asked}
    said = {"channel": "phone", "outcome": "reached", HOURS: "changed", f"{HOURS}-now": text}
    return kept | said | more


def send(client, text):
    """Send hours in words, and once more where the page asks whether it read them right."""
    sent = filled(client, text)
    first = client.post(address(*PAGE), sent)
    if first.status_code == 302:
        return first, first
    again = fields_of(first.content.decode())
    marks = {name: value for name, value in again.items() if name.endswith("-read")}
    return first, client.post(address(*PAGE), sent | marks) if marks else first


def every_second_thursday():
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    return replace(NOON_THURSDAY, interval=2, dtstart=monday + timedelta(days=10))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_second_week_pasted_back_stays_every_second_week(client, sign_in, language):
    sign_in("steward", language=language)
    rule = every_second_thursday()
    old(rule, a_rule("MO"), exceptions=[DatedException(date(2100, 12, 25), date(2100, 12, 25))])
    page = client.get(address(*PAGE)).content.decode()
    shown = re.findall(r"<p>([^<]*(?:Thursday|jueves|Monday|lunes|2100)[^<]*)</p>", page)

    _first, done = send(client, "\n".join(map(unescape, shown)))

    assert len(shown) == 3
    assert done.status_code == 302
    (listing,) = public_listings()
    assert rule in listing.rules
    assert len(listing.exceptions) == 1
    # What was pasted as it stands is confirmed and changes nothing.
    assert not Act.objects.exclude(kind="import").get().changes.filter(field="schedules").exists()


@pytest.mark.django_db
def test_every_second_week_far_ahead_is_written_and_shown_with_its_first_date(
    client, steward, words_of
):
    old(a_rule("MO"))

    first, done = send(client, "Thursday noon–3 pm, every 2 weeks, next on Dec 3, 2099")

    assert "counted from Dec 3, 2099" in words_of(first)
    assert done.status_code == 302
    row = Schedule.objects.get()
    assert (row.interval, row.byday, row.dtstart) == (2, "TH", date(2099, 12, 3))


@pytest.mark.django_db
def test_every_second_week_without_a_date_is_refused_and_changes_nothing(
    client, steward, words_of
):
    rule = every_second_thursday()
    old(rule)

    page, _ = send(client, "Thursday noon-3 pm, every 2 weeks; Monday 9 am-5 pm")

    said = words_of(page)
    assert page.status_code == 400
    assert "We understood: “Monday 9 am-5 pm”." in said
    assert "We did not understand: “Thursday noon-3 pm, every 2 weeks”." in said
    assert "Nobody knows from which week to count." in said
    assert "every 2 weeks; Monday 9 am-5 pm</textarea>" in page.content.decode()
    assert [listing.rules for listing in public_listings()] == [(rule,)]


@pytest.mark.django_db
def test_who_writes_every_week_over_every_second_week_is_told_before_it_counts(
    client, steward, words_of
):
    old(every_second_thursday())

    first, done = send(client, "Thursday noon–3 pm")

    assert "What you wrote holds every week" in words_of(first)
    assert done.status_code == 302
    assert Schedule.objects.get().interval == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Monday-Friday 9-5, by appointment", "By appointment: write that as hours in words"),
        ("By appointment", "By appointment: write that as hours in words"),
    ],
)
def test_hours_by_appointment_are_never_written_as_open_doors(
    client, steward, words_of, text, said
):
    old(a_rule("MO"))

    page, _ = send(client, text)

    assert page.status_code == 400
    assert said in words_of(page)
    assert Schedule.objects.get().byday == "MO"


@pytest.mark.django_db
def test_what_is_no_rule_is_said_to_be_not_kept(client, steward, words_of):
    old(a_rule("MO"))

    first, done = send(client, "Tuesday 9 am-5 pm, closed on holidays")

    assert "Not kept as hours: Closed on holidays: add the days." in words_of(first)
    assert done.status_code == 302


@pytest.mark.django_db
def test_a_certain_day_is_added_and_the_others_stay(client, steward, words_of):
    old(a_rule("MO"), exceptions=[DatedException(date(2100, 12, 25), date(2100, 12, 25))])

    first, done = send(client, "Dec 31, 2100: 9 am–noon Eve")

    assert "Dec 31, 2100: 9:00 am–noon Eve" in words_of(first)
    assert done.status_code == 302
    (listing,) = public_listings()
    assert len(listing.rules) == 1
    assert [each.first for each in listing.exceptions] == [date(2100, 12, 25), date(2100, 12, 31)]


@pytest.mark.django_db
def test_a_certain_day_that_has_other_hours_is_not_written_beside_them(client, steward, words_of):
    day = date(2100, 12, 25)
    old(a_rule("MO"), exceptions=[DatedException(day, day, time(10), time(13))])

    page, _ = send(client, "Dec 25, 2100: closed")

    assert "Other hours stand there for one of these days already" in words_of(page)
    assert Schedule.objects.filter(is_exception=True).get().opens_at == time(10)


@pytest.mark.django_db
def test_hours_that_words_cannot_hold_say_so_and_lead_to_their_rows(client, steward, words_of):
    old(Rule("MONTHLY", (), time(9), time(12), bymonthday=(-3,)))

    page = client.get(address(*PAGE))

    assert "Words cannot say all of these hours." in words_of(page)
    where = address("hours", an_id("service Naloxone"), an_id("service Naloxone"))
    assert f'href="{where}"' in page.content.decode()
    first, _done = send(client, "Monday 9 am–noon")
    assert "Words cannot say all that stands here now. Saving again replaces it." in words_of(
        first
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "examples"),
    [
        ("en", ["Monday to Friday 9 am to 5 pm",
                "Thursday 4 to 8 pm, every 2 weeks, next on Dec 3",
                "Dec 25, 2026: closed"]),
        ("es", ["lunes a viernes 9 am a 5 pm",
                "jueves 4 a 8 pm, cada 2 semanas, la próxima vez el 3 dic",
                "25 dic 2026: cerrado"]),
    ],
)  # fmt: skip
def test_the_examples_that_the_page_gives_are_read(client, sign_in, words_of, language, examples):
    sign_in("steward", language=language)
    old(a_rule("MO"))

    page = words_of(client.get(address(*PAGE)))

    for example in examples:
        assert example in page
        assert hours_read(a_record(), example, today=date(2026, 11, 22)).problems == ()
