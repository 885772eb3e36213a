"""What leaves: everybody's export holds what everybody may see, the whole one loses nothing."""

import json
import stat
from dataclasses import asdict, replace
from datetime import date
from io import StringIO

import jsonschema
import pytest
from django.core.management import call_command
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tejido.directory.demo import plant
from tejido.directory.domain.drafts import AddressDraft, CarriedDraft, TextIn
from tejido.directory.domain.schedule import DatedException
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.vocabulary import Fact, Mode, Precision, Tier, Visibility
from tejido.directory.models import Source
from tejido.directory.queries.public import public_listings
from tejido.directory.services.concepts import load_concepts
from tejido.directory.services.export_hsds import FolderRefused, export_hsds
from tejido.directory.services.import_tabular import package_records
from tejido.directory.services.importing import new_reading
from tejido.directory.services.packages import exported_source, open_package
from tejido.directory.testing import (
    NOON,
    a_location,
    a_phone,
    a_place,
    a_rule,
    a_service,
    a_source,
    stored,
)
from tejido.directory.tests.exports import cleared, exported, lines_in, table_in
from tejido.directory.tests.test_round_trip import everything, imported
from tejido.foundation.testing import begin_with

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def validator(folder, name):
    registry = Registry()
    for path in folder.glob("*.json"):
        if path.name != "openapi.json":
            resource = Resource.from_contents(
                json.loads(path.read_text()) | {"$id": path.name},
                default_specification=DRAFT202012,
            )
            registry = registry.with_resource(path.name, resource)
    return jsonschema.Draft202012Validator({"$ref": name}, registry=registry)


def the_rich_service():
    """Return a service that says everything that a draft can say."""
    location = a_location(
        "Rich",
        landmark="the blue van",
        transportation="Bus 1",
        precision=Precision.APPROXIMATE,
        timezone="America/Denver",
        facts={Fact.WHEELCHAIR: True},
        phones=(a_phone("van", extension="12", languages=("es",)),),
        languages=("es", "tl"),
        exceptions=(DatedException(date(2026, 12, 24), date(2026, 12, 26), reason="Holidays"),),
        hours_text="Most days",
        translations={"landmark": (TextIn("es", "la camioneta azul"),)},
    )
    return a_service(
        "Rich",
        description="Clean words.\nTwo lines.",
        tier=Tier.CORE,
        mode=Mode.MOBILE,
        url="https://example.org/",
        email="desk@example.org",
        before_you_go="Bring nothing",
        needs=("naloxone", "syringes"),
        keywords=("van", "outreach"),
        languages=("en",),
        facts={Fact.NO_ID: True, Fact.FREE: False},
        phones=(a_phone(description="=SUM(1)"),),
        rules=(a_rule("MO", "WE"),),
        hours_text="Mondays",
        places=(a_place("Rich", location=location, description="At the van"),),
        reach=("06001", "06013"),
        confirmed_on=date(2026, 10, 1),
        translations={"name": (TextIn("es", "Naloxona"),)},
        extra={"alternate_name": "R"},
    )


@pytest.mark.parametrize("form", ["services.ndjson", ""])
def test_what_tejido_knows_beyond_hsds_comes_back(tmp_path, form):
    begin_with(load_concepts)
    source = a_source(is_invented=True)
    stored(the_rich_service(), a_service("Mail", places=(), mode=Mode.MAIL), source=source)
    before = list(public_listings())
    exported(tmp_path / "out")
    whole = everything()
    cleared()

    result = imported(tmp_path / "out/county-list" / form, source=source)

    assert [issue.code for issue in result.issues] == []
    for found, expected in zip(public_listings(), before, strict=True):
        for name, value in asdict(expected).items():
            assert (name, asdict(found)[name]) == (name, value)
    assert everything() == whole


@pytest.mark.parametrize("form", ["services.ndjson", ""])
def test_the_demonstration_network_comes_back_whole(tmp_path, form):
    begin_with(load_concepts)
    plant(report=lambda _: None, at=NOON)
    before = sorted(map(repr, public_listings()))
    exported(tmp_path / "out")
    stored_source = Source.objects.get()
    source = SourceIn(
        stored_source.key,
        stored_source.name,
        published_on=stored_source.published_on,
        is_invented=True,
    )
    cleared()

    result = imported(tmp_path / "out/demonstration" / form, source=source)

    assert [issue.code for issue in result.issues] == []
    assert sorted(map(repr, public_listings())) == before
    assert len(before) > 90


