"""The pages on which a second person looks at a change."""

import pytest
from django.urls import reverse

from tejido.accounts.testing import an_account
from tejido.directory.models import Location, ProposedChange, Service
from tejido.directory.queries.public import public_listings
from tejido.directory.testing import a_place, a_service, an_id, stored
from tejido.directory.tests.desk_pages import (
    LOCATION,
    SERVICE,
    address,
    asked_of_listings,
    edit_address,
    fields_of,
    form_of,
)
from tejido.network.domain.roles import Role
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def another(valley):
    """Return a second steward, of the same member."""
    account = an_account("mara")
    a_person(valley, Role.STEWARD, name="Mara", id=account.id)
    return account


def moved(client, **changes):
    """Send another street, and return the address of the proposed change."""
    page = edit_address("address", LOCATION)
    sent = form_of(client, page, address_1="2 Other Street", **changes)
    answer = client.post(page, sent)
    assert answer.status_code == 302
    return address("change", ProposedChange.objects.get(state="waiting").id), answer.url


def answered(client, page, answer, **more):
    sent = fields_of(client.get(page).content.decode())
    return client.post(page, {"answer": answer, "seen": sent.get("seen", ""), **more})


def street():
    return Location.objects.get(id=LOCATION).address.address_1


def test_an_address_waits_and_another_steward_says_yes(client, steward, another, words_of):
    stored(a_service())
    page, listing = moved(client)

    said = words_of(client.get(listing))
    assert "It waits for a second person" in said
    assert street() == "1 Main Street"
    assert 'value="yes"' not in client.get(page).content.decode()

    client.force_login(another)
    seen = words_of(client.get(page))
    assert "1 Main Street, Oakland, CA, 94606" in seen
    assert "2 Other Street, Oakland, CA, 94606" in seen
    assert "Directory steward" in seen
    done = client.get(answered(client, page, "yes").url)
    assert "Saved" in words_of(done)
    assert street() == "2 Other Street"

    history = words_of(client.get(address("history", SERVICE)))
    assert "Directory steward; approved by: Directory steward" in history


def test_the_page_names_the_place_and_says_how_far_its_point_moves(
    client, steward, another, words_of
):
    stored(a_service())
    page = edit_address("point", LOCATION)
    client.post(page, form_of(client, page, latitude="37.9"))
    change = address("change", ProposedChange.objects.get().id)

    said = words_of(client.get(change))
    assert "Naloxone van" in said
    assert "The point moves 6.9 miles." in said

    client.force_login(another)
    answered(client, change, "yes")
    assert "The point moves" not in words_of(client.get(change))


def test_a_first_point_moves_nothing(client, steward, words_of):
    stored(a_service())
    Location.objects.update(latitude=None, longitude=None)
    page = edit_address("point", LOCATION)
    client.post(page, form_of(client, page, latitude="37.9", longitude="-122"))

    said = words_of(client.get(address("change", ProposedChange.objects.get().id)))

    assert "37.9" in said
    assert "The point moves" not in said


def test_a_forged_yes_to_ones_own_change_does_nothing(client, steward, another, words_of):
    stored(a_service())
    page, _listing = moved(client)

    answer = answered(client, page, "yes")

    assert answer.status_code == 409
    assert "Somebody else has to look at your change." in words_of(answer)
    assert street() == "1 Main Street"


@pytest.mark.parametrize("role", [Role.OUTREACH_WORKER, Role.TRANSLATOR, Role.PROGRAM_MANAGER])
def test_a_stranger_sees_no_change_and_says_yes_to_none(client, steward, sign_in, role):
    stored(a_service())
    page, _listing = moved(client)

    sign_in(role)
    assert client.get(page).status_code == 403
    assert client.get(address("changes")).status_code == 403
    assert client.post(page, {"answer": "yes", "seen": ""}).status_code == 403
    sign_in()
    assert client.get(page).status_code == 404
    assert street() == "1 Main Street"


