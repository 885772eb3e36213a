"""The HSDS API: every address of the checklist, and each trap in the official description."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client

from tejido.directory.api import answers
from tejido.directory.testing import NOON, a_feed, a_location, a_place, a_service, an_id, stored
from tejido.directory.tests.asking_hsds import (
    ROOT,
    ask,
    built,
    contents,
    demonstrated,
    ids,
    lines,
    unhurried,
)
from tejido.foundation.rate import Rate

pytestmark = pytest.mark.django_db
__all__ = ["unhurried"]
LISTS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")


@pytest.fixture
def shown():
    """Build from the invented network."""
    return demonstrated()


@pytest.fixture
def three():
    """Build from three services, two of them at a place."""
    stored(a_service("One"), a_service("Two"), a_service("Three", places=()))
    return built()


def description():
    return ask("/schema/openapi.json").json()


def operations():
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


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
    answer = description()["paths"]["/service_at_locations/{id}"]["get"]["responses"]["200"]
    schema = answer["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/hsds_service_at_location"}


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


def test_a_post_takes_parameters_in_address_json_or_form(three):
    """The official description gives a POST parameters of its address alone."""
    by_get = ids("/services", search="two")
    client = Client()
    said = {"search": "two", "per_page": 1000, "full": False}
    answers_found = [
        client.post(f"{ROOT}/services?search=two&per_page=1000", "", "application/json"),
        client.post(f"{ROOT}/services", json.dumps(said), "application/json"),
        client.post(f"{ROOT}/services?per_page=1000", {"search": "two"}, "application/json"),
        client.post(
            f"{ROOT}/services", "search=two&full=false", "application/x-www-form-urlencoded"
        ),
    ]

    for answer in answers_found:
        assert [each["id"] for each in answer.json()["contents"]] == by_get
        assert answer["Cache-Control"] == "no-store"
    assert len(by_get) == 1


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("[]", "application/json", 400),
        ("{", "application/json", 400),
        ("[" * 9000, "application/json", 400),
        ('"search"', "application/json", 400),
        ("x" * 20_000, "application/json", 413),
        ("<a/>", "application/xml", 415),
        ('{"search": ["a"]}', "application/json", 422),
        ('{"search": {"a": 1}}', "application/json", 422),
        ('{"page": 0}', "application/json", 422),
        ('{"full": null}', "application/json", 422),
        ('{"": null}', "application/json", 422),
        ('{"serch": "two"}', "application/json", 422),
        ("search=a&search=b", "application/x-www-form-urlencoded", 422),
    ],
)
def test_a_body_that_is_no_question_is_told_so(three, body, kind, status):
    answer = Client().post(f"{ROOT}/services", body, kind)

    assert answer.status_code == status
    assert answer.json()["sentence"]


def test_a_parameter_in_address_and_body_is_refused(three):
    answer = Client().post(f"{ROOT}/services?search=a", {"search": "b"}, "application/json")

    assert (answer.status_code, answer.json()["parameter"]) == (422, "search")


WRONG = [
    ({"page": "0"}, "page"),
    ({"page": "x"}, "page"),
    ({"page": "1e3"}, "page"),
    ({"per_page": "0"}, "per_page"),
    ({"per_page": "1001"}, "per_page"),
    ({"format": "xml"}, "format"),
    ({"full": "maybe"}, "full"),
    ({"minimal": "2"}, "minimal"),
    ({"minimal": "true", "full": "true"}, "minimal"),
    ({"modified_after": "yesterday"}, "modified_after"),
    ({"modified_after": "2026-11-20T10:00:00"}, "modified_after"),
    ({"modified_after": "9999-12-31T23:59:59-08:00"}, "modified_after"),
    ({"taxonomy_term_id": "naloxone"}, "taxonomy_term_id"),
    ({"taxonomy_id": "1"}, "taxonomy_id"),
    ({"organization_id": "'; DROP TABLE service"}, "organization_id"),
    ({"postcode": "9460"}, "postcode"),
    ({"postcode": "99999"}, "postcode"),
    ({"postcode": "９４６０６"}, "postcode"),
    ({"proximity": "100"}, "proximity"),
    ({"postcode": "94606", "proximity": "far"}, "proximity"),
    ({"postcode": "94606", "proximity": "-1"}, "proximity"),
    (
        {"postcode": "94606", "proximity": "5", "lat": "1", "lon": "1", "radius_m": "5"},
        "proximity",
    ),
    ({"lat": "37"}, "lon"),
    ({"lon": "-122"}, "lat"),
    ({"lat": "nan", "lon": "0", "radius_m": "5"}, "lat"),
    ({"lat": "91", "lon": "0", "radius_m": "5"}, "lat"),
    ({"lat": "37", "lon": "-181", "radius_m": "5"}, "lon"),
    ({"lat": "37", "lon": "-122"}, "radius_m"),
    ({"radius_m": "5"}, "radius_m"),
    ({"lat": "37", "lon": "-122", "radius_m": "inf"}, "radius_m"),
    ({"open_at": "now"}, "open_at"),
    ({"open_at": "2031-01-01T00:00:00Z"}, "open_at"),
    ({"language": "español"}, "language"),
    ({"concept": "no-such-need"}, "concept"),
    ({"concept": ""}, "concept"),
    ({"sort": "random"}, "sort"),
    ({"sort": "distance"}, "sort"),
    ({"search": "x" * 201}, "search"),
    ({"search": "!!!"}, "search"),
    ({"near": "Oakland"}, "near"),
    ({"Search": "van"}, "Search"),
]


@pytest.mark.parametrize("path", ["services", "service_at_locations"])
def test_a_wrong_parameter_is_refused_by_name_with_a_sentence(shown, path):
    for parameters, name in WRONG:
        answer = ask(f"/{path}", **parameters)

        assert (parameters, answer.status_code) == (parameters, 422)
        assert answer.json()["parameter"] == name
        assert name in answer.json()["sentence"]


def test_a_parameter_that_stands_twice_is_refused(three):
    answer = Client().get(f"{ROOT}/services?search=a&search=b")

    assert (answer.status_code, answer.json()["parameter"]) == (422, "search")


def test_each_address_refuses_what_it_does_not_know(three):
    for path in ("/", "/schema", *(f"/{name}" for name in LISTS)):
        assert ask(path, surprise="1").status_code == 422


def test_refusals_speak_spanish_to_who_asks_in_spanish(three):
    answer = Client().get(f"{ROOT}/services?page=0", headers={"Accept-Language": "es"})

    assert answer.json()["sentence"] == "page debe ser un número entero de 1 a 1000000."


def test_any_page_of_the_web_may_ask_without_a_key_or_a_cookie(three):
    for answer in (ask("/services"), ask("/services", page=0), ask("/"), ask("/services/x")):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert not answer.cookies


def test_a_browser_may_ask_first_whether_a_page_may_post(three):
    answer = Client().options(f"{ROOT}/services")

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer["Access-Control-Allow-Headers"]


def test_the_same_answer_is_sent_once(three):
    for path in ("/", "/schema", "/services", f"/services/{an_id('service One')}"):
        first = ask(path)
        again = Client().get(f"{ROOT}{path}", headers={"If-None-Match": first["ETag"]})

        assert re.fullmatch(r'"[0-9a-f]{32}"', first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert first["Cache-Control"] == "public, no-cache"


def test_another_question_or_another_file_is_another_answer(three):
    marks = [ask("/services")["ETag"], ask("/services", per_page=1)["ETag"], ask("/")["ETag"]]
    stored(a_service("Four"))
    built()
    marks.append(ask("/services")["ETag"])

    assert len(set(marks)) == 4
    answer = Client().get(f"{ROOT}/services", headers={"If-None-Match": marks[0]})
    assert answer.status_code == 200


def test_a_packed_answer_is_known_again(three):
    asks_packed = {"Accept-Encoding": "gzip"}
    first = Client().get(f"{ROOT}/services?full=true", headers=asks_packed)
    again = Client().get(
        f"{ROOT}/services?full=true", headers=asks_packed | {"If-None-Match": first["ETag"]}
    )

    assert first["Content-Encoding"] == "gzip"
    assert again.status_code == 304


def test_what_a_person_typed_is_kept_by_no_cache(shown):
    for parameters in ({"search": "van"}, {"postcode": "94606"}, {"concept": "naloxone"}):
        assert ask("/services", **parameters)["Cache-Control"] == "no-store"


def test_more_than_60_questions_a_minute_are_asked_to_wait(three, monkeypatch):
    monkeypatch.setattr(answers, "rate", Rate(clock=lambda: 0.0))

    statuses = [ask("/services", per_page=1).status_code for _ in range(61)]

    assert statuses == [200] * 60 + [429]
    assert ask("/services")["Retry-After"] == "60"


def test_without_a_file_it_says_that_it_is_not_ready():
    for path in ("/", *(f"/{name}" for name in LISTS)):
        answer = ask(path)
        assert answer.status_code == 503
        assert answer.json()["sentence"].startswith("The list of services is not ready yet")


def test_every_operation_has_an_id_of_its_own():
    """Five stand twice in the official description."""
    a_feed(settings.SNAPSHOTS, [])
    named = [operation["operationId"] for _, _, operation in operations()]

    assert len(set(named)) == len(named)


def test_terms_are_not_mixed_up_with_their_list():
    """In the official description the ids of these two are."""
    a_feed(settings.SNAPSHOTS, [])
    paths = description()["paths"]

    assert paths["/taxonomy_terms"]["get"]["operationId"] == "getPaginatedListOfTaxonomyTerms"
    assert paths["/taxonomy_terms/{id}"]["get"]["operationId"] == "getTaxonomyTermById"


def test_the_description_stands_alone_and_uses_formats_that_exist():
    """The official one refers to files of 3.0 elsewhere, and has a format `datetime`."""
    a_feed(settings.SNAPSHOTS, [])
    said = description()
    text = json.dumps(said)

    refs = set(re.findall(r'"\$ref": "([^"]+)"', text))
    formats = set(re.findall(r'"format": "([^"]+)"', text))
    assert {ref.rpartition("/")[0] for ref in refs} == {"#/components/schemas"}
    assert {ref.rpartition("/")[2] for ref in refs} <= set(said["components"]["schemas"])
    assert formats <= {"uuid", "uri", "email", "date-time"}


def test_the_description_names_every_parameter_of_the_checklist():
    a_feed(settings.SNAPSHOTS, [])
    named = {
        (method, path): {each["name"] for each in operation["parameters"]}
        for method, path, operation in operations()
    }
    paged = {"search", "page", "per_page", "format"}
    filters = {"taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full"}
    ours = {"lat", "lon", "radius_m", "open_at", "language", "concept", "sort"}
    for method in ("get", "post"):
        assert named[method, "/services"] >= paged | filters | ours | {"minimal"}
        places = named[method, "/service_at_locations"]
        assert places >= paged | filters | ours | {"postcode", "proximity"}
        organizations = {"full", "full_service", "taxonomy_term_id", "taxonomy_id"}
        assert named[method, "/organizations"] >= paged | organizations
        assert named[method, "/taxonomies"] >= paged
        assert named[method, "/taxonomy_terms"] >= paged | {"taxonomy_id", "top_only", "parent_id"}
    assert "full_service" in named["get", "/organizations/{id}"]


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
