import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.directory.domain.suggestions import Wrong
from tejido.directory.models import Phone, Service, Suggestion
from tejido.directory.testing import a_phone, a_place, a_service, an_id, stored
from tejido.directory.tests.desk_pages import (
    SERVICE,
    address,
    asked_of_listings,
)
from tejido.directory.tests.saying_wrong import form_in, queue, send, told
from tejido.network.domain.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_sent_before")]


def test_the_queue_shows_what_was_said_beside_what_stands_there(client, steward, words_of):
    stored(a_service(phones=(a_phone(),)))
    told(Wrong.PHONE, note="Nadie contesta", instead="510-555-0188", language="es")

    shown = words_of(queue(client))

    assert "1 report waits" in shown
    assert "Naloxone , Naloxone van : The phone number is wrong" in shown.replace("van:", "van :")
    assert "Nadie contesta" in shown
    assert "(510) 555-0142" in shown
    assert "Confirmed : The county-list, Nov 1, 2026" in shown.replace("Confirmed:", "Confirmed :")


def test_links_and_scripts_are_shown_as_text_and_lead_nowhere(client, steward):
    stored(a_service())
    told(note='<script>alert(1)</script> https://bad.example/ <a href="x">y</a>')

    page = queue(client).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert 'href="https://bad.example' not in page
    assert "<script>alert" not in page


def test_still_right_confirms_and_the_page_offers_to_undo_it(client, steward, words_of):
    stored(a_service())
    told(Wrong.HOURS)

    page = send(client, "right")

    assert "Saved" in words_of(page)
    assert "Nobody said that anything is wrong." in words_of(page)
    assert Service.objects.get().provenance["schedules"]["role"] == "steward"
    undo = re.search(r'action="([^"]+/undo/)"', page.content.decode())[1]
    client.post(undo)
    assert "1 report waits" in words_of(queue(client))


def test_one_button_writes_the_number_that_was_said(client, steward, words_of):
    stored(a_service(phones=(a_phone(),)))
    told(Wrong.PHONE, instead="510 555 0188")
    assert "Write (510) 555-0188" in words_of(queue(client))

    send(client, "write")

    assert Phone.objects.get().number == "+15105550188"


def test_what_was_put_aside_can_be_taken_back_at_once(client, steward, words_of):
    stored(a_service())
    told(Wrong.OTHER, note="rude guard")

    page = send(client, "aside")

    assert "Put aside" in words_of(page)
    back = form_in(page) | {"answer": "back"}
    assert "1 report waits" in words_of(client.post(address("answer-wrong"), back, follow=True))


def test_what_was_put_aside_before_midnight_is_taken_back_after_it(client, steward, words_of):
    stored(a_service())
    told(Wrong.OTHER, note="rude guard")
    back = form_in(send(client, "aside")) | {"answer": "back"}
    yesterday = timezone.localdate() - timedelta(days=1)
    Suggestion.objects.update(answered_on=yesterday)

    assert "1 report waits" in words_of(client.post(address("answer-wrong"), back, follow=True))


def test_taking_back_too_late_says_that_nothing_was_taken_back(client, steward, words_of):
    stored(a_service())
    told(Wrong.OTHER, note="rude guard")
    back = form_in(send(client, "aside")) | {"answer": "back"}
    Suggestion.objects.update(answered_on=timezone.localdate() - timedelta(days=2))

    answer = client.post(address("answer-wrong"), back)

    assert answer.status_code == 409
    assert "Nothing was taken back" in words_of(answer)
    assert Suggestion.objects.get().answer == "aside"


def test_the_second_of_two_stewards_reads_what_the_first_did(client, steward, words_of):
    stored(a_service())
    told(Wrong.HOURS)
    page = queue(client)
    send(client, "right")

    answer = send(client, "aside", page)

    assert answer.status_code == 409
    shown = words_of(answer)
    assert "Somebody answered this already. Nothing was changed now." in shown
    assert "Confirmed as it is: Directory steward" in shown
    assert Suggestion.objects.get().answer == "confirmed"


def test_an_old_page_is_told_that_more_was_said(client, steward, words_of):
    stored(a_service())
    told(Wrong.HOURS)
    page = queue(client)
    told(Wrong.HOURS, note="new words")

    answer = send(client, "right", page)

    assert answer.status_code == 409
    assert "Something changed meanwhile." in words_of(answer)
    assert "new words" in words_of(answer)


def test_closed_on_two_days_is_first_on_the_desk_and_on_the_listing(client, steward, words_of):
    stored(a_service())
    told(days_ago=1)
    home = reverse("network:home", args=["valley-harm-reduction"])
    assert "Look at what people say is wrong with 1 listing" in words_of(client.get(home))

    told()

    assert "1 place may be closed" in words_of(client.get(home))
    assert "1 report waits, 1 place may be closed" in words_of(queue(client))
    listing = words_of(client.get(address("listing", SERVICE)))
    assert "It may be closed" in listing
    assert "Said to be closed on two days or more." in listing


def test_a_listing_that_nobody_spoke_of_says_nothing_of_it(client, steward, words_of):
    stored(a_service())

    assert "people say" not in words_of(client.get(address("listing", SERVICE)))


def test_a_listing_that_is_gone_can_be_put_aside(client, steward, words_of):
    told(listing=an_id("gone"), service=an_id("gone service"))

    assert "A listing that is gone" in words_of(queue(client))
    assert "Put aside" in words_of(send(client, "aside"))


def test_the_queue_has_pages_of_25(client, steward, words_of):
    for number in range(26):
        told(listing=an_id(f"p{number}"), service=an_id(f"s{number}"))

    assert "26 reports wait, page 1 of 2" in words_of(queue(client))
    last = words_of(client.get(address("wrong") + "?page=2"))
    assert last.count("Said 1 time") == 1
    assert client.get(address("wrong") + "?page=zzz").status_code == 200


def test_the_queue_in_spanish(client, sign_in, words_of):
    sign_in(Role.STEWARD, language="es")
    stored(a_service())
    told(days_ago=1)
    told()

    shown = words_of(queue(client))

    assert "La gente dice que algo está mal" in shown
    assert "1 lugar puede estar cerrado" in shown
    assert "Sigue correcto" in shown


def test_who_keeps_no_listings_sees_no_queue(client, sign_in):
    sign_in(Role.TRAINER)

    assert queue(client).status_code == 403
    assert client.post(address("answer-wrong"), {}).status_code == 403


@pytest.mark.parametrize(
    "changes", [{"listing": "x"}, {"wrong": "made-up"}, {"answer": "delete"}, {"seen": "x" * 900}]
)
def test_an_answer_that_no_page_sends_is_not_found(client, steward, changes):
    stored(a_service())
    told()
    sent = form_in(queue(client)) | {"answer": "right"} | changes

    assert client.post(address("answer-wrong"), sent).status_code == 404


def test_a_full_page_of_the_queue_asks_as_often_as_a_page_of_one(client, steward):
    names = [f"q{number}" for number in range(5)]
    stored(*(a_service(name, places=(a_place(name),), phones=(a_phone(name),)) for name in names))
    for name in names[:1]:
        told(Wrong.HOURS, listing=an_id(f"place {name}"), service=an_id(f"service {name}"))
    one = asked_of_listings(client, address("wrong"))

    for name in names[1:]:
        told(Wrong.HOURS, listing=an_id(f"place {name}"), service=an_id(f"service {name}"))
    page = queue(client).content.decode()

    assert all(name in page for name in names)
    assert asked_of_listings(client, address("wrong")) == one
