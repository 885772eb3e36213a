import gzip
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from tejido.foundation.files import FileRefused
from tejido.geography.models import County, Town, Tract
from tejido.geography.services.load_tracts import CountyDifference, load_tracts
from tejido.geography.testing import some_counties

pytestmark = pytest.mark.django_db
HEADER = "STATEFP,COUNTYFP,TRACTCE,POPULATION,LATITUDE,LONGITUDE"
ALAMEDA = "06,001,400100,3038,+37.859207,-122.230347"
FRESNO = "06,019,000100,2100,+36.7378,-119.7930"
NEVADA = "32,003,000101,900,+36.1,-115.1"


@pytest.fixture(autouse=True)
def counties(db):
    some_counties()


@pytest.fixture
def write(tmp_path):
    def written(*rows, header=HEADER, name="tracts.txt", end="\r\n", encoding="utf-8-sig"):
        path = tmp_path / name
        path.write_bytes(end.join([header, *rows, ""]).encode(encoding))
        return path

    return written


def stored():
    rows = Tract.objects.order_by("geoid")
    return list(rows.values_list("geoid", "county_id", "population", "latitude", "longitude"))


def said(path, *arguments):
    out = StringIO()
    call_command("load_tracts", path, *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_load_tracts_stores_the_bureaus_file_with_its_mark(write):
    loaded = load_tracts(path=write(ALAMEDA, FRESNO))

    assert (loaded.tracts, loaded.created, loaded.people) == (2, 2, 5138)
    assert stored() == [
        ("06001400100", "06001", 3038, 37.859207, -122.230347),
        ("06019000100", "06019", 2100, 36.7378, -119.7930),
    ]


def test_load_tracts_again_writes_nothing(write, django_assert_num_queries):
    load_tracts(path=write(ALAMEDA, FRESNO))

    with django_assert_num_queries(4):  # savepoint, counties, tracts, release
        loaded = load_tracts(path=write(ALAMEDA, FRESNO))

    assert (loaded.created, loaded.updated, loaded.unchanged) == (0, 0, 2)


def test_load_tracts_writes_what_changed(write):
    load_tracts(path=write(ALAMEDA, FRESNO))

    loaded = load_tracts(path=write(ALAMEDA, FRESNO.replace("2100", "2101")))

    assert (loaded.created, loaded.updated, loaded.unchanged) == (0, 1, 1)
    assert stored()[1][2] == 2101


def test_load_tracts_dry_run_changes_nothing(write):
    loaded = load_tracts(path=write(ALAMEDA), dry_run=True)

    assert (loaded.created, stored()) == (1, [])


def test_load_tracts_keeps_and_lists_what_the_file_no_longer_has(write):
    load_tracts(path=write(ALAMEDA, ALAMEDA.replace("400100", "400200"), FRESNO))

    loaded = load_tracts(path=write(ALAMEDA))

    assert loaded.vanished == ("06001400200",)
    assert len(stored()) == 3


def test_load_tracts_replace_removes_it_in_the_counties_of_the_file_only(write):
    load_tracts(path=write(ALAMEDA, ALAMEDA.replace("400100", "400200"), FRESNO))

    load_tracts(path=write(ALAMEDA), replace=True, dry_run=True)
    assert len(stored()) == 3
    load_tracts(path=write(ALAMEDA), replace=True)
    assert [row[0] for row in stored()] == ["06001400100", "06019000100"]


def test_load_tracts_removes_nothing_while_a_row_has_a_problem(write):
    load_tracts(path=write(ALAMEDA, ALAMEDA.replace("400100", "400200")))

    loaded = load_tracts(path=write(ALAMEDA, ALAMEDA.replace("400100", "x")), replace=True)

    assert (loaded.is_replaced, len(stored())) == (False, 2)


def test_load_tracts_reads_gzip_and_leaves_other_states_out(write, tmp_path):
    packed = tmp_path / "us.csv.gz"
    packed.write_bytes(gzip.compress(write(NEVADA, ALAMEDA, NEVADA).read_bytes()))

    loaded = load_tracts(path=packed)

    assert (loaded.tracts, loaded.left_out) == (1, 2)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_load_tracts_reads_columns_in_any_order_and_parted_by_any_mark(write, mark):
    header = mark.join(["longitude", " Latitude ", "NAME", "geoid", "population"])
    row = mark.join(["-122.230347", "37.859207", '"Tract 4001"', "06001400100", "3038"])

    load_tracts(path=write(row, "", header=header, end="\n", encoding="utf-8"))

    assert stored() == [("06001400100", "06001", 3038, 37.859207, -122.230347)]


def test_load_tracts_says_which_counties_do_not_add_up(write):
    assert load_tracts(path=write(FRESNO)).differences == (
        CountyDifference("Fresno", 1, 2100, 1_008_654),
    )


BLOCK_GROUPS = f"{HEADER},BLKGRPCE\n{ALAMEDA},1\n"
REFUSED = [
    ("file-empty", b""),
    ("file-empty", b"\xef\xbb\xbf \r\n"),
    ("file-web-page", b"<!DOCTYPE html><html><body>Sign in"),
    ("file-binary", b"\x7fELF\x02\x01\x01\x00\x00"),
    ("file-packed", b"PK\x03\x04 a spreadsheet"),
    ("file-encoding", HEADER.encode("utf-16")),
    ("file-encoding", f"{HEADER}\n{ALAMEDA} Peña".encode("cp1252")),
    ("file-cut-short", gzip.compress(f"{HEADER}\n{ALAMEDA}".encode() * 500)[:-9]),
    ("file-cut-short", b"\x1f\x8b\x08 no gzip"),
    ("file-packed", gzip.compress(gzip.compress(b"twice"))),
    ("table-not-tracts", b'{"type": "FeatureCollection"}'),
    ("table-not-tracts", b"# Tejido"),
    ("table-not-tracts", b"STATEFP,COUNTYFP,COUNAME,STNAME,POPULATION,LATITUDE,LONGITUDE\n"),
    ("table-block-groups", BLOCK_GROUPS.encode()),
    ("table-no-rows", HEADER.encode()),
    ("table-not-california", f"{HEADER}\n{NEVADA}".encode()),
    ("table-broken", f'{HEADER}\n06,001,"400100,3038\n'.encode()),
    ("table-broken", f"{HEADER}\n{'9' * 200_000}".encode()),
]


@pytest.mark.parametrize(("code", "contents"), REFUSED, ids=[code for code, _ in REFUSED])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_wrong_file_changes_nothing_and_is_named(write, tmp_path, code, contents, language):
    load_tracts(path=write(ALAMEDA))
    before = stored()
    wrong = tmp_path / "wrong.txt"
    wrong.write_bytes(contents)

    with translation.override(language), pytest.raises(FileRefused) as refused:
        load_tracts(path=wrong)

    assert refused.value.code == code
    assert "wrong.txt" in str(refused.value)
    assert ("Nothing changed." if language == "en" else "No cambió nada.") in str(refused.value)
    assert stored() == before


def test_a_wrong_file_is_told_what_was_found_and_what_was_expected(tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("ZCTA5,LAT,LON\n90001,33.9,-118.2\n")

    with pytest.raises(FileRefused) as refused:
        load_tracts(path=wrong)

    assert str(refused.value) == (
        "wrong.csv is not a table of tracts. Found: “ZCTA5,LAT,LON”. Expected the columns "
        "STATEFP, COUNTYFP, TRACTCE, POPULATION, LATITUDE, LONGITUDE. Nothing changed. Get the "
        "file of Centers of Population by tract (CenPop2020_Mean_TR06)."
    )


def test_a_path_that_is_no_file_is_refused(tmp_path):
    for path, code in ((tmp_path / "none.txt", "file-missing"), (tmp_path, "file-no-file")):
        with pytest.raises(FileRefused) as refused:
            load_tracts(path=path)
        assert refused.value.code == code


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("tejido.geography.services.load_tracts.LARGEST_FILE", 1_000_000)
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b"0" * 5_000_000))

    with pytest.raises(FileRefused) as refused:
        load_tracts(path=bomb)

    assert str(refused.value).startswith("bomb.gz holds more than 1 MB. Nothing changed.")


