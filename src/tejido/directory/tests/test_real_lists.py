"""The real lists of California, and the official HSDS examples, as they are."""

from datetime import date

import pytest
from django.core.management import call_command

from tejido.directory.domain.issues import IssueCode
from tejido.directory.models import (
    Location,
    Organization,
    Record,
    Schedule,
    Service,
    ServiceAtLocation,
)
from tejido.directory.queries.public import public_listings
from tejido.directory.reference import load_reference
from tejido.directory.services.files import read_json_file
from tejido.directory.services.import_hsds import NoServices, import_hsds
from tejido.directory.services.import_table import import_services
from tejido.directory.testing import LATER, NOON, a_source
from tejido.directory.tests.exports import cleared
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.reference import load_reference as load_geography

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
TODAY = date(2026, 11, 20)
REPEATED = (IssueCode.ROW_REPEATED,)
LISTS = [
    ("ca-fqhc", "ca_fqhc.csv", 2076, 3, ("primary-care",)),
    ("ca-mental-health", "ca_mental_health.csv", 824, 0, ("mental-health",)),
    ("ca-sud-treatment", "ca_sud_treatment.csv", 1368, 1, ("treatment",)),
    (
        "ca-opioid-treatment-programs",
        "ca_opioid_treatment_programs.csv",
        164,
        0,
        ("methadone", "treatment"),
    ),
]
# Example files that hold no service; what they hold is kept all the same.
WITHOUT_SERVICES = {
    *("location", "organization_list"),
    *("taxonomy", "taxonomy_list", "taxonomy_term", "taxonomy_term_list"),
}


@pytest.fixture(autouse=True)
def reference():
    load_geography(lambda _: None)
    begin_with(quietly(load_reference))


def as_before(result):
    return (result.stored.created, result.stored.updated, result.stored.unchanged)


@pytest.mark.parametrize(("mapping", "file", "rows", "repeated", "needs"), LISTS)
def test_a_list_goes_in_whole_and_a_second_time_changes_nothing(
    shared_data, mapping, file, rows, repeated, needs
):
    path = shared_data / "services" / file

    first = import_services(path=path, mapping=mapping, at=NOON, today=TODAY)
    second = import_services(path=path, mapping=mapping, at=LATER, today=TODAY)

    left_out = [issue for issue in first.issues if issue.code in REPEATED]
    assert as_before(first) == (rows - repeated, 0, 0)
    assert first.read + len(left_out) == rows
    assert as_before(second) == (0, 0, rows - repeated)
    assert Service.objects.filter(updated_at=LATER).count() == 0
    listings = list(public_listings())
    assert len(listings) == rows - repeated
    assert {listing.needs for listing in listings} == {needs}
    assert {listing.hours_known for listing in listings} == {False}
    assert all(listing.point and listing.confirmed_on < TODAY for listing in listings)


def test_a_name_that_sounds_confidential_keeps_its_place(shared_data):
    path = shared_data / "services" / "ca_sud_treatment.csv"
    import_services(path=path, mapping="ca-sud-treatment", at=NOON, today=TODAY)

    location = Location.objects.get(services__service__name="Confidential Recovery")

    assert location.visibility == "public"
    assert location.address.address_1 == "7071 Consolidated Way"


def test_the_san_mateo_directory_goes_in_whole(shared_data):
    path = shared_data / "services" / "san_mateo_2013_hsds31.ndjson"

    first = import_hsds(path=path, source=a_source("smc"), at=NOON, today=TODAY)
    second = import_hsds(path=path, source=a_source("smc"), at=LATER, today=TODAY)

    assert as_before(first) == (1695, 0, 0)
    assert as_before(second) == (0, 0, 1695)
    assert {issue.code for issue in first.issues} == {
        IssueCode.LANGUAGE_UNKNOWN,
        IssueCode.AREA_UNKNOWN,
        IssueCode.COPIES_DIFFER,
        IssueCode.POINT_FAR,
    }
    assert ServiceAtLocation.objects.count() == 1695
    assert Location.objects.count() == 1693
    with_rules = Schedule.objects.filter(is_exception=False).values("service_at_location")
    assert with_rules.distinct().count() == 525
    listings = list(public_listings())
    assert len(listings) == 1695
    assert sum(listing.hours_known for listing in listings) == 525
    assert {listing.confirmed_on.year for listing in listings} == {2013, 2014}


@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
def test_every_official_example_is_imported_whole(shared_hsds, version):
    files = sorted((shared_hsds / version / "examples").glob("*.json"))
    assert len(files) == 13

    for path in files:
        if path.stem == "base":
            continue
        cleared()
        source = a_source(f"example-{path.stem.replace('_', '-')}")
        result = import_hsds(path=path, source=source, at=NOON, today=TODAY)
        assert result.stored.created == (path.stem not in WITHOUT_SERVICES), path
        kept = (Organization, Location, Record)
        assert any(model.objects.exists() for model in kept), path


@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
def test_the_official_greeting_of_an_api_holds_nothing_to_import(shared_hsds, version):
    path = shared_hsds / version / "examples" / "base.json"

    with pytest.raises(NoServices, match="it holds: base"):
        import_hsds(path=path, source=a_source("example-base"), at=NOON, today=TODAY)


@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
def test_the_official_full_service_shows_no_contact_and_no_wrong_hours(shared_hsds, version):
    path = shared_hsds / version / "examples" / "service_full.json"
    assert "Ann Persona" in path.read_text()

    import_hsds(path=path, source=a_source("example"), at=NOON, today=TODAY)

    (listing,) = public_listings()
    assert listing.texts[0].name == "Community Counselling"
    assert listing.languages == ("ur",)
    assert listing.phones[0].number == "+441234234567"
    assert listing.hours_known is False
    assert "Persona" not in repr(listing)
    assert "@" not in repr(listing)


def test_a_second_import_of_an_official_example_changes_nothing(shared_hsds):
    path = shared_hsds / "v3.1" / "examples" / "organization_full.json"
    import_hsds(path=path, source=a_source("example"), at=NOON, today=TODAY)

    again = import_hsds(path=path, source=a_source("example"), at=LATER, today=TODAY)

    assert as_before(again) == (0, 0, 1)


def test_the_files_are_what_they_claim(shared_data):
    assert read_json_file(shared_data / "services" / "san_mateo_2013_hsds31.ndjson").lines


def test_the_commands_run_on_the_real_files(shared_data, capsys):
    folder = shared_data / "services"
    call_command("import_hsds", str(folder / "san_mateo_2013_hsds31.ndjson"), "--dry-run")
    call_command(
        "import_table",
        "services",
        str(folder / "ca_opioid_treatment_programs.csv"),
        "--mapping",
        "ca-opioid-treatment-programs",
    )

    said = capsys.readouterr().out
    assert "1,695 services in san_mateo_2013_hsds31.ndjson: 1,695 new" in said
    assert "164 services in ca_opioid_treatment_programs.csv: 164 new" in said
