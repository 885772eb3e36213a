"""Reading HSDS records: each kind of document, each odd field, and any JSON at all."""

import json
from datetime import date, time
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.directory.domain.digest import draft_digest
from tejido.directory.domain.hsds.records import (
    RecordKind,
    is_page_of_many,
    kind_of,
    read_records,
    records_in,
)
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import Gazette, Reading
from tejido.directory.domain.schedule import Rule
from tejido.directory.domain.vocabulary import Fact, Mode, Status, Tier, Visibility
from tejido.directory.services.issue_words import WORDS

SERVICE_ID = "11111111-1111-4111-8111-111111111111"
ORGANIZATION = {"id": "22222222-2222-4222-8222-222222222222", "name": "Harbor Program"}
PLACE_ID = "33333333-3333-4333-8333-333333333333"
LOCATION_ID = "44444444-4444-4444-8444-444444444444"


def a_reading():
    return Reading(
        source_key="county",
        today=date(2026, 11, 20),
        concepts={"naloxone": True, "food": False, "treatment": False},
        gazette=Gazette({"alameda": "06001"}, {"fremont": "06001"}, {"94606": "06001"}),
    )


def a_record(**changes):
    record = {
        "id": SERVICE_ID,
        "name": "Naloxone",
        "status": "active",
        "organization": ORGANIZATION,
    }
    return record | changes


def a_location(**changes):
    location = {
        "id": LOCATION_ID,
        "location_type": "physical",
        "name": "Blue van",
        "latitude": 37.8,
        "longitude": -122.25,
        "addresses": [
            {
                "address_1": "1 Main Street",
                "city": "Oakland",
                "state_province": "California",
                "postal_code": "94606",
                "country": "US",
                "address_type": "physical",
            }
        ],
    }
    return location | changes


def at(location=None, **changes):
    return {"id": PLACE_ID, "location": location or a_location(), **changes}


def read(document, reading=None):
    reading = reading or a_reading()
    return list(read_records(records_in(document), reading)), reading


def read_one(**changes):
    (draft,), reading = read(a_record(**changes))
    return draft, [(issue.code, issue.field) for issue in reading.issues]


def test_a_plain_service_is_read_without_an_issue():
    draft, issues = read_one(description="Free kits", url="https://example.org")

    assert issues == []
    assert (draft.id, draft.name) == (UUID(SERVICE_ID), "Naloxone")
    assert draft.organization.name == "Harbor Program"
    assert (draft.status, draft.tier, draft.mode) == (Status.ACTIVE, Tier.CONTEXT, Mode.PHONE)


@pytest.mark.parametrize(
    "document",
    [
        a_record(),
        [a_record()],
        {"contents": [a_record()], "total_pages": 1},
        {**ORGANIZATION, "services": [a_record(organization=None)]},
        [{**ORGANIZATION, "services": [a_record(organization=None)]}],
        {**at(), "service": a_record()},
    ],
)
def test_each_form_of_a_document_gives_the_service(document):
    drafts, reading = read(document)

    assert [(d.id, d.organization.name) for d in drafts] == [(UUID(SERVICE_ID), "Harbor Program")]
    assert reading.issues == []


def test_services_at_locations_of_one_service_become_one_service():
    other = at(a_location(id="55555555-5555-4555-8555-555555555555"))
    other["id"] = "66666666-6666-4666-8666-666666666666"

    (draft,), reading = read([{**at(), "service": a_record()}, {**other, "service": a_record()}])

    assert len(draft.places) == 2
    assert reading.issues == []


def test_a_page_of_several_is_seen():
    assert is_page_of_many({"contents": [], "total_pages": 3})
    assert not is_page_of_many({"contents": [], "total_pages": 1})
    assert not is_page_of_many([])


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        ({"version": "3.1", "openapi_url": "x"}, RecordKind.API_ROOT),
        ({"id": "x", "name": "y", "location_type": "physical"}, RecordKind.LOCATION),
        ({"id": "x", "name": "y", "term_uri": "z"}, RecordKind.TERM),
        ({"services.csv": []}, RecordKind.TABLES),
        ({"id": "x", "name": "y", "tax_status": ""}, RecordKind.ORGANIZATION),
        ({"id": "x", "name": "y"}, RecordKind.SERVICE),
        ({}, RecordKind.OTHER),
    ],
)
def test_kind_of(record, kind):
    assert kind_of(record) is kind


