"""No feed makes the checker stumble, whatever it holds: it ends with a verdict or a sentence."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tejido.directory.domain.hsds.tabular import TABLES
from tejido.directory.domain.hsds_check.fields import KINDS, LISTS, NESTED
from tejido.directory.domain.hsds_check.findings import Tally
from tejido.directory.services.check_api import check_api
from tejido.directory.services.check_files import Checking, check_document
from tejido.directory.services.check_probe import Probe
from tejido.directory.services.check_report import kept, unkept
from tejido.directory.tests.hsds_feed import a_page, a_service
from tejido.gateways.web_fetch import Answer, Fetcher

TODAY = date(2026, 11, 20)
NAMES = sorted(
    {name for kinds in (KINDS, LISTS, NESTED) for table in kinds.values() for name in table}
    | {"contents", "total_pages", "total_items", "page_number", "size", "openapi_url", "version"}
    | {f"{table.file}.csv" for table in TABLES.values()}
    | {"zip", "lat\ud800", "paths", "$ref", "operationId"}
)
WORDS = [
    "",
    " ",
    "24:00",
    "MO",
    "2MO,XX",
    "WEEKLY",
    "2026-11-20",
    "3.1",
    "a@b",
    "\ud800",
    "http://[",
    "-",
]
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**320, max_value=10**330),
    st.floats(),
    st.sampled_from(WORDS),
    st.text(max_size=8),
)
ANY = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    ),
    max_leaves=25,
)
PAGES = st.builds(a_page, st.lists(ANY, max_size=3))


def said_of(tally):
    """Return a tally as the page keeps and reads it, which needs text that can be written."""
    written = json.dumps(kept(tally), ensure_ascii=False).encode()
    return unkept(json.loads(written))


@settings(max_examples=300)
@given(ANY)
def test_any_document_is_checked(document):
    checking = Checking(Tally(), TODAY)

    check_document(document, "feed.json", checking)

    assert said_of(checking.tally) == checking.tally


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(NAMES), ANY, max_size=8))
def test_any_service_is_checked(fields):
    checking = Checking(Tally(), TODAY)

    check_document([a_service() | fields], "feed.json", checking)

    assert said_of(checking.tally) == checking.tally


class Anything(Fetcher):
    """Answers each question with the next of some documents."""

    def __init__(self, documents):
        super().__init__(allow_private=True)
        self.documents, self.count = documents, 0

    def ask(self, url, *, method="GET", body=None):
        self.count += 1
        document = self.documents[self.count % len(self.documents)]
        return Answer(url, 200, {}, json.dumps(document).encode())

    def lines(self, url, *, most_bytes):
        yield Answer(url, 200, {"content-type": "application/x-ndjson"}, b"")
        for each in self.documents:
            yield json.dumps(each).encode() + b"\n"


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(ANY, st.builds(a_page, st.lists(ANY, max_size=3))), min_size=1, max_size=4)
)
def test_any_api_is_checked(documents):
    checking = Checking(Tally(), TODAY)

    check_api("http://feed.example.org", Anything([*documents, a_page([a_service()])]), checking)

    assert said_of(checking.tally) == checking.tally


@pytest.mark.parametrize("key", ["../../../admin", "a?b=c", "x\r\nHost: y", "é/ñ"])
def test_an_id_leads_to_no_other_address(key):
    probe = Probe("http://feed.example.org/v3", Fetcher(), Checking(Tally(), TODAY))

    address = probe.url_of("/services", key)

    assert address.startswith("http://feed.example.org/v3/services/")
    assert address.count("/") == 5
    assert not set(address) & set("?\r\n ")
