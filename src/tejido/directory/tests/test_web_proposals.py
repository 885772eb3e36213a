import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tejido.directory.models import Schedule, Service, ServiceAtLocation
from tejido.directory.queries.public import public_listings
from tejido.directory.testing import (
    LATER,
    a_location,
    a_place,
    a_service,
    a_source,
    an_id,
    stored,
)
from tejido.directory.tests.desk_pages import fields_of
from tejido.network.domain.roles import Role

pytestmark = pytest.mark.django_db

SERVICE = an_id("service Naloxone")
PROSE = "Monday-Thursday, 8:30-5; Friday, 8:30-4"
PAGE = "/desk/valley-harm-reduction/directory/hours/"


def in_words(text=PROSE, **changes):
    return a_service(rules=(), hours_text=text, **changes)


def first_form(client):
    page = client.get(PAGE).content.decode()
    return fields_of(
        re.search(r'<form method="post" action="[^"]*answer/".*?</form>', page, re.S)[0]
    )


def test_hours_in_words_wait_beside_what_they_seem_to_say(client, steward, words_of):
    stored(in_words())

    said = words_of(client.get(PAGE))

    assert "1 listing waits" in said
    assert PROSE in said
    assert "Monday to Thursday" in said
    (listing,) = public_listings()
    assert not listing.hours_known


def test_a_proposal_that_is_right_becomes_the_hours(client, steward):
    stored(in_words())

    answer = client.post(f"{PAGE}answer/", first_form(client) | {"answer": "right"})

    assert answer.status_code == 302
    assert sorted(Schedule.objects.values_list("byday", flat=True)) == ["FR", "MO,TU,WE,TH"]
    (listing,) = public_listings()
    assert listing.hours_known
    assert listing.confirmed_by == "network"
    assert listing.hours_text == PROSE
    assert "Nothing waits." in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("days", "text", "stands"),
    [
        (0, PROSE, True),
        (1, PROSE, True),
        (0, "Mon-Thu 10am-6pm", False),
        (1, "Mon-Thu 10am-6pm", False),
        (-1, "Mon-Thu 10am-6pm", True),
    ],
)
def test_hours_that_were_confirmed_stand_until_a_list_has_other_words(
    client, steward, words_of, days, text, stands
):
    stored(in_words())
    client.post(f"{PAGE}answer/", first_form(client) | {"answer": "right"})
    newer = a_source(published_on=timezone.localdate() + timedelta(days=days))

    report = stored(in_words(text), source=newer, at=LATER)

    (listing,) = public_listings()
    assert listing.hours_known == stands
    assert ("Nothing waits." in words_of(client.get(PAGE))) == stands
    assert report.differences == (not stands or days < 0)


def test_a_proposal_that_is_not_right_is_not_shown_again(client, steward, words_of):
    stored(in_words())

    client.post(f"{PAGE}answer/", first_form(client) | {"answer": "wrong"})

    assert "Nothing waits." in words_of(client.get(PAGE))
    assert Schedule.objects.count() == 0
    stored(in_words(description="Newer"), at=LATER)
    assert "Nothing waits." in words_of(client.get(PAGE))


def test_a_proposal_is_changed_before_it_is_stored(client, steward):
    stored(in_words())
    page = reverse("directory:hours", args=["valley-harm-reduction", SERVICE, SERVICE])

    html = client.get(f"{page}?proposed=1").content.decode()
    form = fields_of(re.search(r'<form method="post" class="stack".*?</form>', html, re.S)[0])
    client.post(f"{page}?proposed=1", form | {"rule-1-closes": "16:30"})

    assert sorted(str(row.closes_at) for row in Schedule.objects.all()) == ["16:30:00", "17:00:00"]


def test_words_that_changed_meanwhile_are_not_confirmed(client, steward, words_of):
    stored(in_words())
    form = first_form(client)
    Service.objects.update(hours_text="Friday 9am-5pm")

    answer = client.post(f"{PAGE}answer/", form | {"answer": "right"})

    assert answer.status_code == 409
    assert "Somebody changed this" in words_of(answer)
    assert Schedule.objects.count() == 0


