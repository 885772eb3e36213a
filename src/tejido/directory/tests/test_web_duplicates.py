"""Pairs at the desk: side by side, answered, nothing lost, never without the right."""

import re
from dataclasses import replace
from itertools import product
from uuid import uuid4

import pytest

from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import (
    Act,
    DuplicatePair,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
)
from tejido.directory.queries.duplicate_pairs import count_waiting_pairs, waiting_pairs
from tejido.directory.queries.duplicates import profiles_of
from tejido.directory.services.duplicate_runs import look_seen
from tejido.directory.services.duplicates import look_for_duplicates
from tejido.directory.testing import LATER, NOON, a_place, a_source, an_id, stored
from tejido.directory.tests.desk_pages import address, asked_of_listings, fields_of
from tejido.directory.tests.test_duplicates import a_listing, twice
from tejido.network.domain.roles import Role

pytestmark = pytest.mark.django_db
QUEUE = "/desk/valley-harm-reduction/directory/duplicates/"


@pytest.fixture
def pairs(db):
    twice()
    look_for_duplicates(at=NOON)


def page_of(kind):
    return address("duplicate", DuplicatePair.objects.get(kind=kind).id)


def form_of(client, page):
    html = client.get(page).content.decode()
    form = re.search(r'<form method="post" class="stack".*?</form>', html, re.S)[0]
    chosen = re.findall(r'type="radio" name="([^"]+)" value="([^"]+)" checked', form)
    hidden = {"csrfmiddlewaretoken", "seen", "mark"}
    kept = {name: said for name, said in fields_of(form).items() if name in hidden}
    return kept | {name: [value] for name, value in chosen}


@pytest.mark.usefixtures("pairs")
def test_the_queue_lists_each_pair_with_its_reasons(client, steward, words_of):
    said = words_of(client.get(QUEUE))

    assert "3 pairs wait" in said
    assert "Harbor Clinic" in said
    assert "Harbour Clinic" in said
    assert "the same address" in said


@pytest.mark.usefixtures("pairs")
def test_a_pair_stands_side_by_side_and_says_in_words_what_differs(client, steward, words_of):
    said = words_of(client.get(page_of("service")))

    assert "≠ differs" in said
    assert "Harbour Clinic" in said
    assert "(510) 555-0142" in said


@pytest.mark.usefixtures("pairs")
def test_the_same_makes_them_one_and_can_be_undone_from_the_next_page(client, steward):
    page = page_of("organization")
    pair = DuplicatePair.objects.get(kind="organization")
    stays, name_of_first = pair.other, Organization.objects.get(id=pair.one).name
    sent = form_of(client, page) | {"answer": "same", "stays": "other", "side-name": "one"}

    answer = client.post(page, sent)

    assert answer.status_code == 302
    organization = Organization.objects.get()
    assert organization.id == stays
    assert organization.name == name_of_first
    act = Act.objects.get(kind="merge")
    assert str(act.id) in answer["Location"]
    client.post(address("undo", act.id))
    assert Organization.objects.count() == 2


@pytest.mark.usefixtures("pairs")
@pytest.mark.parametrize(("answer", "waits"), [("different", 2), ("later", 3)])
def test_not_the_same_leaves_the_queue_and_later_goes_to_its_end(client, steward, answer, waits):
    page = page_of("location")

    client.post(page, form_of(client, page) | {"answer": answer})

    found = waiting_pairs()
    assert found.total == waits
    pair = DuplicatePair.objects.get(kind="location")
    assert (pair.answer, pair.answered_by) == (answer, steward.id)
    assert answer == "different" or found.rows[-1].id == pair.id
    assert Location.objects.count() == 2


