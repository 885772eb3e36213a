"""The desk's pages of landmarks: who reaches them, what they do, the way back, both languages."""

import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tejido.accounts.testing import an_account
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import Location, ServiceAtLocation
from tejido.directory.queries.near import places_near
from tejido.directory.services.concepts import load_concepts
from tejido.directory.testing import a_location, a_place, a_service, stored
from tejido.directory.tests.desk_pages import address, form_of
from tejido.foundation.testing import begin_with
from tejido.geography.domain.landmarks import LandmarkKind
from tejido.geography.queries.landmarks import landmark_seen, landmarks_seen, versions_of
from tejido.geography.testing import added, some_counties
from tejido.network.domain.roles import Role
from tejido.network.testing import a_person

pytestmark = pytest.mark.django_db
CORNER = {
    "kind": "cross-streets",
    "name": "Fulton and Tuolumne",
    "town": "Fresno",
    "where": "36.7378, -119.7930",
    "spanish_name": "",
    "other_names": "the mall\n\n Fulton mall ",
    "county": "",
}


@pytest.fixture(autouse=True)
def places(db):
    some_counties()


def names():
    return [each.draft.names.name for each in landmarks_seen()]


def undo_of(client, page):
    """Press the first button of what was just done."""
    told = re.search(r'role="status">.*?</form>', page.content.decode(), re.S)[0]
    return client.post(re.search(r'action="([^"]+)"', told)[1], follow=True)


def every_address(landmark_id):
    return [
        ("get", address("landmarks")),
        ("get", address("add-landmark")),
        ("post", address("add-landmark")),
        ("get", address("landmark", landmark_id)),
        ("post", address("landmark", landmark_id)),
        ("post", address("take-out-landmark", landmark_id)),
        ("post", address("bring-back-landmark", landmark_id)),
        ("post", address("put-back-landmark", landmark_id, 1)),
    ]


@pytest.mark.parametrize(("role", "status"), [(Role.TRANSLATOR, 403), (None, 404)])
def test_who_does_not_keep_the_directory_changes_no_landmark(client, valley, role, status):
    landmark_id = added()
    account = an_account("eva")
    if role:
        a_person(valley, role, name="Eva", id=account.id)
    client.force_login(account)

    assert {getattr(client, how)(at).status_code for how, at in every_address(landmark_id)} == {
        status
    }
    assert names() == ["Fulton and Tuolumne"]


def test_a_corner_is_added_and_undone(client, steward, words_of):
    page = client.post(address("add-landmark"), CORNER, follow=True)

    assert "In the list: Fulton and Tuolumne" in words_of(page)
    assert 'type="search"' not in page.content.decode()
    (landmark,) = landmarks_seen()
    assert landmark.draft.names.other_names == ("the mall", "Fulton mall")
    assert (landmark.county, landmark.draft.longitude) == ("Fresno", -119.793)

    back = undo_of(client, page)

    assert "Taken out: Fulton and Tuolumne" in words_of(back)
    assert names() == []
    undo_of(client, back)
    assert names() == ["Fulton and Tuolumne"]


def test_a_landmark_is_moved_renamed_and_put_back(client, steward, words_of):
    landmark_id = added("Central Library", kind=LandmarkKind.LANDMARK)
    at = address("landmark", landmark_id)
    moved = {"kind": ["landmark"], "name": ["Main Library"], "where": ["geo:36.75,-119.80"]}
    sent = form_of(client, at, **moved)

    page = client.post(at, sent, follow=True)

    assert "Saved" in words_of(page)
    assert landmark_seen(landmark_id).draft.latitude == 36.75
    undo_of(client, page)
    landmark = landmark_seen(landmark_id)
    assert (landmark.draft.names.name, landmark.draft.latitude) == ("Central Library", 36.7378)
    assert len(versions_of(landmark_id)) == 2


