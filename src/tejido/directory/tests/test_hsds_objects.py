"""Our description of HSDS says what the official one says, and the profile only adds."""

import json

import pytest

from tejido.directory.domain.hsds.objects import (
    merged,
    object_schema,
    profile_patches,
    profile_schema,
)
from tejido.directory.domain.hsds.tabular import TABLES

FACTS = ("type", "format", "enum", "items", "$ref")


def facts_of(schema):
    properties = {
        name: {fact: said[fact] for fact in FACTS if fact in said}
        for name, said in schema["properties"].items()
    }
    return properties, sorted(schema["required"])


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(TABLES))
def test_each_object_is_described_as_the_official_schema_describes_it(shared_hsds, name):
    official = json.loads((shared_hsds / f"v3.1/schema/{name}.json").read_text())

    assert facts_of(object_schema(name)) == facts_of(official)


def test_the_profile_adds_no_term_that_hsds_has_on_the_object():
    for name, patch in profile_patches().items():
        assert not set(patch["properties"]) & set(object_schema(name)["properties"])


def test_the_merged_schema_is_the_object_with_its_patch():
    schema = profile_schema("organization")

    assert schema["properties"]["services"]["items"] == {"$ref": "service.json"}
    assert schema["properties"]["name"] == {"type": "string"}


# The examples of RFC 7386, appendix A.
@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_merge_patch_does_what_its_standard_says(target, patch, result):
    assert merged(target, patch) == result