@pytest.mark.usefixtures("pairs")
@pytest.mark.parametrize(
    ("answer", "said"), [("different", "Noted: not the same"), ("later", "Noted: for later")]
)
def test_what_was_noted_of_a_pair_is_said_on_the_next_page_and_can_be_undone(
    client, steward, answer, said, words_of
):
    page = page_of("location")

    answered = client.post(page, form_of(client, page) | {"answer": answer}, follow=True)

    pair = DuplicatePair.objects.get(kind="location")
    assert f"noted={pair.id}" in answered.redirect_chain[-1][0]
    assert said in words_of(answered)
    assert "Harbor Clinic" in words_of(answered).split(said)[1].split("Undo")[0]
    undone = client.post(page, {"back": answer})
    assert undone["Location"] == page
    pair.refresh_from_db()
    assert (pair.answer, pair.answered_by, pair.answered_at) == ("", None, None)
    assert waiting_pairs().total == 3
    # The address says it still, and it is true no more.
    assert said not in words_of(client.get(answered.redirect_chain[-1][0]))


@pytest.mark.usefixtures("pairs")
def test_an_answer_that_is_no_more_is_not_taken_back_twice(client, steward, words_of):
    page = page_of("location")
    client.post(page, form_of(client, page) | {"answer": "different"})
    client.post(page, {"back": "different"})

    again = client.post(page, {"back": "different"})

    assert again.status_code == 409
    assert "Nothing was taken back" in words_of(again)
    assert client.post(page, {"back": "made up"}).status_code == 404
    assert client.get(f"{QUEUE}?noted=made-up").status_code == 200


@pytest.mark.usefixtures("pairs")
@pytest.mark.parametrize("answer", ["same", "different"])
def test_somebody_changed_it_meanwhile_and_nothing_that_was_chosen_is_lost(
    client, steward, answer, words_of
):
    page = page_of("service")
    sent = form_of(client, page) | {"answer": answer, "stays": "other", "side-name": "one"}
    Service.objects.filter(id=an_id("service two")).update(name="Harbor House")

    told = client.post(page, sent)

    assert told.status_code == 409
    assert "Look at both again" in words_of(told)
    html = told.content.decode()
    assert 'name="stays" value="other" checked' in html
    assert 'name="side-name" value="one" checked' in html
    assert Service.objects.count() == 2
    assert DuplicatePair.objects.get(kind="service").answer == ""


@pytest.mark.usefixtures("pairs")
def test_the_second_of_two_stewards_finds_the_pair_gone(client, steward):
    page = page_of("organization")
    sent = form_of(client, page) | {"answer": "same"}
    client.post(page, sent)

    assert client.post(page, sent).status_code == 404
    assert Act.objects.filter(kind="merge").count() == 1


@pytest.mark.usefixtures("pairs")
def test_an_answer_that_is_none_changes_nothing(client, steward):
    page = page_of("location")

    assert client.post(page, {"answer": "perhaps"}).status_code == 400
    assert client.get(address("duplicate", uuid4())).status_code == 404


@pytest.mark.usefixtures("pairs")
def test_a_pair_of_which_one_is_hidden_since_is_not_shown(client, steward):
    page = page_of("location")
    Location.objects.filter(id=an_id("location two")).update(visibility="partners-only")

    assert client.get(page).status_code == 404
    assert b"Harbour Clinic</a>" not in client.get(f"{QUEUE}?kind=location").content


@pytest.mark.usefixtures("pairs")
def test_a_pair_that_not_the_same_people_see_any_more_waits_nowhere(client, steward, words_of):
    waiting_by_level = {level: kinds_by_level(level) for level in Visibility}
    Service.objects.filter(id=an_id("service two")).update(status="inactive")

    assert waiting_by_level == {
        Visibility.PUBLIC: {*Kind},
        Visibility.WITHOUT_PLACE: set(),
        Visibility.PARTNERS: set(),
    }
    assert {pair.kind for pair in waiting_pairs().rows} == {Kind.LOCATION, Kind.ORGANIZATION}
    assert (waiting_pairs().total, count_waiting_pairs()) == (2, 2)
    assert "2 pairs wait" in words_of(client.get(QUEUE))
    assert client.get(page_of("service")).status_code == 404
    Service.objects.filter(id=an_id("service one")).update(status="defunct")
    assert waiting_pairs().total == 3


def kinds_by_level(level):
    Location.objects.filter(id=an_id("location two")).update(visibility=level.value)
    try:
        return {pair.kind for pair in waiting_pairs().rows}
    finally:
        Location.objects.filter(id=an_id("location two")).update(visibility="public")