def test_a_steward_of_another_member_is_a_second_person(client, steward):
    stored(a_service())
    page, _listing = moved(client)
    office = a_member("Network office")
    inez = an_account("inez")
    a_person(office, Role.NETWORK_COORDINATOR, id=inez.id)
    client.force_login(inez)
    there = page.replace("valley-harm-reduction", office.slug)

    assert answered(client, there, "yes").status_code == 302
    assert street() == "2 Other Street"


def test_a_no_needs_a_reason_and_the_reason_is_shown(client, steward, another, words_of):
    stored(a_service())
    page, _listing = moved(client)
    client.force_login(another)

    empty = answered(client, page, "no", reason=" ")
    assert empty.status_code == 400
    assert "Write why" in words_of(empty)

    answered(client, page, "no", reason="They moved back <b>last week</b>")
    client.force_login(steward)
    for shown in (page, address("changes")):
        answer = client.get(shown)
        assert "They moved back &lt;b&gt;last week&lt;/b&gt;" in answer.content.decode()
        assert "Turned down" in words_of(answer)
    assert street() == "1 Main Street"
    late = answered(client, page, "back")
    assert "Somebody decided this already." in words_of(late)


def test_what_changed_meanwhile_is_said_and_nothing_is_lost(client, steward, another, words_of):
    stored(a_service())
    page, _listing = moved(client)
    client.force_login(another)
    sent = fields_of(client.get(page).content.decode())["seen"]
    Location.objects.get().address.__class__.objects.update(address_1="3 Third Street")

    late = client.post(page, {"answer": "yes", "seen": sent})

    assert late.status_code == 409
    said = words_of(late)
    assert "Something changed since you opened this page." in said
    assert "when it was proposed : 1 Main Street" in said.replace("proposed:", "proposed :")
    assert "3 Third Street" in said
    assert street() == "3 Third Street"
    assert answered(client, page, "yes").status_code == 302
    assert street() == "2 Other Street"


def test_who_edits_what_waits_is_told_and_what_both_wrote_waits(
    client, steward, another, words_of
):
    stored(a_service())
    moved(client)
    client.force_login(another)
    page = edit_address("address", LOCATION)

    assert "A change waits for a second person" in words_of(client.get(page))
    client.post(page, form_of(client, page, address_1="9 Ninth Street"))

    said = words_of(client.get(address("changes")))
    assert "2 changes wait" in said
    assert said.count("by you") == 1


def test_a_change_of_words_alone_does_not_wait(client, steward):
    stored(a_service())
    page = edit_address("address", LOCATION)

    client.post(page, form_of(client, page, name="Red door", landmark="Behind the church"))

    location = Location.objects.get()
    assert (location.name, location.landmark) == ("Red door", "Behind the church")
    assert ProposedChange.objects.count() == 0


def test_an_address_that_is_taken_away_goes_at_once(client, steward):
    stored(a_service())
    page = edit_address("address", LOCATION)
    empty = {"address_1": "", "address_2": "", "city": "", "state_province": "", "postal_code": ""}

    client.post(page, form_of(client, page, **empty))

    assert ProposedChange.objects.count() == 0
    assert Location.objects.get().latitude is None


def test_hiding_holds_at_once_and_publishing_waits(client, steward, another, words_of):
    stored(a_service())
    page = address("publicity", SERVICE)

    client.post(page, {"publicity": "partners"})
    assert list(public_listings()) == []
    answer = client.post(page, {"publicity": "publish"})
    assert "It waits for a second person" in words_of(client.get(answer.url))
    assert list(public_listings()) == []

    client.force_login(another)
    answered(client, address("change", ProposedChange.objects.get().id), "yes")
    assert len(list(public_listings())) == 1


