"""Rules about single answers, without anybody who answers."""

from datetime import UTC, datetime

import pytest

from tejido.directory.domain.hsds_check.answers import of_others, older, organization_of
from tejido.directory.domain.hsds_check.openapi import (
    is_address,
    openapi_faults,
    root_faults,
    version_of,
)
from tejido.directory.domain.hsds_check.pages import page_faults, pages_faults
from tejido.directory.domain.hsds_check.sense import sense_faults
from tejido.directory.domain.hsds_check.values import instant_of, value_faults
from tejido.directory.tests.hsds_feed import a_page
from tejido.directory.tests.test_check_data import TODAY


def rules(faults):
    return [fault.rule for fault in faults]


def test_services_that_changed_before_the_moment_asked_for_are_named():
    after = datetime(2026, 11, 5, tzinfo=UTC)
    contents = [
        {"last_modified": "2026-11-05T00:00:00Z"},
        {"last_modified": "2026-11-04T23:00:00Z"},
        {"last_modified": "2026-11-04T23:00:00-08:00"},
        {"last_modified": "some day"},
        {},
        "text",
    ]

    (fault,) = older(contents, after)

    assert (fault.rule, fault.at) == ("modified-after-ignored", "/contents/1/last_modified")


@pytest.mark.parametrize(
    ("service", "key"),
    [
        ({"organization": {"id": "a"}}, "a"),
        ({"organization_id": "a"}, "a"),
        ({"organization": {"id": 3}}, ""),
        ({}, ""),
        ("text", ""),
    ],
)
def test_a_service_names_its_organization_by_itself_or_by_its_id(service, key):
    assert organization_of(service) == key
    assert rules(of_others([service], "b")) == (["filter-wrong"] if key else [])


@pytest.mark.parametrize("root", [[], "3.1", None, 3])
def test_a_first_answer_that_is_no_object_tells_nothing(root):
    assert rules(root_faults(root)) == ["root-unreadable"]
    assert version_of(root) is None


@pytest.mark.parametrize(("publisher", "found"), [({"name": "Us"}, []), ({}, ["root-publisher"])])
def test_from_3_2_on_the_first_answer_says_who_publishes(publisher, found):
    root = {"version": "3.2", "profile": "https://a.org", "openapi_url": "https://a.org/o.json"}

    assert rules(root_faults(root | {"publisher": publisher})) == found


@pytest.mark.parametrize(
    ("said", "version"),
    [("3.1", (3, 1)), ("HSDS 3.1.2", (3, 1)), ("v3", None), (3.1, None), ("9" * 9_000, None)],
)
def test_the_version_is_read_however_it_is_written(said, version):
    assert version_of({"version": said}) == version


@pytest.mark.parametrize("value", ["http://[", "ftp://example.org", "/openapi.json", 1, None])
def test_what_is_no_web_address_is_none(value):
    assert not is_address(value)


@pytest.mark.parametrize("document", [None, [], {}, {"paths": []}])
def test_an_openapi_file_without_paths_is_none(document):
    assert rules(openapi_faults(document, (3, 1))) == ["openapi-unread"]


def test_only_operations_have_an_id_of_their_own():
    paths = {
        "/services": {"get": {"operationId": "a"}, "parameters": [{"operationId": "a"}]},
        "/x": {"get": "none", "post": {"operationId": 3}},
        "/y": ["a"],
    }

    assert rules(openapi_faults({"paths": paths}, (3, 1))) == []


def test_an_endless_openapi_file_is_read_to_some_depth():
    inner = {"format": "datetime"}
    for _ in range(200):
        inner = {"items": inner}

    document = {"paths": {"/services": {}}, "components": inner}

    assert rules(openapi_faults(document, (3, 1))) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"page_number": 5, "first_page": False}, ["page-numbers-wrong"]),
        ({"page_number": 0, "last_page": False}, ["page-numbers-wrong"]),
        ({"page_number": "one"}, ["page-field-type"]),
        ({"total_items": 0}, ["page-numbers-wrong"]),
        ({"total_items": 2, "total_pages": 9, "last_page": False}, ["page-numbers-wrong"]),
        ({"total_items": 9, "total_pages": 2, "last_page": False}, ["page-numbers-wrong"]),
        ({"total_items": 10**400, "total_pages": 2, "last_page": False}, ["page-numbers-wrong"]),
        ({"total_items": 2, "total_pages": 2, "last_page": False}, []),
        ({"total_items": -1}, ["page-field-type"]),
        ({"total_items": True}, ["page-field-type"]),
        ({"empty": 0}, ["page-field-type"]),
        ({"empty": True}, ["page-flags-wrong"]),
        ({"first_page": False}, ["page-flags-wrong"]),
    ],
)
def test_the_numbers_of_a_page_must_add_up(changes, found):
    assert rules(page_faults(a_page([{"id": "a"}], **changes))) == found


def test_an_empty_list_is_a_page_too():
    assert rules(page_faults(a_page([], total_pages=0))) == []
    assert rules(page_faults(a_page([]))) == []


def test_objects_without_id_are_on_no_page_twice():
    pages = [a_page([{}, {"id": 3}, "x"]), a_page([{}, {"id": 3}, "x"])]

    assert rules(pages_faults(pages, is_whole_list=False)) == []


@pytest.mark.parametrize(
    ("table", "record", "found"),
    [
        ("taxonomy_term", {"language": "english!"}, ["language-code"]),
        ("taxonomy_term", {"language": "eng"}, []),
        ("schedule", {"byday": "MO"}, ["rrule-combination"]),
        ("schedule", {"freq": "MONTHLY", "byday": "2MO,-1FR"}, []),
        ("schedule", {"freq": "MONTHLY", "byday": "0MO"}, ["rrule-day"]),
        ("schedule", {"freq": "WEEKLY", "interval": 0.5}, ["rrule-number"]),
        ("schedule", {"freq": "WEEKLY", "interval": float("inf")}, []),
        ("location", {"latitude": 37.8, "longitude": "west"}, []),
        ("language", {"code": "zh-Hant-TW"}, []),
        ("unit", {}, []),
    ],
)
def test_fields_must_fit_each_other(table, record, found):
    assert rules(sense_faults(table, record, TODAY)) == found


@pytest.mark.parametrize(
    ("table", "column", "value", "found"),
    [
        ("service", "url", "http://[", ["link-wrong"]),
        ("service", "url", "https://example.org/a b", ["link-wrong"]),
        ("service", "url", "mailto:a@example.org", []),
        ("service_area", "uri", "county 12", []),
        ("location", "latitude", float("nan"), ["wrong-type"]),
        ("location", "latitude", float("inf"), ["wrong-type"]),
        ("service", "last_modified", "2023-03-15T10:30:45.123Z", []),
        ("service_capacity", "updated", "2024-09-25T14:23:06.5+01:00", []),
        ("service", "last_modified", "2026-13-01T00:00:00Z", ["instant-wrong"]),
        ("service", "description", "5 < 6 & 7 > 2, español, «así»", []),
        ("service", "description", "Food &amp; more", ["text-markup"]),
        ("service", "id", "AC148810-D857-441C-9679-408F346DE14B", []),
        ("service", "id", "{ac148810-d857-441c-9679-408f346de14b}", ["id-not-uuid"]),
    ],
)
def test_a_value_is_what_its_field_holds(table, column, value, found):
    assert rules(value_faults(table, column, value)) == found


@pytest.mark.parametrize("text", ["yesterday", "2026-11-01T00:00:00", None, 3])
def test_what_is_no_moment_is_none(text):
    assert instant_of(text) is None
