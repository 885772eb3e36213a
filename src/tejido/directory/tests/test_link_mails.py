"""Links that are mailed: to whom, when, what stands in them, and what happens when they fail."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from tejido.directory import rounds
from tejido.directory.domain.drafts import OrganizationDraft
from tejido.directory.domain.link_mail import MailState
from tejido.directory.models import ConfirmLink, LinkAddress
from tejido.directory.services.confirm_links import (
    LinkState,
    confirm_by_link,
    last_link,
    link_by_token,
    link_sheet,
    revoke_link,
)
from tejido.directory.services.link_mails import link_mail
from tejido.directory.testing import a_source, an_id, stored
from tejido.directory.tests.mailing_links import (
    AT,
    PROGRAM,
    TODAY,
    by_hand,
    given,
    links_in,
    made_round,
    now,
    refused,
    tokens,
)
from tejido.directory.tests.test_confirm_links import core, hidden, old
from tejido.foundation.round import make_rounds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_on")]
A_DAY, A_MONTH = timedelta(days=1), timedelta(days=30)


def used(token):
    sheet = link_sheet(PROGRAM, on=TODAY)
    return confirm_by_link(token=token, changed={}, seen=sheet.seen, on=TODAY, at=AT)


def test_a_program_gets_a_link_by_which_it_confirms_and_nothing_more_while_nothing_is_due():
    old(core())
    given()

    assert made_round() == 1

    (letter,) = mail.outbox
    assert letter.to == ["harbor@example.org"]
    assert used(tokens()[0]).state is LinkState.USED
    assert made_round(AT + A_MONTH) == 0


def test_the_letter_says_the_public_name_until_when_the_link_holds_and_how_to_stop():
    old(core())
    given()

    made_round()

    (letter,) = mail.outbox
    token, stop = links_in(letter)
    assert letter.subject == "Is this still right? Harbor Program"
    assert letter.body == (
        "People find Harbor Program in the directory of Tejido. Is it still right?\n\n"
        "Look at it and answer here, without an account:\n\n"
        f"https://help.example.org/r/{token}\n\n"
        "The link holds until Tuesday, January 5, 2027, for one answer. Whoever has it can answer "
        "for Harbor Program. A link that we mailed before leads nowhere now.\n\n"
        "You get this because Harbor Program gave us this address for it: once a month at most, "
        "and only when something has to be looked at. Stop these mails here:\n\n"
        f"https://help.example.org/r/stop/{stop}\n\n"
        "Nobody reads answers to this message.\n"
    )
    assert letter.extra_headers["List-Unsubscribe"] == (
        f"<https://help.example.org/r/stop/{stop}>"
    )
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_letter_is_in_the_language_of_the_program():
    old(core())
    given(language="es")

    made_round()

    (letter,) = mail.outbox
    assert letter.subject == "¿Esto sigue igual? Harbor Program"
    assert "El enlace sirve hasta el martes 5 de enero de 2027" in letter.body
    assert "https://help.example.org/es/r/stop/" in letter.body


def test_nothing_is_mailed_to_an_address_that_nobody_gave_for_this():
    old(core(email="listed@example.org"))

    assert made_round() == 0
    assert mail.outbox == []


def test_a_program_of_which_nothing_due_is_public_gets_no_mail():
    old(core(places=hidden()))
    given()

    assert made_round() == 0
    assert refused(now) == "nothing-due"
    assert mail.outbox == []


def test_with_nothing_due_nothing_is_mailed():
    stored(core(), source=a_source(published_on=TODAY))
    given()

    assert made_round() == 0
    assert link_mail(PROGRAM, at=AT).state is MailState.NOTHING_DUE


def test_the_next_letter_comes_after_a_month_and_its_link_takes_the_place_of_the_one_before():
    old(core())
    given()
    made_round()

    assert made_round(AT + A_MONTH - A_DAY) == 0
    assert made_round(AT + A_MONTH - timedelta(hours=1)) == 1

    first, second = (link_by_token(token, on=TODAY) for token in tokens())
    assert (first.state, second.state) == (LinkState.REVOKED, LinkState.OPEN)


def test_a_link_that_was_copied_or_printed_stands_and_the_mail_waits_until_it_is_over():
    old(core(), core("Wounds"))
    given()
    token = by_hand()

    assert made_round() == 0
    assert refused(now) == "link-stands"

    assert link_by_token(token, on=TODAY).state is LinkState.OPEN
    assert link_mail(PROGRAM, at=AT).until == last_link(PROGRAM, on=TODAY).expires_on
    assert made_round(AT + timedelta(days=46)) == 1


def test_a_link_that_was_taken_back_lets_the_mail_go():
    old(core())
    given()
    by_hand()
    revoke_link(organization=PROGRAM, at=AT)

    assert made_round() == 1


def test_the_token_stands_in_no_table():
    old(core())
    given()

    made_round()

    (token,) = tokens()
    rows = [*ConfirmLink.objects.values(), *LinkAddress.objects.values()]
    assert token not in repr(rows)


def test_a_steward_mails_it_now_and_not_twice_by_a_second_tap():
    old(core())
    given()

    now()

    assert refused(now, AT + timedelta(seconds=2)) == "in-hand"
    assert len(mail.outbox) == 1
    assert made_round(AT + A_DAY) == 0
    now(AT + A_DAY)
    assert len(mail.outbox) == 2


def test_mailing_it_now_says_what_to_do_where_it_cannot_be(settings):
    old(core())
    assert refused(now) == "no-address"
    settings.MAIL_IS_ON = False
    given()

    assert refused(now) == "mail-off"
    assert made_round() == 0


def test_without_the_address_of_the_site_nothing_is_mailed_by_itself(settings):
    old(core())
    given()
    settings.SITE_URL = ""

    assert made_round() == 0


def test_what_a_mailed_link_confirms_is_done_for_the_member_that_noted_the_address():
    old(core())
    member = uuid4()
    LinkAddress.objects.create(
        organization=PROGRAM,
        address="harbor@example.org",
        language="en",
        given_on=TODAY,
        noted_at=AT,
        member=member,
    )

    made_round()

    row = ConfirmLink.objects.get()
    assert (row.member, row.made_by, row.mailed_at) == (member, None, AT)


def test_the_round_is_made_once_a_day_from_nine():
    old(core())
    given()
    early = AT - timedelta(hours=2)

    assert make_rounds(rounds.ROUNDS, at=lambda: early) == []
    assert make_rounds(rounds.ROUNDS, at=lambda: AT) == ["mail-links"]
    assert make_rounds(rounds.ROUNDS, at=lambda: AT + timedelta(hours=5)) == []
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_programs_with_nothing_due_cost_no_more_however_many(count, django_assert_num_queries):
    names = [f"Program {n}" for n in range(count)]
    made = [OrganizationDraft(an_id(f"organization {name}"), name) for name in names]
    drafts = [core(n, organization=one) for n, one in zip(names, made, strict=True)]
    stored(*drafts, source=a_source(published_on=TODAY))
    for one in made:
        given(one.id)

    with django_assert_num_queries(5):
        assert made_round() == 0


def test_a_name_on_two_lines_is_one_line_in_the_letter():
    old(core(organization=OrganizationDraft(PROGRAM, "Harbor\nProgram")))
    given()

    made_round()

    assert mail.outbox[0].subject == "Is this still right? Harbor Program"
