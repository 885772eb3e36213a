"""Where a person is reached: given, confirmed, wished, removed."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from tejido.accounts.testing import an_account
from tejido.foundation.scope import person_scope
from tejido.gateways.testing import a_carrier, a_mail_server
from tejido.network.domain.messages import Channel, Kind, State
from tejido.network.models import WayToReach
from tejido.network.queries.ways import ways_of
from tejido.network.services.ways import WayRefused, Wishes, confirm, remove, wish
from tejido.network.tests.reaching import (
    MORNING,
    code_in,
    given,
    reached,
    refused,
    rows,
    sent,
    somebody,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_on")]


def test_an_address_is_used_only_after_its_code_came_back(valley):
    rosa = somebody(valley)
    given(rosa)
    assert told(rosa, valley, Kind.TASKS_WAIT) == []

    confirm(
        person_id=rosa.id,
        channel=Channel.MAIL,
        code=code_in(mail.outbox[0].body),
        at=MORNING + timedelta(minutes=14),
    )

    assert len(told(rosa, valley, Kind.TASKS_WAIT)) == 1
    assert mail.outbox[0].to == ["rosa@example.org"]
    assert not re.search(r"\d{6}", mail.outbox[0].subject)


def test_a_code_is_kept_only_as_a_hash(valley):
    rosa = somebody(valley)
    given(rosa)

    with person_scope(rosa.id):
        kept = WayToReach.objects.values().get()

    assert code_in(mail.outbox[0].body) not in str(kept)


def test_a_code_holds_for_15_minutes_and_five_tries_and_once(valley):
    rosa = somebody(valley)
    given(rosa)
    code = code_in(mail.outbox[0].body)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    this = {"person_id": rosa.id, "channel": Channel.MAIL}

    assert refused(confirm, **this, code=code, at=MORNING + timedelta(minutes=16)) == "code-old"
    for _ in range(5):
        assert refused(confirm, **this, code=wrong, at=MORNING) == "code-wrong"
    assert refused(confirm, **this, code=code, at=MORNING) == "code-old"
    given(rosa)
    confirm(**this, code=code_in(mail.outbox[1].body), at=MORNING)
    assert refused(confirm, **this, code=code_in(mail.outbox[1].body), at=MORNING) == "code-old"


def test_a_code_for_one_address_does_not_confirm_the_next(valley):
    rosa = somebody(valley)
    given(rosa)
    given(rosa, address="other@example.org")

    code = refused(
        confirm,
        person_id=rosa.id,
        channel=Channel.MAIL,
        code=code_in(mail.outbox[0].body),
        at=MORNING,
    )

    assert code == "code-wrong"


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (Channel.MAIL, ""),
        (Channel.MAIL, "rosa"),
        (Channel.MAIL, "a@example.org\nBcc: b@example.org"),
        (Channel.MAIL, "a@example.org, b@example.org"),
        (Channel.TEXT, ""),
        (Channel.TEXT, "911"),
        (Channel.TEXT, "call me"),
    ],
)
def test_what_is_no_address_is_refused_and_nothing_kept(valley, texts, channel, address):
    rosa = somebody(valley)

    with pytest.raises(WayRefused) as refusal:
        given(rosa, channel, address)

    assert refusal.value.code == "address-wrong"
    assert ways_of(rosa.id) == {}


def test_a_number_is_kept_as_the_carrier_dials_it(valley, texts):
    rosa = somebody(valley)

    with a_carrier() as (texts.SMS_SEND_URL, _):
        given(rosa, Channel.TEXT, "(415) 555-2671")

    assert ways_of(rosa.id)[Channel.TEXT].address == "+14155552671"


def test_nobody_is_sent_codes_without_end(valley):
    rosa = somebody(valley)
    for _ in range(5):
        given(rosa)

    with pytest.raises(WayRefused) as refusal:
        given(rosa, address="other@example.org")

    assert refusal.value.code == "too-many-codes"
    assert len(mail.outbox) == 5


def test_where_nothing_is_set_up_no_address_is_taken_and_nothing_made(valley, settings):
    rosa = somebody(valley)
    reached(rosa)
    settings.MAIL_IS_ON = False

    with pytest.raises(WayRefused) as refusal:
        given(rosa)

    assert refusal.value.code == "channel-off"
    assert told(rosa, valley) == []
    assert sent() == {}


def test_an_account_that_is_nobody_in_the_network_gives_no_address():
    account = an_account()

    with pytest.raises(WayRefused) as refusal:
        given(account)

    assert refusal.value.code == "person-unknown"


def test_a_confirmed_address_is_not_written_over(valley):
    rosa = somebody(valley)
    reached(rosa)

    with pytest.raises(WayRefused) as refusal:
        given(rosa, address="other@example.org")

    assert refusal.value.code == "confirmed-already"


def test_a_code_that_cannot_leave_is_said(valley, smtp):
    rosa = somebody(valley)
    with a_mail_server(lambda command: "550 no" if command.startswith("RCPT") else None) as server:
        smtp.EMAIL_PORT = server.port

        with pytest.raises(WayRefused) as refusal:
            given(rosa)

    assert refusal.value.code == "not-sent"


def test_removal_is_final_and_what_waited_is_not_sent(valley):
    rosa = somebody(valley)
    reached(rosa)
    told(rosa, valley)

    remove(person_id=rosa.id, channel=Channel.MAIL)

    assert ways_of(rosa.id) == {}
    assert sent() == {State.DROPPED: 1}
    assert [(row.state, row.problem) for row in rows(valley)] == [("dropped", "removed")]
    assert mail.outbox == []


def test_wishes_are_kept_and_an_hour_in_the_quiet_is_refused(valley):
    rosa = somebody(valley)
    reached(rosa)
    this = {"person_id": rosa.id, "channel": Channel.MAIL}

    wish(**this, wishes=Wishes([Kind.TASKS_WAIT], 10, 22, 7))

    seen = ways_of(rosa.id)[Channel.MAIL]
    assert (seen.kinds, seen.daily_at) == ((Kind.TASKS_WAIT,), 10)
    assert refused(wish, **this, wishes=Wishes([], 23, 22, 7)) == "daily-in-quiet"
    assert refused(
        wish, person_id=rosa.id, channel=Channel.TEXT, wishes=Wishes([], None, 22, 7)
    ) == ("way-unknown")