@pytest.mark.usefixtures("pairs")
def test_what_waits_is_what_the_profiles_say_that_the_same_people_see():
    """The second service has a second place, at a location of its own; both have two words."""
    places = (a_place("two"), a_place("elsewhere"))
    stored(a_listing("Harbour Clinic", "two", places=places), source=a_source("other-list"))
    first, second = ServiceAtLocation.objects.filter(service=an_id("service two"))
    rows = (first.location, first, second.location, second)

    def waiting(words):
        for row, word in zip(rows, words, strict=True):
            row.visibility = word.value
            row.save()
        return {pair.kind for pair in waiting_pairs().rows}, count_waiting_pairs()

    for words in product(Visibility, repeat=4):
        kinds, count = waiting(words)
        assert (words, kinds, count) == (words, alike(), len(kinds))


def alike():
    """Return the kinds of which the first and the second record are seen by the same people."""
    return {kind for kind in Kind if len(levels_of(kind)) == 1}


def levels_of(kind):
    ids = [an_id(f"{kind.value} {key}") for key in ("one", "two")]
    return {profile.level for profile in profiles_of(kind, ids)}


@pytest.mark.usefixtures("pairs")
def test_places_with_one_address_and_one_name_are_made_one_at_once(client, steward):
    stored(replace(a_listing("Harbor Clinic", "three")))
    look_for_duplicates(at=LATER)

    answer = client.post(f"{QUEUE}link/")

    assert answer.status_code == 302
    assert Location.objects.count() < 3
    assert Organization.objects.count() == Service.objects.count() == 3
    assert Act.objects.get(kind="merge").role == "steward"


def test_where_none_can_be_put_together_unseen_the_page_says_so(client, steward, words_of):
    answer = client.post(f"{QUEUE}link/")

    assert answer.status_code == 409
    assert "Look at them one by one." in words_of(answer)
    assert Act.objects.filter(kind="merge").count() == 0


@pytest.mark.usefixtures("pairs")
@pytest.mark.parametrize("role", [Role.TRANSLATOR])
def test_only_who_may_edit_listings_sees_pairs(client, sign_in, role):
    sign_in(role)

    for page in (QUEUE, page_of("service")):
        assert client.get(page).status_code in (403, 404)
    for page in (page_of("service"), f"{QUEUE}link/", f"{QUEUE}look/"):
        assert client.post(page, {"answer": "same"}).status_code in (403, 404)
    assert DuplicatePair.objects.filter(answer="").count() == 3


@pytest.mark.usefixtures("pairs")
def test_a_queue_of_many_pairs_asks_as_much_as_one_of_few(client, steward):
    few = asked_of_listings(client, QUEUE)
    stored(*(a_listing(f"Harbor Clinic {n}", f"x{n}") for n in range(4)), at=LATER)
    look_for_duplicates(at=LATER)

    assert DuplicatePair.objects.count() > 6
    assert asked_of_listings(client, QUEUE) == few


def test_a_look_that_was_never_made_says_nothing(client, steward, words_of):
    said = words_of(client.get(QUEUE))

    assert "No pair waits." in said
    assert "Last looked" not in said
    assert look_seen().is_at_work is False


@pytest.mark.usefixtures("pairs")
def test_the_first_page_of_the_desk_says_how_many_pairs_wait(client, steward, words_of):
    assert "See whether 3 pairs are one and the same" in words_of(
        client.get("/desk/valley-harm-reduction/")
    )


@pytest.mark.usefixtures("pairs")
@pytest.mark.parametrize("kind", ["organization", "location"])
def test_the_page_of_a_merge_names_the_records_and_no_ids(client, steward, words_of, kind):
    page = page_of(kind)
    client.post(page, form_of(client, page) | {"answer": "same"})

    said = words_of(client.get(address("act", Act.objects.get(kind="merge").id)))

    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", said)
    assert ("Harbour Clinic Inc" if kind == "organization" else "without a name") in said


@pytest.mark.usefixtures("pairs")
def test_the_pages_speak_spanish(client, sign_in, words_of):
    sign_in(Role.STEWARD, language="es")

    assert "la misma dirección" in words_of(client.get(QUEUE))
    assert "¿Son lo mismo?" in words_of(client.get(page_of("location")))
