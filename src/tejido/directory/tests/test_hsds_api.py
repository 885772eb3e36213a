"""The HSDS API: every address of the checklist, and each trap in the official records."""

import json
import re

import pytest
from django.test import Client

from tejido.directory.api import answers
from tejido.directory.testing import NOON, a_location, a_place, a_service, an_id, stored
from tejido.directory.tests.asking_hsds import (
    LISTS,
    ask,
    built,
    contents,
    ids,
    lines,
    shown,
    three,
    unhurried,
)

pytestmark = pytest.mark.django_db
__all__ = ["shown", "three", "unhurried"]


def test_root_says_version_profile_description_and_publisher(three):
    said = ask("/").json()

    assert said["version"] == "3.1"
    assert said["profile"] == "http://testserver/api/hsds/v3/schema"
    assert said["openapi_url"] == "http://testserver/api/hsds/v3/schema/openapi.json"
    assert said["publisher"] == {"name": "Tejido", "website": "http://testserver/"}
    assert said["description"]


def test_what_root_names_is_there(three):
    said = ask("/").json()
    index = Client().get(said["profile"]).json()
    named = [said["openapi_url"], *index["patches"].values(), *index["schemas"].values()]

    assert {Client().get(each).status_code for each in named} == {200}


def test_services_have_only_one_to_one_fields_unless_full(shown):
    for record in contents("/services", per_page=1000):
        organization = record.pop("organization")
        assert not any(isinstance(value, list | dict) for value in record.values())
        assert not any(isinstance(value, list | dict) for value in organization.values())
    full = contents("/services", per_page=1000, full="true")
    assert any(record.get("service_at_locations") for record in full)


def test_one_service_is_the_full_one_of_the_list(shown):
    for record in contents("/services", per_page=5, full="true"):
        assert ask(f"/services/{record['id']}").json() == record


def test_a_place_is_a_place_with_its_service_and_location(shown):
    """The official description promises a service there."""
    (first, *_) = contents("/service_at_locations", per_page=1)
    place = ask(f"/service_at_locations/{first['id']}").json()

    assert place["id"] == first["id"]
    assert place["location"]["location_type"] == "physical"
    assert place["service"]["organization"]["name"]
    assert "service_at_locations" not in place["service"]


def test_the_places_of_a_service_are_the_places_of_the_list(shown):
    services = contents("/services", per_page=1000, full="true")
    inside = [place for each in services for place in each.get("service_at_locations", ())]
    places = contents("/service_at_locations", per_page=1000, full="true")

    assert sorted(each["id"] for each in inside) == sorted(each["id"] for each in places)
    by_id = {each["id"]: each for each in places}
    for place in inside:
        assert by_id[place["id"]] | {"service": None} == place | {"service": None}


def test_an_organization_names_its_services_or_has_them_whole(shown):
    (first, *_) = contents("/organizations", per_page=1)
    named = ask(f"/organizations/{first['id']}").json()["services"]
    whole_answer = ask(f"/organizations/{first['id']}", full_service="true")
    whole = json.loads(whole_answer.getvalue())["services"]

    assert [set(each) for each in named] == [{"id", "name", "status"}] * len(named)
    assert [each["id"] for each in whole] == [each["id"] for each in named]
    service = ask(f"/services/{named[0]['id']}").json()
    assert whole[0] | {"organization": service["organization"]} == service


def test_organizations_with_whole_services_are_a_page_and_lines(shown):
    page = contents("/organizations", full_service="true", per_page=1000)

    assert page == lines(ask("/organizations", full_service="true", format="ndjson"))
    services = [each["id"] for organization in page for each in organization["services"]]
    assert sorted(services) == sorted(ids("/services"))


def test_each_record_that_is_not_there_is_404(three):
    for path in LISTS:
        for key in (an_id("nobody"), "no-id", "..%2F..", "%00"):
            answer = ask(f"/{path}/{key}")
            assert answer.status_code == 404
    assert ask(f"/services/{an_id('nobody')}").json()["parameter"] == "id"


def test_an_id_in_capitals_is_the_same_id(three):
    key = str(an_id("service One"))

    assert ask(f"/services/{key.upper()}").json()["id"] == key


def test_a_page_says_where_it_stands(three):
    pages = [ask("/services", per_page=2, page=page).json() for page in (1, 2, 3)]

    told = [{key: value for key, value in each.items() if key != "contents"} for each in pages]
    shared = {"total_items": 3, "total_pages": 2}
    assert told == [
        shared
        | {"page_number": 1, "size": 2, "first_page": True, "last_page": False, "empty": False},
        shared
        | {"page_number": 2, "size": 1, "first_page": False, "last_page": True, "empty": False},
        shared
        | {"page_number": 3, "size": 0, "first_page": False, "last_page": True, "empty": True},
    ]
    assert [len(each["contents"]) for each in pages] == [2, 1, 0]


def test_nothing_that_fits_is_one_empty_page(three):
    page = ask("/services", search="nothing of the kind").json()

    assert page == {
        "total_items": 0,
        "total_pages": 0,
        "page_number": 1,
        "size": 0,
        "first_page": True,
        "last_page": True,
        "empty": True,
        "contents": [],
    }