def test_words_that_nobody_can_read_offer_no_yes(client, steward, words_of):
    stored(in_words("Varies by season, ask at the library"))

    said = words_of(client.get(PAGE))

    assert "Nothing: write the hours yourself." in said
    assert "Confirm Naloxone" not in said
    assert (
        client.post(f"{PAGE}answer/", first_form(client) | {"answer": "right"}).status_code == 409
    )


def test_a_place_with_hours_in_words_waits_too(client, steward, words_of):
    stored(a_service(places=(a_place(hours_text=PROSE),)))

    assert "Naloxone, Blue van" in words_of(client.get(PAGE))
    client.post(f"{PAGE}answer/", first_form(client) | {"answer": "right"})
    assert Schedule.objects.filter(service_at_location__isnull=False).count() == 2


@pytest.mark.parametrize("sent", [{}, {"listing": "x"}, {"answer": "maybe"}])
def test_an_answer_that_makes_no_sense_is_not_found(client, steward, sent):
    stored(in_words())

    assert client.post(f"{PAGE}answer/", first_form(client) | sent).status_code == 404


def test_many_that_wait_have_pages(client, steward, words_of):
    stored(*(a_service(f"N {n}", rules=(), hours_text=PROSE) for n in range(30)))

    assert "30 listings wait, page 1 of 2" in words_of(client.get(PAGE))
    assert words_of(client.get(f"{PAGE}?page=2")).count("We read") == 5
    assert client.get(f"{PAGE}?page=x").status_code == 200


def queries_of(client):
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    return len(queries)


def test_the_page_takes_as_many_queries_for_three_as_for_one(client, steward):
    stored(a_service("1", rules=(), places=(a_place("1", hours_text=PROSE),)))
    queries_of(client)
    one = queries_of(client)

    stored(
        *(
            a_service(f"{n}", rules=(), places=(a_place(f"{n}", hours_text=PROSE),))
            for n in range(3)
        )
    )

    assert queries_of(client) == one


@pytest.mark.parametrize(
    ("text", "waits"), [(PROSE, "Nothing waits."), ("Monday 9-5", "1 listing waits")]
)
def test_what_is_not_right_waits_again_only_where_a_newer_list_has_other_words(
    client, steward, words_of, text, waits
):
    stored(in_words())
    client.post(f"{PAGE}answer/", first_form(client) | {"answer": "wrong"})

    for day in (2, 3):
        newer = a_source(published_on=date(2027, 1, day))
        stored(in_words(text, description=f"List {day}"), source=newer, at=LATER)

    assert waits in words_of(client.get(PAGE))


HOME = "/desk/valley-harm-reduction/"


def test_the_first_page_of_the_desk_says_how_many_wait_and_leads_there(client, steward, words_of):
    stored(in_words())
    one = client.get(HOME)
    stored(in_words(), a_service("Tests", rules=(), hours_text="24/7"), at=LATER)

    said = words_of(client.get(HOME))

    assert "Look at the hours of 1 listing Until" in words_of(one)
    assert f'href="{PAGE}"' in one.content.decode()
    assert "Look at the hours of 2 listings" in said
    assert "2 listings wait" in words_of(client.get(PAGE))


def test_it_asks_nobody_who_may_not_answer_and_nobody_where_nothing_waits(
    client, sign_in, words_of
):
    sign_in(Role.STEWARD)
    assert "Nothing needs you now." in words_of(client.get(HOME))
    stored(in_words())
    sign_in(Role.OUTREACH_WORKER)

    assert "Nothing needs you now." in words_of(client.get(HOME))


def test_a_location_that_no_service_has_does_not_wait(client, steward, words_of):
    stored(a_service(places=(a_place(location=a_location(hours_text=PROSE)),)))
    assert "1 listing waits" in words_of(client.get(PAGE))

    ServiceAtLocation.objects.all().delete()

    assert "Nothing waits." in words_of(client.get(PAGE))
    assert "Nothing needs you now." in words_of(client.get(HOME))
