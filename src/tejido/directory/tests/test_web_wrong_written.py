"""What was said is wrong is written in the form of its part, and answered by that."""

import pytest
from django.utils import timezone

from tejido.directory.domain.suggestions import Wrong
from tejido.directory.models import Phone, Schedule, Service, Suggestion
from tejido.directory.services.suggestions import suggest
from tejido.directory.testing import a_phone, a_place, a_rule, a_service, an_id, stored
from tejido.directory.tests.desk_pages import (
    PLACE,
    SERVICE,
    address,
    form_of,
)
from tejido.directory.tests.saying_wrong import forms_of, queue, said, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_sent_before")]


def test_closed_leads_to_the_hours_and_to_who_finds_it_with_what_was_said(
    client, steward, words_of
):
    stored(a_service())
    told(note="Chain on the door")

    hours, longer = forms_of(queue(client))

    assert "/hours/" in hours
    assert "/publicity/" in longer
    for form, other in ((hours, longer), (longer, hours)):
        page = client.get(form)
        assert "It was closed" in words_of(page)
        assert "Chain on the door" in words_of(page)
        assert other in page.content.decode().replace("&amp;", "&")


@pytest.mark.parametrize(
    ("choice", "status"), [("closed", "temporarily closed"), ("gone", "defunct")]
)
def test_closed_for_longer_is_written_when_that_is_saved(
    client, steward, words_of, choice, status
):
    stored(a_service())
    told(note="Chain on the door")
    _hours, form = forms_of(queue(client))

    client.post(form, form_of(client, form) | {"publicity": choice})

    assert Service.objects.get().status == status
    assert Suggestion.objects.get().answer == "written"
    assert "Nobody said that anything is wrong." in words_of(queue(client))


def test_closed_on_one_day_is_written_as_a_day_among_the_hours(client, steward):
    stored(a_service())
    told(note="Chain on the door")
    form, _longer = forms_of(queue(client))

    client.post(form, form_of(client, form) | {"exception-0-first": "2100-12-25"})

    assert Schedule.objects.get(is_exception=True).opens_at is None
    assert Service.objects.get().status == "active"
    assert Suggestion.objects.get().answer == "written"


def test_closed_at_one_of_two_places_leads_to_the_hours_of_that_place(client, steward):
    places = [
        a_place("Blue van", rules=(a_rule("MO"),)),
        a_place("Red van", rules=(a_rule("TU"),)),
    ]
    stored(a_service(places=tuple(places)))
    told(listing=places[1].id)

    hours, _longer = forms_of(queue(client))

    assert f"/hours/{places[1].id}/" in hours


def test_something_else_leads_to_the_listing(client, steward):
    stored(a_service())
    told(Wrong.OTHER)

    page = queue(client).content.decode()

    assert forms_of(queue(client)) == []
    assert f'class="btn btn--2" href="{address("listing", SERVICE)}"' in page


def test_hours_lead_to_their_form_with_what_was_said_and_saving_writes_them(
    client, steward, words_of
):
    stored(a_service())
    told(Wrong.HOURS, instead="Mon 10 to 6")
    (form,) = forms_of(queue(client))
    assert "Mon 10 to 6" in words_of(client.get(form))

    sent = form_of(client, form)
    client.post(form, sent | {"rule-0-opens": "10:00"})

    assert {str(row.opens_at) for row in Schedule.objects.all()} == {"10:00:00"}
    assert Suggestion.objects.get().answer == "written"


@pytest.mark.parametrize(
    ("wrong", "part"),
    [(Wrong.PHONE, "/phones/"), (Wrong.ADDRESS, "/address/"), (Wrong.OFFER, "/needs/")],
)
def test_each_kind_leads_to_the_form_of_its_part(client, steward, wrong, part):
    stored(a_service(phones=(a_phone(),)))
    told(wrong)

    (form,) = forms_of(queue(client))

    assert part in form
    assert client.get(form).status_code == 200


def test_a_form_that_is_saved_without_a_change_answers_nothing(client, steward):
    stored(a_service(phones=(a_phone(),)))
    told(Wrong.PHONE)
    (form,) = forms_of(queue(client))

    client.post(form, form_of(client, form))

    assert Suggestion.objects.get().answer == "waits"


@pytest.mark.parametrize("mark", ["", "closed", "closed.x", "made-up." + str(PLACE), "x" * 5000])
def test_an_address_that_somebody_made_up_is_an_ordinary_form(client, steward, mark):
    stored(a_service(phones=(a_phone(),)))
    told(Wrong.PHONE)
    form = f"{address('edit', SERVICE, 'phones', SERVICE)}?told={mark}"

    assert client.get(form).status_code == 200
    sent = form_of(client, form) | {"phone-0-number": "510-555-0190"}
    client.post(form, sent)

    assert Suggestion.objects.get().answer == "waits"


def test_what_came_while_the_form_was_open_waits_because_nobody_read_it(client, steward):
    stored(a_service(phones=(a_phone(),)))
    told(Wrong.PHONE, note="nobody answers")
    (form,) = forms_of(queue(client))
    sent = form_of(client, form) | {"phone-0-number": "510-555-0190"}
    told(Wrong.PHONE, note="it moved to another program")

    client.post(form, sent)

    assert Phone.objects.get().number == "+15105550190"
    answers = dict(Suggestion.objects.values_list("note", "answer"))
    assert answers == {"nobody answers": "written", "it moved to another program": "waits"}


def test_words_that_changed_while_the_form_was_open_wait(client, steward):
    stored(a_service(phones=(a_phone(),)))
    first = said(Wrong.PHONE, note="nobody answers")
    suggest(first, on=timezone.localdate())
    (form,) = forms_of(queue(client))
    sent = form_of(client, form) | {"phone-0-number": "510-555-0190"}
    told(Wrong.PHONE, id=first.id, note="it moved to another program")

    client.post(form, sent)

    assert Suggestion.objects.get().answer == "waits"


@pytest.mark.parametrize(
    "changes",
    [
        {"wrong": Wrong.CLOSED},
        {"wrong": Wrong.PHONE, "listing": an_id("x"), "service": an_id("another service")},
    ],
)
def test_a_form_answers_only_what_was_said_of_its_own_part_of_its_own_listing(
    client, steward, changes
):
    stored(a_service(phones=(a_phone(),)))
    told(note="Chain on the door", **changes)
    row = Suggestion.objects.get()
    form = f"{address('edit', SERVICE, 'phones', SERVICE)}?told={row.wrong}.{row.listing}"
    assert "Chain on the door" not in client.get(form).content.decode()

    client.post(form, form_of(client, form) | {"phone-0-number": "510-555-0190"})

    assert Phone.objects.get().number == "+15105550190"
    assert Suggestion.objects.get().answer == "waits"
