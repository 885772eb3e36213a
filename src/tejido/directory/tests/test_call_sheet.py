from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from tejido.directory.domain.call_sheet import Answer, Channel, Outcome
from tejido.directory.domain.vocabulary import Mode, Status, Tier
from tejido.directory.models import Act, Call, LastConfirmed, Service
from tejido.directory.queries.due import due_plan
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Actor
from tejido.directory.services.call_sheet import Answers, call_sheet, last_call, record_call
from tejido.directory.services.editing import Edit, EditRefused, edit
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import (
    a_location,
    a_phone,
    a_place,
    a_rule,
    a_service,
    a_source,
    an_id,
    stored,
)
from tejido.directory.tests.desk_pages import address, fields_of, form_of

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
PROGRAM = an_id("organization")
STEWARD = Actor(role="steward")
OLD = date(2020, 1, 1)


def old(*drafts, on=OLD):
    stored(*drafts, source=a_source("old", published_on=on))


def core(name="Naloxone", **changes):
    return a_service(name, **{"tier": Tier.CORE, **changes})


def sheet():
    return call_sheet(PROGRAM, today=TODAY)


def name_of(field, record):
    return f"{field}-{an_id(record)}"


HOURS, STATUS = name_of("schedules", "service Naloxone"), name_of("status", "service Naloxone")
PHONES = name_of("phones", "service Naloxone")
ADDRESS = name_of("address", "location Naloxone van")


def call(said, outcome=Outcome.REACHED, values=None, seen=None):
    return record_call(
        organization=PROGRAM,
        channel=Channel.PHONE,
        outcome=outcome,
        answers=Answers(said, values or {}),
        seen=sheet().seen if seen is None else seen,
        actor=STEWARD,
        on=TODAY,
        at=AT,
    )


def everything_right():
    return {line.name: Answer.YES for line in sheet().lines}


def test_a_sheet_asks_every_due_part_of_every_listing_once():
    shared = a_place("Shared", rules=(a_rule("TU"),))
    second = a_place("Shared", id=an_id("place second"), location=a_location("Shared"))
    old(core(places=(shared,)), core("Wounds", places=(second,), phones=(a_phone(),)))

    asked = [(line.listing.service.values["name"], line.field) for line in sheet().lines]

    assert asked == [
        ("Naloxone", "schedules"),
        ("Naloxone", "phones"),
        ("Naloxone", "status"),
        ("Naloxone", "attributes"),
        ("Naloxone", "address"),
        ("Wounds", "schedules"),
        ("Wounds", "phones"),
        ("Wounds", "status"),
        ("Wounds", "attributes"),
    ]


def test_one_call_confirms_a_whole_program_as_one_act():
    old(core(), core("Wounds", mode=Mode.MOBILE))
    assert due_plan(today=TODAY).waiting == 1

    done = call(everything_right())

    assert due_plan(today=TODAY).waiting == 0
    assert sheet().lines == ()
    assert set(LastConfirmed.objects.values_list("since", flat=True)) == {TODAY}
    assert Act.objects.exclude(kind="import").count() == 1
    assert {listing.confirmed_on for listing in public_listings()} == {TODAY}
    undo_act(act_id=done.act, at=AT)
    assert due_plan(today=TODAY).waiting == 1


def test_what_was_left_open_stays_due():
    old(core())

    call({STATUS: Answer.YES, HOURS: Answer.NOT_ASKED})

    assert "schedules" in {line.field for line in sheet().lines}
    assert "status" not in {line.field for line in sheet().lines}


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.WRONG_NUMBER])
def test_who_was_not_reached_confirms_nothing_and_the_try_is_kept(outcome):
    old(core())
    before = len(sheet().lines)

    done = call({}, outcome)

    assert len(sheet().lines) == before
    assert (done.act, last_call(PROGRAM).outcome) == (None, outcome)


@pytest.mark.parametrize(
    ("said", "outcome", "code"),
    [
        ({STATUS: Answer.YES}, Outcome.NO_ANSWER, "nobody-reached"),
        ({STATUS: Answer.CHANGED}, Outcome.WRONG_NUMBER, "nobody-reached"),
        ({}, Outcome.REACHED, "no-answers"),
        ({STATUS: Answer.NOT_ASKED}, Outcome.REACHED, "no-answers"),
    ],
)
def test_answers_that_do_not_fit_what_came_of_it_are_refused(said, outcome, code):
    old(core())

    with pytest.raises(EditRefused) as refused:
        call(said, outcome)

    assert refused.value.code == code
    assert not Call.objects.exists()


