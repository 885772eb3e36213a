"""Links that are mailed: what happens when a letter does not leave, and when two send at once."""

from datetime import timedelta

import pytest
from django.core import mail

from tejido.directory.models import ConfirmLink, LinkAddress
from tejido.directory.services import link_mails
from tejido.directory.services.confirm_links import (
    LinkState,
    last_link,
    link_by_token,
)
from tejido.directory.services.link_mails import link_mail
from tejido.directory.tests.mailing_links import (
    AT,
    PROGRAM,
    TODAY,
    by_hand,
    given,
    made_round,
    now,
    programs,
    refused,
    tokens,
)
from tejido.directory.tests.test_confirm_links import core, old
from tejido.gateways.testing import a_mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_on")]
A_DAY, A_MONTH = timedelta(days=1), timedelta(days=30)


def test_a_link_made_by_hand_while_the_letter_was_leaving_stands(monkeypatch):
    old(core())
    given()
    made = []
    send = link_mails.Postbox.send

    def slowly(self, **letter):
        made.append(by_hand())
        send(self, **letter)

    monkeypatch.setattr(link_mails.Postbox, "send", slowly)

    made_round()

    states = [link_by_token(token, on=TODAY).state for token in (*made, *tokens())]
    assert states == [LinkState.OPEN, LinkState.REVOKED]
    assert made_round(AT + A_DAY) == 0


def test_one_refused_address_keeps_no_other_program_from_its_letter_and_is_tried_again(smtp):
    keys = programs("Ana", "Ben", "Cleo")
    for key, name in zip(keys, ("ana", "gone", "cleo"), strict=True):
        given(key, f"{name}@example.org")

    with a_mail_server(lambda said: "550 unknown" if "<gone@" in said else None) as server:
        smtp.EMAIL_PORT = server.port
        assert made_round() == 2

    assert sorted(to for to, _ in server.letters) == ["ana@example.org", "cleo@example.org"]
    seen = link_mail(keys[1], at=AT)
    assert (seen.problem, seen.failed_at, seen.mailed_at) == ("refused", AT, None)
    with a_mail_server() as server:
        smtp.EMAIL_PORT = server.port
        assert made_round(AT + A_DAY) == 1
    assert [to for to, _ in server.letters] == ["gone@example.org"]
    assert link_mail(keys[1], at=AT).problem == ""


def test_a_letter_that_does_not_leave_leaves_no_link_and_the_one_before_stands(smtp):
    old(core())
    given()
    with a_mail_server() as server:
        smtp.EMAIL_PORT = server.port
        made_round()
    kept = list(ConfirmLink.objects.values())

    with a_mail_server(lambda said: "451 later" if said.startswith("RCPT") else None) as server:
        smtp.EMAIL_PORT = server.port
        assert made_round(AT + A_MONTH) == 0
        assert refused(now, AT + A_MONTH + A_DAY) == "later"

    assert list(ConfirmLink.objects.values()) == kept
    assert last_link(PROGRAM, on=TODAY).state is LinkState.OPEN


def test_a_mail_server_that_is_away_is_asked_once_a_round(smtp):
    for key in programs("Ana", "Ben", "Cleo"):
        given(key)

    with a_mail_server(lambda command: "") as server:
        smtp.EMAIL_PORT = server.port
        assert made_round() == 0
        assert server.connections == 1

    with a_mail_server() as server:
        smtp.EMAIL_PORT = server.port
        assert made_round(AT + A_DAY) == 3


def test_a_round_sends_no_more_than_its_limit_and_the_next_goes_on(monkeypatch):
    for key in programs("Ana", "Ben", "Cleo"):
        given(key)
    monkeypatch.setattr(link_mails, "MOST", 2)

    assert [made_round(AT + n * A_DAY) for n in range(3)] == [2, 1, 0]


def test_addresses_that_are_refused_every_day_do_not_take_the_places_of_others(smtp, monkeypatch):
    for key in programs("Ana", "Ben", "Cleo"):
        given(key, f"{key}@example.org")
    monkeypatch.setattr(link_mails, "MOST", 1)
    bad = [
        str(key)
        for key in LinkAddress.objects.order_by("id").values_list("organization", flat=True)
    ]

    with a_mail_server(lambda said: "550 unknown" if f"<{bad[0]}" in said else None) as server:
        smtp.EMAIL_PORT = server.port
        left = [made_round(AT + n * A_DAY) for n in range(4)]

    assert left == [0, 1, 1, 0]


def test_two_rounds_at_once_send_one_letter(monkeypatch):
    old(core())
    given()
    send, left = link_mails.Postbox.send, []

    def meanwhile(self, **letter):
        left.append(made_round())
        send(self, **letter)

    monkeypatch.setattr(link_mails.Postbox, "send", meanwhile)

    assert made_round() == 1
    assert left == [0]
    assert len(mail.outbox) == 1


def test_a_round_with_an_old_list_does_not_send_what_another_sent_meanwhile(monkeypatch):
    old(core())
    given()
    waiting = link_mails._waiting

    def read_before(at):
        rows = waiting(at)
        monkeypatch.setattr(link_mails, "_waiting", waiting)
        made_round(at)
        return rows

    monkeypatch.setattr(link_mails, "_waiting", read_before)

    assert made_round() == 0
    assert len(mail.outbox) == 1


def test_who_dies_after_sending_sends_another_letter_with_the_next_round(monkeypatch):
    old(core())
    given()

    def die(**_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(link_mails, "keep_mailed_link", die)
        with pytest.raises(KeyboardInterrupt):
            made_round()

    assert made_round(AT + A_DAY) == 1
    lost, kept = (link_by_token(token, on=TODAY) for token in tokens())
    assert (lost, kept.state) == (None, LinkState.OPEN)