def test_without_counties_load_tracts_says_to_prepare(write):
    Tract.objects.all().delete()
    Town.objects.all().delete()
    County.objects.all().delete()

    with pytest.raises(FileRefused) as refused:
        load_tracts(path=write(ALAMEDA))

    assert refused.value.code == "counties-missing"


def test_the_command_reports_each_bad_row_with_its_remedy(write, settings):
    lines = said(write(ALAMEDA, FRESNO.replace("2100", "=2+2"), NEVADA))

    (report,) = (settings.DATA / "imports").iterdir()
    assert lines == [
        "1 of 1 tracts written",
        "1 tract of California with 3,038 people in tracts.txt: 1 new, 0 changed, 0 as before.",
        "Left out: 1 row of another state.",
        "  row 3: POPULATION “=2+2”. The population must be a whole number from 0 to 1,000,000, "
        "without commas.",
        "  1 × population-unreadable",
        f"1 row was left out. What to do: {report}",
        "Alameda: the file has 1 tract with 3,038 people; the census of 2020 counted 1,682,353.",
    ]
    assert "tracts.txt,3,POPULATION,'=2+2,population-unreadable," in report.read_text("utf-8-sig")


def test_the_command_says_that_a_dry_run_changed_nothing(write):
    assert said(write(ALAMEDA), "--dry-run")[-1] == "This was a dry run: nothing changed."
    assert stored() == []


