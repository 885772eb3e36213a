"""Any JSON at all ends in a draft or an issue."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.directory.domain.digest import draft_digest
from tejido.directory.domain.drafts import ServiceDraft
from tejido.directory.domain.hsds.records import (
    records_in,
)
from tejido.directory.domain.hsds.render import service_record
from tejido.directory.domain.issues import IssueCode
from tejido.directory.services.issue_words import WORDS
from tejido.directory.tests.hsds_records import (
    ORGANIZATION,
    SERVICE_ID,
    read,
)

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["MO", "2TH", "WEEKLY", "09:00", "2026-01-01", SERVICE_ID, "es", "naloxone"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
COLUMNS = (
    *("freq", "interval", "byday", "bymonthday", "opens_at", "closes_at", "dtstart"),
    *("valid_from", "valid_to", "until", "count", "description"),
)
SCHEDULE = st.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS, JUNK))
LOCATION = st.fixed_dictionaries(
    {"location_type": JUNK},
    optional={
        "id": JUNK,
        "name": JUNK,
        "latitude": JUNK,
        "longitude": JUNK,
        "addresses": st.lists(st.dictionaries(st.sampled_from(["city", "postal_code"]), JUNK))
        | JUNK,
        "accessibility": JUNK,
        "languages": JUNK,
        "schedules": st.lists(SCHEDULE, max_size=2) | JUNK,
    },
)
AT = st.fixed_dictionaries(
    {}, optional={"id": JUNK, "location": LOCATION | JUNK, "schedules": JUNK, "phones": JUNK}
)
SERVICE = st.fixed_dictionaries(
    {"name": st.just("Naloxone") | JUNK, "id": st.uuids().map(str) | JUNK},
    optional={
        "status": JUNK,
        "organization": st.just(ORGANIZATION) | JUNK,
        "schedules": st.lists(SCHEDULE, max_size=3) | JUNK,
        "service_at_locations": st.lists(AT, max_size=2) | JUNK,
        "phones": st.lists(st.dictionaries(st.sampled_from(["number", "type"]), JUNK)) | JUNK,
        "attributes": st.lists(st.dictionaries(st.sampled_from(["label", "value"]), JUNK)) | JUNK,
        "service_areas": JUNK,
        "assured_date": JUNK,
        "url": JUNK,
        "service": JUNK,
        "services": JUNK,
    },
)


@settings(max_examples=300, deadline=None)
@given(JUNK | SERVICE | st.lists(SERVICE | JUNK, max_size=3))
def test_any_json_ends_in_a_draft_or_an_issue(document):
    drafts, reading = read(document)

    for draft in drafts:
        draft_digest(draft)
        json.dumps(draft.extra).encode()
        if isinstance(draft, ServiceDraft):
            service_record(draft)
    assert drafts or reading.issues or records_in(document) == []
    assert {issue.code for issue in reading.issues} <= set(WORDS)


def test_every_issue_has_words():
    assert set(WORDS) == set(IssueCode)