def test_pages_together_are_the_list_each_record_once(shown):
    for path in LISTS:
        whole = ids(f"/{path}")
        pages = [ids(f"/{path}", per_page=7, page=page) for page in range(1, len(whole) // 7 + 2)]

        assert [key for page in pages for key in page] == whole
        assert len(set(whole)) == len(whole)


def test_minimal_is_id_and_change_of_everything_on_one_page(shown):
    for path in LISTS:
        page = json.loads(ask(f"/{path}", minimal="true").getvalue())

        assert [set(each) for each in page["contents"]] == [{"id", "last_modified"}] * page["size"]
        assert (page["total_pages"], page["last_page"]) == (1, True)
        assert page["size"] == page["total_items"] == len(page["contents"])
        assert [each["id"] for each in page["contents"]] == ids(f"/{path}")


def test_minimal_has_the_field_of_the_record_and_pages_where_they_are_asked_for(three):
    """The official description calls it `modified_date`, which no record has."""
    (record,) = contents("/services", minimal="true", per_page=1)

    assert record["last_modified"] == ask(f"/services/{record['id']}").json()["last_modified"]


def test_minimal_beyond_its_one_page_is_empty(three):
    page = json.loads(ask("/services", minimal="true", page=2).getvalue())

    assert (page["empty"], page["contents"], page["total_items"]) == (True, [], 3)


def test_a_stream_has_every_record_of_every_page(shown):
    for path in LISTS:
        answer = ask(f"/{path}", format="ndjson", per_page=1, page=3)

        assert answer["Content-Type"] == "application/x-ndjson"
        assert lines(answer) == contents(f"/{path}", per_page=1000)


def test_top_only_is_terms_without_a_broader_one(shown):
    """As its name says; the official description speaks of terms without children."""
    terms = {each["id"]: each for each in contents("/taxonomy_terms", per_page=1000)}
    top = ids("/taxonomy_terms", top_only="true")

    assert top == [key for key, each in terms.items() if "parent_id" not in each]
    assert any(each.get("parent_id") in top for each in terms.values())


def test_the_terms_below_a_term_name_it(shown):
    (treatment,) = contents("/taxonomy_terms", search="buprenorphine methadone")[:1]
    below = contents("/taxonomy_terms", parent_id=treatment["id"])

    assert below
    assert {each["parent_id"] for each in below} == {treatment["id"]}


def test_each_term_in_a_record_is_a_term_of_the_list(shown):
    terms = {each["id"]: each for each in contents("/taxonomy_terms", per_page=1000)}
    text = json.dumps(contents("/services", per_page=1000, full="true"))
    used = set(re.findall(r'"taxonomy_term": {"id": "([^"]+)"', text))

    assert used
    assert used <= set(terms)
    assert {each["taxonomy_id"] for each in terms.values()} == set(ids("/taxonomies"))


def test_a_mobile_stop_without_a_street_has_coordinates_and_no_address():
    """HSDS asks seven fields of an address: a part of one would not fit."""
    stop = a_location("Stop", address=None)
    stored(a_service("Van", places=(a_place("Stop", location=stop),)))
    built()

    (place,) = contents("/service_at_locations", full="true")

    assert (place["location"]["latitude"], place["location"]["longitude"]) == (37.8, -122.25)
    assert "addresses" not in place["location"]


def test_the_last_modified_of_the_answer_is_when_it_was_built(three):
    assert ask("/services")["Last-Modified"] == "Fri, 20 Nov 2026 12:00:00 GMT"
    assert NOON.isoformat() == "2026-11-20T12:00:00+00:00"


def test_services_without_a_place_stand_in_services_alone(three):
    alone = str(an_id("service Three"))

    assert alone in ids("/services")
    assert len(ids("/service_at_locations")) == 2
    assert str(a_place("One van").id) in ids("/service_at_locations")


def test_only_so_many_read_long_answers_at_once(three):
    """Who reads slowly holds a thread of the server."""
    held = [ask("/services", format="ndjson") for _ in range(answers.MOST_STREAMS)]
    busy = ask("/services", format="ndjson")
    short = ask("/services")
    held[0].getvalue()
    free = ask("/services", format="ndjson")

    assert (busy.status_code, busy["Retry-After"]) == (503, "60")
    assert (short.status_code, free.status_code) == (200, 200)
    for answer in (*held[1:], free):
        answer.getvalue()


def test_a_stream_that_was_read_to_its_end_gives_its_place_back(three):
    for _ in range(3 * answers.MOST_STREAMS):
        assert ask("/services", format="ndjson").getvalue().count(b"\n") == 3


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/schema",
        "/schema/openapi.json",
        "/schema/service.json",
        "/schema/profile/taxonomy_term.json",
        *LISTS,
        "/services?full=true&format=ndjson",
        "/services?per_page=0",
        "/services/none",
    ],
)
def test_head_says_of_every_address_what_get_says_without_the_body(three, path):
    address = f"/api/hsds/v3{path}"
    client = Client()

    head, get = client.head(address), client.get(address)

    assert (head.status_code, head.content) == (get.status_code, b"")
    for name in ("Content-Type", "ETag", "Access-Control-Allow-Origin", "Cache-Control"):
        assert head.headers.get(name) == get.headers.get(name)
    if not get.streaming:
        assert head.headers["Content-Length"] == str(len(get.content))


def test_head_of_one_record_knows_what_the_asker_has(three):
    address = f"/api/hsds/v3/services/{ids('/services')[0]}"
    client = Client()
    mark = client.head(address).headers["ETag"]

    assert client.head(address, headers={"If-None-Match": mark}).status_code == 304


def test_head_of_streams_holds_no_place(three):
    for _ in range(2 * answers.MOST_STREAMS):
        head = Client().head("/api/hsds/v3/services?format=ndjson")
        assert head.status_code == 200


def test_needs_say_their_names_in_spanish_too(shown):
    terms = {each["code"]: each for each in contents("/taxonomy_terms", per_page=1000)}

    assert terms["naloxone"]["language"] == "en"
    assert terms["naloxone"]["translations"][0]["language"] == "es"
    assert terms["naloxone"]["translations"][0]["name"] == "Naloxona"
    one = ask(f"/taxonomy_terms/{terms['naloxone']['id']}").json()
    assert one["translations"] == terms["naloxone"]["translations"]
