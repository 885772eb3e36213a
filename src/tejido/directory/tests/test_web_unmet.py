"""Unmet searches at the desk: looked at by a coordinator, then let out."""

from datetime import date

import pytest
from django.urls import reverse

from tejido.directory.services.unmet import add_unmet
from tejido.directory.tests.desk_pages import address, form_of
from tejido.directory.web import unmet
from tejido.disclosure.models import Release
from tejido.foundation.quarters import Quarter
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.reference import load_reference as load_places
from tejido.network.domain.roles import Role

pytestmark = pytest.mark.django_db
# Over for good, whenever the test runs.
DAY, QUARTER = date(2025, 7, 4), "2025-Q3"


@pytest.fixture
def coordinator(sign_in):
    begin_with(quietly(load_places))
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
    assert "only network coordinators see them, on this page" in before
    assert "The quarter is released: July to September 2025." in words_of(page)
    assert '<a href="/unmet/2025-Q3/">See the public page' in page.text
    assert "Unchanged since" in words_of(page)
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

    assert "released counts to everybody: July to September 2025" in record


def test_the_coordinator_reads_the_score_before_and_after(client, coordinator, counted, words_of):
    before = words_of(client.get(address("unmet")))
    client.post(address("unmet"), form_of(client, address("unmet")) | {"looked": "on"})
    after = words_of(client.get(address("unmet")))

    # Fresno and Kern, since Yolo hides Alpine: a quarter, by one need: 5 + 4 - 1 + 3 + 1.
    assert "Smallest number that is shown 60 5" in before
    assert "smallest area with a number 909,235 -1" in before
    assert "Sum 12" in before
    assert "From 13 points on, the guidelines ask for a review." in before
    assert "whatever the score: each is 11 or more" in before
    assert "How July to September 2025 was scored: 12" in after
    assert Release.objects.get().edition == "knowledge-base-4-4"


def test_a_small_county_with_a_number_waits_for_a_review(client, coordinator, words_of):
    add_unmet({("naloxone", county, DAY): 40 for county in ("06003", "06029")})
    sent = form_of(client, address("unmet")) | {"looked": "on"}
    refused = client.post(address("unmet"), sent)
    before = Release.objects.count()

    page = client.post(address("unmet"), sent | {"review": "Ana of the county."}, follow=True)

    assert refused.status_code == 400
    assert "Write who looked at them" in words_of(refused)
    assert before == 0
    assert "The guidelines ask for a review" in words_of(refused)
    assert "“Ana of the county.”" in words_of(page)
    assert Release.objects.get().review == "Ana of the county."


def test_neighbors_are_put_together_looked_at_and_released(client, coordinator, words_of):
    counts = {"06029": 900, "06019": 800, "06031": 9, "06107": 8}
    add_unmet({("naloxone", county, DAY): many for county, many in counts.items()})
    alone = words_of(client.get(address("unmet")))

    chosen = f"{address('unmet')}?together=250000-1"
    looked = words_of(client.get(chosen))
    page = client.post(chosen, form_of(client, chosen) | {"looked": "on"}, follow=True)

    assert "Kings and Tulare together" not in alone
    assert "Put together as below, 4 numbers would be shown." in looked
    assert "Kings and Tulare together: 17" in looked
    assert "The quarter is released" in words_of(page)
    assert Release.objects.get().tables["naloxone"]["shown"].count(["06031+06107", "2025-Q3", 17])


def test_quarters_that_are_too_small_by_themselves_are_offered_together(
    client, coordinator, words_of, monkeypatch
):
    so_far = [Quarter(2025, number) for number in (1, 2, 3)]
    monkeypatch.setattr(unmet, "unreleased_quarters", lambda **_: so_far)
    for month in (1, 4, 7):
        add_unmet({("naloxone", "06029", date(2025, month, 4)): 5})
        add_unmet({("naloxone", "06019", date(2025, month, 4)): 4})

    page = words_of(client.get(address("unmet")))

    assert "What would be shown: April to June 2025" in page
    assert "Searches that found nothing near, January to June 2025" in page
    assert "Searches that found nothing near, April to June 2025" not in page


@pytest.mark.parametrize("choice", ["", "7-7", "1 or 2", "250000", "0-9999"])
def test_a_choice_that_there_is_not_puts_nothing_together(
    client, coordinator, counted, words_of, choice
):
    page = words_of(client.get(address("unmet"), {"together": choice}))

    assert "3 numbers would be shown." in page