def canaries():
    """Return services in which everything that is not for everybody is a canary."""
    secret = {"name": "CANARY", "email": "CANARY@example.org", "title": "CANARY"}
    hidden = a_location(
        "CANARY hidden",
        visibility=Visibility.WITHOUT_PLACE,
        landmark="CANARY",
        transportation="CANARY",
        extra={"CANARY": "CANARY"},
        own_words={"name": {"read": "", "said": "CANARY"}},
    )
    hidden_address = AddressDraft("CANARY Street", "Oakland", "CA", "94606")

    carried = (CarriedDraft("contacts", 0, secret), CarriedDraft("metadata", 0, secret))
    return (
        a_service(
            "Hidden",
            email="CANARY@example.org",
            carried=carried,
            extra={"assurer_email": "CANARY@example.org"},
            own_words={"description": {"read": "", "said": "CANARY"}},
            places=(
                a_place(
                    "hidden",
                    location=replace(hidden, address=hidden_address, carried=carried),
                    description="CANARY",
                    carried=carried,
                ),
            ),
        ),
        a_service(
            "Partners",
            description="CANARY",
            places=(
                a_place("partners", location=a_location("CANARY", visibility=Visibility.PARTNERS)),
            ),
        ),
    )


def test_the_public_export_holds_no_contact_no_hidden_place_and_no_partners_only(tmp_path):
    stored(*canaries())

    exported(tmp_path / "public", whole=False)
    exported(tmp_path / "whole")

    public = "".join(path.read_text() for path in (tmp_path / "public").iterdir())
    assert "Hidden" in public
    assert "CANARY" not in public
    assert "37.8" not in public
    assert "CANARY Street" in (tmp_path / "whole/county-list/addresses.csv").read_text()


def test_the_whole_export_is_for_its_owner_alone(tmp_path):
    stored(a_service())

    exported(tmp_path / "whole")

    for path in ((tmp_path / "whole"), (tmp_path / "whole/county-list")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


DANGEROUS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", "'=1")


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_is_made_harmless_in_public_and_is_exact_in_the_whole_export(tmp_path, text):
    stored(a_service(name=f"{text} name", places=()))

    exported(tmp_path / "public", whole=False)
    exported(tmp_path / "whole")

    (public,) = table_in(tmp_path / "public/services.csv")
    (whole,) = table_in(tmp_path / "whole/county-list/services.csv")
    assert public["name"] == f"'{text} name"
    assert whole["name"] == f"{text} name"
    package = open_package(tmp_path / "public")
    ((_, known),) = package_records(package, new_reading("x", TODAY))
    assert known.value["name"] == f"{text} name"


def test_a_negative_number_is_no_formula(tmp_path):
    stored(a_service())

    exported(tmp_path / "public", whole=False)

    (row,) = table_in(tmp_path / "public/locations.csv")
    assert row["longitude"] == "-122.25"


def test_an_export_writes_into_no_folder_that_holds_something(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/note").write_text("mine")

    with pytest.raises(FolderRefused):
        exported(tmp_path / "full")

    assert [path.name for path in tmp_path.rglob("*")] == ["full", "note"]


def test_an_export_that_breaks_off_leaves_nothing(tmp_path, monkeypatch):
    stored(a_service())

    def stop(_):
        raise RuntimeError

    monkeypatch.setattr("tejido.directory.services.export_hsds.SAID_EVERY", 1)
    with pytest.raises(RuntimeError):
        export_hsds(folder=tmp_path / "out", whole=True, at=NOON, report=stop)

    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_wrote_and_warns(tmp_path, capsys):
    stored(a_service())

    call_command("export_hsds", str(tmp_path / "out"), "--whole")

    said = capsys.readouterr().out
    assert f"1 record in {tmp_path / 'out/county-list/services.ndjson'}" in said
    assert "Keep it where you keep what is confidential." in said


@pytest.mark.shared
@pytest.mark.parametrize("whole", [True, False])
def test_exports_of_ours_validate_against_the_official_schemas(tmp_path, shared_hsds, whole):
    begin_with(load_concepts)
    plant(report=lambda _: None, at=NOON)
    stored(the_rich_service())

    exported(tmp_path / "out", whole=whole)

    check = validator(shared_hsds / "v3.1/schema", "service.json")
    records = [r for path in (tmp_path / "out").rglob("services.ndjson") for r in lines_in(path)]
    assert len(records) > 50
    assert [error.message for record in records for error in check.iter_errors(record)] == []


def test_an_export_names_its_source_for_the_command_that_brings_it_back(tmp_path):
    source = a_source(name="The =list", url="https://example.org/", licence="Free")
    stored(a_service(), source=source)
    exported(tmp_path / "out")
    cleared()

    call_command("import_hsds", str(tmp_path / "out/county-list"), stdout=StringIO())

    (found,) = Source.objects.values_list("key", "name", "url", "licence", "published_on")
    assert found == (source.key, source.name, source.url, source.licence, source.published_on)


@pytest.mark.parametrize(
    "said", [7, {}, {"key": "../x"}, {"key": "x", "published_on": "soon", "url": "javascript:x"}]
)
def test_a_description_that_lies_about_its_source_breaks_nothing(tmp_path, said):
    stored(a_service())
    exported(tmp_path / "out")
    path = tmp_path / "out/county-list/datapackage.json"
    path.write_text(json.dumps({"tejido": {"source": said}}))

    found = exported_source(path.parent)

    assert found in (None, SourceIn(key="x", name="x"))
