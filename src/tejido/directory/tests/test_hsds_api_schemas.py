"""Every answer of the HSDS API fits the official schemas of 3.1, and of 3.0, object by object."""

import json

import pytest
from django.test import Client

from tejido.directory.demo import plant
from tejido.directory.domain.hsds.objects import profile_schema
from tejido.directory.domain.hsds.tabular import TABLES
from tejido.directory.domain.source import SourceIn
from tejido.directory.queries.public import public_listings
from tejido.directory.services.concepts import load_concepts
from tejido.directory.testing import NOON, a_source, stored
from tejido.directory.tests.asking_hsds import (
    ROOT,
    ask,
    built,
    contents,
    lines,
    made_once,
    quiet,
    unhurried,
)
from tejido.directory.tests.exports import cleared
from tejido.directory.tests.test_export_hsds import the_rich_service, validator
from tejido.directory.tests.test_round_trip import imported
from tejido.foundation.testing import begin_with

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
PATHS = {
    "/services": "service",
    "/service_at_locations": "service_at_location",
    "/organizations": "organization",
    "/taxonomies": "taxonomy",
    "/taxonomy_terms": "taxonomy_term",
}


__all__ = ["unhurried"]


@pytest.fixture
def filled(shared_hsds):
    """Build from the demonstration, a service that says everything, and the official examples."""
    made_once("official", lambda: fill(shared_hsds))


def fill(folder):
    begin_with(load_concepts)
    plant(report=quiet, at=NOON)
    stored(the_rich_service(), source=a_source("rich"))
    for version in ("v3.0", "v3.1"):
        name, examples = version.replace(".", "-"), folder / version / "examples"
        source = SourceIn(f"official-{name}", "Official example")
        imported(examples / "service_full.json", source=source)
        imported(examples / "csv", source=SourceIn(f"t-{name}", "Tables"))
    built()


def problems(check, records):
    return {
        (error.json_path, error.message) for each in records for error in check.iter_errors(each)
    }


@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
def test_each_record_of_each_list_fits_its_official_schema(shared_hsds, filled, version):
    for path, name in PATHS.items():
        check = validator(shared_hsds / version / "schema", f"{name}.json")
        shapes = [{}, {"full": "true"}] if "tax" not in path else [{}]
        shapes += [{"full_service": "true"}] if name == "organization" else []
        for shape in shapes:
            records = contents(path, per_page=1000, **shape)

            assert (path, shape, problems(check, records)) == (path, shape, set())
            assert len(records) > 1


@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
def test_each_record_by_its_id_fits_its_official_schema(shared_hsds, filled, version):
    for path, name in PATHS.items():
        check = validator(shared_hsds / version / "schema", f"{name}.json")
        keys = [each["id"] for each in contents(path, per_page=1000)][:10]
        records = [ask(f"{path}/{key}").json() for key in keys]

        assert (path, problems(check, records)) == (path, set())
        assert [each["id"] for each in records] == keys


def test_each_line_of_a_stream_fits_its_official_schema(shared_hsds, filled):
    check = validator(shared_hsds / "v3.1/schema", "service.json")

    records = lines(ask("/services", format="ndjson", full="true"))

    assert problems(check, records) == set()
    assert len(records) == ask("/services").json()["total_items"]


def test_what_is_nested_fits_too(shared_hsds, filled):
    """The service of a place and the services of an organization, which HSDS has no schema for."""
    check = validator(shared_hsds / "v3.1/schema", "service.json")
    places = contents("/service_at_locations", per_page=1000, full="true")
    organizations = contents("/organizations", per_page=1000, full_service="true")
    nested = [place["service"] for place in places]
    nested += [service for each in organizations for service in each["services"]]

    assert problems(check, nested) == set()
    assert len(nested) > 150


def test_our_merged_schemas_take_what_the_official_ones_take(tmp_path, filled):
    """They come from the API as anybody gets them, and refer to each other."""
    for name in TABLES:
        answer = ask(f"/schema/{name}.json")
        (tmp_path / f"{name}.json").write_bytes(answer.content)
        assert answer.json() == profile_schema(name)

    for path, name in PATHS.items():
        shape = {} if "tax" in path else {"full": "true"}
        check = validator(tmp_path, f"{name}.json")
        assert problems(check, contents(path, per_page=1000, **shape)) == set()


def test_a_page_has_the_envelope_of_the_official_examples(shared_hsds, filled):
    for path, name in PATHS.items():
        example = json.loads((shared_hsds / f"v3.1/examples/{name}_list.json").read_text())
        page = Client().get(f"{ROOT}{path}?per_page=1").json()

        assert list(page) == list(example)
        assert {key: type(value) for key, value in page.items()} == {
            key: type(value) for key, value in example.items()
        }


def test_what_the_api_sends_is_read_again_by_our_own_importer(tmp_path):
    """Needs are terms of our list there, and needs again here."""
    begin_with(load_concepts)
    stored(the_rich_service(), source=a_source("rich"))
    (before,) = built()
    path = tmp_path / "services.ndjson"
    path.write_bytes(ask("/services", format="ndjson", full="true").getvalue())
    cleared()

    imported(path, source=a_source("again"))

    (after,) = public_listings()
    for name in ("needs", "keywords", "facts", "languages", "rules", "exceptions", "tier", "mode"):
        assert (name, getattr(after, name)) == (name, getattr(before, name))
    assert before.needs == ("naloxone", "syringes")
