"""Folders and zip files of tables: what is read, and what is refused with a sentence."""

import csv
import json
import os
import struct
import zipfile
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido.directory.domain.hsds.records import read_records
from tejido.directory.domain.hsds.version_1_1 import upgraded
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import Reading
from tejido.directory.domain.schedule import DatedException
from tejido.directory.models import Act, Location, Record, Service, Source
from tejido.directory.queries.whole import stored_drafts
from tejido.directory.services import packages
from tejido.directory.services.import_tabular import table_records
from tejido.directory.services.issue_words import WORDS
from tejido.directory.services.packages import PackageRefused
from tejido.directory.tests.test_round_trip import everything, imported

pytestmark = pytest.mark.django_db
SERVICES = "id,organization_id,name,status\n" + "\n".join(
    f"11111111-1111-4111-8111-{n:012d},22222222-2222-4222-8222-222222222222,Service {n},active"
    for n in (1, 2)
)
ORGANIZATIONS = "id,name,description\n22222222-2222-4222-8222-222222222222,Harbor,Help\n"
TABLES = {"services.csv": SERVICES, "organizations.csv": ORGANIZATIONS}


@pytest.fixture
def folder(tmp_path):
    def write(**tables):
        path = tmp_path / "tables"
        path.mkdir()
        for name, text in tables.items():
            contents = text if isinstance(text, bytes) else text.encode()
            (path / f"{name}.csv").write_bytes(contents)
        return path

    return write


@pytest.fixture
def zipped(tmp_path):
    def write(files, **options):
        path = tmp_path / "list.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return path

    return write


def refusal(path):
    with pytest.raises(PackageRefused) as refused:
        imported(path)
    assert (Source.objects.count(), Service.objects.count(), Act.objects.count()) == (0, 0, 0)
    assert "Nothing changed." in str(refused.value)
    return refused.value.code


def test_reading_tables_leaves_the_cells_of_other_files_their_limit(folder):
    before = csv.field_size_limit()

    imported(folder(**{name.removesuffix(".csv"): text for name, text in TABLES.items()}))

    assert csv.field_size_limit() == before


@pytest.mark.parametrize("prefix", ["", "export/", "a/b/"])
def test_a_zip_file_is_read_without_unpacking(tmp_path, zipped, prefix):
    path = zipped({f"{prefix}{name}": text for name, text in TABLES.items()})

    result = imported(path)

    assert (result.read, result.issues) == (2, ())
    assert sorted(Service.objects.values_list("name", flat=True)) == ["Service 1", "Service 2"]
    assert [each.name for each in tmp_path.iterdir()] == ["list.zip"]


@pytest.mark.parametrize(
    "name", ["../services.csv", "/etc/services.csv", "a/../../services.csv", "..\\services.csv"]
)
def test_a_file_outside_of_its_folder_is_refused(zipped, name):
    assert refusal(zipped({**TABLES, name: "id\n1"})) == "zip-outside"


@pytest.mark.parametrize("name", ["more.zip", "deep/MORE.ZIP", "x.tar", "phones.csv.gz"])
def test_a_packed_file_inside_is_refused(zipped, name):
    assert refusal(zipped({**TABLES, name: b"PK"})) == "zip-nested"


def test_a_zip_bomb_is_refused(zipped):
    assert refusal(zipped({**TABLES, "phones.csv": "0" * 5_000_000})) == "zip-bomb"


def test_more_than_two_gigabytes_are_refused(zipped, monkeypatch):
    monkeypatch.setattr(packages, "MAX_BYTES", 100)

    assert refusal(zipped(TABLES)) == "zip-too-large"


def test_more_than_a_thousand_files_are_refused(zipped):
    files = {f"note-{number}.txt": "" for number in range(1001)}

    assert refusal(zipped(TABLES | files)) == "zip-too-many"


def test_a_size_that_is_a_lie_is_refused(zipped):
    path = zipped({"services.csv": SERVICES * 200})
    contents = bytearray(path.read_bytes())
    place = contents.index(b"PK\x01\x02") + 24
    contents[place : place + 4] = struct.pack("<I", 50)
    path.write_bytes(contents)

    assert refusal(path) in ("zip-broken", "package-row-broken")


@pytest.mark.parametrize("kept", [30, 100, 0.5, 0.99])
def test_a_zip_file_that_breaks_off_is_refused(zipped, kept):
    path = zipped({"services.csv": os.urandom(2000).hex()})
    contents = path.read_bytes()
    path.write_bytes(contents[: int(kept if kept > 1 else len(contents) * kept)])

    assert refusal(path) == "zip-broken"


def test_a_damaged_table_inside_is_refused(zipped):
    path = zipped({"services.csv": SERVICES})
    contents = bytearray(path.read_bytes())
    contents[60:70] = b"\x00" * 10
    path.write_bytes(contents)

    assert refusal(path) == "zip-broken"


def test_a_locked_zip_file_is_refused(zipped):
    path = zipped(TABLES)
    contents = bytearray(path.read_bytes())
    place = contents.index(b"PK\x01\x02") + 8
    contents[place] |= 1
    path.write_bytes(contents)

    assert refusal(path) == "zip-locked"


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"notes": "x"}, "no-services"),
        ({"services": 'id,name\n1,"open\n2,b\n'}, "package-row-broken"),
        ({"services": "id,name\n1," + "x" * 1_100_000}, "package-row-broken"),
        ({"services": "id,name," + "x" * 9_000_000}, "package-row-broken"),
        ({"services": b"id,name\n1,caf\xe9\n"}, "package-encoding"),
        ({"services": "id,name,id\n1,a,1\n"}, "package-columns"),
    ],
)
def test_tables_that_cannot_be_read_change_nothing(folder, tables, code):
    path = folder(**tables)

    with pytest.raises(Exception) as refused:  # noqa: PT011
        imported(path)

    assert getattr(refused.value, "code", None) == code
    assert "Nothing changed." in str(refused.value)
    assert (Source.objects.count(), Service.objects.count()) == (0, 0)


