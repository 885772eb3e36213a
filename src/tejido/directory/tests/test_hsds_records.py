"""Reading HSDS records: each kind of document, each odd field, and any JSON at all."""

from datetime import date
from uuid import UUID

import pytest

from tejido.directory.domain.drafts import CarriedDraft
from tejido.directory.domain.hsds.records import (
    RecordKind,
    is_page_of_many,
    kind_of,
)
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.vocabulary import Fact, Mode, Status, Tier, Visibility
from tejido.directory.tests.hsds_records import (
    LOCATION_ID,
    ORGANIZATION,
    PLACE_ID,
    SERVICE_ID,
    a_location,
    a_record,
    at,
    read,
    read_one,
)


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


def test_unknown_fields_and_people_survive_apart_from_what_is_read():
    draft, _ = read_one(
        odd=[1, 2],
        odd_object={"deep": [1, 2]},
        contacts=[{"name": "Ann"}, {"name": "Ben"}],
        assurer_email="desk@example.org",
        service_at_locations=[at(a_location(contacts=[{"name": "Ann"}]), odd="kept")],
    )

    assert draft.extra == {"odd": [1, 2], "assurer_email": "desk@example.org"}
    assert draft.carried == (
        CarriedDraft("odd_object", None, {"deep": [1, 2]}),
        CarriedDraft("contacts", 0, {"name": "Ann"}),
        CarriedDraft("contacts", 1, {"name": "Ben"}),
    )
    assert draft.places[0].extra == {"odd": "kept"}
    assert draft.places[0].location.carried == (CarriedDraft("contacts", 0, {"name": "Ann"}),)


def test_other_fields_that_are_too_large_are_left_out():
    draft, issues = read_one(odd="x" * 600_000)

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