def test_saving_a_landmark_as_it_is_changes_nothing(client, steward):
    landmark_id = added(at=(36.737812345, -119.793012345))
    at = address("landmark", landmark_id)

    page = client.post(at, form_of(client, at, kind=["cross-streets"]), follow=True)

    assert versions_of(landmark_id) == []
    assert 'role="status"' not in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"where": "96.7, -119.7"}, "There is no such point"),
        ({"where": "-119.793, 36.7378"}, "Latitude comes first. Write 36.7378, -119.793."),
        ({"where": "36.7378, 119.793"}, "begins with a minus. Write 36.7378, -119.793."),
        ({"where": "40.7, -74.0"}, "The point 40.7, -74 lies outside California"),
        ({"where": "34.05, -118.24"}, "miles from Fresno"),
        ({"where": "1 Nowhere St"}, "We do not know where “1 Nowhere St” is"),
        ({"where": ""}, "Write where it is."),
        ({"town": ""}, "Write the city or town where it is."),
        ({"town": "Nowhere"}, "We do not know which county this is in"),
        ({"name": "Fulton"}, "does not name two streets"),
        ({"name": "x" * 81}, "80"),
        ({"kind": ""}, "Choose what it is."),
        ({"county": "06999"}, "Choose a county from the list."),
        ({"other_names": "Oakland"}, "“Oakland” is the name of a town"),
        ({"other_names": "\n".join(f"corner {n}" for n in range(13))}, "at most 12 other names"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_kept(client, steward, words_of, changed, told):
    page = client.post(address("add-landmark"), CORNER | changed)

    html = page.content.decode()
    assert (page.status_code, names()) == (400, [])
    assert told in words_of(page)
    assert "<title>Error:" in html
    assert html.count("field--wrong") == 1
    assert "the mall" in html or "other_names" in changed


def test_a_corner_that_is_there_or_a_word_for_a_need_is_refused(client, steward, words_of):
    begin_with(load_concepts)
    added()

    again = client.post(address("add-landmark"), CORNER | {"name": "Tuolumne & Fulton"})
    need = client.post(address("add-landmark"), CORNER | {"kind": "landmark", "name": "Metadona"})

    assert "stands in the list already" in words_of(again)
    assert "is a word for what people look for" in words_of(need)


@pytest.mark.parametrize(
    ("visibility", "status"), [(Visibility.PUBLIC, 302), (Visibility.WITHOUT_PLACE, 400)]
)
def test_the_address_of_a_listing_tells_its_point_where_everybody_may_know_it(
    client, steward, visibility, status
):
    location = a_location("Open door", visibility=visibility)
    stored(a_service("Open door", places=(a_place("Open door", location=location),)))
    typed = {"town": "Oakland", "where": "1 main street, Oakland"}

    page = client.post(address("add-landmark"), CORNER | typed)

    assert page.status_code == status
    assert [each.draft.latitude for each in landmarks_seen()] == [37.8] * (status == 302)


def test_what_was_taken_out_and_added_again_is_not_brought_back(client, steward, words_of):
    landmark_id = added()
    client.post(address("take-out-landmark", landmark_id))
    added()

    page = client.post(address("bring-back-landmark", landmark_id))

    assert page.status_code == 409
    assert "stands in the list already" in words_of(page)


@pytest.mark.parametrize(
    "at",
    [
        address("landmark", UUID(int=9)),
        address("take-out-landmark", UUID(int=9)),
        address("bring-back-landmark", UUID(int=9)),
        address("put-back-landmark", UUID(int=9), 1),
    ],
)
def test_a_landmark_that_is_not_there_answers_404(client, steward, at):
    assert client.post(at, CORNER).status_code == 404


@pytest.mark.parametrize("version_id", [7, 10**30])
def test_a_version_that_never_was_is_not_put_back(client, steward, version_id):
    assert client.post(address("put-back-landmark", added(), version_id)).status_code == 404


def test_the_list_is_looked_through_by_words(client, steward, words_of):
    added("Central Library", kind=LandmarkKind.LANDMARK, others=["the stacks"])
    added("Fulton and Inyo")

    page = words_of(client.get(address("landmarks"), {"words": "STACKS"}))

    assert "Central Library" in page
    assert "Fulton and Inyo" not in page
    assert "No landmark has these words" in words_of(
        client.get(address("landmarks"), {"words": "zzz", "landmark": "zzz"})
    )


def test_the_pages_are_in_spanish_for_who_reads_spanish(client, valley, words_of):
    account = an_account(f"person-{uuid4().hex[:8]}", language="es")
    a_person(valley, Role.STEWARD, name="Theo", id=account.id)
    client.force_login(account)

    assert "Puntos de referencia y esquinas" in words_of(client.get(address("landmarks")))
    page = client.post(address("add-landmark"), CORNER | {"where": "36.7378, 119.793"})
    assert "empieza con un signo menos" in words_of(page)


def test_the_list_takes_as_many_queries_for_one_landmark_as_for_three(client, steward):
    counts = []
    client.get(address("landmarks"))
    for number in range(3):
        added(f"Fulton and {number}th")
        with CaptureQueriesContext(connection) as queries:
            client.get(address("landmarks"))
        counts.append(len(queries))

    assert counts[0] == counts[2]


def test_what_lies_around_a_new_landmark_is_told_the_nearest_first(client, steward, words_of):
    for name, north in (("Far", 36.80), ("Near", 36.7407), ("Elsewhere", 37.8)):
        location = a_location(name, latitude=north, longitude=-119.7930)
        stored(a_service(name, places=(a_place(name, location=location),)))

    page = client.post(address("add-landmark"), CORNER, follow=True)

    told = words_of(page)
    assert "In Fresno County." in told
    assert "Near , 1 Main Street: 0.2 miles north Far , 1 Main Street: 4.3 miles north" in told
    assert "Elsewhere" not in told
    assert '<svg class="ring"' in page.content.decode()
    assert "0.2 miles north" in words_of(client.get(address("landmark", landmarks_seen()[0].id)))


@pytest.mark.parametrize("table", [Location, ServiceAtLocation])
def test_no_place_that_not_everybody_may_know_is_told_to_be_near(client, steward, words_of, table):
    at = a_location("Door", latitude=36.7407, longitude=-119.7930)
    stored(a_service("Open door", places=(a_place("Door", location=at),)))
    table.objects.update(visibility=Visibility.WITHOUT_PLACE)

    told = words_of(client.post(address("add-landmark"), CORNER, follow=True))

    assert "No listing with an exact point lies within 10 miles." in told
    assert "Open door" not in told


def test_what_lies_around_takes_three_queries_however_much_it_is(
    steward, django_assert_num_queries
):
    for count in (1, 3):
        for number in range(count):
            name = f"{count}, {number}"
            stored(a_service(name, places=(a_place(name),)))

        with django_assert_num_queries(3):
            assert len(places_near(37.8, -122.25)) == (1 if count == 1 else 4)