@pytest.mark.parametrize("value", [None, 1, "text", True, [[]], {}, {"a": 1}])
def test_what_is_no_service_is_an_issue_with_its_row(value):
    drafts, reading = read([a_record(), value])

    assert len(drafts) == 1
    assert [(i.row, i.code) for i in reading.issues] == [(2, IssueCode.NOT_A_SERVICE)]


def test_a_place_has_address_point_and_county():
    draft, issues = read_one(service_at_locations=[at()])

    (place,) = draft.places
    assert issues == []
    assert (place.id, place.location.id) == (UUID(PLACE_ID), UUID(LOCATION_ID))
    address = place.location.address
    assert (address.state, address.postal_code, address.county_fips) == ("CA", "94606", "06001")
    assert (place.location.latitude, draft.mode) == (37.8, Mode.FIXED)


def test_a_confidential_place_keeps_its_town_and_nothing_else():
    secret = a_location(
        addresses=[
            {
                "address_1": "Confidential - Oakland",
                "city": "Oakland",
                "state_province": "CA",
                "postal_code": "94606",
            }
        ]
    )

    draft, issues = read_one(service_at_locations=[at(secret)])

    location = draft.places[0].location
    assert location.visibility is Visibility.WITHOUT_PLACE
    assert (location.latitude, location.longitude) == (None, None)
    assert (location.address.address_1, location.address.postal_code) == ("", "")
    assert location.address.city == "Oakland"
    assert issues == [(IssueCode.PLACE_CONFIDENTIAL, "service_at_locations.location.addresses")]


def test_a_redacted_location_is_hidden():
    draft, _ = read_one(service_at_locations=[at(a_location(location_type="redacted"))])

    assert draft.places[0].location.visibility is Visibility.WITHOUT_PLACE


def test_a_virtual_location_is_a_service_by_phone():
    virtual = {"id": LOCATION_ID, "location_type": "virtual", "name": "Hotline"}

    draft, issues = read_one(
        service_at_locations=[at(virtual)], service_areas=[{"name": "Alameda County"}]
    )

    assert (draft.mode, draft.reach, issues) == (Mode.PHONE, ("06001",), [])


@pytest.mark.parametrize(
    ("areas", "reach", "codes"),
    [
        (["Alameda County", "Statewide"], (), []),
        (["Fremont"], ("06001",), []),
        (["Atlantis"], (), [IssueCode.AREA_UNKNOWN]),
    ],
)
def test_service_areas_are_counties(areas, reach, codes):
    draft, issues = read_one(service_areas=[{"name": name} for name in areas])

    assert draft.reach == reach
    assert [code for code, _ in issues] == codes


def test_a_place_id_used_twice_keeps_both_places():
    again = at(a_location(id="55555555-5555-4555-8555-555555555555"))

    draft, issues = read_one(service_at_locations=[at(), again])

    assert len({place.id for place in draft.places}) == 2
    assert issues == [(IssueCode.ID_REPEATED, "service_at_locations.id")]


def test_a_service_id_used_twice_keeps_the_first():
    drafts, reading = read([a_record(), a_record(name="Second")])

    assert [draft.name for draft in drafts] == ["Naloxone"]
    assert [(i.row, i.code) for i in reading.issues] == [(2, IssueCode.ID_REPEATED)]


def test_another_kind_of_id_becomes_the_same_uuid_each_time():
    first, second = read_one(id="A-17")[0], read_one(id="A-17")[0]

    assert first.id == second.id


@pytest.mark.parametrize("key", [None, "", 1.5, True, [], {}])
def test_a_service_without_an_id_is_left_out(key):
    drafts, reading = read(a_record(id=key))

    assert drafts == []
    assert reading.issues[-1].code is IssueCode.ID_MISSING


@pytest.mark.parametrize("name", [None, "", "   ", "\x00", {}, []])
def test_a_service_without_a_name_is_left_out(name):
    drafts, reading = read(a_record(name=name))

    assert drafts == []
    assert IssueCode.NAME_MISSING in {issue.code for issue in reading.issues}


def test_without_an_organization_the_service_stands_for_itself():
    draft, issues = read_one(organization=None)

    assert draft.organization.name == "Naloxone"
    assert issues == [(IssueCode.ORGANIZATION_MISSING, "organization.name")]


