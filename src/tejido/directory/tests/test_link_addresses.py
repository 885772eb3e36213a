"""Where programs want their links: given, changed, removed, stopped by the mail itself."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, transaction

from tejido.directory.domain.drafts import OrganizationDraft
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.domain.link_mail import MailState
from tejido.directory.models import ConfirmLink, LinkAddress
from tejido.directory.queries.link_addresses import address_of, first_refused, is_mailed
from tejido.directory.services.acts import Actor
from tejido.directory.services.confirm_links import LinkState, link_by_token
from tejido.directory.services.link_addresses import (
    MailRefused,
    remove_address,
    seen_mark,
    stop_mails,
    stop_seen,
    stop_token,
)
from tejido.directory.services.link_mails import link_mail
from tejido.directory.services.merging import Merge, merge
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import LATER, an_id
from tejido.directory.tests.mailing_links import (
    AT,
    PROGRAM,
    STEWARD,
    TODAY,
    given,
    links_in,
    made_round,
    tokens,
)
from tejido.directory.tests.test_confirm_links import core, hidden, old
from tejido.foundation.scope import member_scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_on")]
OURS, THEIRS = an_id("organization ours"), an_id("organization theirs")
SOON = AT + timedelta(days=1)


def refused(**said):
    with pytest.raises(MailRefused) as refusal:
        given(**said)
    assert refusal.value.sentence
    return refusal.value.code


def removed(organization=PROGRAM, actor=STEWARD):
    seen = seen_mark(address_of(organization))
    remove_address(organization=organization, seen=seen, actor=actor, at=AT)


def stop_in(letter):
    return links_in(letter)[1]


def test_an_address_is_given_changed_and_removed():
    old(core())
    given()
    given(address="new@example.org", language="es")
    assert (address_of(PROGRAM).address, address_of(PROGRAM).language) == ("new@example.org", "es")

    removed()

    assert not LinkAddress.objects.exists()


def test_another_language_leaves_what_is_known_of_the_address_and_another_address_does_not():
    old(core())
    given()
    LinkAddress.objects.update(tried_at=AT, problem="refused")

    given(language="es")
    assert (address_of(PROGRAM).tried_at, address_of(PROGRAM).problem) == (AT, "refused")
    given(address="new@example.org")
    assert (address_of(PROGRAM).tried_at, address_of(PROGRAM).problem) == (None, "")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"address": "harbor@"}, "address-wrong"),
        ({"address": "a@example.org\nBcc: b@example.org"}, "address-wrong"),
        ({"given_on": TODAY + timedelta(days=1)}, "day-ahead"),
        ({"seen": "an old page"}, "changed-meanwhile"),
        ({"organization": an_id("nobody")}, "listing-gone"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(said, code):
    old(core())

    assert refused(**said) == code
    assert not LinkAddress.objects.exists()


def test_the_slower_of_two_stewards_is_told_and_the_first_word_stands():
    old(core())
    seen = seen_mark(address_of(PROGRAM))
    given(address="first@example.org", seen=seen)

    assert refused(address="second@example.org", seen=seen) == "changed-meanwhile"
    assert address_of(PROGRAM).address == "first@example.org"


def test_the_record_says_who_did_what_and_never_the_address(valley):
    old(core())
    actor = Actor(an_id("theo"), valley.id, "steward")
    given(actor=actor)
    made_round()
    stop_mails(token=stop_in(mail.outbox[0]), at=SOON)
    removed(actor=actor)

    with member_scope(valley.id):
        events = list(
            apps.get_model("network.Event").objects.order_by("happened_at", "id").values()
        )
    acts = [(each["act"], each["actor"]) for each in events]
    assert sorted(acts, key=str) == [
        ("note.link-address", actor.person),
        ("remove.link-address", actor.person),
        ("stop.link-address", None),
    ]
    assert {each["object_id"] for each in events} == {PROGRAM}
    assert "example.org" not in repr(events)


def test_who_says_stop_gets_no_mail_more_and_the_address_is_gone():
    old(core())
    given()
    made_round()

    seen = stop_mails(token=stop_in(mail.outbox[0]), at=SOON)

    assert not seen.is_mailed
    row = LinkAddress.objects.get()
    assert (row.address, row.stopped_at) == ("", SOON)
    assert made_round(AT + timedelta(days=40)) == 0
    assert link_mail(PROGRAM, at=SOON).state is MailState.STOPPED
    assert not is_mailed(PROGRAM)


def test_the_link_that_was_mailed_last_still_works_after_stop():
    old(core())
    given()
    made_round()

    stop_mails(token=stop_in(mail.outbox[0]), at=SOON)

    assert link_by_token(tokens()[0], on=TODAY).state is LinkState.OPEN


def test_stop_twice_changes_nothing_and_an_address_given_later_is_not_stopped_by_an_old_mail():
    old(core())
    given()
    made_round()
    token = stop_in(mail.outbox[0])
    stop_mails(token=token, at=AT)
    given(address="new@example.org")

    assert not stop_mails(token=token, at=SOON).is_mailed
    assert address_of(PROGRAM).address == "new@example.org"


def test_an_old_mail_stops_the_same_address_though_it_was_removed_and_given_again():
    old(core())
    given()
    made_round()
    removed()
    given(address="Harbor@example.org")

    assert stop_mails(token=stop_in(mail.outbox[0]), at=SOON) is not None
    assert address_of(PROGRAM).address == ""


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", str.upper])
def test_a_link_to_stop_that_somebody_changed_leads_nowhere(change):
    old(core())
    given()
    token = change(stop_token(address_of(PROGRAM)))

    assert stop_seen(token) is None
    assert stop_mails(token=token, at=AT) is None
    assert is_mailed(PROGRAM)


def test_a_program_of_which_nothing_is_public_is_not_named_where_mails_are_stopped():
    old(core(places=hidden()))
    given()

    assert stop_seen(stop_token(address_of(PROGRAM))).name == ""


@pytest.mark.parametrize(("address", "stopped_at"), [("", None), ("a@example.org", AT)])
def test_an_address_is_there_until_it_is_stopped_and_no_longer(address, stopped_at):
    told = {"organization": PROGRAM, "language": "en", "given_on": TODAY, "noted_at": AT}

    with pytest.raises(IntegrityError), transaction.atomic():
        LinkAddress.objects.create(**told, address=address, stopped_at=stopped_at)


@pytest.fixture
def both():
    named = (("ours", "Harbor"), ("theirs", "Harbour"))
    made = [(OrganizationDraft(an_id(f"organization {key}"), name), name) for key, name in named]
    old(*(core(name, organization=one) for one, name in made))


def merged():
    wanted = Merge(Kind.ORGANIZATION, OURS, THEIRS)
    actor = Actor(an_id("theo"), an_id("member"), "steward")
    return merge(wanted=wanted, actor=actor, on=TODAY, at=LATER)


@pytest.mark.usefixtures("both")
def test_a_program_that_became_part_of_another_brings_its_address_and_takes_it_along_again():
    given(THEIRS, "theirs@example.org")
    act = merged()
    assert made_round() == 1
    assert mail.outbox[0].subject == "Is this still right? Harbor"
    assert link_by_token(tokens()[0], on=TODAY).organization == OURS
    assert made_round(AT + timedelta(days=2)) == 0

    undo_act(act_id=act, at=LATER)

    assert not is_mailed(OURS)
    assert is_mailed(THEIRS)


@pytest.mark.usefixtures("both")
def test_of_two_addresses_that_of_the_program_that_stays_gets_the_one_letter():
    given(OURS, "ours@example.org")
    given(THEIRS, "theirs@example.org", at=LATER)
    merged()

    assert made_round() == 1
    assert mail.outbox[0].to == ["ours@example.org"]


@pytest.mark.usefixtures("both")
def test_what_was_mailed_before_a_merge_counts_after_it():
    given(THEIRS, "theirs@example.org")
    made_round()
    merged()

    assert link_mail(OURS, at=AT).mailed_at == AT
    assert made_round(AT + timedelta(days=2)) == 0


@pytest.mark.usefixtures("both")
def test_the_stop_of_the_program_that_stays_holds_for_what_became_part_of_it():
    given(OURS, "ours@example.org")
    given(THEIRS, "theirs@example.org")
    stop_mails(token=stop_token(address_of(OURS)), at=AT)
    merged()

    assert made_round() == 0


@pytest.mark.usefixtures("both")
def test_a_letter_from_before_or_during_a_merge_stops_its_address_wherever_it_is_now():
    given(THEIRS, "theirs@example.org")
    token = stop_token(address_of(THEIRS))
    act = merged()
    given(OURS, "theirs@example.org")
    stop_mails(token=token, at=AT)
    assert {row.address for row in LinkAddress.objects.all()} == {""}

    undo_act(act_id=act, at=LATER)

    assert (is_mailed(OURS), is_mailed(THEIRS)) == (False, False)


@pytest.mark.usefixtures("both")
def test_removing_after_a_merge_leaves_no_address_of_either():
    given(OURS, "ours@example.org")
    given(THEIRS, "theirs@example.org")
    merged()

    removed(OURS)

    assert not LinkAddress.objects.exists()
    assert not ConfirmLink.objects.exists()


@pytest.mark.usefixtures("both")
def test_a_refused_address_is_named_while_it_holds_and_not_where_another_does():
    given(THEIRS, "theirs@example.org")
    LinkAddress.objects.update(problem="refused")
    assert first_refused() == (THEIRS, "Harbour")
    merged()
    assert first_refused() == (OURS, "Harbor")

    given(OURS, "ours@example.org")

    assert first_refused() is None
