"""Who confirmed and changed what, as HSDS metadata: by role, and nothing of what is hidden."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.hsds.feed_record import Words, service_of
from tejido.directory.domain.hsds.metadata import (
    AS_IT_STANDS,
    NOT_TOLD,
    is_ours,
    metadata_object,
    without_ours,
)
from tejido.directory.domain.hsds.public_record import public_records
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import Act, Change, Record
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Actor
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.editing import Approval, Edit, edit
from tejido.directory.services.publishing import Publicity, values_for
from tejido.directory.services.setting import FieldKey
from tejido.directory.testing import (
    a_location,
    a_phone,
    a_place,
    a_service,
    a_source,
    an_id,
    stored,
)
from tejido.directory.tests.exports import cleared, exported, table_in
from tejido.directory.tests.test_export_hsds import validator
from tejido.directory.tests.test_round_trip import everything, imported

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SERVICE = FieldKey("directory.service", an_id("service Naloxone"), "")
LOCATION = FieldKey("directory.location", an_id("location Naloxone van"), "")
ROSA = an_id("Rosa, a person")


def done(role="steward", **named):
    actor = Actor(person=ROSA, member=an_id("a member"), role=role)
    return edit(change=Edit(**named), actor=actor, on=TODAY, at=AT, approval=Approval())


def confirmed(*keys):
    return done(confirmed=keys)


def described(text):
    key = SERVICE._replace(field="description")
    return done(values={key: text})


def moved(street):
    row = {"id": str(an_id("row")), "location_id": str(LOCATION.object_id), "address_1": street}
    row |= {"address_2": "", "city": "Oakland", "state_province": "CA", "postal_code": "94606"}
    key = LOCATION._replace(field="address")
    return done(values={key: [row | {"county_fips": "06001"}]})


def record():
    (found,) = public_records(public_listings())
    return found


def told(rows):
    names = ("field_name", "last_action_date", "last_action_type", "updated_by")
    return [tuple(row[name] for name in names) for row in rows]


def rows_of_export(folder):
    exported(folder)
    return table_in(folder / "county-list/metadata.csv")


def test_a_public_record_says_who_confirmed_which_field_by_role():
    stored(a_service(phones=(a_phone(),)))
    confirmed(SERVICE._replace(field="phones"), LOCATION._replace(field="address"))

    found = record()

    assert told(found["metadata"]) == [
        ("*", "2026-11-01", "import", "source"),
        ("phones", "2026-11-21", "confirm", "steward"),
    ]
    location = found["service_at_locations"][0]["location"]
    assert told(location["metadata"]) == [("addresses", "2026-11-21", "confirm", "steward")]
    assert str(ROSA) not in json.dumps(found)


def test_in_public_no_field_tells_what_it_held_before():
    stored(a_service(description="Ask for Rosa at the side door"))
    described("Free kits")
    confirmed(SERVICE._replace(field="description"))

    said = json.dumps(record())

    assert "Rosa" not in said
    rows = record()["metadata"]
    assert {row["previous_value"] for row in rows} == {NOT_TOLD}
    assert {row["replacement_value"] for row in rows} == {AS_IT_STANDS}


@pytest.mark.parametrize("level", [Visibility.WITHOUT_PLACE, Visibility.PARTNERS])
def test_of_a_place_that_is_not_public_no_word_on_its_address_leaves(level, tmp_path):
    location = a_location("Naloxone van", visibility=level)
    stored(a_service(places=(a_place("Naloxone van", location=location),)))
    moved("7 Canary Street")
    confirmed(LOCATION._replace(field="address"), LOCATION._replace(field="*"))

    said = json.dumps(list(public_records(public_listings())))
    exported(tmp_path / "out", whole=False)
    files = "".join(path.read_text() for path in (tmp_path / "out").iterdir())

    for word in ("Canary", "addresses", '"location", "last_action'):
        assert word not in said
    assert "Canary" not in files


def test_a_street_that_was_hidden_stays_untold_when_its_place_becomes_public():
    hidden = a_location("Naloxone van", visibility=Visibility.WITHOUT_PLACE)
    stored(a_service(places=(a_place("Naloxone van", location=hidden),)))
    moved("7 Canary Street")
    moved("9 Open Street")

    done(values=values_for(desk_listing(SERVICE.object_id), Publicity.PUBLISH))

    said = json.dumps(record())
    assert "9 Open Street" in said
    assert "Canary" not in said


def test_a_source_that_is_not_trusted_confirms_nothing():
    stored(a_service(), source=a_source("rumour", trusted=False))

    assert "metadata" not in record()


def test_metadata_fits_the_official_schemas(shared_hsds):
    stored(a_service(phones=(a_phone(),)))
    confirmed(SERVICE._replace(field="phones"), LOCATION._replace(field="address"))

    for version in ("v3.0", "v3.1"):
        check = validator(shared_hsds / version / "schema", "service.json")
        assert [error.message for error in check.iter_errors(record())] == []


def test_the_feed_of_the_api_has_it_too():
    stored(a_service())
    confirmed(LOCATION._replace(field="address"))

    service = service_of(list(public_listings()), Words())

    assert b'"last_action_type":"import"' in service.own
    assert b'"updated_by":"steward"' in service.at[0]


def test_the_whole_export_tells_what_each_field_held_before_and_after(tmp_path):
    stored(a_service(description="old words"))
    described("new words")

    rows = [r for r in rows_of_export(tmp_path / "out") if r["field_name"] == "description"]

    change = next(row for row in rows if row["last_action_type"] == "update")
    assert (change["previous_value"], change["replacement_value"]) == ("old words", "new words")
    assert change["resource_id"] == str(SERVICE.object_id)
    assert (change["resource_type"], change["updated_by"]) == ("service", "steward")
    assert [r["last_action_date"] for r in rows] == ["2026-11-21", "2026-11-21"]


def test_the_whole_export_names_sources_and_roles_and_no_person(tmp_path):
    stored(a_service())
    confirmed(SERVICE._replace(field="phones"))

    rows = rows_of_export(tmp_path / "out")

    assert {row["updated_by"] for row in rows} == {"source county-list", "steward"}
    assert str(ROSA) not in repr(rows)


def test_what_we_say_of_ourselves_is_no_word_of_a_source_when_it_comes_back(tmp_path):
    stored(a_service(description="old", phones=(a_phone(),)))
    described("new")
    exported(tmp_path / "out")
    exported(tmp_path / "public", whole=False)
    before = everything()
    cleared()

    for path in ("out/county-list", "out/county-list/services.ndjson", "public"):
        imported(tmp_path / path, source=a_source())
        assert not Record.objects.filter(kind="metadata").exists(), path
        if path.startswith("out"):
            assert everything() == before
        cleared()


def test_metadata_of_others_is_kept_word_for_word(tmp_path):
    theirs = {
        "id": str(an_id("theirs")),
        "last_action_date": "2020-01-01",
        "last_action_type": "update",
        "field_name": "name",
        "previous_value": "A",
        "replacement_value": "B",
        "updated_by": "their office",
    }
    listed = {
        "id": str(an_id("listed")),
        "name": "Naloxone",
        "status": "active",
        "organization": {"id": str(an_id("o")), "name": "Harbor"},
        "metadata": [theirs],
    }
    path = tmp_path / "list.ndjson"
    path.write_text(json.dumps(listed) + "\n")

    imported(path)

    assert everything() == [listed]


def test_an_undone_act_is_told_with_what_undid_it(tmp_path):
    stored(a_service(description="old"))
    act = described("new")
    Act.objects.filter(id=act).update(state="cancelled")
    assert Change.objects.filter(act=act, field="description").exists()

    rows = rows_of_export(tmp_path / "out")

    assert "update" not in {row["last_action_type"] for row in rows}


OWNER = an_id("owner")


def an_object(**changes):
    said = {"on": TODAY, "action": "confirm", "by": "steward", **changes}
    return metadata_object(OWNER, "service", "phones", **said)


@given(st.sampled_from(sorted(an_object())), st.text())
def test_whoever_changes_a_word_of_ours_makes_it_theirs(name, text):
    row = an_object()
    assert is_ours(row, str(OWNER))

    changed = row | {name: text}

    assert is_ours(changed, str(OWNER)) is (changed == row)
    assert not is_ours(row, str(an_id("another")))


@pytest.mark.parametrize("rows", [None, "x", 3, {}, [], [None, 3, "x", {}, {"id": []}]])
def test_metadata_that_is_none_stays_as_it_stands(rows):
    fields = {"metadata": rows, "other": 1}

    assert without_ours(fields, str(OWNER)) == fields
    assert without_ours({"metadata": [an_object()], "other": 1}, str(OWNER)) == {"other": 1}
