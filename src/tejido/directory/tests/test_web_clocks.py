import pytest

from tejido.directory.queries.clocks import clocks_seen
from tejido.directory.queries.history import acts
from tejido.directory.services.clocks import load_clocks
from tejido.directory.tests.desk_pages import address, form_of
from tejido.network.domain.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(sign_in):
    load_clocks()
    return sign_in(Role.NETWORK_COORDINATOR)


def test_a_steward_sees_for_how_long_listings_are_believed(client, steward, words_of):
    load_clocks()

    page = client.get(address("clocks"))

    assert "30 days" in words_of(page)
    assert "A network coordinator sets these numbers." in words_of(page)
    assert client.get(address("edit-clocks")).status_code == 403


def test_a_coordinator_sets_days_says_why_and_takes_it_back(client, coordinator, words_of):
    sent = form_of(client, address("edit-clocks"))
    sent |= {"hours-core-mobile": "14", "why": "Vans change their rounds"}

    page = client.post(address("edit-clocks"), sent, follow=True)

    assert "14 days" in words_of(page)
    assert "Vans change their rounds" in words_of(page)
    assert clocks_seen()[0].days == 14
    (act,) = [each.id for each in acts()]
    act_page = client.post(address("undo", act), follow=True)
    assert "How long it is believed" in words_of(act_page)
    assert clocks_seen()[0].days == 30


def test_mistakes_are_said_at_the_field_and_what_was_typed_stays(client, coordinator, words_of):
    sent = form_of(client, address("edit-clocks")) | {"hours-core-mobile": "soon", "why": ""}

    page = client.post(address("edit-clocks"), sent)

    assert page.status_code == 400
    assert "Error: Change how long" in words_of(page)
    assert "Write a whole number from 1 to 3,650" in words_of(page)
    assert "Say why, in a sentence" in words_of(page)
    assert 'value="soon"' in page.content.decode()


def test_who_was_slower_is_told_and_keeps_what_was_typed(client, coordinator, words_of):
    slower = form_of(client, address("edit-clocks"))
    faster = slower | {"hours-core-mobile": "14", "why": "First"}
    client.post(address("edit-clocks"), faster)

    page = client.post(
        address("edit-clocks"), slower | {"hours-core-fixed": "60", "why": "Second"}
    )

    assert page.status_code == 409
    assert "Somebody changed this" in words_of(page)
    assert 'value="60"' in page.content.decode()
    assert {each.why for each in clocks_seen()} == {"", "First"}


def test_a_steward_cannot_undo_what_a_coordinator_set(client, coordinator, sign_in):
    sent = form_of(client, address("edit-clocks"))
    client.post(address("edit-clocks"), sent | {"hours-core-mobile": "14", "why": "Vans"})
    (act,) = [each.id for each in acts()]
    sign_in(Role.STEWARD)

    answer = client.post(address("undo", act))

    assert answer.status_code == 403
    assert clocks_seen()[0].days == 14


def test_the_page_of_clocks_in_spanish(client, sign_in, words_of):
    load_clocks()
    sign_in(Role.NETWORK_COORDINATOR, language="es")

    assert "Por cuánto tiempo se cree" in words_of(client.get(address("clocks")))
    assert "30 días" in words_of(client.get(address("clocks")))
    assert "Por qué" in words_of(client.get(address("edit-clocks")))
