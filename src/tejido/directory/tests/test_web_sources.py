"""Sources at the desk: whose word counts, who says so, and the way back."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tejido.directory.queries.concepts import labels
from tejido.directory.queries.history import acts
from tejido.directory.queries.public import public_listings
from tejido.directory.queries.sources import source_by_key
from tejido.directory.services.acts import Actor
from tejido.directory.services.concepts import load_concepts
from tejido.directory.services.sources import SourceRefused, set_trust
from tejido.directory.testing import LATER, NOON, a_service, a_source, stored
from tejido.directory.tests.desk_pages import SERVICE, address
from tejido.foundation.testing import begin_with
from tejido.network.domain.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county_list(db):
    stored(a_service(), source=a_source(licence="CC BY 4.0", url="https://example.org/list"))


def confirmed_on():
    (listing,) = public_listings()
    return listing.confirmed_on


def switch(client, trusted, key="county-list"):
    return client.post(address("trust", key), {"trusted": trusted}, follow=True)


def test_a_steward_sees_the_sources_and_switches_nothing(client, steward, words_of):
    page = words_of(client.get(address("sources")))

    for words in ("The county-list", "CC BY 4.0", "Nov 1, 2026", "Yes: counts as confirmed"):
        assert words in page
    assert "Trust it no more" not in page
    assert switch(client, "no").status_code == 403
    assert source_by_key("county-list").trusted


@pytest.mark.parametrize("role", [Role.TRANSLATOR, None])
def test_others_do_not_see_them(client, sign_in, role):
    sign_in(*[role] if role else [])

    assert client.get(address("sources")).status_code == (403 if role else 404)


def test_what_a_source_says_counts_no_more_once_it_is_not_trusted_and_again_by_undo(
    client, sign_in, words_of
):
    sign_in(Role.NETWORK_COORDINATOR)
    assert confirmed_on() == date(2026, 11, 1)

    page = words_of(switch(client, "no"))

    assert "Saved" in page
    assert "No: checked by nobody" in page
    assert confirmed_on() is None
    act = acts()[0]
    assert (act.source_key, act.role) == ("county-list", "network-coordinator")
    client.post(address("undo", act.id))
    assert confirmed_on() == date(2026, 11, 1)
    assert switch(client, "yes").context["done"] is None


def test_a_new_list_of_the_source_does_not_bring_its_trust_back(client, sign_in):
    sign_in(Role.NETWORK_COORDINATOR)
    switch(client, "no")

    stored(a_service(), source=a_source(published_on=date(2026, 12, 1)))

    assert source_by_key("county-list").trusted is False


def test_a_steward_does_not_take_back_what_a_coordinator_decided(client, steward, words_of):
    coordinator = Actor(steward.id, None, "network-coordinator")
    act_id = set_trust(key="county-list", trusted=False, actor=coordinator, at=NOON)

    assert "Undo it" not in words_of(client.get(address("act", act_id)))
    assert client.post(address("undo", act_id)).status_code == 403
    assert confirmed_on() is None


def test_a_source_that_is_not_there_is_not_found(client, sign_in):
    sign_in(Role.NETWORK_COORDINATOR)

    assert switch(client, "no", key="nowhere").status_code == 404
    with pytest.raises(SourceRefused):
        set_trust(key="nowhere", trusted=True, actor=Actor(), at=NOON)


def test_sources_are_in_spanish(client, sign_in, words_of):
    sign_in(Role.NETWORK_COORDINATOR, language="es")

    assert "Sí: vale como confirmado" in words_of(client.get(address("sources")))


def test_the_list_takes_as_many_queries_for_one_source_as_for_three(client, steward):
    counts = []
    client.get(address("sources"))
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get(address("sources"))
        counts.append(len(queries))
        stored(a_service(f"Of {number}"), source=a_source(f"list-{number}"))

    assert counts[0] == counts[2]


def test_a_steward_who_imports_is_not_asked_whether_the_source_is_trusted(client, sign_in):
    pages = []
    for role in (Role.STEWARD, Role.NETWORK_COORDINATOR):
        sign_in(role)
        file = SimpleUploadedFile("list.csv", b"Name,Address\nOpen door,1 Main St\n")
        at = reverse("directory_import:bring", args=["valley-harm-reduction"])
        pages.append(client.post(at, {"file": file}, follow=True).content.decode())

    assert ['name="trusted"' in page for page in pages] == [False, True]


def test_history_names_needs_in_the_language_of_the_reader(client, sign_in, words_of):
    begin_with(load_concepts)
    stored(a_service(needs=("naloxone", "wound-care")), source=a_source(), at=LATER)
    sign_in(Role.STEWARD, language="es")

    page = words_of(client.get(address("history", SERVICE)))

    assert labels("es")["wound-care"] in page
    assert "wound-care" not in page
