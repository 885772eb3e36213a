"""`import_table services` on tables in a folder."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.models import Address, Service, Source
from tejido.directory.queries.public import public_listings
from tejido.directory.reference import load_reference
from tejido.directory.services.import_table import TableRefused, import_services
from tejido.directory.services.mappings import (
    MappingRefused,
    mapping_by_name,
    shipped_mappings,
)
from tejido.directory.testing import LATER, NOON
from tejido.foundation.files import FileRefused
from tejido.foundation.testing import begin_with, examples, quietly

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
CONCEPTS = frozenset({"methadone", "treatment", "mental-health", "primary-care", "naloxone"})
MAPPING = """
[source]
key = "county"
name = "County list"
published_on = 2021-01-01
[columns]
name = { columns = ["Program", "Part"], join = " / " }
organization = "Program"
address_1 = "Street"
city = "City"
postal_code = "ZIP"
zip4 = "Plus4"
county = "County"
phone = ["Phone", "Other phone"]
url = "Web"
latitude = "Lat"
longitude = "Lon"
[row]
key = ["Program", "Part", "Street"]
optional = ["Part", "Plus4", "County", "Other phone", "Web"]
[constants]
needs = ["naloxone"]
tier = "core"
languages = ["es"]
"""
HEADER = "Program,Street,City,ZIP,Phone,Lat,Lon"
ROW = "Harbor,1 Main Street,Oakland,94606,510-555-0142,37.8,-122.25"


@pytest.fixture(autouse=True)
def needs():
    begin_with(quietly(load_reference))


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "county.toml"
    path.write_text(MAPPING)
    return path


@pytest.fixture
def table(tmp_path):
    def write(*lines, encoding="utf-8"):
        path = tmp_path / "list.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return write


def imported(path, mapping, **options):
    chosen = {"at": NOON, "today": TODAY} | options
    return import_services(path=path, mapping=str(mapping), **chosen)


def test_a_row_becomes_a_listing(table, mapping):
    imported(table(HEADER, ROW), mapping)

    (listing,) = public_listings()
    assert (listing.organization, listing.texts[0].name) == ("Harbor", "Harbor")
    assert listing.address_lines == ("1 Main Street", "Oakland, CA 94606")
    assert (listing.needs, listing.tier, listing.languages) == (("naloxone",), Tier.CORE, ("es",))
    assert (listing.point.latitude, listing.phones[0].number) == (37.8, "+15105550142")
    assert (listing.hours_known, listing.confirmed_on) == (False, date(2021, 1, 1))
    assert listing.source == "County list"


def test_columns_may_stand_in_any_order_and_any_case(table, mapping):
    imported(table(HEADER, ROW), mapping)
    shuffled = table(
        "LON, lat ,phone,zip,CITY,street,PROGRAM",
        "-122.25,37.8,510-555-0142,94606,Oakland,1 Main Street,Harbor",
    )

    again = imported(shuffled, mapping, at=LATER)

    assert (again.stored.created, again.stored.updated, again.stored.unchanged) == (0, 0, 1)


def test_missing_columns_are_named_with_what_was_found(table, mapping):
    path = table("Program,Street,Town", "Harbor,1 Main Street,Oakland")

    with pytest.raises(TableRefused) as refusal:
        imported(path, mapping)

    assert "has no column City, ZIP, Phone, Lat, Lon." in str(refusal.value)
    assert "It has: Program, Street, Town." in str(refusal.value)
    assert Service.objects.count() == 0


def test_a_column_that_stands_twice_is_refused(table, mapping):
    with pytest.raises(TableRefused, match="has the column City more than once"):
        imported(table(HEADER + ",City", ROW + ",Fresno"), mapping)


def test_zip_codes_stay_text_and_a_lost_zero_is_never_guessed(table, mapping):
    header = "Program,Street,City,ZIP,Plus4,Phone,Lat,Lon"
    result = imported(
        table(
            header,
            "One,1 Main Street,Boston,02134,0012,,,",
            "Two,2 Main Street,Boston,2134,,,,",
        ),
        mapping,
    )

    assert sorted(Address.objects.values_list("postal_code", flat=True)) == ["", "02134-0012"]
    assert [(i.row, i.value, i.code) for i in result.issues] == [(3, "2134", IssueCode.ZIP_SHORT)]


def test_names_are_joined_where_both_parts_are_there(table, mapping):
    header = "Program,Part,Street,City,ZIP,Phone,Lat,Lon"
    imported(
        table(header, "Harbor,North,1 A,Oakland,94606,,,", "Harbor,,2 B,Oakland,94606,,,"), mapping
    )

    assert sorted(Service.objects.values_list("name", flat=True)) == ["Harbor", "Harbor / North"]
    assert {s.organization.name for s in Service.objects.all()} == {"Harbor"}


def test_two_numbers_of_one_program_are_both_kept_once(table, mapping):
    header = "Program,Street,City,ZIP,Phone,Other phone,Lat,Lon"
    row = "Harbor,1 Main Street,Oakland,94606,510-555-0142,(510) 555 0142,37.8,-122.25"
    imported(table(header, row), mapping)

    (listing,) = public_listings()
    assert len(listing.phones) == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ROW, IssueCode.ROW_REPEATED),
        (ROW.replace("37.8", "37.9"), IssueCode.KEY_REPEATED),
        (ROW + ",more", IssueCode.ROW_TOO_LONG),
        ("Harbor,2 Main", IssueCode.ROW_TOO_LONG),
        (",2 Main Street,Oakland,94606,,,", IssueCode.NAME_MISSING),
    ],
)
def test_a_row_that_cannot_be_taken_is_reported_and_the_rest_goes_on(table, mapping, row, code):
    result = imported(table(HEADER, ROW, row, ROW.replace("Harbor", "Other")), mapping)

    assert Service.objects.count() == 2
    assert [(i.row, i.code) for i in result.issues] == [(3, code)]
    assert result.read + len(result.issues) == 3


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("37.8,-122.25", "0,0", IssueCode.POINT_ZERO),
        ("37.8,-122.25", "-122.25,37.8", IssueCode.POINT_SWAPPED),
        ("37.8,-122.25", "37.8,122.25", IssueCode.POINT_EAST),
        ("37.8,-122.25", "137.8,-222.25", IssueCode.POINT_OFF_EARTH),
        ("510-555-0142", "ask inside", IssueCode.PHONE_UNREADABLE),
        ("94606", "ninety", IssueCode.ZIP_UNREADABLE),
        ("1 Main Street", "Confidential", IssueCode.PLACE_CONFIDENTIAL),
    ],
)
def test_an_odd_field_is_reported_and_the_row_is_kept(table, mapping, old, new, code):
    result = imported(table(HEADER, ROW.replace(old, new)), mapping)

    assert Service.objects.count() == 1
    assert [i.code for i in result.issues] == [code]


def test_a_second_row_with_an_id_is_told_so_and_without_ids_by_the_columns_that_name_it(
    table, mapping
):
    with_ids = MAPPING.replace('key = ["Program", "Part", "Street"]', 'key = ["Site ID"]')
    mapping.write_text(with_ids)
    ids = imported(table(f"Site ID,{HEADER}", f"7,{ROW}", f"7,{ROW}0"), mapping)
    mapping.write_text(MAPPING)
    columns = imported(table(HEADER, ROW, f"{ROW}0"), mapping)

    assert [(i.field, i.value, i.code) for i in (*ids.issues, *columns.issues)] == [
        ("Site ID", "7", IssueCode.ID_REPEATED),
        ("Program, Part, Street", "Harbor, 1 Main Street", IssueCode.KEY_REPEATED),
    ]


def test_a_column_of_which_nothing_can_be_read_is_said_once(table, mapping):
    rows = [ROW.replace("Harbor", f"Pier {n}").replace("510-555-0142", "9-5") for n in range(3)]

    few = imported(table(HEADER, *rows[:2]), mapping)
    many = imported(table(HEADER, *rows), mapping)
    mixed = imported(table(HEADER, *rows, ROW), mapping)

    unread = IssueCode.PHONE_UNREADABLE
    assert [(i.row, i.field, i.code) for i in few.issues] == [
        *((2, "Phone", unread), (3, "Phone", unread)),
    ]
    assert [(i.row, i.field, i.value, i.code) for i in many.issues] == [
        (0, "phone", "Phone, Other phone × 3", IssueCode.FIELD_EMPTIED)
    ]
    assert [(i.row, i.code) for i in mixed.issues] == [(2, unread), (3, unread), (4, unread)]


def test_programs_at_one_point_are_all_kept(table, mapping):
    imported(table(HEADER, ROW, ROW.replace("Harbor", "Beacon")), mapping)

    assert len(list(public_listings())) == 2


def test_windows_1252_is_read_with_a_note(table, mapping):
    path = table(HEADER, ROW.replace("Harbor", "La Clínica"), encoding="cp1252")

    result = imported(path, mapping)

    assert Service.objects.get().name == "La Clínica"
    assert result.notes == ("The file was read as Windows-1252.",)


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_marks_between_fields_are_seen(table, mapping, mark):
    imported(table(HEADER.replace(",", mark), ROW.replace(",", mark)), mapping)

    assert Service.objects.count() == 1


def test_an_open_quotation_mark_changes_nothing(table, mapping):
    path = table(HEADER, ROW, '"Harbor,2 Main Street,Oakland', ROW)

    with pytest.raises(FileRefused, match="a quotation mark may be missing"):
        imported(path, mapping)

    assert Service.objects.count() == 0


def test_columns_that_nobody_mapped_survive(table, mapping):
    imported(table(HEADER + ",Beds,Contact email", ROW + ",12,canary@example.org"), mapping)

    assert Service.objects.get().extra == {"beds": "12"}


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=40), max_size=5))
def test_any_lines_below_the_header_end_in_listings_issues_or_a_refusal(table, mapping, lines):
    try:
        result = imported(table(HEADER, ROW, *lines), mapping)
    except FileRefused:
        return

    assert result.read >= 1
    list(public_listings())


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[columns]", "[columns", "it is not TOML"),
        ('name = { columns = ["Program", "Part"], join = " / " }', "", "it needs columns.name"),
        ('key = ["Program", "Part", "Street"]', "", "it needs columns.name and row.key"),
        ('key = "county"', "", "it needs source.key"),
        ('city = "City"', 'town = "City"', "town means nothing here"),
        ('city = "City"', "city = 7", "columns.city must name columns"),
        ('tier = "core"', 'tier = "best"', "constants.tier must be one of: core, context"),
        ('needs = ["naloxone"]', 'needs = ["narcan"]', "there is no need called narcan"),
        ('needs = ["naloxone"]', 'needs = "naloxone"', "constants.needs must be a list"),
        ("published_on = 2021-01-01", 'published_on = "2021"', "must be a date"),
        ("[constants]", "[other]\n[constants]", "other means nothing here"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(tmp_path, old, new, says):
    path = tmp_path / "county.toml"
    path.write_text(MAPPING.replace(old, new))

    with pytest.raises(MappingRefused, match=says):
        mapping_by_name(str(path), concepts=CONCEPTS)


def test_a_mapping_that_is_not_there_names_those_that_are():
    with pytest.raises(MappingRefused, match=r"ca-fqhc, ca-mental-health"):
        mapping_by_name("nowhere", concepts=CONCEPTS)


def test_each_shipped_mapping_can_be_used():
    assert shipped_mappings() == [
        "ca-fqhc",
        "ca-mental-health",
        "ca-opioid-treatment-programs",
        "ca-sud-treatment",
    ]
    for name in shipped_mappings():
        mapped = mapping_by_name(name, concepts=CONCEPTS)
        assert mapped.source.key == name
        assert mapped.tier is Tier.CONTEXT
        assert mapped.source.published_on <= date(2021, 1, 1)


def test_the_command_imports_and_says_what_came_of_it(table, mapping):
    said = StringIO()

    call_command(
        "import_table", "services", str(table(HEADER, ROW)), mapping=str(mapping), stdout=said
    )

    assert "1 service in list.csv: 1 new, 0 changed, 0 as before." in said.getvalue()
    assert "Nothing in the file was odd." in said.getvalue()


def test_what_the_command_line_says_of_a_source_stands_before_its_mapping(table, mapping):
    said = ("import_table", "services", str(table(HEADER, ROW)), "--mapping", str(mapping))

    call_command(*said, "--published", "2021-06-01", "--licence", "Ask us", stdout=StringIO())

    source = Source.objects.get()
    assert (source.key, source.name, source.licence) == ("county", "County list", "Ask us")
    assert source.published_on == date(2021, 6, 1)
    assert Service.objects.get().provenance["*"]["on"] == "2021-06-01"
