"""Each fault in a file is named by its rule, and a clean file by none."""

import json
import re
from datetime import date

import pytest

from tejido.directory.domain.hsds_check.findings import Verdict
from tejido.directory.domain.hsds_check.rules import CHECKLIST, RULES, Severity
from tejido.directory.services.check_hsds import check_hsds
from tejido.directory.services.check_schemas import SchemasRefused
from tejido.directory.services.check_words import WORDS
from tejido.directory.tests.hsds_feed import (
    a_page,
    a_service,
    address_of,
    key,
    location_of,
    schedule_of,
)
from tejido.foundation.files import FileRefused

TODAY = date(2026, 11, 20)


def checked(path, **said):
    return check_hsds(target=path, today=TODAY, **said).tally


def written(folder, contents, name="feed.json"):
    path = folder / name
    path.write_text(contents if isinstance(contents, str) else json.dumps(contents))
    return path


def put(owner, **values):
    return lambda service: owner(service).update(values)


def of_service(service):
    return service


FAULTS = [
    ("required-missing", lambda s: s.pop("name")),
    ("required-missing", lambda s: address_of(s).pop("city")),
    ("required-empty", put(of_service, name="  ")),
    ("required-empty", put(address_of, postal_code="")),
    ("wrong-type", put(of_service, description=12)),
    ("wrong-type", put(of_service, minimum_age="18")),
    ("wrong-type", put(of_service, minimum_age=True)),
    ("wrong-type", put(of_service, phones={"id": key(9), "number": "1"})),
    ("wrong-type", put(of_service, phones=["510-555-0142"])),
    ("null-value", put(of_service, url=None)),
    ("null-value", put(of_service, phones=None)),
    ("null-value", put(of_service, organization=None)),
    ("word-unknown", put(of_service, status="Active")),
    ("word-unknown", put(location_of, location_type="van")),
    ("word-unknown", put(schedule_of, freq="DAILY")),
    ("id-not-uuid", put(of_service, id="service-12")),
    ("reference-not-uuid", put(of_service, program_id="12")),
    ("reference-other-owner", lambda s: s["phones"][0].update(service_id=key(4))),
    ("home-made-term", put(location_of, lat=37.8)),
    ("home-made-term", put(address_of, zip="94606")),
    ("home-made-term", put(of_service, alternateName="Van")),
    ("home-made-term", put(of_service, modified_date="2026-11-01")),
    ("date-wrong", put(of_service, assured_date="11/01/2026")),
    ("date-wrong", put(schedule_of, valid_from="2026-02-30")),
    ("date-with-time", put(of_service, assured_date="2026-11-01T10:00:00Z")),
    ("instant-wrong", put(of_service, last_modified="2026-11-01")),
    ("instant-wrong", put(of_service, last_modified="yesterday")),
    ("instant-without-zone", put(of_service, last_modified="2026-11-01T10:00:00")),
    ("time-wrong", put(schedule_of, opens_at="9am")),
    ("time-wrong", put(schedule_of, opens_at="25:00")),
    ("time-24", put(schedule_of, closes_at="24:00")),
    ("link-wrong", put(of_service, url="www.example.org")),
    ("email-wrong", put(of_service, email="call us")),
    ("language-code", lambda s: s["languages"][0].update(code="Spanish")),
    ("language-code", lambda s: s["languages"][0].update(code="sp")),
    ("country-code", put(address_of, country="USA")),
    ("coordinates-impossible", put(location_of, latitude=-122.27, longitude=37.8)),
    ("coordinates-zero", put(location_of, latitude=0, longitude=0)),
    ("coordinates-half", lambda s: location_of(s).pop("longitude")),
    ("rrule-day", put(schedule_of, byday="Monday")),
    ("rrule-day", put(schedule_of, byday="MO;TU")),
    ("rrule-number", put(schedule_of, interval=0)),
    ("rrule-number", put(schedule_of, freq="MONTHLY", byday="", bymonthday="32")),
    ("rrule-combination", put(schedule_of, byday="2MO")),
    ("rrule-combination", put(schedule_of, until="2026-12-01", count=3)),
    ("rrule-combination", put(schedule_of, bymonthday="1")),
    ("interval-without-start", put(schedule_of, interval=2, valid_from="")),
    ("hours-half", lambda s: schedule_of(s).pop("closes_at")),
    ("dates-backwards", put(schedule_of, valid_to="2025-12-31")),
    ("ages-backwards", put(of_service, minimum_age=65, maximum_age=18)),
    ("date-ahead", put(of_service, assured_date="2027-11-01")),
    ("phone-without-number", lambda s: s["phones"][0].update(number="see website")),
    ("text-garbled", put(of_service, description="atenciÃ³n")),
    ("text-garbled", put(of_service, name="Caf\ufffd")),
    ("text-markup", put(of_service, description="<p>Food</p>")),
    ("text-alone", None),
    ("service-without-organization", lambda s: s.pop("organization")),
    ("place-without-location", None),
    ("duplicate-id", None),
    ("reference-missing", None),
    ("unknown-object", None),
    ("line-not-object", None),
    ("not-json", None),
    ("too-deep", None),
]


