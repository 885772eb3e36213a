"""What a program says by its link has changed, until a steward deals with it."""

from datetime import timedelta
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django_tasks_db.models import DBTaskResult

from tejido.directory.domain.call_sheet import Answer, Channel, Outcome
from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.drafts import OrganizationDraft
from tejido.directory.domain.suggestions import MOST_OF_A_KIND, WAITS_DAYS, Wrong
from tejido.directory.domain.vocabulary import ConfirmedBy
from tejido.directory.models import Call, Suggestion
from tejido.directory.queries.program_words import programs_saying, words_of_program
from tejido.directory.queries.public import public_listings
from tejido.directory.queries.suggestions import alerting, count_told, told_page
from tejido.directory.services.call_sheet import Answers, call_sheet, record_call
from tejido.directory.services.confirm_links import (
    LONGEST_NOTE,
    confirm_by_link,
    link_by_token,
    link_sheet,
    make_link,
)
from tejido.directory.services.suggestion_answers import (
    beside,
    confirm_told,
    put_aside,
    take_back_aside,
    write_number,
)
from tejido.directory.services.suggestions import Taken, suggest
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import a_location, a_phone, a_place, a_source, an_id, stored
from tejido.directory.tests.saying_wrong import (
    PLACE,
    SERVICE,
    answered,
    forgotten,
    one_told,
    said,
)
from tejido.directory.tests.test_confirm_links import (
    AT,
    PHONES,
    PROGRAM,
    STEWARD,
    TODAY,
    a_link,
    core,
    old,
    refused,
    say,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_sent_before")]

HOURS = f"schedules-{SERVICE}"
NUMBER = "510-555-0188"
LATER = TODAY + timedelta(days=3)


def program_says(changed=None, token=None, **named):
    """Let the program answer; return its link."""
    token = token or a_link()
    sheet = link_sheet(PROGRAM, on=TODAY, again=link_by_token(token, on=TODAY).asked)
    changed = {PHONES: NUMBER} if changed is None else changed
    return confirm_by_link(token=token, changed=changed, seen=sheet.seen, on=TODAY, at=AT, **named)


def corrected(link, changed, token, **named):
    return program_says(changed, token=token, corrects=link.call, **named)


def waiting():
    return [(each.group, each.words) for each in words_of_program(PROGRAM)]


def call(said, values=None):
    return record_call(
        organization=PROGRAM,
        channel=Channel.LINK,
        outcome=Outcome.REACHED,
        answers=Answers(said, values or {}),
        seen=call_sheet(PROGRAM, today=TODAY).seen,
        actor=STEWARD,
        on=TODAY,
        at=AT,
    )


def test_what_a_program_says_waits_as_its_own_word_with_its_day():
    old(core())

    program_says()

    assert waiting() == [(FieldGroup.PHONE, NUMBER)]
    (saying,) = programs_saying()
    assert (saying.organization, saying.since, saying.groups) == (
        PROGRAM,
        TODAY,
        (FieldGroup.PHONE,),
    )


def test_what_a_program_says_comes_before_alerts_and_is_not_counted_as_one():
    old(core())
    program_says({f"status-{SERVICE}": "moving", PHONES: NUMBER})
    other = {"listing": an_id("elsewhere"), "service": an_id("elsewhere")}
    for days in range(2):
        suggest(said(**other), on=TODAY + timedelta(days=days))

    order = [(told.by_program, told.is_alert) for told in told_page().rows]

    assert order == [(True, False), (True, False), (False, True)]
    assert alerting() == {an_id("elsewhere")}
    assert count_told() == (1, 1)


def test_a_program_that_waits_longer_comes_first():
    old(core())
    program_says()
    later = core("Wounds", organization=_other())
    old(later)
    sheet = link_sheet(_other().id, on=LATER)
    changed = {sheet.lines[0].name: ""}
    token = _link_of_other()
    confirm_by_link(token=token, changed=changed, seen=sheet.seen, on=LATER, at=AT)

    assert [each.since for each in programs_saying()] == [TODAY, LATER]


def _other():
    return OrganizationDraft(an_id("organization other"), "Another program")


def _link_of_other():
    return make_link(organization=_other().id, actor=STEWARD, on=TODAY, at=AT)


@pytest.mark.parametrize(("answer", "store"), [("right", confirm_told), ("write", write_number)])
def test_an_answer_in_the_queue_takes_it_away_and_its_undo_brings_it_back(answer, store):
    old(core())
    program_says()

    act = answered(store)

    assert (waiting(), programs_saying()) == ([], [])
    undo_act(act_id=act, at=AT)
    assert waiting() == [(FieldGroup.PHONE, NUMBER)]


def test_what_was_put_aside_can_be_taken_back():
    old(core())
    program_says()
    told = one_told()

    put_aside(told, seen=beside(told).seen, actor=STEWARD, on=TODAY)

    assert waiting() == []
    take_back_aside(listing=told.listing, wrong=told.wrong, on=TODAY)
    assert waiting() == [(FieldGroup.PHONE, NUMBER)]


def test_a_call_sheet_asks_it_first_and_its_answer_takes_it_away():
    old(core("A first"), core("Naloxone"))
    program_says()
    first = call_sheet(PROGRAM, today=TODAY).lines[0]
    assert first.name == PHONES

    done = call({PHONES: Answer.YES})

    assert waiting() == []
    undo_act(act_id=done.act, at=AT)
    assert waiting() == [(FieldGroup.PHONE, NUMBER)]


def test_writing_it_on_the_call_sheet_takes_it_away_and_naming_it_only_does_not():
    old(core())
    program_says()
    call({PHONES: Answer.CHANGED})
    assert waiting() == [(FieldGroup.PHONE, NUMBER)]

    rows = call_sheet(PROGRAM, today=TODAY).lines[0].held.values["phones"]
    call({PHONES: Answer.CHANGED}, {PHONES: [{**rows[0], "number": "+15105550188"}]})

    assert waiting() == []
    (listing,) = public_listings()
    assert [phone.number for phone in listing.phones] == ["+15105550188"]


def test_an_answer_about_another_part_leaves_it_waiting():
    old(core())
    program_says({PHONES: NUMBER, HOURS: "later"})

    call({HOURS: Answer.YES})

    assert waiting() == [(FieldGroup.PHONE, NUMBER)]


def test_it_is_asked_on_the_call_sheet_even_where_a_newer_list_confirmed_it():
    old(core())
    program_says()
    old_rows = core(phones=(a_phone("Naloxone"),))
    stored(old_rows, source=a_source("old", published_on=TODAY))

    assert [line.name for line in call_sheet(PROGRAM, today=TODAY).lines] == [PHONES]


def test_what_was_said_of_one_place_shows_the_fields_of_that_record_alone():
    there = a_location("Blue van", phones=(a_phone("van"),))
    old(core(phones=(a_phone("office"),), places=(a_place("Blue van", location=there),)))

    program_says({f"phones-{there.id}": NUMBER})

    (line,) = beside(one_told()).lines
    assert line.held.id == there.id


def test_what_people_send_does_not_crowd_out_a_program_nor_it_them():
    old(core())
    program_says({HOURS: "9 to 5"})

    kept = [suggest(said(Wrong.HOURS), on=TODAY) for _ in range(MOST_OF_A_KIND + 1)]

    assert kept == [Taken.KEPT] * MOST_OF_A_KIND + [Taken.COUNTED]
    assert Suggestion.objects.get(call__isnull=False).further == 0


def test_what_a_program_said_is_never_forgotten_before_somebody_dealt_with_it():
    old(core())
    program_says()
    suggest(said(Wrong.HOURS), on=TODAY)

    assert forgotten(TODAY + timedelta(days=WAITS_DAYS + 1)) == 1

    assert waiting() == [(FieldGroup.PHONE, NUMBER)]


def test_a_correction_takes_the_place_of_the_answer():
    old(core())
    token = a_link()
    first = program_says({HOURS: "by mistake"}, token=token)
    assert ("Naloxone", "phone") in first.confirmed

    second = corrected(first, {PHONES: NUMBER}, token)

    assert waiting() == [(FieldGroup.PHONE, NUMBER)]
    assert ("Naloxone", "hours") in second.confirmed
    assert ("Naloxone", "phone") not in second.confirmed
    assert {listing.confirmed_by for listing in public_listings()} == {ConfirmedBy.PROGRAM}
    assert [line.name for line in link_sheet(PROGRAM, on=TODAY).lines] == [PHONES]


def test_the_slower_of_two_corrections_changes_nothing():
    old(core())
    token = a_link()
    first = program_says({}, token=token)
    corrected(first, {PHONES: NUMBER}, token)

    assert refused("link-used", token, seen="any")
    with pytest.raises(Exception, match="used"):
        corrected(first, {}, token)
    assert waiting() == [(FieldGroup.PHONE, NUMBER)]


def test_what_a_steward_dealt_with_is_not_asked_again_by_a_correction():
    old(core())
    token = a_link()
    first = program_says({PHONES: NUMBER}, token=token)
    answered(write_number)

    second = corrected(first, {PHONES: NUMBER, HOURS: "9 to 5"}, token)
    third = corrected(second, {PHONES: NUMBER, HOURS: "9 to 6"}, token)

    assert waiting() == [(FieldGroup.HOURS, "9 to 6")]
    corrected(third, {PHONES: "510-555-0199"}, token)
    assert waiting() == [(FieldGroup.PHONE, "510-555-0199")]


def test_a_newer_link_and_the_end_of_the_link_end_its_correction():
    old(core())
    token = a_link()
    link = program_says(token=token)
    assert link_by_token(token, on=link.expires_on).can_correct
    assert not link_by_token(token, on=link.expires_on + timedelta(days=1)).can_correct

    make_link(organization=PROGRAM, actor=STEWARD, on=TODAY, at=AT + timedelta(minutes=1))

    assert not link_by_token(token, on=TODAY).can_correct
    assert refused("link-used", token)


def test_what_was_taken_back_at_the_desk_cannot_be_corrected():
    old(core())
    token = a_link()
    program_says(token=token)
    undo_act(act_id=Call.objects.get().act_id, at=AT)

    assert not link_by_token(token, on=TODAY).can_correct


def test_endless_words_are_cut_and_kept():
    old(core())

    program_says({PHONES: "x" * 1_000}, language="es")

    assert waiting() == [(FieldGroup.PHONE, "x" * LONGEST_NOTE)]
    assert words_of_program(PROGRAM)[0].language == "es"


def test_what_programs_said_before_there_was_a_queue_waits_too():
    old(core())
    say(a_link(), phones=NUMBER)
    Suggestion.objects.all().delete()
    module = "tejido.directory.migrations.0020_words_of_programs_that_wait"

    import_module(module).keep_what_waits(apps, None)

    assert waiting() == [(FieldGroup.PHONE, NUMBER)]
    assert words_of_program(PROGRAM)[0].on == TODAY
    import_module(module).forget_words_of_programs(apps, None)
    assert waiting() == []


def test_a_program_that_was_called_since_then_waits_no_more():
    old(core())
    say(a_link(), phones=NUMBER)
    Suggestion.objects.all().delete()
    Call.objects.update(at=AT - timedelta(hours=1))
    call({PHONES: Answer.YES})
    module = "tejido.directory.migrations.0020_words_of_programs_that_wait"

    import_module(module).keep_what_waits(apps, None)

    assert waiting() == []


@pytest.mark.parametrize("count", [1, 3])
def test_what_programs_say_takes_three_queries_however_many_say_it(
    count, django_assert_num_queries
):
    old(*(core(name) for name in ("Naloxone", "Wounds", "Tests")[:count]))
    lines = link_sheet(PROGRAM, on=TODAY).lines
    program_says({line.name: "" for line in lines if line.group is FieldGroup.PHONE})

    with django_assert_num_queries(3):
        assert len(words_of_program(PROGRAM)) == count


def test_a_place_that_is_named_keeps_its_id():
    old(core())
    there = an_id("location Naloxone van")

    program_says({f"address-{there}": "We moved"})

    row = Suggestion.objects.get()
    assert (row.listing, row.record, row.service) == (PLACE, UUID(str(there)), SERVICE)


def test_what_a_program_says_leaves_a_task_that_tells_who_keeps_the_directory(settings):
    settings.MAIL_IS_ON = True
    old(core())

    program_says()

    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs["args"][:2] == ["edit.listing.network", "program-changed"]
    assert task.args_kwargs["args"][3] == f"{PROGRAM} {TODAY.isoformat()}"
