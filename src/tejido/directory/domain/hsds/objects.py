"""The objects of HSDS 3.1 as JSON Schema, and what our profile adds to them.

Names, types, formats and requirements are facts of the specification (docs/sources.md#hsds); its
files are not here. The profile is a set of merge patches (RFC 7386), one for each object that has
more in our answers than HSDS knows.
"""

from collections.abc import Mapping
from typing import Any

from tejido.directory.domain.hsds.tabular import SINGLE, TABLES, Table

VERSION = "3.1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Json = dict[str, Any]

_REQUIRED = {
    "address": "address_1 city state_province postal_code country address_type",
    "location": "location_type",
    "metadata": "last_action_date last_action_type field_name previous_value replacement_value "
    "updated_by",
    "organization": "name description",
    "organization_identifier": "identifier_type identifier",
    "phone": "number",
    "program": "name description",
    "service": "name status",
    "service_capacity": "unit available updated",
    "taxonomy": "name description",
    "taxonomy_term": "name description",
    "unit": "name",
    "url": "url",
}
_PLACE_KINDS = ["physical", "postal", "virtual"]
_WORDS = {
    ("address", "address_type"): _PLACE_KINDS,
    ("location", "location_type"): _PLACE_KINDS,
    ("schedule", "freq"): ["WEEKLY", "MONTHLY"],
    ("schedule", "wkst"): ["MO", "TU", "WE", "TH", "FR", "SA", "SU"],
    ("service", "status"): ["active", "inactive", "defunct", "temporarily closed"],
}
_FORMATS = {
    **dict.fromkeys(("url", "uri", "website", "term_uri", "schedule_link"), "uri"),
    **dict.fromkeys(("email", "assurer_email"), "email"),
    "last_modified": "date-time",
}
_ODD_FORMATS = {("service_capacity", "updated"): "date-time", ("service_area", "uri"): ""}
_BARE = frozenset({"attribute", "metadata", "taxonomy", "taxonomy_term"})
# Lists and objects that HSDS has beside its tables.
_WHOLE = {
    ("service", "service_at_locations"): {"items": "service_at_location"},
    ("service", "organization"): {"is": "organization"},
    ("service_at_location", "location"): {"is": "location"},
}
# What our profile adds to a term.
TRANSLATIONS = "translations"
_STAMP: Json = {
    "type": "string",
    "format": "date-time",
    "description": "When what we say of it last changed.",
}
_ADDED: Mapping[str, Json] = {
    "service_at_location": {
        "last_modified": _STAMP,
        "service": {"$ref": "service.json", "description": "The service that is offered there."},
    },
    "organization": {
        "last_modified": _STAMP,
        "services": {
            "type": "array",
            "items": {"$ref": "service.json"},
            "description": "What it offers; whole with full_service=true.",
        },
    },
    "taxonomy": {"last_modified": _STAMP},
    "taxonomy_term": {
        "last_modified": _STAMP,
        TRANSLATIONS: {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    name: {"type": "string"} for name in ("language", "name", "description")
                },
                "required": ["language", "name", "description"],
            },
            "description": "Its name and description in other languages than its own.",
        },
    },
}


def object_schema(name: str) -> Json:
    """Return the JSON Schema of an HSDS object, without what our profile adds.

    Raises:
        KeyError: HSDS has no object of that name.
    """
    table = TABLES[name]
    properties: Json = {column: _column(table, column) for column in table.columns}
    for field, kind in _lists(table):
        properties[field] = {"type": "array", "items": {"$ref": f"{kind}.json"}}
    for (owner, field), (_, kind) in SINGLE.items():
        if owner == name:
            properties[field] = {"$ref": f"{kind}.json"}
    for (owner, field), said in _WHOLE.items():
        if owner == name:
            properties[field] = _whole(said)
    return {
        "$schema": DIALECT,
        "name": name,
        "type": "object",
        "properties": properties,
        "required": ["id", *_REQUIRED.get(name, "").split()],
    }


def profile_patches() -> dict[str, Json]:
    """Return the merge patches of our profile: name of an HSDS object -> patch."""
    return {name: {"properties": dict(added)} for name, added in _ADDED.items()}


def profile_schema(name: str) -> Json:
    """Return the JSON Schema of an object as our answers have it: HSDS with the patch merged.

    Raises:
        KeyError: HSDS has no object of that name.
    """
    patched: Json = merged(object_schema(name), profile_patches().get(name, {}))
    return patched


def merged(target: Any, patch: Any) -> Any:
    """Return a JSON value with a merge patch applied; `None` takes a member away.

    Source: docs/sources.md#rfc-7386
    """
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def _column(table: Table, column: str) -> Json:
    said: Json = {"type": "number" if column in table.numbers else "string"}
    its_format = _format(table.name, column)
    if its_format:
        said["format"] = its_format
    words = _WORDS.get((table.name, column))
    return said | ({"enum": words} if words else {})


def _format(table: str, column: str) -> str:
    if column == "id" or (column.endswith("_id") and column != "tax_id"):
        return "uuid"
    if (table, column) in _ODD_FORMATS:
        return _ODD_FORMATS[table, column]
    return _FORMATS.get(column, "")


def _lists(table: Table) -> list[tuple[str, str]]:
    without = {"attributes"} if table.name in _BARE else set()
    if table.name == "metadata":
        without.add("metadata")
    return [(field, kind) for field, kind in table.lists.items() if field not in without]


def _whole(said: Mapping[str, str]) -> Json:
    if "items" in said:
        return {"type": "array", "items": {"$ref": f"{said['items']}.json"}}
    return {"$ref": f"{said['is']}.json"}
