"""Hours as the desk shows them are read again as the same hours, or as none."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.opening import day_hours
from tejido.directory.domain.prose_hours import (
    Language,
    Note,
    propose_hours,
    read_hours,
    say_dated,
    say_hours,
)
from tejido.directory.domain.same_hours import is_same_dates, is_same_hours
from tejido.directory.domain.schedule import Rule
from tejido.directory.tests.hours_drawn import TODAY, any_rules, dated_exceptions, plain_rules


def opens_on(rules):
    last = TODAY + timedelta(days=400)
    found = day_hours(rules=rules, exceptions=(), first=TODAY, last=last)
    return [(each.day, each.hours) for each in found if each.hours]


@pytest.mark.parametrize("language", Language)
@given(rule=plain_rules())
def test_a_rule_that_programs_have_is_read_again_from_its_words(language, rule):
    said = say_hours([rule], language, today=TODAY)

    read = read_hours(said, today=TODAY).regular

    assert is_same_hours(read.rules, [rule], today=TODAY), (said, read)
    assert opens_on(read.rules) == opens_on([rule])


@pytest.mark.parametrize("language", Language)
@given(rules=st.lists(any_rules(), min_size=1, max_size=3), parted=st.booleans())
def test_whatever_hours_the_directory_holds_are_read_as_they_are_or_not_at_all(
    language, rules, parted
):
    one_by_one = [say_hours([rule], language, today=TODAY) for rule in rules]
    said = say_hours(rules, language, today=TODAY)
    text = said if not parted or said is None else "\n".join(one_by_one)

    read = read_hours(text, today=TODAY).regular.rules if text is not None else ()

    assert not read or opens_on(read) == opens_on(rules), text
    assert not read or is_same_hours(read, rules, today=TODAY), (text, read)


@given(one=any_rules(), other=any_rules())
def test_hours_that_are_called_the_same_open_on_the_same_days(one, other):
    is_same = is_same_hours([one], [other], today=TODAY)

    assert is_same_hours([one], [one], today=TODAY)
    assert not is_same or opens_on([one]) == opens_on([other])


@pytest.mark.parametrize("language", Language)
@given(exception=dated_exceptions())
def test_certain_days_are_read_again_from_their_words(language, exception):
    read = read_hours(f"Monday 9 am–5 pm\n{say_dated(exception, language)}", today=TODAY)

    assert is_same_dates(read.dated, [exception])
    assert [rule.byday for rule in read.regular.rules] == [("MO",)]


def test_every_second_week_is_said_with_its_next_date():
    rule = Rule("WEEKLY", ("TH",), time(16), time(20), interval=2, dtstart=date(2026, 1, 1))

    assert say_hours([rule], Language.ENGLISH, today=TODAY) == (
        "Thursday 4:00 pm–8:00 pm, every 2 weeks, next on Thursday, Dec 3, 2026"
    )
    assert say_hours([rule], Language.SPANISH, today=TODAY) == (
        "jueves 4:00 p. m.–8:00 p. m., cada 2 semanas, la próxima vez el jueves 3 dic 2026"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Thursday 4-8 pm, every 2 weeks, next on Dec 3",
        "every other Thursday, 4-8 pm, next on December 3rd",
        "Thursdays 4 pm to 8 pm every two weeks starting Dec 3, 2026",
        "jueves de 4 a 8 de la tarde cada dos semanas, próxima vez: jueves 3 de diciembre",
        "every 2 weeks, next on 2026-12-03, Thursday 16:00-20:00",
        "Thursday 4-8 pm, every 2 weeks, counted from Nov 20, 2025",
    ],
)
def test_every_second_week_is_read_with_a_date_to_count_from(text):
    rule = Rule("WEEKLY", ("TH",), time(16), time(20), interval=2, dtstart=date(2026, 12, 3))

    read = read_hours(text, today=TODAY).regular

    assert opens_on(read.rules) == opens_on([rule]), read


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Thursday 4-8 pm every 2 weeks", Note.NEEDS_START_DATE),
        ("jueves 4-8 pm, cada 2 semanas", Note.NEEDS_START_DATE),
        ("every other Thursday 4-8 pm", Note.NEEDS_START_DATE),
        ("Thursday 4-8 pm, every 2 weeks, next on Dec 4", Note.CONTRADICTION),
        ("Thursday 4-8 pm, every 2 weeks, next on Friday, Dec 3", Note.NOT_UNDERSTOOD),
        ("Thursday 4-8 pm, every 2 weeks, next on Feb 30", Note.NOT_UNDERSTOOD),
        ("Thursday 4-8 pm, next on Dec 3", Note.AMBIGUOUS_DAYS),
        ("first Thursday 4-8 pm, every 2 weeks, next on Dec 3", Note.CONTRADICTION),
        ("Monday 9-5, Thursday 4-8 pm, every 2 weeks, next on Dec 3", Note.AMBIGUOUS_DAYS),
        ("Friday 9-5; Friday 9-3 from Jun 1, 2027 until Aug 31, 2027", Note.CONTRADICTION),
        ("Friday 9-5 from Jun 1, 2027 until Aug 31, 2026", Note.CONTRADICTION),
        ("Friday 9-5, June to August", Note.SEASON),
        ("Friday 9-5, quincenal", Note.NEEDS_START_DATE),
        ("day 15 of the month except Sunday 9-5", Note.CONTRADICTION),
        ("Thursday, December 3: 9:00 am–noon", Note.SEASON),
    ],
)
def test_limits_with_no_single_meaning_are_not_read(text, note):
    read = read_hours(text, today=TODAY).regular

    assert (read.rules, note in read.notes) == ((), True), read


def test_lists_that_nobody_looks_at_meanwhile_are_read_without_limits():
    said = "Thursday 4-8 pm, every 2 weeks, next on Dec 3, 2026"

    assert propose_hours(said).rules == ()
    assert propose_hours("Monday-Friday 9-12; Wednesday 1-5").rules == ()
    assert len(propose_hours("Monday-Friday 9-12; Wednesday 1-5", today=TODAY).rules) == 2


def test_what_was_understood_is_told_from_what_was_not():
    read = propose_hours("Monday 9-5; ESL Tuesday 7-9", today=TODAY)

    assert (read.understood, read.leftovers) == (("Monday 9-5",), ("ESL Tuesday 7-9",))
