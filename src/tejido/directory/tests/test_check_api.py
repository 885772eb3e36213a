"""Each fault of a running API is named by its rule, and a right one passes."""

from datetime import date

import pytest

from tejido.directory.domain.hsds_check.findings import Verdict
from tejido.directory.services import check_filters
from tejido.directory.services.check_hsds import check_hsds
from tejido.directory.tests.hsds_api import an_api
from tejido.gateways.web_fetch import Fetcher, Limits, WebRefused

FAULTS = {
    "root-unreadable": {"cut"},
    "root-version": {"root-version"},
    "root-profile": {"root-profile"},
    "root-openapi": {"root-openapi_url"},
    "root-publisher": {"publisher"},
    "openapi-unread": {"openapi"},
    "operation-id-repeated": {"operation-id"},
    "reference-other-version": {"ref"},
    "openapi-datetime": {"datetime"},
    "openapi-path-missing": {"path"},
    "no-services": {"services"},
    "list-nested": {"nested"},
    "full-ignored": {"full"},
    "detail-missing": {"services detail"},
    "detail-other": {"other"},
    "detail-not-nested": {"flat"},
    "unknown-found": {"anything"},
    "no-service-at-locations": {"service_at_locations"},
    "no-taxonomies": {"taxonomies"},
    "no-terms-or-organizations": {"organizations"},
    "optional-detail-missing": {"organizations detail"},
    "post-refused": {"post"},
    "post-differs": {"post-filters"},
    "post-body-ignored": {"post-body"},
    "not-a-page": {"bare"},
    "page-field-missing": {"no total_pages"},
    "page-empty-missing": {"no empty"},
    "page-field-type": {"strings"},
    "page-size-wrong": {"size"},
    "page-flags-wrong": {"flags"},
    "page-numbers-wrong": {"pages"},
    "total-items-wrong": {"total"},
    "page-repeated": {"same-page"},
    "per-page-ignored": {"per-page"},
    "parameter-refused": {"refuses modified_after"},
    "search-ignored": {"ignores search"},
    "filter-ignored": {"ignores taxonomy_term_id"},
    "filter-wrong": {"ignores organization_id"},
    "modified-after-ignored": {"ignores modified_after"},
    "filters-not-cumulative": {"or"},
    "ndjson-ignored": {"no-ndjson"},
    "ndjson-paged": {"ndjson-page"},
    "ndjson-line-wrong": {"ndjson-list"},
    "ndjson-count-wrong": {"ndjson-short"},
    "minimal-not-minimal": {"minimal"},
    "minimal-paged": {"minimal-paged"},
    "key-wanted": {"key"},
    "cors-missing": {"cors"},
    "answer-type-wrong": {"type"},
    "answer-not-json": {"cut"},
    "answer-failed": {"hangs up"},
}


MORE = [
    ("openapi-unread", {"no openapi"}),
    ("page-numbers-wrong", {"page-number"}),
    ("parameter-refused", {"refuses page"}),
    ("parameter-refused", {"no page 2"}),
    ("parameter-refused", {"refuses minimal"}),
    ("parameter-refused", {"refuses format"}),
    ("parameter-refused", {"refuses full"}),
    ("answer-failed", {"hangs up later"}),
    ("file-encoding", {"latin"}),
    ("too-deep", {"deep"}),
]


@pytest.fixture(scope="module")
def server():
    with an_api() as api:
        yield api


@pytest.fixture
def api(server):
    server.faults, server.asked = set(), []
    return server


def checked(api, **said):
    fetcher = Fetcher(**({"allow_private": True} | said))
    return check_hsds(target=api.url, today=date(2026, 11, 20), fetcher=fetcher).tally


def test_a_right_api_passes(api):
    tally = checked(api)

    assert {rule: tally.findings[rule][:2] for rule in tally.counts} == {}
    assert tally.verdict is Verdict.PASS
    assert tally.left_out == []
    assert tally.checked.keys() >= {"root", "openapi", "service", "organization", "taxonomy"}
    assert len(api.asked) < 60


@pytest.mark.parametrize(("rule", "faults"), [*FAULTS.items(), *MORE])
def test_a_fault_of_an_api_is_named(api, rule, faults):
    api.faults = faults

    tally = checked(api)

    assert rule in tally.counts
    assert all(each.where.startswith("http://127.0.0.1") for each in tally.findings[rule])


@pytest.mark.parametrize(
    ("rule", "faults"),
    [
        (rule, faults)
        for rule, faults in FAULTS.items()
        if faults
        & {
            "root-profile",
            "publisher",
            "operation-id",
            "ref",
            "datetime",
            "no empty",
            "cors",
            "ignores search",
            "ndjson-page",
            "ndjson-list",
            "ndjson-short",
            "minimal-paged",
            "minimal",
            "post",
            "post-body",
            "organizations",
            "taxonomies",
            "anything",
        }
    ],
)
def test_a_fault_that_stands_alone_is_the_only_one_that_is_named(api, rule, faults):
    api.faults = faults

    assert set(checked(api).counts) == {rule}


def test_an_api_of_3_0_is_not_asked_by_post(api):
    api.faults = {"post"}
    api._root = lambda: {
        "version": "3.0",
        "profile": "https://example.org",
        "openapi_url": "https://example.org/openapi.json",
    }
    try:
        tally = checked(api)
    finally:
        del api._root

    assert tally.counts == {}
    assert "https://example.org/openapi.json" in tally.left_out[0]
    assert not [method for method, *_ in api.asked if method == "POST"]


def test_a_fault_in_a_service_of_an_api_is_named_with_its_address(api):
    api._tables = lambda real=api._tables: (
        real() | {"services": [each | {"status": "open"} for each in real()["services"]]}
    )
    try:
        tally = checked(api)
    finally:
        del api._tables

    first = tally.findings["word-unknown"][0]
    assert set(tally.counts) == {"word-unknown"}
    assert (first.where, first.at) == (f"{api.url}/services", "/contents/0/status")


def test_only_the_first_lines_of_a_long_list_are_read(api, monkeypatch):
    monkeypatch.setattr(check_filters, "LINES_READ", 3)
    api.faults = {"ndjson-short"}

    assert checked(api).counts == {}


def test_a_check_that_asks_too_much_ends_with_a_sentence_and_what_it_found(api):
    api.faults = {"cors"}

    tally = checked(api, limits=Limits(requests=10))

    assert set(tally.counts) == {"cors-missing"}
    assert len(tally.left_out) == 1


def test_an_api_on_this_computer_is_refused_unless_an_operator_allows_it(api):
    with pytest.raises(WebRefused) as refusal:
        checked(api, allow_private=False)

    assert refusal.value.code == "url-private"
    assert api.asked == []


def test_an_api_that_asks_to_wait_is_waited_for(api):
    api.faults = {"busy once"}

    tally = checked(api)

    assert (tally.counts, tally.left_out) == ({}, [])


def test_an_api_that_asks_to_wait_for_ever_is_left_with_a_sentence(api):
    api._one = lambda *_: (429, {"Retry-After": "0"}, b"")
    try:
        tally = checked(api)
    finally:
        del api._one

    assert tally.counts == {}
    assert len(tally.left_out) == 1