def test_what_changed_is_stored_with_the_rest_in_one_act():
    old(core())

    call(
        {STATUS: Answer.CHANGED, HOURS: Answer.YES},
        values={STATUS: Status.TEMPORARILY_CLOSED.value},
    )

    assert Service.objects.get().status == "temporarily closed"
    assert Act.objects.exclude(kind="import").count() == 1


def test_a_change_to_what_stands_there_already_confirms_it():
    old(core())

    call({STATUS: Answer.CHANGED}, values={STATUS: "active"})

    assert "status" not in {line.field for line in sheet().lines}


def test_what_changed_and_nobody_wrote_stays_due_and_is_remembered():
    old(core())

    done = call({ADDRESS: Answer.CHANGED})

    assert done.act is None
    key = FieldKey("directory.location", an_id("location Naloxone van"), "address")
    assert last_call(PROGRAM).to_change == ((an_id("service Naloxone"), key, ""),)
    assert "address" in {line.field for line in sheet().lines}


def test_hours_in_words_that_nobody_read_cannot_be_confirmed():
    old(core(rules=(), hours_text="Mondays, ring twice"))

    with pytest.raises(EditRefused) as refused:
        call({HOURS: Answer.YES})

    assert refused.value.code == "hours-in-words"


def test_a_program_without_stated_hours_can_say_that_it_is_so():
    old(core(rules=()))

    call({HOURS: Answer.YES})

    assert "schedules" not in {line.field for line in sheet().lines}


def test_of_two_stewards_on_one_sheet_the_second_is_told():
    old(core())
    seen = sheet().seen
    call({}, Outcome.NO_ANSWER)

    with pytest.raises(EditRefused) as refused:
        call(everything_right(), seen=seen)

    assert refused.value.code == "changed-meanwhile"
    assert Call.objects.count() == 1


def test_an_edit_of_what_the_sheet_shows_makes_it_old():
    old(core())
    seen = sheet().seen
    key = FieldKey("directory.service", an_id("service Naloxone"), "status")
    edit(change=Edit(values={key: "temporarily closed"}), actor=STEWARD, on=OLD, at=AT)

    with pytest.raises(EditRefused) as refused:
        call({HOURS: Answer.YES}, seen=seen)

    assert refused.value.code == "changed-meanwhile"


def test_a_program_with_many_listings_has_several_sheets():
    old(*(core(f"Service {number:02}", places=()) for number in range(27)))

    first = sheet()

    assert len({line.listing.service.id for line in first.lines}) == 25
    assert first.more == 2


def test_a_program_that_is_gone_has_no_sheet():
    assert call_sheet(an_id("nobody"), today=TODAY) is None
    with pytest.raises(EditRefused) as refused:
        call({}, seen="")
    assert refused.value.code == "listing-gone"


@pytest.mark.parametrize(
    "wrong",
    [{"channel": "pigeon"}, {"outcome": "maybe"}, {"outcome": "no-answer", "to_change": [["x"]]}],
)
def test_the_table_of_calls_refuses_what_cannot_be(wrong):
    old(core())
    said = {"channel": "phone", "outcome": "reached", **wrong}

    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.create(organization=PROGRAM, at=AT, **said)


# At the desk.

PAGE = ("call-sheet", PROGRAM)


def filled(client, **answers):
    """What a browser sends: an answer that nobody chose is not sent at all."""
    asked = {line.name for line in sheet().lines}
    sent = form_of(client, address(*PAGE))
    kept = {name: value for name, value in sent.items() if name not in asked}
    return kept | {"channel": "phone", "outcome": "reached"} | answers


def phone_field(client):
    (name,) = [name for name in form_of(client, address(*PAGE)) if name.startswith(f"{PHONES}-")]
    return name


def test_a_steward_confirms_a_whole_program_with_one_form_and_undoes_it(client, steward, words_of):
    old(core(phones=(a_phone(),)))
    sent = filled(client)
    sent |= {line.name: "yes" for line in sheet().lines}

    page = client.post(address(*PAGE), sent, follow=True)

    assert "Saved" in words_of(page)
    assert "Nothing of this program is due today." in words_of(page)
    assert "Reached somebody who knows" in words_of(page)
    assert "Undo" in words_of(page)