def test_a_folder_without_a_table_is_refused(tmp_path):
    assert refusal(tmp_path) == "package-without-tables"


def test_odd_rows_are_reported_and_the_rest_goes_on(folder):
    path = folder(
        services=SERVICES + "\n1,2\n\n11111111-1111-4111-8111-000000000001,,Again,active\n",
        organizations=ORGANIZATIONS,
        phones="id,service_id,number\np1,no-such-service,510-555-0142\n",
        odd="a,b\n1,2\n",
    )

    result = imported(path)

    assert {(issue.code, issue.row) for issue in result.issues} == {
        (IssueCode.TABLE_UNKNOWN, 0),
        (IssueCode.ROW_TOO_LONG, 4),
        (IssueCode.ID_REPEATED, 6),
        (IssueCode.ORPHAN, 2),
    }
    assert Service.objects.count() == 2
    orphan = Record.objects.get()
    assert (orphan.kind, orphan.fields["service_id"]) == ("phone", "no-such-service")


def test_a_description_gives_a_file_its_table_and_never_a_path(folder):
    path = folder(mine=SERVICES, organizations=ORGANIZATIONS)
    resources = [
        {"name": "service", "path": "mine.csv"},
        {"name": "phone", "path": "../../etc/passwd"},
    ]
    (path / "datapackage.json").write_text(json.dumps({"resources": resources}))

    result = imported(path)

    assert (result.read, result.issues) == (2, ())


def test_the_same_tables_twice_change_nothing(folder):
    path = folder(services=SERVICES, organizations=ORGANIZATIONS)
    imported(path)

    again = imported(path)

    assert (again.stored.created, again.stored.updated, again.stored.unchanged) == (0, 0, 2)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(alphabet=st.characters(), max_size=4)
    | st.sampled_from("ab"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=4,
)
COLUMNS = st.sampled_from(
    [
        "id",
        "service_id",
        "location_id",
        "organization_id",
        "link_id",
        "taxonomy_term_id",
        "name",
        "unit_id",
        "program_id",
        "phones",
        "attributes",
        "weekday",
        "language",
        "other_fields",
    ]
)
STEMS = st.sampled_from(
    [
        "services",
        "organizations",
        "locations",
        "service_at_location",
        "phones",
        "attributes",
        "taxonomy_terms",
        "languages",
        "regular_schedules",
        "eligibility",
        "programs",
        "odd",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(STEMS, st.lists(st.dictionaries(COLUMNS, JUNK) | JUNK, max_size=3)))
def test_any_tables_end_in_records_or_issues(tables):
    reading = Reading("x", date(2026, 11, 20))

    drafts = list(read_records(table_records(tables, reading), reading))

    assert all(issue.code in WORDS for issue in reading.issues)
    json.dumps([draft.extra for draft in drafts if hasattr(draft, "extra")]).encode()


@pytest.mark.shared
def test_the_1_1_sample_comes_in_whole(shared_data):
    result = imported(shared_data / "services/hsds_1_1_sample")

    assert result.read == 13
    assert Location.objects.count() == 10
    assert {issue.code for issue in result.issues} == {IssueCode.PHONE_UNREADABLE}
    (helpline,) = [d for d in stored_drafts("county-list") if d.id.hex.startswith("c89eb05c")]
    assert helpline.rules
    assert helpline.exceptions == (DatedException(date(2019, 12, 24), date(2019, 12, 26)),)
    (record,) = [r for r in everything() if r["name"] == "Never Homeless Helpline"]
    assert record["eligibility_description"] == "adult"
    assert [each["payment"] for each in record["payments_accepted"]] == ["cash", "credit card"]
    assert record["service_areas"][0]["name"] == "Sample service area"


@pytest.mark.parametrize(
    ("row", "days"),
    [
        ({"weekday": "1"}, "MO"),
        ({"weekday": "7"}, "SU"),
        ({"weekday": "Tuesday"}, "TU"),
        ({"weekday": "8"}, "8"),
    ],
)
def test_a_weekday_of_1_1_is_a_weekly_rule(row, days):
    new = upgraded("regular_schedules", row)

    assert (new["freq"], new["byday"]) == ("WEEKLY", days)


@pytest.mark.parametrize(
    ("closed", "opens", "is_exception"),
    [("true", "", True), ("", "09:00", True), ("", "", False), ("true", "09:00", False)],
)
def test_a_holiday_of_1_1_is_taken_only_where_it_is_clear(closed, opens, is_exception):
    row = {
        "start_date": "2026-12-24",
        "end_date": "2026-12-24",
        "closed": closed,
        "opens_at": opens,
        "closes_at": opens and "12:00",
    }

    assert ("attributes" in upgraded("holiday_schedules", row)) is is_exception


def test_hours_of_a_holiday_reach_the_service(folder):
    path = folder(
        services=SERVICES,
        organizations=ORGANIZATIONS,
        holiday_schedules="id,service_id,closed,opens_at,closes_at,start_date,end_date\n"
        "h1,11111111-1111-4111-8111-000000000001,false,09:00,12:00,2026-12-24,2026-12-24\n",
    )

    imported(path)

    (draft,) = [d for d in stored_drafts("county-list") if d.name == "Service 1"]
    day = date(2026, 12, 24)
    assert draft.exceptions == (DatedException(day, day, time(9), time(12)),)
