"""What a list said comes out whole, in its own words: HSDS in, tables, HSDS out."""

import json
from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.digest import draft_digest
from tejido.directory.domain.drafts import (
    LocationDraft,
    OrganizationDraft,
    RecordDraft,
    ServiceDraft,
)
from tejido.directory.domain.hsds.own_words import OwnWords, own_words, with_own_words
from tejido.directory.domain.hsds.render import (
    location_record,
    organization_record,
    service_record,
)
from tejido.directory.domain.hsds.services import read_service
from tejido.directory.domain.reading import Reading
from tejido.directory.models import Location, Organization, Phone, Record, Service
from tejido.directory.queries.whole import stored_drafts
from tejido.directory.services.import_hsds import import_hsds
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import LATER, NOON, a_source, an_id

TODAY = date(2026, 11, 20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
RECORDS = st.dictionaries(st.sampled_from("abcd"), JSON)


@given(RECORDS, RECORDS)
def test_a_record_comes_back_in_the_words_of_its_source(ours, theirs):
    words = own_words(ours=ours, theirs=theirs, fields=frozenset("abcd"))

    assert with_own_words(ours, json.loads(json.dumps(words))) == theirs


@given(RECORDS, RECORDS)
def test_own_words_are_the_same_whenever_they_are_worked_out(ours, theirs):
    fields = frozenset("abc")
    words = OwnWords(lambda: ours, theirs, fields)

    assert words == own_words(ours=ours, theirs=theirs, fields=fields)
    assert words.theirs == {name: theirs[name] for name in fields & theirs.keys()}
    assert len(words) == len(list(words))


def test_a_record_that_is_written_in_other_words_has_another_digest():
    said = {"id": str(an_id("a")), "name": "A", "status": "active"}
    one, other = (
        read_service(
            {**said, "phones": [{"id": "1", "number": number}]}, Reading("list", date(2026, 11, 1))
        )
        for number in ("510-555-0110", "(510) 555-0110")
    )

    assert one.phones == other.phones
    assert draft_digest(one) != draft_digest(other)


def test_one_and_true_and_a_half_read_number_are_not_the_same():
    words = own_words(ours={"a": 1}, theirs={"a": True}, fields=frozenset("a"))

    assert with_own_words({"a": 1}, words)["a"] is True


def test_what_changed_since_speaks_for_itself_and_its_neighbours_keep_their_words():
    ours = {"phones": [{"id": "1", "number": "+1510"}, {"id": "2", "number": "+1511"}]}
    theirs = {
        "phones": [{"id": "1", "number": "510", "note": "ring"}, {"id": "2", "number": "511"}]
    }
    words = own_words(ours=ours, theirs=theirs, fields=frozenset({"phones"}))
    edited = {"phones": [{"id": "1", "number": "+1999"}, {"id": "3", "number": "+1777"}]}

    assert with_own_words(edited, words) == {
        "phones": [
            {"id": "1", "number": "+1999", "note": "ring"},
            {"id": "3", "number": "+1777"},
        ]
    }


def imported(path, **options):
    chosen = {"source": a_source(), "at": NOON, "today": TODAY} | options
    return import_hsds(path=path, **chosen)


def rendered(draft):
    writers = {
        ServiceDraft: service_record,
        OrganizationDraft: organization_record,
        LocationDraft: location_record,
        RecordDraft: lambda each: dict(each.fields),
    }
    return writers[type(draft)](draft)


def everything(key="county-list"):
    return [rendered(draft) for draft in stored_drafts(key)]


@pytest.mark.shared
@pytest.mark.django_db
@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
@pytest.mark.parametrize(
    "name", ["service_full", "location", "taxonomy", "taxonomy_term", "organization_list"]
)
def test_the_official_examples_come_out_as_they_went_in(shared_hsds, version, name):
    path = shared_hsds / version / "examples" / f"{name}.json"
    imported(path)

    said = json.loads(path.read_text())
    assert everything() == said.get("contents", [said])


@pytest.mark.shared
@pytest.mark.django_db
@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
def test_an_organization_with_its_services_comes_out_as_services_with_it(shared_hsds, version):
    path = shared_hsds / version / "examples/organization_full.json"
    imported(path)

    said = json.loads(path.read_text())
    services = said.pop("services")
    assert everything() == [service | {"organization": said} for service in services]


@pytest.mark.shared
@pytest.mark.django_db
@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
@pytest.mark.parametrize("name", ["service_at_location_full", "service_at_location_list"])
def test_a_service_at_a_location_comes_out_as_its_service(shared_hsds, version, name):
    path = shared_hsds / version / "examples" / f"{name}.json"
    imported(path)

    said = json.loads(path.read_text())
    (place,) = said.get("contents", [said])
    service = place.pop("service")
    assert everything() == [service | {"service_at_locations": [place]}]


@pytest.mark.shared
@pytest.mark.django_db
def test_a_real_directory_comes_out_as_it_went_in(shared_data):
    path = shared_data / "services/san_mateo_2013_hsds31.ndjson"
    said = [json.loads(line) for line in path.read_text().splitlines()]
    first, marks = {}, {}
    for record in said:
        first.setdefault(record["organization"]["id"], record["organization"])
    imported(path)

    found = {record["id"]: record for record in everything()}

    for record in said:
        expected = record | {"organization": first[record["organization"]["id"]]}
        places = []
        for place in record["service_at_locations"]:
            location = marks.setdefault(place["location"]["id"], place["location"])
            places.append(place | {"location": location})
        assert found[record["id"]] == expected | {"service_at_locations": places}


@pytest.mark.django_db
def test_organizations_and_locations_without_services_are_kept(tmp_path):
    path = tmp_path / "list.ndjson"
    organization = {
        "id": "22222222-2222-4222-8222-222222222222",
        "name": "Harbor",
        "legal_status": "none",
        "locations": [
            {
                "id": "44444444-4444-4444-8444-444444444444",
                "location_type": "physical",
                "name": "Pier",
            }
        ],
    }
    path.write_text(json.dumps(organization) + "\n")

    first = imported(path)
    again = imported(path, at=LATER)

    assert (first.read, again.read) == (0, 0)
    assert Organization.objects.get().name == "Harbor"
    assert Location.objects.get().name == "Pier"
    assert Location.objects.get().updated_at == NOON
    assert everything() == [organization]


@pytest.mark.django_db
def test_a_confidential_place_leaves_no_street_wherever_it_stands(tmp_path):
    hidden = {
        "id": "44444444-4444-4444-8444-444444444444",
        "location_type": "redacted",
        "name": "Safe house",
        "description": "CANARY",
        "latitude": 37.123456,
        "longitude": -122.1,
        "external_identifier": "CANARY",
        "addresses": [{"id": "1", "address_1": "CANARY Street", "city": "Oakland"}],
        "metadata": [{"previous_value": "CANARY"}],
    }
    record = {
        "id": "11111111-1111-4111-8111-111111111111",
        "name": "Shelter",
        "status": "active",
        "organization": {
            "id": "22222222-2222-4222-8222-222222222222",
            "name": "Harbor",
            "locations": [hidden, hidden | {"id": "44444444-4444-4444-8444-444444444445"}],
        },
        "service_at_locations": [{"id": "3", "location": hidden | {"other": "words"}}],
    }
    path = tmp_path / "list.ndjson"
    path.write_text(json.dumps(record) + "\n")

    imported(path)

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said = repr(cursor.fetchall())
            assert "CANARY" not in said, table
            assert "37.123456" not in said, table
    assert "CANARY" not in repr(everything())


@pytest.mark.django_db
def test_a_changed_phone_comes_out_changed_with_the_rest_in_its_own_words(tmp_path):
    path = tmp_path / "list.ndjson"
    record = {
        "id": "11111111-1111-4111-8111-111111111111",
        "name": "Naloxone",
        "status": "active",
        "organization": {"id": "22222222-2222-4222-8222-222222222222", "name": "Harbor"},
        "phones": [
            {
                "id": "55555555-5555-4555-8555-555555555555",
                "number": "(510) 555-0142",
                "note": "ask for the van",
            }
        ],
        "unknown": {"kept": True},
    }
    path.write_text(json.dumps(record) + "\n")
    imported(path)
    Phone.objects.update(number="+15105550199")

    (found,) = everything()

    assert found["phones"] == [record["phones"][0] | {"number": "+15105550199", "type": "voice"}]
    assert {**found, "phones": record["phones"]} == record


@pytest.mark.shared
@pytest.mark.django_db
def test_an_import_of_everything_is_undone_whole(shared_hsds):
    result = imported(shared_hsds / "v3.1/examples/csv")
    assert Record.objects.count() > 10

    undo_act(act_id=result.stored.act_id, at=LATER)

    for model in (Service, Organization, Location, Record):
        assert model.objects.count() == 0
