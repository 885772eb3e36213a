"""Asking the HSDS API: by address and body, rightly and wrongly, once and again."""

import json
import re

import pytest
from django.test import Client

from tejido.directory.api import answers
from tejido.directory.testing import a_service, an_id, stored
from tejido.directory.tests.asking_hsds import (
    LISTS,
    ROOT,
    ask,
    built,
    ids,
    shown,
    three,
    unhurried,
)
from tejido.foundation.rate import Rate

pytestmark = pytest.mark.django_db
__all__ = ["shown", "three", "unhurried"]


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


@pytest.mark.parametrize(
    "path",
    [
        *(f"/{name}/{an_id('service One')}" for name in LISTS),
        "/",
        "/schema",
        "/schema/openapi.json",
        "/schema/service.json",
        "/schema/profile/service.json",
    ],
)
def test_a_browser_may_ask_first_whether_a_page_may_send_the_mark_it_has(three, path):
    answer = Client().options(f"{ROOT}{path}")

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


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