@pytest.mark.parametrize(
    ("said", "status", "codes"),
    [
        ("active", Status.ACTIVE, []),
        ("Temporarily_Closed", Status.TEMPORARILY_CLOSED, []),
        ("closed", Status.INACTIVE, []),
        ("maybe", Status.INACTIVE, [IssueCode.STATUS_UNKNOWN]),
        (None, Status.ACTIVE, [IssueCode.STATUS_UNKNOWN]),
    ],
)
def test_status(said, status, codes):
    draft, issues = read_one(status=said)

    assert draft.status is status
    assert [code for code, _ in issues] == codes


@pytest.mark.parametrize(
    ("assured", "modified", "day", "codes"),
    [
        ("2026-10-01", "2013-11-11T08:44:11Z", date(2026, 10, 1), []),
        (None, "2013-11-11T08:44:11Z", date(2013, 11, 11), []),
        ("2031-01-01", None, None, [IssueCode.DATE_IN_FUTURE]),
        ("soon", None, None, [IssueCode.DATE_UNREADABLE]),
        ("02/03/2026", None, None, [IssueCode.DATE_UNREADABLE]),
    ],
)
def test_the_day_of_confirmation(assured, modified, day, codes):
    draft, issues = read_one(assured_date=assured, last_modified=modified)

    assert draft.confirmed_on == day
    assert [code for code, _ in issues] == codes


def test_weekly_and_monthly_schedules_become_rules():
    draft, issues = read_one(
        schedules=[
            {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "9:00", "closes_at": "17:00"},
            {
                "freq": "MONTHLY",
                "byday": "2TH",
                "opens_at": "22:00",
                "closes_at": "02:00",
                "valid_from": "2026-01-01",
                "until": "2026-12-31",
            },
            {
                "freq": "WEEKLY",
                "interval": 2,
                "byday": "TH",
                "dtstart": "2026-01-01",
                "opens_at": "00:00",
                "closes_at": "23:59",
            },
        ]
    )

    assert issues == []
    assert draft.rules == (
        Rule("WEEKLY", ("MO", "TU"), time(9), time(17)),
        Rule(
            "MONTHLY",
            ("2TH",),
            time(22),
            time(2),
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31),
        ),
        Rule("WEEKLY", ("TH",), time(0), time(23, 59), interval=2, dtstart=date(2026, 1, 1)),
    )


GOOD = {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"opens_at": "late"}, IssueCode.TIME_UNREADABLE),
        ({"closes_at": None}, IssueCode.TIME_UNREADABLE),
        ({"byday": "weekdays"}, IssueCode.HOURS_UNREADABLE),
        ({"byday": "2MO"}, IssueCode.HOURS_UNREADABLE),
        ({"byday": None}, IssueCode.HOURS_UNREADABLE),
        ({"freq": "YEARLY"}, IssueCode.HOURS_UNREADABLE),
        ({"freq": None}, IssueCode.HOURS_UNREADABLE),
        ({"count": 3}, IssueCode.HOURS_UNREADABLE),
        ({"byweekno": "41,42"}, IssueCode.HOURS_UNREADABLE),
        ({"interval": 2}, IssueCode.HOURS_UNREADABLE),
        ({"interval": -1}, IssueCode.HOURS_UNREADABLE),
        ({"interval": "often"}, IssueCode.HOURS_UNREADABLE),
        ({"bymonthday": "40", "byday": None, "freq": "MONTHLY"}, IssueCode.HOURS_UNREADABLE),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, IssueCode.HOURS_UNREADABLE),
        ({"valid_from": "spring"}, IssueCode.DATE_UNREADABLE),
    ],
)
def test_one_rule_that_cannot_be_read_makes_the_hours_unknown(changes, code):
    """Half the hours would answer "closed" at times when nobody knows."""
    draft, issues = read_one(schedules=[GOOD, {**GOOD, "description": "By hand", **changes}])

    assert (draft.rules, draft.hours_text) == ((), "By hand")
    assert code in {found for found, _ in issues}


def test_a_schedule_that_is_only_a_sentence_is_text():
    draft, issues = read_one(schedules=[GOOD, {"description": "Monday-Friday, 8-5"}])

    assert (len(draft.rules), draft.hours_text, issues) == (1, "Monday-Friday, 8-5", [])


def test_daily_is_every_day_of_the_week():
    draft, _ = read_one(schedules=[{**GOOD, "freq": "DAILY", "byday": None}])

    assert draft.rules[0].byday == ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def test_phones_are_dialled_from_anywhere():
    draft, issues = read_one(
        phones=[
            {"id": PLACE_ID, "number": "510 555-0142", "extension": 12, "type": "text"},
            {"number": "no number"},
        ]
    )

    (phone,) = draft.phones
    assert (phone.number, phone.extension, phone.kind) == ("+15105550142", "12", "text")
    assert issues == [(IssueCode.PHONE_UNREADABLE, "phones.number")]


