"""`import_table services` without a mapping: what is proposed, asked, kept and used again."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.management import call_command

from tejido.directory.management.proposing import NobodyAnswers, NotAgreed
from tejido.directory.models import Address, SavedMapping, Service
from tejido.directory.queries.public import public_listings
from tejido.directory.reference import load_reference
from tejido.directory.services.mapping_proposals import NoNameColumn
from tejido.directory.services.mappings import mapping_of_text
from tejido.foundation.files import FileRefused
from tejido.foundation.testing import begin_with, quietly

pytestmark = pytest.mark.django_db
NAMES = ["Agency", "Program", "Street", "City", "ZIP", "Phone", "Hours"]
ROWS = [
    ["County", "Harbor", "1 Main Street", "Oakland", 94606, "510-555-0142", "Mon-Fri 9am-5pm"],
    ["County", "Pier", "2 Pier Avenue", "Eureka", 9550, "707-555-0133", "24/7"],
    ["County", "Harbor", "3 Dock Road", "Oakland", 94607, "510-555-0143", date(2026, 9, 5)],
]


@pytest.fixture(autouse=True)
def needs():
    begin_with(quietly(load_reference))


@pytest.fixture
def path(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    book = openpyxl.Workbook()
    for row in (NAMES, *ROWS):
        book.active.append(row)
    book.save(tmp_path / "our list.xlsx")
    return tmp_path / "our list.xlsx"


@pytest.fixture
def answers(monkeypatch):
    def give(*lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return give


def said_by(path, *options):
    heard = io.StringIO()
    call_command("import_table", "services", str(path), *options, stdout=heard)
    return heard.getvalue()


def test_agreeing_to_everything_imports_the_list(path):
    said = said_by(path, "--yes")

    assert "3 services in our list.xlsx: 3 new" in said
    assert "zip-short" in said
    assert "hours-are-date" in said
    listings = {listing.address_lines[0]: listing for listing in public_listings()}
    assert set(listings) == {"1 Main Street", "2 Pier Avenue", "3 Dock Road"}
    harbor = listings["1 Main Street"]
    assert (harbor.organization, harbor.texts[0].name) == ("County", "Harbor")
    assert harbor.phones[0].number == "+15105550142"
    services = Service.objects.values_list("hours_text", flat=True)
    assert sorted(services) == ["", "24/7", "Mon-Fri 9am-5pm"]
    assert Address.objects.get(city="Eureka").postal_code == ""


def test_the_mapping_is_kept_and_used_the_next_time(path, tmp_path):
    said_by(path, "--yes", "--save-mapping", str(tmp_path / "ours.toml"))

    kept = SavedMapping.objects.get(name="our-list")
    assert kept.text == (tmp_path / "ours.toml").read_text()
    assert mapping_of_text(kept.text, name="x", concepts=frozenset()).key == ("Program", "Street")
    for options in (
        ["--yes"],
        ["--mapping", "our-list"],
        ["--mapping", str(tmp_path / "ours.toml")],
    ):
        assert "0 new, 0 changed, 3 as before" in said_by(path, *options)


def test_a_dry_run_keeps_nothing(path):
    assert "nothing changed" in said_by(path, "--yes", "--dry-run")

    assert not Service.objects.exists()
    assert not SavedMapping.objects.exists()


def test_ten_rows_are_shown_as_they_would_look(path):
    said = said_by(path, "--yes", "--dry-run")

    assert "row 2: Harbor" in said
    assert "Street: 1 Main Street, Oakland, CA 94606" in said
    assert "Hours: Mon-Fri 9am-5pm" in said


def test_a_person_changes_what_was_proposed(path, answers):
    answers(
        *("county-list", "Hours = description", "Nothing = name", "Agency =", ""),
        *("Program, Street, Phone", "", "yes"),
    )

    said = said_by(path, "--name", "County list")

    assert "Columns: Agency" in said
    kept = SavedMapping.objects.get(name="county-list").text
    mapped = mapping_of_text(kept, name="x", concepts=frozenset())
    assert mapped.source.name == "County list"
    assert mapped.key == ("Program", "Street", "Phone")
    assert mapped.fields["description"].columns == ("Hours",)
    assert "organization" not in mapped.fields
    assert Service.objects.count() == 3


def test_a_key_that_loses_rows_is_said_before(path, answers):
    answers("", "", "Program", "Program, Street", "", "yes")

    said = said_by(path)

    assert "1 row has the same values" in said
    assert Service.objects.count() == 3


def test_a_no_changes_nothing(path, answers):
    answers("", "", "", "no")

    with pytest.raises(NotAgreed, match="Nothing changed"):
        said_by(path)
    assert not Service.objects.exists()


def test_where_nobody_answers_nothing_changes(path, answers):
    answers()

    with pytest.raises(NobodyAnswers, match="--yes"):
        said_by(path)
    assert not Service.objects.exists()


def test_a_table_without_a_name_is_refused(tmp_path):
    table = tmp_path / "deaths.csv"
    table.write_text("Year,Count\n2025,12\n2026,9\n")

    with pytest.raises(NoNameColumn, match="Year, Count"):
        said_by(table, "--yes")


def test_a_shipped_mapping_reads_the_same_list_as_a_spreadsheet(path, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["name", "address", "city", "st_abbr", "phone", "lat", "lon"])
    book.active.append(["Harbor", "1 A", "Oakland", "CA", "510-555-0142", 37.8, -122.25])
    book.save(tmp_path / "fqhc.xlsx")

    assert "1 new" in said_by(tmp_path / "fqhc.xlsx", "--mapping", "ca-fqhc")


def test_a_table_without_rows_is_refused(tmp_path):
    table = tmp_path / "list.csv"
    table.write_text("Program,Street\n")

    with pytest.raises(FileRefused, match="no rows below its header"):
        said_by(table, "--yes")


def test_a_row_without_a_name_is_its_organization_where_it_is_a_place(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    rows = [
        "Agency,Program,Street,City",
        "Harbor County,,,",
        "Harbor County,,1 Main Street,Oakland",
        "Harbor County,Pier,2 Pier Avenue,Oakland",
        "Dock Inc.,Dock House,3 Dock Road,Oakland",
    ]
    (tmp_path / "list.csv").write_text("\n".join(rows))

    said = said_by(tmp_path / "list.csv", "--yes")

    names = sorted(Service.objects.values_list("name", "organization__name"))
    assert names == [
        ("Dock House", "Dock Inc."),
        ("Harbor County", "Harbor County"),
        ("Pier", "Harbor County"),
    ]
    assert said.count("name-missing") == 1