def test_the_sheet_says_what_stands_there_and_whom_to_call(client, steward, words_of):
    old(core(phones=(a_phone(),)))

    page = client.get(address(*PAGE))

    assert "tel:+15105550142" in page.content.decode()
    assert "1 Main Street, Oakland, CA, 94606" in words_of(page)
    assert "Monday" in words_of(page)
    assert "checked" not in page.content.decode()


def test_hours_in_words_are_read_back_before_they_are_stored(client, steward, words_of):
    old(core())
    sent = filled(client, **{HOURS: "changed", f"{HOURS}-now": "Mon-Wed 10am-4pm"})

    first = client.post(address(*PAGE), sent)

    assert first.status_code == 400
    assert "Look whether we read the hours right" in words_of(first)
    assert "Monday to Wednesday" in words_of(first)
    again = fields_of(first.content.decode())
    page = client.post(address(*PAGE), {**sent, f"{HOURS}-read": again[f"{HOURS}-read"]})
    assert page.status_code == 302
    (listing,) = public_listings()
    assert listing.rules[0].byday == ("MO", "TU", "WE")


def test_hours_that_nobody_can_read_are_said_and_stay(client, steward, words_of):
    old(core())
    sent = filled(client, **{HOURS: "changed", f"{HOURS}-now": "whenever the moon is full"})

    page = client.post(address(*PAGE), sent)

    assert page.status_code == 400
    assert "We could not read these hours" in words_of(page)
    assert "whenever the moon is full" in page.content.decode()


def test_a_number_that_changed_is_written_on_the_sheet(client, steward):
    old(core(phones=(a_phone(),)))
    row = phone_field(client)
    sent = filled(client, **{PHONES: "changed", row: "510 555 0199"})

    assert client.post(address(*PAGE), sent).status_code == 302

    (listing,) = public_listings()
    assert [phone.number for phone in listing.phones] == ["+15105550199"]


def test_a_number_that_is_none_is_said_at_its_field(client, steward, words_of):
    old(core(phones=(a_phone(),)))
    row = phone_field(client)

    page = client.post(address(*PAGE), filled(client, **{PHONES: "changed", row: "12"}))

    assert page.status_code == 400
    assert "Write the number with its area code" in words_of(page)


def test_an_address_that_changed_is_written_after_the_call(client, steward, words_of):
    old(core())

    page = client.post(address(*PAGE), filled(client, **{ADDRESS: "changed"}), follow=True)

    assert "The program said that these changed" in words_of(page)
    where = address("edit", an_id("service Naloxone"), "address", an_id("location Naloxone van"))
    assert where in page.content.decode()


def test_nothing_is_lost_when_an_answer_is_missing(client, steward, words_of):
    old(core())
    sent = {**filled(client), STATUS: "yes"}
    del sent["channel"], sent["outcome"]

    page = client.post(address(*PAGE), sent)

    assert page.status_code == 400
    assert "Choose how you asked" in words_of(page)
    assert "Choose what came of it" in words_of(page)
    assert page.content.decode().count(" checked") == 1
    assert not Call.objects.exists()


def test_answers_without_anybody_reached_are_asked_about(client, steward, words_of):
    old(core())
    sent = filled(client, outcome="no-answer", **{STATUS: "yes"})

    page = client.post(address(*PAGE), sent)

    assert page.status_code == 400
    assert "There are answers, and nobody was reached." in words_of(page)


def test_the_slower_of_two_stewards_keeps_the_answers_and_sees_what_is_due_now(
    client, steward, words_of
):
    old(core())
    slower = filled(client, **{STATUS: "yes"})
    call({HOURS: Answer.YES})

    page = client.post(address(*PAGE), slower)

    assert page.status_code == 409
    assert "Somebody called or changed something meanwhile." in words_of(page)
    assert HOURS not in page.content.decode()
    assert page.content.decode().count(" checked") == 3


def test_a_sheet_of_no_program_is_not_found(client, steward):
    assert client.get(address("call-sheet", an_id("nobody"))).status_code == 404


def test_a_sheet_in_spanish(client, sign_in, words_of):
    sign_in("steward", language="es")
    old(core())

    said = words_of(client.get(address(*PAGE)))

    assert "Hoja de llamada: Harbor Program" in said
    assert "No se preguntó" in said
