"""The same is asked for twice at the same moment, as by a double click: one counts, none fails."""

from datetime import timedelta

import pytest

from tejido.accounts.testing import an_account
from tejido.foundation.holds import HoldReason
from tejido.foundation.models import Hold
from tejido.foundation.removing import begin_hold
from tejido.foundation.scope import member_scope
from tejido.network.domain.consents import Channel as ConsentChannel
from tejido.network.domain.consents import Purpose
from tejido.network.domain.messages import Channel
from tejido.network.domain.partners import Help
from tejido.network.domain.roles import Role
from tejido.network.models import Consent
from tejido.network.queries.consents import consent_to
from tejido.network.services.agreements import propose_agreement
from tejido.network.services.consents import give_again, note_consent, note_withdrawal
from tejido.network.services.invitations import accept, invite
from tejido.network.services.partners import CardIn, list_card, save_card
from tejido.network.services.people import PersonIn
from tejido.network.services.ways import give_address
from tejido.network.testing import (
    MORNING,
    TODAY,
    Two,
    a_consent,
    a_member,
    a_person,
    some_terms,
)
from tejido.network.tests.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


@pytest.fixture
def told(kept):
    """Return what a maker's act says when it is done twice at once, each time anew."""

    def told(make):
        found = []
        for number in range(ROUNDS):
            member = a_member(f"Member {number}")
            account = an_account(f"leader{number}")
            person = a_person(member, Role.PROGRAM_MANAGER, id=account.id)
            acts = make(number, member, person)
            kept(number)
            found.append(at_once(*acts))
        return {tuple(each) for each in found}

    return told


def test_a_card_that_is_saved_twice_is_one_card(told):
    def saving(_number, member, person):
        draft = CardIn(offers=(next(iter(Help)),))
        return [lambda: save_card(member_id=member.id, draft=draft, by=person.id, at=MORNING)] * 2

    assert told(saving) == {("", "")}


def test_a_card_that_is_shown_twice_is_shown_once(told):
    def showing(_number, member, person):
        draft = CardIn(offers=(next(iter(Help)),))
        save_card(member_id=member.id, draft=draft, by=person.id, at=MORNING)
        return [lambda: list_card(member_id=member.id, by=person.id, at=MORNING)] * 2

    assert told(showing) == {("", "")}


def test_of_codes_that_are_asked_for_at_once_a_day_has_five(told, mail_on):
    def giving(number, _member, person):
        return [
            lambda: give_address(
                person_id=person.id,
                channel=Channel.MAIL,
                address=f"leader{number}@example.org",
                language="en",
                at=MORNING,
            )
        ] * 8

    assert told(giving) == {("",) * 5 + ("too-many-codes",) * 3}


def test_an_address_that_is_given_twice_is_one_way(told, mail_on):
    def giving(number, _member, person):
        return [
            lambda: give_address(
                person_id=person.id,
                channel=Channel.MAIL,
                address=f"somebody{number}@example.org",
                language="en",
                at=MORNING,
            )
        ] * 2

    assert told(giving) == {("", "")}


def test_two_invitations_for_one_person_let_them_in_once(told):
    def accepting(number, member, person):
        new = an_account(f"new{number}").id
        links = [
            invite(member_id=member.id, called="x", roles=[Role.STEWARD], by=person.id, at=MORNING)
            for _ in range(2)
        ]
        return [
            lambda token=token: accept(token=token, person=PersonIn(new, "Noor"), at=MORNING)
            for _id, token in links
        ]

    assert told(accepting) == {("", "works-here-already")}


def test_an_agreement_that_is_proposed_twice_is_one(told):
    def proposing(number, member, person):
        other = a_member(f"Other {number}")
        boss = a_person(other, Role.PROGRAM_MANAGER)
        return [
            lambda side=side, by=by: propose_agreement(
                acting_for=side.id,
                giver=member.id,
                receiver=other.id,
                terms=some_terms(),
                by=by.id,
                at=MORNING,
            )
            for side, by in ((member, person), (other, boss))
        ]

    assert told(proposing) == {("", "overlaps")}


def test_what_one_colleague_signs_while_another_turns_it_down_is_one_or_the_other(told):
    def answering(_number, _member, _person):
        two = Two()
        two.propose()
        two.sign(two.giver)
        return [lambda: two.sign(two.reader), lambda: two.close(two.reader)]

    assert told(answering) <= {("", "closed"), ("", "signed-by-both")}


def test_a_hold_that_begins_twice_is_one(told):
    def holding(_number, _member, person):
        Hold.objects.all().delete()
        return [lambda: begin_hold(reason=HoldReason.SUBPOENA, by=person.id, on=TODAY)] * 2

    assert told(holding) == {("", "on-hold")}


def test_a_consent_that_is_noted_twice_is_one(told):
    def noting(_number, member, person):
        ana = a_person(member, Role.OUTREACH_WORKER, name="Ana")
        draft = a_consent(ana.id)
        return [
            lambda: note_consent(member_id=member.id, draft=draft, by=person.id, at=MORNING)
        ] * 2

    assert told(noting) == {("", "agreed-already")}


def test_a_withdrawal_that_is_noted_twice_is_one(told):
    def withdrawing(_number, member, person):
        draft = a_consent(person.id)
        noted = note_consent(member_id=member.id, draft=draft, by=person.id, at=MORNING)
        return [
            lambda: note_withdrawal(
                member_id=member.id, consent_id=noted, by=person.id, at=MORNING
            )
        ] * 2

    assert told(withdrawing) == {("", "")}


def test_an_undo_of_a_withdrawal_that_is_asked_for_twice_counts_once(told):
    def undoing(_number, member, person):
        draft = a_consent(person.id)
        noted = note_consent(member_id=member.id, draft=draft, by=person.id, at=MORNING)
        note_withdrawal(member_id=member.id, consent_id=noted, by=person.id, at=MORNING)
        later = MORNING + timedelta(hours=1)
        return [lambda: give_again(consent_id=noted, person_id=person.id, at=later)] * 2

    assert told(undoing) == {("", "not-withdrawn")}


def test_who_takes_back_what_was_noted_twice_takes_both_back():
    """As it was possible before: two rows for the same."""
    member = a_member()
    boss = a_person(member, Role.PROGRAM_MANAGER)
    ana = a_person(member, Role.OUTREACH_WORKER, name="Ana")
    noted = note_consent(member_id=member.id, draft=a_consent(ana.id), by=boss.id, at=MORNING)
    with member_scope(member.id):
        row = Consent.objects.get(id=noted)
        row.pk, row._state.adding = boss.id, True
        row.save()
    later = MORNING + timedelta(hours=1)

    note_withdrawal(member_id=member.id, consent_id=noted, by=boss.id, at=later)

    asked = {"purpose": Purpose.PHOTO, "channel": ConsentChannel.WEB}
    assert consent_to(member_id=member.id, person_id=ana.id, at=later, **asked) is None