def test_the_organizations_phone_stands_in_where_nobody_nearer_has_one():
    phones = [{"number": "510-555-0199"}]

    alone, _ = read_one(organization={**ORGANIZATION, "phones": phones})
    nearer, _ = read_one(
        organization={**ORGANIZATION, "phones": phones},
        service_at_locations=[at(a_location(phones=[{"number": "510-555-0142"}]))],
    )

    assert [phone.number for phone in alone.phones] == ["+15105550199"]
    assert nearer.phones == ()


def test_languages_come_by_code_or_name():
    draft, issues = read_one(
        languages=[{"code": "spa"}, {"name": "Hmong"}, {"code": "es"}, {"name": "Interpreter"}]
    )

    assert draft.languages == ("es", "hmn")
    assert issues == [(IssueCode.LANGUAGE_UNKNOWN, "languages")]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("wheelchair", {Fact.WHEELCHAIR: True}),
        ("Wheelchair access on all levels", {Fact.WHEELCHAIR: True}),
        ("No wheelchair access", {Fact.WHEELCHAIR: False}),
        ("Wheelchair access is not possible", {Fact.WHEELCHAIR: False}),
        ("wheelchair_van", {}),
        ("ramp", {}),
    ],
)
def test_accessibility_says_something_about_wheelchairs(text, facts):
    draft, _ = read_one(
        service_at_locations=[at(a_location(accessibility=[{"description": text}]))]
    )

    assert draft.places[0].location.facts == facts


def test_set_phrases_become_facts():
    draft, _ = read_one(fees_description="None.", application_process="Walk in or call.")

    assert draft.facts == {Fact.FREE: True, Fact.WALK_IN: True}


def test_attributes_become_needs_facts_and_keywords():
    draft, issues = read_one(
        attributes=[
            {"label": "need", "value": "naloxone"},
            {"label": "keyword", "value": "FOOD"},
            {"label": "keyword", "value": "Treatment"},
            {"taxonomy_term": {"name": "Youth", "code": "Y-1"}},
            {"taxonomy_term": {"code": "no-id"}, "value": "yes"},
        ]
    )

    assert issues == []
    assert draft.needs == ("naloxone", "food")
    assert draft.keywords == ("Treatment", "Youth")
    assert draft.facts == {Fact.NO_ID: True}
    assert draft.tier is Tier.CORE


def test_before_you_go_leaves_out_what_says_nothing_alone():
    draft, _ = read_one(
        alert="Closed on Friday afternoons",
        application_process="Walk in.",
        eligibility_description="Age 18 or over",
        fees_description="None.",
    )

    assert draft.before_you_go == "Closed on Friday afternoons\nAge 18 or over"


def test_unknown_fields_survive_and_people_do_not():
    draft, _ = read_one(
        odd_field={"deep": [1, 2], "email": "canary@example.org"},
        contacts=[{"name": "Canary Person"}],
        assurer_email="canary@example.org",
        metadata=[{"updated_by": "Canary Person"}],
        service_at_locations=[
            at(
                a_location(contacts=[{"name": "Canary Person"}]),
                contacts=[{"name": "Canary Person"}],
                odd="kept",
            )
        ],
    )

    assert draft.extra == {"odd_field": {"deep": [1, 2]}}
    assert draft.places[0].extra == {"odd": "kept"}
    assert "anary" not in repr(draft)


def test_other_fields_that_are_too_large_are_left_out():
    draft, issues = read_one(odd="x" * 60_000)

    assert draft.extra == {}
    assert issues == [(IssueCode.TOO_LARGE, "extra")]


def test_texts_that_are_too_long_are_cut():
    draft, issues = read_one(name="n" * 400)

    assert len(draft.name) == 300
    assert issues == [(IssueCode.TEXT_TOO_LONG, "name")]


def test_a_list_that_is_none_is_noted():
    draft, issues = read_one(phones="510-555-0142", languages=["es"], schedules=7)

    assert (draft.phones, draft.languages, draft.rules) == ((), (), ())
    assert {code for code, _ in issues} == {IssueCode.NOT_A_LIST}


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
    assert drafts or reading.issues or records_in(document) == []
    assert {issue.code for issue in reading.issues} <= set(WORDS)


def test_every_issue_has_words():
    assert set(WORDS) == set(IssueCode)
