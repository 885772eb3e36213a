"""What each field of HSDS 3.1 holds; names and numbers stand in `hsds.tabular.TABLES`.

The schemas say which fields are required in JSON, the data package which more in tables.

Source: docs/sources.md#hsds
"""

from collections.abc import Mapping
from enum import StrEnum

from tejido.directory.domain.hsds.tabular import SINGLE, TABLES


class Kind(StrEnum):
    """What a value is written as."""

    TEXT = "text"
    NUMBER = "number"
    UUID = "uuid"
    DATE = "date"
    INSTANT = "instant"
    TIME = "time"
    LINK = "link"
    EMAIL = "email"


_REQUIRED = {
    "service": "name status",
    "organization": "name description",
    "location": "location_type",
    "address": "address_1 city state_province postal_code country address_type",
    "phone": "number",
    "program": "name description",
    "organization_identifier": "identifier_type identifier",
    "service_capacity": "unit available updated",
    "taxonomy": "name description",
    "taxonomy_term": "name description",
    "unit": "name",
    "url": "url",
    "metadata": "last_action_date last_action_type field_name previous_value "
    "replacement_value updated_by",
}
_IN_TABLES = {
    "attribute": "link_id taxonomy_term_id link_entity",
    "cost_option": "service_id",
    "metadata": "resource_id resource_type",
    "organization_identifier": "organization_id",
    "program": "organization_id",
    "service": "organization_id",
    "service_at_location": "service_id location_id",
    "service_capacity": "unit_id service_id",
}
# Required, and empty where something was added or taken away.
MAY_BE_EMPTY = frozenset({("metadata", "previous_value"), ("metadata", "replacement_value")})
ENUMS: Mapping[tuple[str, str], frozenset[str]] = {
    ("service", "status"): frozenset({"active", "inactive", "defunct", "temporarily closed"}),
    ("location", "location_type"): frozenset({"physical", "postal", "virtual"}),
    ("address", "address_type"): frozenset({"physical", "postal", "virtual"}),
    ("schedule", "freq"): frozenset({"WEEKLY", "MONTHLY"}),
    ("schedule", "wkst"): frozenset({"MO", "TU", "WE", "TH", "FR", "SA", "SU"}),
}
_KINDS = {
    Kind.DATE: "valid_from valid_to dtstart until assured_date last_action_date",
    Kind.INSTANT: "last_modified updated",
    Kind.TIME: "opens_at closes_at",
    Kind.LINK: "url website uri schedule_link term_uri",
    Kind.EMAIL: "email assurer_email",
}
_BY_NAME = {name: kind for kind, names in _KINDS.items() for name in names.split()}
# The area of a service may be named by any identifier.
_PLAIN = {("service_area", "uri"), ("organization", "tax_id")}


def _kind(table: str, column: str) -> Kind:
    if (table, column) in _PLAIN:
        return Kind.TEXT
    if column in TABLES[table].numbers:
        return Kind.NUMBER
    if column == "id" or column.endswith("_id"):
        return Kind.UUID
    return _BY_NAME.get(column, Kind.TEXT)


# table -> column -> what it holds.
KINDS: Mapping[str, Mapping[str, Kind]] = {
    name: {column: _kind(name, column) for column in table.columns}
    for name, table in TABLES.items()
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    name: ("id", *_REQUIRED.get(name, "").split()) for name in TABLES
}
REQUIRED_IN_TABLES: Mapping[str, tuple[str, ...]] = {
    name: tuple(
        dict.fromkeys(
            each
            for each in (*REQUIRED[name], *_IN_TABLES.get(name, "").split())
            if each in TABLES[name].columns
        )
    )
    for name in TABLES
}
# table -> field -> table of the one object that stands in it.
NESTED: dict[str, dict[str, str]] = {
    "service": {"organization": "organization"},
    "service_at_location": {"location": "location", "service": "service"},
}
for (_owner, _field), (_column, _target) in SINGLE.items():
    NESTED.setdefault(_owner, {})[_field] = _target
# table -> field -> table of the objects in the list; the last two are those of 3.3.
LISTS: Mapping[str, Mapping[str, str]] = {
    name: dict(table.lists)
    | (
        {
            "service_at_locations": "service_at_location",
            "operating_hours": "schedule",
            "events": "schedule",
        }
        if name == "service"
        else {}
    )
    | ({"services": "service"} if name == "organization" else {})
    for name, table in TABLES.items()
}
# Links to objects that others share: column -> table. Those below a nested object are checked
# only where the object does not stand there itself.
LINKS: Mapping[str, Mapping[str, str]] = {
    "service": {"organization_id": "organization", "program_id": "program"},
    "service_at_location": {"service_id": "service", "location_id": "location"},
    "organization": {"parent_organization_id": "organization"},
    "taxonomy_term": {"parent_id": "taxonomy_term", "taxonomy_id": "taxonomy"},
    "attribute": {"taxonomy_term_id": "taxonomy_term"},
    "service_capacity": {"unit_id": "unit"},
}