def test_the_command_names_what_the_file_no_longer_has(write):
    others = [ALAMEDA.replace("400100", f"4002{number:02}") for number in range(11)]
    said(write(ALAMEDA, *others))
    shown = ", ".join(f"060014002{number:02}" for number in range(10))

    assert said(write(ALAMEDA))[1] == (
        f"Not in the file, and kept: 11 tracts ({shown}, …). To remove them, load a file without "
        "problems with --replace."
    )
    assert said(write(ALAMEDA), "--replace")[1] == (
        f"No longer in the file, and removed: 11 tracts ({shown}, …)."
    )


def test_the_command_counts_the_counties_that_do_not_add_up_beyond_ten(write):
    for number in range(3, 25, 2):
        County.objects.create(
            fips=f"060{number:02}" if number != 19 else "06119",
            name=f"County {number}",
            population_2020=1,
            latitude=37.0,
            longitude=-120.0,
        )
    codes = County.objects.order_by("fips").values_list("fips", flat=True)
    rows = [f"06,{code[2:]},000100,7,37.0,-120.0" for code in codes]

    assert said(write(*rows))[-1] == ("4 more counties do not add up. Is this the file of 2020?")


def test_the_command_shows_twenty_bad_rows_and_counts_all(write):
    rows = [f"06,001,{number:06},?,37.8,-122.2" for number in range(25)]

    lines = said(write(*rows))

    assert sum("POPULATION" in line for line in lines) == 20
    assert "  25 × population-unreadable" in lines


@pytest.mark.parametrize(
    "changes",
    [
        {"geoid": "6001400100"},
        {"geoid": "32001400100"},
        {"geoid": "06019400100"},
        {"population": -1},
        {"latitude": 0.0},
    ],
)
def test_table_of_tracts_refuses_what_is_no_tract_of_california(changes):
    values = {"geoid": "06001400100", "population": 1, "latitude": 37.8, "longitude": -122.2}

    with pytest.raises(IntegrityError), transaction.atomic():
        Tract.objects.create(county_id="06001", **values | changes)