def test_a_clean_feed_passes_in_every_form(tmp_path):
    services = [a_service(number) for number in (1, 2, 3)]
    lines = "".join(json.dumps(each) + "\n" for each in services)

    for name, contents in (
        ("one.json", services[0]),
        ("list.json", services),
        ("page.json", a_page(services)),
        ("lines.ndjson", lines),
    ):
        tally = checked(written(tmp_path, contents, name))
        assert (name, tally.counts, tally.verdict) == (name, {}, Verdict.PASS)


@pytest.mark.parametrize(("rule", "spoil"), [each for each in FAULTS if each[1]])
def test_a_fault_in_a_service_is_named_once_and_nothing_else(tmp_path, rule, spoil):
    service = a_service()
    spoil(service)

    tally = checked(written(tmp_path, [service]))

    assert set(tally.counts) == {rule}
    assert tally.findings[rule][0].where == "feed.json"
    assert tally.findings[rule][0].at.startswith("/0")


def test_a_finding_names_the_line_and_the_pointer(tmp_path):
    spoiled = a_service(2)
    schedule_of(spoiled)["closes_at"] = "24:00"
    lines = "".join(json.dumps(each) + "\n" for each in (a_service(), spoiled))

    (found,) = checked(written(tmp_path, lines, "services.ndjson")).findings["time-24"]

    assert (found.where, found.row, found.found) == ("services.ndjson", 2, "24:00")
    assert found.at == "/service_at_locations/0/schedules/0/closes_at"


@pytest.mark.parametrize(
    ("rule", "name", "contents"),
    [
        ("place-without-location", "places.json", [{"id": key(1), "service": a_service()}]),
        ("duplicate-id", "feed.json", [a_service(), a_service()]),
        ("duplicate-id", "feed.ndjson", f"{json.dumps(a_service())}\n" * 2),
        ("reference-missing", "feed.json", [a_service() | {"program_id": key(77)}]),
        ("unknown-object", "feed.json", [a_service(), {"temperature": 3}]),
        ("unknown-object", "feed.json", [a_service(), "a text"]),
        ("line-not-object", "feed.ndjson", f"{json.dumps(a_service())}\n[1, 2]\n"),
        ("line-not-object", "feed.ndjson", json.dumps(a_page([a_service()])) + "\n"),
        ("not-json", "feed.json", '[{"id": 1},'),
        ("not-json", "feed.json", '[{"id": 1} {"id": 2}]'),
        ("not-json", "feed.ndjson", f'{json.dumps(a_service())}\n{{"id"\n'),
        ("too-deep", "feed.json", "[" * 5_000 + "]" * 5_000),
        ("feed-empty", "feed.json", []),
        (
            "page-of-many",
            "feed.json",
            a_page([a_service()], total_items=2, total_pages=2, last_page=False),
        ),
    ],
)
def test_a_fault_of_a_whole_file_is_named(tmp_path, rule, name, contents):
    tally = checked(written(tmp_path, contents, name))

    assert set(tally.counts) - {"service-without-organization"} == {rule}


def test_what_stands_in_itself_again_and_again_is_too_deep(tmp_path):
    service = a_service()
    inner = service
    for number in range(30):
        child = {"id": key(number + 5), "name": "x", "description": "y", "services": []}
        inner["organization"] = child
        inner = {"id": key(number + 90), "name": "x", "status": "active"}
        child["services"].append(inner)

    assert "too-deep" in checked(written(tmp_path, [service])).counts


