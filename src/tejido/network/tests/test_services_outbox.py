"""The outbox, and what leaves it by a mail server and a carrier on this computer."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from tejido.accounts.testing import an_account
from tejido.foundation.scope import member_scope, person_scope
from tejido.gateways.testing import a_carrier, a_mail_server
from tejido.network.domain.messages import Channel, Kind, State
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Membership, WayToReach
from tejido.network.queries.ways import tallies, ways_of
from tejido.network.services import sending
from tejido.network.services.outbox import retry_failed
from tejido.network.services.sending import send_due
from tejido.network.testing import a_member, a_person
from tejido.network.tests.reaching import MORNING, NIGHT, reached, rows, sent, somebody, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_on")]


def test_only_what_a_person_asked_for_is_told_and_the_same_once(valley):
    rosa = somebody(valley)
    reached(rosa, kinds=["hours-wait"])

    assert told(rosa, valley, Kind.PROGRAM_CHANGED) == []
    assert len(told(rosa, valley, once="x")) == 1
    assert told(rosa, valley, once="x") == []


def test_what_waits_already_is_not_told_again(valley):
    rosa = somebody(valley)
    reached(rosa)

    assert len(told(rosa, valley, once="first change")) == 1
    assert told(rosa, valley, once="second change") == []
    sent()
    assert len(told(rosa, valley, once="third change")) == 1


def test_at_once_waits_for_the_morning_and_once_a_day_for_its_hour(valley):
    rosa = somebody(valley)
    reached(rosa, quiet_from=20, quiet_until=8)
    told(rosa, valley, at=NIGHT)
    with person_scope(rosa.id):
        WayToReach.objects.update(daily_at=17)
    told(rosa, valley, Kind.PROGRAM_CHANGED, at=MORNING)

    due = sorted(row.due_at for row in rows(valley))

    assert due == [
        datetime(2026, 11, 21, 1, tzinfo=UTC),
        datetime(2026, 11, 21, 16, tzinfo=UTC),
    ]


def test_what_is_due_together_goes_in_one_letter_in_the_language_of_the_account(valley):
    rosa = somebody(valley, language="en")
    reached(rosa)
    told(rosa, valley)
    told(rosa, valley, Kind.PROGRAM_CHANGED)
    get_user_model().objects.update(language="es")

    assert sent() == {State.SENT: 1}

    (letter,) = mail.outbox
    assert letter.subject == "Le espera algo en Tejido"
    assert "https://help.example.org/desk/" in letter.body
    assert {row.state for row in rows(valley)} == {"sent"}
    assert sent() == {}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", Kind)
def test_no_kind_of_message_says_what_or_whom_it_is_about(kind, language, texts):
    member = a_member("CANARYMEMBER")
    account = an_account("canaryuser", language=language)
    rosa = a_person(member, *Role, name="CANARYNAME", id=account.id)
    reached(rosa, address="to@example.org")
    reached(rosa, Channel.TEXT, "+14155552671")
    told(rosa, member, kind, once="CANARYCODE")

    with a_carrier() as (texts.SMS_SEND_URL, came):
        assert sent() == {State.SENT: 2}

    said = mail.outbox[0].message().as_string() + came[0]
    confidential = ["canary", kind.value, str(rosa.id), str(member.id), *(role for role in Role)]
    assert [word for word in confidential if str(word).lower() in said.lower()] == []
    assert rows(member)[0].once == "CANARYCODE"


@pytest.mark.parametrize("change", ["left", "closed"])
def test_nothing_goes_to_whoever_left_or_was_closed_meanwhile(valley, change):
    rosa = somebody(valley)
    reached(rosa)
    told(rosa, valley)
    with member_scope(valley.id):
        if change == "left":
            Membership.objects.update(until=MORNING.date())
        else:
            get_user_model().objects.update(is_active=False)

    assert sent() == {State.DROPPED: 1}
    assert mail.outbox == []
    assert rows(valley)[0].problem == "left"


def test_a_kind_that_was_turned_off_meanwhile_is_not_sent(valley):
    rosa = somebody(valley)
    reached(rosa)
    told(rosa, valley)
    with person_scope(rosa.id):
        WayToReach.objects.update(kinds=[])

    assert sent() == {State.DROPPED: 1}
    assert rows(valley)[0].problem == "turned-off"


def test_quiet_hours_that_begin_meanwhile_hold_a_message_back(valley):
    rosa = somebody(valley)
    reached(rosa)
    told(rosa, valley, at=MORNING)

    assert sent(NIGHT) == {State.WAITING: 1}

    (row,) = rows(valley)
    assert (row.due_at, row.tries, row.parcel) == (
        datetime(2026, 11, 21, 16, tzinfo=UTC),
        0,
        None,
    )
    assert sent(row.due_at) == {State.SENT: 1}


def test_a_mail_server_that_is_away_is_asked_once_a_round_and_again_later(valley, smtp):
    people = [somebody(valley, username=name) for name in ("ana", "ben", "cleo")]
    for person in people:
        reached(person, address=f"{person.id}@example.org")
        told(person, valley)
    with a_mail_server(lambda command: "") as server:
        smtp.EMAIL_PORT = server.port
        assert sent() == {State.WAITING: 1}
        assert server.connections == 1

    with a_mail_server() as server:
        smtp.EMAIL_PORT = server.port
        assert sent(MORNING + timedelta(minutes=3)) == {State.SENT: 3}
        assert len(server.letters) == 3


def test_one_refused_recipient_keeps_no_other_from_getting_theirs(valley, smtp):
    people = [somebody(valley, username=name) for name in ("ana", "ben", "cleo")]
    for person, name in zip(people, ("ana", "gone", "cleo"), strict=True):
        reached(person, address=f"{name}@example.org")
        told(person, valley)

    with a_mail_server(lambda said: "550 unknown" if "<gone@" in said else None) as server:
        smtp.EMAIL_PORT = server.port
        became = sent()

    assert became == {State.SENT: 2, State.FAILED: 1}
    assert sorted(to for to, _ in server.letters) == ["ana@example.org", "cleo@example.org"]


def test_after_a_day_a_message_is_given_up_in_plain_sight_and_a_lead_lets_it_go_again(
    valley, smtp
):
    rosa = somebody(valley)
    reached(rosa, quiet_from=0, quiet_until=0)
    told(rosa, valley)
    at = MORNING
    with a_mail_server(lambda said: "451 later" if said.startswith("RCPT") else None) as server:
        smtp.EMAIL_PORT = server.port
        tries = 0
        while rows(valley)[0].state == "waiting":
            at = max(at, rows(valley)[0].due_at)
            send_due(at=at, draw=Random(tries))
            tries += 1
    (row,) = rows(valley)
    assert timedelta(days=1) <= at - MORNING <= timedelta(days=1, hours=2)
    assert (row.state, row.problem, row.tries) == ("failed", "late", tries)
    assert [(each.state, each.count) for each in tallies(valley.id)] == [(State.FAILED, 1)]
    assert "rosa@" not in repr(tallies(valley.id))

    lead = a_person(valley, Role.PROGRAM_MANAGER)

    assert retry_failed(member_id=valley.id, by=lead.id, at=at) == 1

    assert retry_failed(member_id=valley.id, by=lead.id, at=at) == 0
    with a_mail_server() as server:
        smtp.EMAIL_PORT = server.port
        assert sent(at) == {State.SENT: 1}
    with member_scope(valley.id):
        assert Event.objects.filter(act="retry.messages").count() == 1


def test_who_dies_between_sending_and_marking_sends_it_again_under_the_same_name(
    valley, monkeypatch
):
    rosa = somebody(valley)
    reached(rosa)
    told(rosa, valley)

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_mark", die)
        with pytest.raises(KeyboardInterrupt):
            sent()
    assert sent(MORNING + timedelta(minutes=9)) == {}
    told(rosa, valley, Kind.PROGRAM_CHANGED, at=MORNING + timedelta(minutes=11))

    assert sent(MORNING + timedelta(minutes=11)) == {State.SENT: 2}

    names = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    assert len(names) == 3
    assert len(set(names)) == 2
    assert names[0] in names[1:]


def test_an_act_that_is_undone_leaves_no_message(valley):
    from django.db import transaction

    rosa = somebody(valley)
    reached(rosa)

    with suppress(ZeroDivisionError), transaction.atomic():
        assert told(rosa, valley)
        raise ZeroDivisionError

    assert rows(valley) == []


def test_more_texts_than_a_day_may_have_wait_for_the_next(valley, texts):
    texts.SMS_PER_PERSON_A_DAY = 2
    rosa = somebody(valley)
    reached(rosa, Channel.TEXT, "+14155552671", quiet_from=0, quiet_until=0)
    with a_carrier() as (texts.SMS_SEND_URL, came):
        for minutes in (0, 10, 20):
            at = MORNING + timedelta(minutes=minutes)
            told(rosa, valley, at=at)
            last = sent(at)
        assert last == {State.WAITING: 1}
        assert rows(valley)[2].due_at == MORNING + timedelta(days=1)
        assert sent(MORNING + timedelta(days=1)) == {State.SENT: 1}
    assert len(came) == 3


def test_where_no_text_may_go_it_waits_and_letters_go_on(valley, texts):
    texts.SMS_PER_PERSON_A_DAY = 0
    rosa = somebody(valley)
    reached(rosa, Channel.TEXT, "+14155552671", quiet_from=0, quiet_until=0)
    reached(rosa, quiet_from=0, quiet_until=0)
    told(rosa, valley)

    with a_carrier() as (texts.SMS_SEND_URL, came):
        assert sent() == {State.WAITING: 1, State.SENT: 1}

    assert came == []


def test_a_number_that_said_stop_gets_no_more(valley, texts):
    rosa = somebody(valley)
    reached(rosa, Channel.TEXT, "+14155552671")
    told(rosa, valley)

    with a_carrier((400, b'{"code": 21610}')) as (texts.SMS_SEND_URL, _):
        assert sent() == {State.DROPPED: 1}

    assert ways_of(rosa.id)[Channel.TEXT].is_stopped
    assert told(rosa, valley) == []
