"""The hard lines for files, each through every way in: a sentence, nothing half-written, go on.

What stands elsewhere, by line:
    encodings           test_files, test_import_table, test_packages (package-encoding)
    shuffled columns    test_import_table, test_spreadsheets
    lost zeros          test_import_table, test_domain_import_values (read_zip)
    merged cells        test_spreadsheets; formulas there too, in CSV cells test_export_hsds
    one endless line    test_spreadsheets (CSV), here the rest and how much memory
    zip bombs           test_packages, test_spreadsheets; here those that hide
    deep JSON           test_files (one document), test_import_hsds, test_hsds_any_json
    duplicate ids       test_import_hsds, test_import_table, test_packages; here across tables
    orphans             test_packages
    coordinates         test_domain_import_values (each), here that a sentence comes of it
    confidential        tests/test_undisclosed_places.py, every way in
    what is no list     test_files, test_spreadsheets, test_web_imports
"""

import pytest
from django.utils import translation

from tejido.directory.domain.issues import IssueCode
from tejido.directory.models import Act, Location, Service
from tejido.directory.services.import_work import Stopped
from tejido.directory.services.issue_words import WORDS
from tejido.directory.tests.ways_in import (
    AGENCIES,
    AGENCY,
    NAMES,
    SERVICE,
    SERVICES,
    WAYS,
    brought_in,
    codes_of,
    every_way,
    row,
    zip_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


@every_way
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"latitude": "0", "longitude": "0"}, IssueCode.POINT_ZERO),
        ({"latitude": "-122.25", "longitude": "37.8"}, IssueCode.POINT_SWAPPED),
        ({"latitude": "91"}, IssueCode.POINT_OFF_EARTH),
        ({"latitude": "40.7", "longitude": "-74"}, IssueCode.POINT_FAR),
        ({"latitude": "37° N"}, IssueCode.POINT_UNREADABLE),
        ({"postal_code": "2134"}, IssueCode.ZIP_SHORT),
        ({"phone": "ask for Ana"}, IssueCode.PHONE_UNREADABLE),
        ({"name": ""}, IssueCode.NAME_MISSING),
    ],
)
def test_what_is_odd_in_a_row_has_its_sentence_and_the_next_row_comes_in(
    tmp_path, way, changes, code
):
    path = WAYS[way](tmp_path, [row(**{"name": "Odd"} | changes), row(name="Good")])

    result = brought_in(path)

    # A table has its headings in the first row.
    first = 1 if way in ("json", "ndjson") else 2
    assert [(issue.row, issue.code) for issue in result.issues] == [(first, code)]
    assert Service.objects.filter(name="Good").exists()
    with translation.override("es"):
        spanish = str(WORDS[code])
    assert spanish != str(WORDS[code])


@every_way
def test_a_zip_code_keeps_its_zero_and_its_place(tmp_path, way):
    brought_in(WAYS[way](tmp_path, [row(name="East", postal_code="02134"), row(name="West")]))

    codes = dict(Location.objects.values_list("services__service__name", "address__postal_code"))
    assert codes == {"East": "02134", "West": "94606"}


# Ids and rows that lead nowhere.


def test_one_id_for_records_of_two_kinds_gets_the_second_an_id_of_its_own(tmp_path):
    tables = {
        "services.csv": SERVICES.replace(AGENCY, SERVICE),
        "organizations.csv": AGENCIES.replace(AGENCY, SERVICE),
        "locations.csv": f"id,name,location_type\n{SERVICE},Pier,physical\n",
        "service_at_location.csv": f"id,service_id,location_id\n{SERVICE},{SERVICE},{SERVICE}\n",
    }
    path = zip_of(tmp_path / "l.zip", tables)

    first, again = brought_in(path), brought_in(path)

    assert set(codes_of(first)) == {IssueCode.ID_SHARED}
    service = Service.objects.get()
    place = service.places.get()
    ids = {service.pk, service.organization_id, place.pk, place.location_id}
    assert (str(service.pk), len(ids)) == (SERVICE, 4)
    assert again.stored.unchanged == 1


def test_a_row_that_belongs_to_nothing_is_reported_and_the_rest_goes_on(tmp_path):
    tables = {
        "services.csv": SERVICES,
        "organizations.csv": AGENCIES,
        "service_at_location.csv": "id,service_id,location_id\nx,nobody,nowhere\n",
        "schedules.csv": "id,service_id,freq\ns,nobody,WEEKLY\n",
    }

    result = brought_in(zip_of(tmp_path / "l.zip", tables))

    said = sorted((issue.field, issue.value, issue.code) for issue in result.issues)
    assert said == [
        ("schedules.service_id", "nobody", IssueCode.ORPHAN),
        ("service_at_location.service_id", "nobody", IssueCode.ORPHAN),
    ]
    assert result.read == 1


# Letters and marks.


def test_lines_in_two_encodings_are_each_read_as_what_they_are(tmp_path):
    path = tmp_path / "l.csv"
    lines = [",".join(NAMES), ",".join(row(name="Clínica"))]
    path.write_bytes(
        "\n".join(lines).encode() + b"\n" + ",".join(row(name="Peña")).encode("cp1252")
    )

    result = brought_in(path)

    assert set(Service.objects.values_list("name", flat=True)) == {"Clínica", "Peña"}
    assert "save the file as UTF-8" in result.notes[0]


@pytest.mark.parametrize("way", ["json", "ndjson", "folder", "zip", "csv"])
def test_a_nul_mark_in_a_text_is_reported(tmp_path, way):
    result = brought_in(
        WAYS[way](tmp_path, [*(row(name=f"{n}") for n in range(80)), row(name="Har\0bor")])
    )

    assert Service.objects.filter(name="Harbor").exists()
    assert IssueCode.VALUE_UNSTORABLE in codes_of(result)


def test_what_lies_too_deep_in_a_cell_stays_the_text_that_it_was(tmp_path):
    deep = '{""a"": ' + "[" * 60 + "]" * 60 + "}"
    services = SERVICES.replace("status\n", "status,other_fields\n")
    services = services.replace("active\n", f'active,"{deep}"\n')
    path = zip_of(tmp_path / "l.zip", {"services.csv": services, "organizations.csv": AGENCIES})

    brought_in(path)

    assert Service.objects.get().extra["other_fields"] == deep.replace('""', '"')


@every_way
def test_an_import_ends_at_the_row_at_which_it_is_stopped(tmp_path, way):
    met = []

    def heed():
        met.append("row")
        if len(met) == 3:
            raise Stopped("stopped", "")

    with pytest.raises(Stopped):
        brought_in(WAYS[way](tmp_path, [row(name=f"{n}") for n in range(9)]), heed=heed)

    assert len(met) == 3
    assert not Act.objects.exists()