def test_a_file_in_another_encoding_is_named(tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(
        json.dumps([a_service(1, name="Atención")], ensure_ascii=False).encode("cp1252")
    )

    assert set(checked(path).counts) == {"file-encoding"}


def test_an_organization_beside_the_id_of_another_is_named(tmp_path):
    tally = checked(written(tmp_path, [a_service(1, organization_id=key(4))]))

    assert set(tally.counts) == {"reference-other-owner", "reference-missing"}


def test_an_object_that_another_line_brings_is_not_missing(tmp_path):
    first = a_service(1) | {"program_id": key(77)}
    second = a_service(2) | {"program": {"id": key(77), "name": "P", "description": "D"}}

    assert checked(written(tmp_path, [first, second])).counts == {}


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_what_is_no_feed_is_refused_with_a_sentence(tmp_path, name):
    with pytest.raises(FileRefused) as refusal:
        checked(tmp_path / name)

    assert str(refusal.value.sentence)


@pytest.mark.parametrize("contents", [b"", b"\x89PNG\x00\x01", b"<html></html>", b"a,b,c\n1,2,3"])
def test_a_file_of_another_kind_is_refused(tmp_path, contents):
    path = tmp_path / "feed.json"
    path.write_bytes(contents)

    with pytest.raises(FileRefused):
        checked(path)


def test_every_fault_is_counted_and_the_first_places_are_kept(tmp_path):
    services = [a_service(number, status="open") for number in range(1, 60)]

    tally = checked(written(tmp_path, services))

    assert tally.counts == {"word-unknown": 59}
    assert len(tally.findings["word-unknown"]) == 20
    assert tally.checked == {"service": 59}


def test_warnings_alone_do_not_fail_a_feed(tmp_path):
    tally = checked(written(tmp_path, [a_service(1, url="example.org")]))

    assert tally.verdict is Verdict.WARNINGS


def test_every_row_of_the_checklist_has_a_rule_and_every_rule_a_row():
    assert {row for rule in RULES.values() for row in rule.rows} == set(CHECKLIST)
    assert set(CHECKLIST) == set(range(1, 15))


@pytest.mark.shared
def test_the_checklist_is_that_of_the_domain_notes(shared_data):
    notes = (shared_data.parent / "domain/directory_and_finder.md").read_text()
    table = notes.split("### 1.3")[1].split("There is no latitude")[0]
    numbers = [int(n) for n in re.findall(r"^\| (\d+) \|", table, flags=re.MULTILINE)]

    assert numbers == list(CHECKLIST)


def test_every_rule_says_what_is_wrong_and_what_to_do():
    assert set(WORDS) == set(RULES)
    assert all(str(what) and str(fix) for what, fix in WORDS.values())


def test_there_are_failures_and_warnings():
    severities = [rule.severity for rule in RULES.values()]

    assert severities.count(Severity.FAILURE) >= 25
    assert severities.count(Severity.WARNING) >= 25


@pytest.mark.shared
@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
def test_the_official_examples_fail_nothing_but_rows_that_belong_to_nothing(shared_hsds, version):
    folder = shared_hsds / version
    found = {
        path.name: {
            r.id for r in checked(path, schemas=folder).rules() if r.severity is Severity.FAILURE
        }
        for path in folder.glob("examples/*.json")
    }

    assert len(found) == 13
    assert {name: rules for name, rules in found.items() if rules} == {
        # Its attribute and its metadata name objects that the example does not have.
        "tabular.json": {"orphan-row"}
    }


@pytest.mark.shared
def test_the_official_schemas_say_what_they_refuse(tmp_path, shared_hsds):
    service = a_service(1, status="open")

    tally = checked(written(tmp_path, [service]), schemas=shared_hsds / "v3.1")

    assert set(tally.counts) == {"word-unknown", "schema-mismatch"}
    assert tally.findings["schema-mismatch"][0].at == "/0/status"


def test_a_folder_without_schemas_is_refused(tmp_path):
    with pytest.raises(SchemasRefused):
        checked(written(tmp_path, [a_service()]), schemas=tmp_path)


def test_schema_files_that_cannot_be_read_are_passed_over(tmp_path):
    service = {"type": "object", "required": ["colour"]}
    for name, contents in (("service", json.dumps(service)), ("phone", "{"), ("url", "[]")):
        written(tmp_path, contents, f"{name}.json")
    feed = [a_service(), {"id": key(3), "location_type": "virtual"}]

    tally = checked(written(tmp_path, feed, "feed.ndjson.json"), schemas=tmp_path)

    assert tally.counts == {"schema-mismatch": 1}


@pytest.mark.shared
def test_what_is_too_deep_is_not_held_to_schemas_too(tmp_path, shared_hsds):
    service = a_service()
    inner = service
    for number in range(300):
        inner["organization"] = {"id": key(number), "name": "x", "services": [{}]}
        inner = inner["organization"]["services"][0]

    assert "too-deep" in checked(written(tmp_path, [service]), schemas=shared_hsds / "v3.1").counts
