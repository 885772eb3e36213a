"""The HSDS API in its OpenAPI description: operations, records, refusals.

Each operation has an id of its own, and each answer the record that it holds: the official
description gives five ids twice, and a service where a service at a location is meant.
"""

from collections.abc import Mapping
from typing import Any

from ninja import Field, Schema

from tejido.directory.api.parameters import described, properties_of
from tejido.directory.domain.feed_question import Kind
from tejido.directory.domain.hsds.objects import profile_schema
from tejido.directory.domain.hsds.tabular import TABLES

Json = dict[str, Any]
HERE = "#/components/schemas/"
PREFIX = "hsds_"
_ENVELOPE = {
    "total_items": ("integer", "How many records fit."),
    "total_pages": ("integer", "How many pages they fill."),
    "page_number": ("integer", "Which page this is."),
    "size": ("integer", "How many records this page has."),
    "first_page": ("boolean", "Whether it is the first."),
    "last_page": ("boolean", "Whether no page follows."),
    "empty": ("boolean", "Whether it has no record."),
}


class RefusalOut(Schema):
    """Why there is no answer."""

    parameter: str = Field(description="Name of the parameter to change, or ''.")
    sentence: str


def components() -> Json:
    """Return the schemas that the operations name: each object of HSDS with our profile."""
    found = {PREFIX + name: _local(profile_schema(name)) for name in TABLES}
    return found | {f"{PREFIX}page": _page(), f"{PREFIX}minimal": _minimal()}


def lists(kind: Kind, model: type[Schema]) -> Json:
    """Return what a list takes in its address, and what it answers."""
    return {
        "parameters": described(model),
        "responses": {
            200: {
                "content": {
                    "application/json": {"schema": _page_of(kind)},
                    "application/x-ndjson": {"schema": {"type": "string"}},
                }
            }
        },
    }


def asks_for(kind: Kind, model: type[Schema]) -> Json:
    """Return the same for a POST, whose body takes the parameters as well."""
    body = {
        "type": "object",
        "properties": properties_of(model),
        "additionalProperties": False,
    }
    kinds = ("application/json", "application/x-www-form-urlencoded")
    content = {each: {"schema": body} for each in kinds}
    return lists(kind, model) | {"requestBody": {"required": False, "content": content}}


def answers_with(kind: Kind, model: type[Schema]) -> Json:
    """Return what one record takes in its address, and what it answers."""
    schema = {"$ref": HERE + PREFIX + kind.value}
    return {
        "parameters": described(model),
        "responses": {200: {"content": {"application/json": {"schema": schema}}}},
    }


def apart(description: Mapping[str, Any], *, prefix: str, base: str) -> Json:
    """Return the description of the HSDS API alone, its paths as HSDS names them.

    Args:
        description: of the whole API.
        prefix: the path under which the HSDS API stands, without a slash at its end.
        base: its address.
    """
    paths = {
        path.removeprefix(prefix): methods
        for path, methods in description["paths"].items()
        if path.startswith(f"{prefix}/")
    }
    schemas = description["components"]["schemas"]
    kept = {name: schemas[name] for name in schemas if name.startswith((PREFIX, "RefusalOut"))}
    return {
        **description,
        "paths": paths,
        "components": {"schemas": kept},
        "servers": [{"url": base.rstrip("/")}],
    }


def _page_of(kind: Kind) -> Json:
    records = [{"$ref": HERE + PREFIX + name} for name in ("minimal", kind.value)]
    contents = {"type": "array", "items": {"anyOf": records}}
    return {
        "allOf": [{"$ref": f"{HERE}{PREFIX}page"}],
        "type": "object",
        "properties": {"contents": contents},
        "required": ["contents"],
    }


def _page() -> Json:
    properties = {
        name: {"type": kind, "description": told} for name, (kind, told) in _ENVELOPE.items()
    }
    return {"type": "object", "properties": properties, "required": list(_ENVELOPE)}


def _minimal() -> Json:
    changed = {"type": "string", "format": "date-time"}
    properties = {"id": {"type": "string", "format": "uuid"}, "last_modified": changed}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _local(schema: Any) -> Any:
    """Return a schema whose references lead to its neighbours in one document."""
    if isinstance(schema, list):
        return [_local(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: HERE + PREFIX + value.removesuffix(".json") if key == "$ref" else _local(value)
        for key, value in schema.items()
        if not (key == "$schema" or (key == "name" and isinstance(value, str)))
    }
