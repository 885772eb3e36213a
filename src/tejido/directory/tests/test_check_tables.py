"""Each fault in tables is named by its rule, row and column."""

import json
import zipfile
from copy import deepcopy
from datetime import date

import pytest

from tejido.directory.services.check_hsds import check_hsds
from tejido.directory.services.packages import PackageRefused
from tejido.directory.tests.hsds_feed import ROWS, a_package, a_service, key


def checked(path):
    return check_hsds(target=path, today=date(2026, 11, 20)).tally


def spoiled(table, /, **changes):
    rows = deepcopy(ROWS)
    rows[table][0].update(changes)
    return rows


def test_a_clean_package_passes_as_folder_zip_and_document(tmp_path):
    folder = a_package(tmp_path / "feed")
    with zipfile.ZipFile(tmp_path / "feed.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"feed/{path.name}")
    document = tmp_path / "tables.json"
    document.write_text(
        json.dumps({"services.csv": ROWS["service"], "organizations.csv": ROWS["organization"]})
    )

    for path in (folder, tmp_path / "feed.zip", document):
        tally = checked(path)
        assert (path.name, tally.counts) == (path.name, {})
        assert tally.checked["service"] == 1


@pytest.mark.parametrize(
    ("rule", "rows", "place"),
    [
        ("required-missing", spoiled("service", name=""), ("services.csv", 2, "name")),
        (
            "required-missing",
            spoiled("service", organization_id=""),
            ("services.csv", 2, "organization_id"),
        ),
        ("required-empty", spoiled("service", name=" "), ("services.csv", 2, "name")),
        ("word-unknown", spoiled("service", status="open"), ("services.csv", 2, "status")),
        ("wrong-type", spoiled("location", latitude="north"), ("locations.csv", 2, "latitude")),
        ("id-not-uuid", spoiled("phone", id="7"), ("phones.csv", 2, "id")),
        (
            "coordinates-impossible",
            spoiled("location", latitude=137.8),
            ("locations.csv", 2, "latitude"),
        ),
        (
            "orphan-row",
            spoiled("service", organization_id=key(9)),
            ("services.csv", 2, "organization_id"),
        ),
        (
            "orphan-row",
            spoiled("service_at_location", location_id=key(9)),
            ("service_at_location.csv", 2, "location_id"),
        ),
        (
            "reference-missing",
            spoiled("phone", service_id=key(9)),
            ("phones.csv", 2, "service_id"),
        ),
        ("duplicate-id", ROWS | {"phone": ROWS["phone"] * 2}, ("phones.csv", 3, "id")),
        ("home-made-term", spoiled("phone", phone_number="1"), ("phones.csv", 1, "phone_number")),
        ("rrule-day", spoiled("schedule", byday="Mon"), ("schedules.csv", 2, "byday")),
        ("language-code", spoiled("language", code="english"), ("languages.csv", 2, "code")),
    ],
)
def test_a_fault_in_a_table_is_named_with_row_and_column(tmp_path, rule, rows, place):
    tally = checked(a_package(tmp_path / "feed", rows))

    found = tally.findings[rule][0]
    assert set(tally.counts) == {rule}
    assert (found.where, found.row, found.at) == place


def test_a_column_that_is_required_and_not_there_is_named(tmp_path):
    rows = deepcopy(ROWS)
    del rows["service"][0]["status"]

    tally = checked(a_package(tmp_path / "feed", rows))

    assert tally.counts == {"column-missing": 1}


def test_a_package_without_description_is_named(tmp_path):
    assert set(checked(a_package(tmp_path / "feed", description=False)).counts) == {
        "package-undescribed"
    }


def test_a_description_of_a_table_that_is_not_there_is_named(tmp_path):
    folder = a_package(tmp_path / "feed")
    (folder / "languages.csv").unlink()

    assert set(checked(folder).counts) == {"package-describes-nothing"}


def test_a_table_of_somebody_else_is_named(tmp_path):
    folder = a_package(tmp_path / "feed")
    (folder / "staff.csv").write_text("id\n1\n")

    assert set(checked(folder).counts) == {"table-unknown"}


def test_a_table_in_another_encoding_is_named_and_the_others_are_checked(tmp_path):
    folder = a_package(tmp_path / "feed")
    (folder / "languages.csv").write_bytes("id,name\n1,Español\n".encode("cp1252"))

    tally = checked(folder)

    assert tally.counts == {"file-encoding": 1}
    assert tally.checked["service"] == 1


def test_a_row_with_too_many_cells_and_a_lost_quotation_mark_are_named(tmp_path):
    folder = a_package(tmp_path / "feed")
    with (folder / "phones.csv").open("a") as file:
        file.write("1,2,3,4,5\n")
    (folder / "languages.csv").write_text('id,name\n1,"Spanish\n')

    tally = checked(folder)

    assert tally.counts == {"row-broken": 1, "table-unreadable": 1}


def test_lines_beside_tables_are_checked_too(tmp_path):
    folder = a_package(tmp_path / "feed")
    (folder / "services.ndjson").write_text(json.dumps(a_service(1, status="open")) + "\n")

    tally = checked(folder)

    assert set(tally.counts) == {"word-unknown"}
    assert tally.findings["word-unknown"][0].where == "services.ndjson"


def test_a_zip_that_is_made_to_fill_a_disk_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "feed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"0" * 30_000_000)

    with pytest.raises(PackageRefused) as refusal:
        checked(tmp_path / "feed.zip")

    assert refusal.value.code == "zip-bomb"


def test_lines_alone_in_a_folder_are_checked(tmp_path):
    (tmp_path / "services.ndjson").write_text(json.dumps(a_service()) + "\n")
    (tmp_path / "other_records.ndjson").write_text('{"colour": "blue"}\n')

    tally = checked(tmp_path)

    assert (tally.counts, tally.checked["file"]) == ({}, 2)


def test_a_line_in_another_encoding_ends_the_reading_of_its_file(tmp_path):
    path = tmp_path / "services.ndjson"
    path.write_bytes(json.dumps(a_service()).encode() + b'\n{"name": "\xe9"}\n')

    tally = checked(path)

    assert (tally.counts, tally.checked) == ({"file-encoding": 1}, {"service": 1})


def test_a_table_of_ours_with_other_records_is_known(tmp_path):
    folder = a_package(tmp_path / "feed")
    (folder / "other_records.csv").write_text("id\n1\n")

    assert checked(folder).counts == {}


def test_an_empty_table_is_no_fault(tmp_path):
    folder = a_package(tmp_path / "feed")
    (folder / "languages.csv").write_text("")

    assert checked(folder).counts == {}


@pytest.mark.parametrize("contents", ["{", "[]", '{"resources": 3}'])
def test_a_description_that_cannot_be_read_is_named(tmp_path, contents):
    folder = a_package(tmp_path / "feed")
    (folder / "datapackage.json").write_text(contents)

    assert checked(folder).counts == {"not-json": 1}


def test_rows_of_a_document_are_checked_as_those_of_tables(tmp_path):
    path = tmp_path / "tables.json"
    rows = {
        "services.csv": ["no row", *spoiled("service", name=12, status="open")["service"]],
        "organizations.csv": ROWS["organization"],
        "staff.csv": [{"id": 1}],
    }
    path.write_text(json.dumps(rows))

    tally = checked(path)

    assert tally.counts == {"word-unknown": 1, "table-unknown": 1}
    assert tally.findings["word-unknown"][0].where == "tables.json services.csv"
