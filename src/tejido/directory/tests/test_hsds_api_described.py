"""The description of the HSDS API, and the traps in the official one."""

import json
import re

import pytest
from django.conf import settings

from tejido.directory.testing import a_feed
from tejido.directory.tests.asking_hsds import (
    ask,
    unhurried,
)

pytestmark = pytest.mark.django_db
__all__ = ["unhurried"]
LISTS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")


def description():
    return ask("/schema/openapi.json").json()


def operations():
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_every_operation_has_an_id_of_its_own():
    """Five stand twice in the official description."""
    a_feed(settings.SNAPSHOTS, [])
    named = [operation["operationId"] for _, _, operation in operations()]

    assert len(set(named)) == len(named)


def test_a_place_is_promised_where_a_place_is_sent():
    """The official description promises a service there."""
    a_feed(settings.SNAPSHOTS, [])
    answer = description()["paths"]["/service_at_locations/{id}"]["get"]["responses"]["200"]

    schema = answer["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/hsds_service_at_location"}


def test_terms_are_not_mixed_up_with_their_list():
    """In the official description the ids of these two are."""
    a_feed(settings.SNAPSHOTS, [])
    paths = description()["paths"]

    assert paths["/taxonomy_terms"]["get"]["operationId"] == "getPaginatedListOfTaxonomyTerms"
    assert paths["/taxonomy_terms/{id}"]["get"]["operationId"] == "getTaxonomyTermById"


def test_the_description_stands_alone_and_uses_formats_that_exist():
    """The official one refers to files of 3.0 elsewhere, and has a format `datetime`."""
    a_feed(settings.SNAPSHOTS, [])
    said = description()
    text = json.dumps(said)

    refs = set(re.findall(r'"\$ref": "([^"]+)"', text))
    formats = set(re.findall(r'"format": "([^"]+)"', text))
    assert {ref.rpartition("/")[0] for ref in refs} == {"#/components/schemas"}
    assert {ref.rpartition("/")[2] for ref in refs} <= set(said["components"]["schemas"])
    assert formats <= {"uuid", "uri", "email", "date-time"}


def test_the_description_names_every_parameter_of_the_checklist():
    a_feed(settings.SNAPSHOTS, [])
    named = {
        (method, path): {each["name"] for each in operation["parameters"]}
        for method, path, operation in operations()
    }
    paged = {"search", "page", "per_page", "format"}
    filters = {"taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full"}
    ours = {"lat", "lon", "radius_m", "open_at", "language", "concept", "sort"}
    for method in ("get", "post"):
        assert named[method, "/services"] >= paged | filters | ours | {"minimal"}
        places = named[method, "/service_at_locations"]
        assert places >= paged | filters | ours | {"postcode", "proximity"}
        organizations = {"full", "full_service", "taxonomy_term_id", "taxonomy_id"}
        assert named[method, "/organizations"] >= paged | organizations
        assert named[method, "/taxonomies"] >= paged
        assert named[method, "/taxonomy_terms"] >= paged | {"taxonomy_id", "top_only", "parent_id"}
    assert "full_service" in named["get", "/organizations/{id}"]
