"""Contacts on a listing's page: noting that one agreed, and taking it back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tejido.directory.domain.contacts import CONTACTS
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import ContactConsent, Record
from tejido.directory.queries.public import public_listings
from tejido.directory.testing import LATER, a_location, a_place, a_service, an_id, stored
from tejido.directory.tests.desk_pages import SERVICE, address, form_of
from tejido.directory.tests.test_contacts import ROSA, SHOWN, agree, carried
from tejido.network.domain.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact():
    stored(a_service(carried=carried()))
    return Record.objects.get(kind=CONTACTS)


def page_of(contact, name="contact"):
    return address(name, SERVICE, contact.id)


def noted(client, contact, **changes):
    sent = {"agreed_on": timezone.localdate().isoformat()} | changes
    return client.post(page_of(contact), form_of(client, page_of(contact), **sent))


def shown():
    return [listing.contacts for listing in public_listings()]


def test_a_steward_notes_that_a_contact_agreed_and_takes_it_back(
    client, steward, contact, words_of
):
    listing = address("listing", SERVICE)
    assert "Not shown outside" in words_of(client.get(listing))

    assert noted(client, contact).url == listing
    assert shown() == [(SHOWN,)]
    said = words_of(client.get(listing))
    assert "Shown to everybody" in said
    assert "Noted by: Directory steward" in said
    assert ContactConsent.objects.get().noted_by == steward.pk

    assert client.post(page_of(contact, "withdraw-contact")).url == listing
    assert shown() == [()]
    assert "Not shown outside" in words_of(client.get(listing))


def test_the_page_says_what_everybody_will_see_and_not_the_email(
    client, steward, contact, words_of
):
    said = words_of(client.get(page_of(contact)))

    assert "Rosa Canary" in said
    assert "(510) 555-0142, ext. 7" in said
    assert "rosa@" not in said


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"agreed_on": ""}, "Enter the day on which this person agreed"),
        ({"agreed_on": "yesterday"}, "Write the date as 2026-11-20"),
        (
            {"agreed_on": (timezone.localdate() + timedelta(days=2)).isoformat()},
            "Enter today or a day before",
        ),
        ({"mark": "of another contact"}, "The contact has changed"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_noted(
    client, steward, contact, words_of, changes, sentence
):
    answer = noted(client, contact, **changes)

    assert answer.status_code == 400
    assert sentence in words_of(answer)
    assert ContactConsent.objects.count() == 0


def test_a_contact_that_changed_is_said_to_need_a_new_yes(client, steward, contact, words_of):
    agree(contact)

    stored(a_service(carried=carried(ROSA | {"name": "Ana"})), at=LATER)

    said = words_of(client.get(address("listing", SERVICE)))
    assert "It changed after they agreed" in said
    assert "Not shown outside" in said


def test_the_contact_of_a_hidden_place_is_said_not_to_be_shown(client, steward, words_of):
    hidden = a_location(visibility=Visibility.WITHOUT_PLACE)
    stored(a_service(places=(a_place(location=hidden, carried=carried()),)))
    agree(Record.objects.get())

    assert "The place is not public" in words_of(client.get(address("listing", SERVICE)))


def test_a_contact_of_another_listing_is_not_found(client, steward, contact):
    stored(a_service("Other"))

    elsewhere = address("contact", an_id("service Other"), contact.id)
    assert client.get(elsewhere).status_code == 404
    assert client.post(f"{elsewhere}withdraw/").status_code == 404


def test_only_who_may_publish_comes_in(client, sign_in, contact):
    sign_in(Role.OUTREACH_WORKER)

    assert client.get(page_of(contact)).status_code == 403
    assert client.post(page_of(contact, "withdraw-contact")).status_code == 403
    assert client.get(page_of(contact, "withdraw-contact")).status_code in (403, 405)


def test_the_page_speaks_spanish(client, sign_in, contact, words_of):
    sign_in(Role.STEWARD, language="es")

    said = words_of(client.get(page_of(contact)))

    assert "Mostrar un contacto a todas las personas" in said