def test_many_that_would_be_shown_wait_together_and_the_page_says_so(
    client, steward, another, words_of
):
    stored(*(a_service(name, places=(a_place(name),)) for name in ("One", "Two", "Three")))
    Service.objects.exclude(name="One").update(status="inactive")
    page = address("bulk")

    shown = client.post(page, {"what": "publish"})
    assert "For 2 of them something waits" in words_of(shown)
    answer = client.post(page, fields_of(shown.content.decode()))
    assert "It waits for a second person" in words_of(client.get(answer.url))

    client.force_login(another)
    change = address("change", ProposedChange.objects.get().id)
    assert "Edit of several listings: Three, Two" in words_of(client.get(change))
    answered(client, change, "yes")
    assert len(list(public_listings())) == 3


def test_an_undo_of_somebody_elses_hiding_waits(client, steward, another, words_of):
    stored(a_service())
    answer = client.post(address("publicity", SERVICE), {"publicity": "hide"})
    act = answer.url.split("done=")[1]
    client.force_login(another)

    told = client.get(client.post(address("undo", act)).url)

    assert "It waits for a second person" in words_of(told)
    change = address("change", ProposedChange.objects.get().id)
    assert "Undo: Naloxone" in words_of(client.get(change))
    client.force_login(steward)
    answered(client, change, "yes")
    assert len(list(public_listings())) == 1
    assert "As it was proposed" in words_of(client.get(address("act", act_of("undo"))))


def act_of(kind):
    return ProposedChange.objects.get(kind=kind).act_id


def test_who_is_alone_gives_a_reason_which_stays_in_the_history(client, steward, words_of):
    stored(a_service())
    page, _listing = moved(client)
    assert "Nobody else in the network may say yes to it." in words_of(client.get(page))

    assert answered(client, page, "alone").status_code == 400
    answered(client, page, "alone", reason="I stood at the door")

    assert street() == "2 Other Street"
    act = client.get(address("act", ProposedChange.objects.get().act_id))
    assert "Nobody else in the network could look at it : I stood" in words_of(act).replace(
        "it: I", "it : I"
    )


def test_who_is_not_alone_cannot_say_so(client, steward, another, words_of):
    stored(a_service())
    page, _listing = moved(client)

    assert "Somebody else has to look at your change." in words_of(client.get(page))
    assert answered(client, page, "alone", reason="x").status_code == 409
    assert answered(client, page, "back").status_code == 302
    assert ProposedChange.objects.get().state == "withdrawn"


@pytest.mark.parametrize("sent", [{}, {"answer": "burn"}])
def test_an_answer_that_is_none_changes_nothing(client, steward, another, sent):
    stored(a_service())
    page, _listing = moved(client)
    client.force_login(another)

    assert client.post(page, sent).status_code == 400
    assert street() == "1 Main Street"
    assert client.get(address("change", an_id("nothing"))).status_code == 404


def test_a_place_that_is_gone_can_only_be_turned_down(client, steward, another, words_of):
    stored(a_service())
    page, _listing = moved(client)
    Service.objects.all().delete()
    Location.objects.all().delete()
    client.force_login(another)

    shown = client.get(page)
    assert "This listing is no longer there." in words_of(shown)
    assert 'value="yes"' not in shown.content.decode()
    assert "A listing that is gone" in words_of(client.get(address("changes")))
    assert answered(client, page, "no", reason="Gone").status_code == 302


def test_the_first_page_of_the_desk_says_that_changes_wait(client, steward, words_of):
    stored(a_service())
    moved(client)

    home = client.get(reverse("network:home", args=["valley-harm-reduction"]))

    assert "1 change waits for a second person" in words_of(home)


def test_the_queue_costs_the_same_however_many_wait(client, steward):
    counts = []
    for number in (1, 3):
        for each in range(number):
            name = f"{number} {each}"
            stored(a_service(name, places=(a_place(name),)))
            client.post(address("publicity", an_id(f"service {name}")), {"publicity": "hide"})
            client.post(address("publicity", an_id(f"service {name}")), {"publicity": "publish"})
        counts.append(asked_of_listings(client, address("changes")))

    assert counts[0] == counts[1]
