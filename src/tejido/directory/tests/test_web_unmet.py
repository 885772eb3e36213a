"""Unmet searches at the desk: looked at by a coordinator, then let out."""

from datetime import date

import pytest
from django.urls import reverse

from tejido.directory.services.unmet import add_unmet
from tejido.directory.tests.desk_pages import address, form_of
from tejido.disclosure.models import Release
from tejido.geography.reference import load_reference as load_places
from tejido.network.domain.roles import Role

pytestmark = pytest.mark.django_db
# Over for good, whenever the test runs.
DAY, QUARTER = date(2025, 7, 4), "2025-Q3"


@pytest.fixture
def coordinator(sign_in):
    load_places(lambda _: None)
    return sign_in(Role.NETWORK_COORDINATOR)


@pytest.fixture
def counted():
    counts = {"06019": 60, "06029": 95, "06003": 2, "06113": 31}
    add_unmet({("naloxone", county, DAY): many for county, many in counts.items()})


def test_a_steward_neither_sees_nor_releases_them(client, steward, counted):
    assert client.get(address("unmet")).status_code == 403
    assert client.post(address("unmet"), {"looked": "on", "quarter": QUARTER}).status_code == 403
    assert Release.objects.count() == 0


def test_a_coordinator_looks_first_and_then_lets_them_out(client, coordinator, counted, words_of):
    sent = form_of(client, address("unmet"))
    before = words_of(client.get(address("unmet")))

    page = client.post(address("unmet"), sent | {"looked": "on"}, follow=True)

    assert "What would be shown: July to September 2025" in before
    assert "Not shown: Alpine" in before
    assert "The quarter is released: July to September 2025." in words_of(page)
    assert Release.objects.get().period == QUARTER


def test_without_a_look_nothing_leaves(client, coordinator, counted, words_of):
    page = client.post(address("unmet"), form_of(client, address("unmet")))

    assert page.status_code == 400
    assert "Look at the numbers first" in words_of(page)
    assert Release.objects.count() == 0


def test_who_was_slower_lets_out_nothing_that_they_did_not_see(
    client, coordinator, counted, words_of
):
    sent = form_of(client, address("unmet")) | {"looked": "on"}
    client.post(address("unmet"), sent)

    page = client.post(address("unmet"), sent)

    assert page.status_code == 409
    assert "These numbers are released already" in words_of(page)
    assert Release.objects.count() == 1


def test_nothing_to_release_is_said(client, coordinator, words_of):
    assert "No quarter waits" in words_of(client.get(address("unmet")))


def test_a_quarter_of_small_numbers_is_said_to_be_too_small_and_stops_no_other(
    client, coordinator, words_of
):
    add_unmet({("naloxone", "06029", DAY): 4})
    small = words_of(client.get(address("unmet")))
    add_unmet({("naloxone", "06029", date(2025, 10, 4)): 40})
    next_one = words_of(client.get(address("unmet")))

    assert "too small to show" in small
    assert "What would be shown: October to December 2025" in next_one


def test_with_the_last_quarter_the_coordinator_looks_at_its_year_too(
    client, coordinator, words_of
):
    for day in (date(2025, 7, 4), date(2025, 10, 4)):
        add_unmet({("naloxone", "06029", day): 40})
    client.post(address("unmet"), form_of(client, address("unmet")) | {"looked": "on"})

    page = words_of(client.get(address("unmet")))

    assert "Searches that found nothing near, October to December 2025" in page
    assert "Searches that found nothing near, 2025" in page


def test_who_released_is_in_the_record_of_the_member(client, coordinator, counted, words_of):
    client.post(address("unmet"), form_of(client, address("unmet")) | {"looked": "on"})

    record = words_of(client.get(reverse("network:record", args=["valley-harm-reduction"])))

    assert "released counts to everybody" in record
