"""The tabular form of HSDS: its tables, columns and links, and records as rows.

Names, types and links are those of the HSDS 3.1 data package (docs/sources.md#hsds).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# What no column takes stands in this one as a JSON object, so that nothing is lost.
OTHER = "other_fields"
# name: (file, columns; `#` marks a number).
_TABLES = {
    "organization": (
        "organizations",
        "id name alternate_name description email website tax_status tax_id year_incorporated# "
        "legal_status logo uri parent_organization_id",
    ),
    "program": ("programs", "id organization_id name alternate_name description"),
    "service": (
        "services",
        "id organization_id program_id name alternate_name description url email status "
        "interpretation_services application_process fees_description wait_time fees "
        "accreditations eligibility_description minimum_age# maximum_age# assured_date "
        "assurer_email licenses alert last_modified",
    ),
    "location": (
        "locations",
        "id location_type url organization_id name alternate_name description transportation "
        "latitude# longitude# external_identifier external_identifier_type",
    ),
    "service_at_location": ("service_at_location", "id service_id location_id description"),
    "address": (
        "addresses",
        "id location_id attention address_1 address_2 city region state_province postal_code "
        "country address_type",
    ),
    "contact": (
        "contacts",
        "id organization_id service_id service_at_location_id location_id name title department "
        "email",
    ),
    "phone": (
        "phones",
        "id location_id service_id organization_id contact_id service_at_location_id number "
        "extension# type description",
    ),
    "schedule": (
        "schedules",
        "id service_id location_id service_at_location_id valid_from valid_to dtstart timezone# "
        "until count# wkst freq interval# byday byweekno bymonthday byyearday description "
        "opens_at closes_at schedule_link attending_type notes",
    ),
    "funding": ("funding", "id organization_id service_id source"),
    "service_area": (
        "service_areas",
        "id service_id service_at_location_id name description extent extent_type uri",
    ),
    "required_document": ("required_documents", "id service_id document uri"),
    "language": ("languages", "id service_id location_id phone_id name code note"),
    "accessibility": ("accessibility", "id location_id description details url"),
    "cost_option": (
        "cost_options",
        "id service_id valid_from valid_to option currency amount# amount_description",
    ),
    "organization_identifier": (
        "organization_identifiers",
        "id organization_id identifier_scheme identifier_type identifier",
    ),
    "url": ("url", "id label url organization_id service_id"),
    "service_capacity": (
        "service_capacity",
        "id service_id unit_id available# maximum# description updated",
    ),
    "unit": ("units", "id name scheme identifier uri"),
    "attribute": (
        "attributes",
        "id link_id taxonomy_term_id link_type link_entity value label",
    ),
    "taxonomy_term": (
        "taxonomy_terms",
        "id code name description parent_id taxonomy language taxonomy_id term_uri",
    ),
    "taxonomy": ("taxonomies", "id name description uri version"),
    "metadata": (
        "metadata",
        "id resource_id resource_type last_action_date last_action_type field_name "
        "previous_value replacement_value updated_by",
    ),
    "meta_table_description": ("meta_table_descriptions", "id name language character_set"),
}
# owner: field of the owner -> table of what stands in it.
_LISTS = {
    "organization": "additional_websites=url funding=funding contacts=contact phones=phone "
    "programs=program organization_identifiers=organization_identifier locations=location",
    "service": "additional_urls=url phones=phone schedules=schedule service_areas=service_area "
    "languages=language funding=funding cost_options=cost_option "
    "required_documents=required_document contacts=contact capacities=service_capacity",
    "service_at_location": "service_areas=service_area contacts=contact phones=phone "
    "schedules=schedule",
    "location": "languages=language addresses=address contacts=contact "
    "accessibility=accessibility phones=phone schedules=schedule",
    "contact": "phones=phone",
    "phone": "languages=language",
}
_ANYWHERE = "attributes=attribute metadata=metadata"
# (table, field): (column, table) of an object that others share.
SINGLE = {
    ("service", "program"): ("program_id", "program"),
    ("service_capacity", "unit"): ("unit_id", "unit"),
    ("attribute", "taxonomy_term"): ("taxonomy_term_id", "taxonomy_term"),
    ("taxonomy_term", "taxonomy_detail"): ("taxonomy_id", "taxonomy"),
}
# Columns that name any kind of owner.
ANY_OWNER = {"attribute": "link_id", "metadata": "resource_id"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its file without ending, its columns, and which of them are numbers."""

    name: str
    file: str
    columns: tuple[str, ...]
    numbers: frozenset[str]
    lists: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)

    def link_to(self, owner: str) -> str:
        """Return the column that names an owner of that kind."""
        return ANY_OWNER.get(self.name, f"{owner}_id")


def _table(name: str, file: str, columns: str) -> Table:
    words = columns.split()
    lists = f"{_LISTS.get(name, '')} {_ANYWHERE}"
    owners = {f"{owner}_id": owner for owner in _LISTS if name in _children(owner)}
    return Table(
        name,
        file,
        tuple(word.rstrip("#") for word in words),
        frozenset(word.rstrip("#") for word in words if word.endswith("#")),
        dict(part.split("=") for part in lists.split()),
        owners,
    )


def _children(owner: str) -> list[str]:
    return [part.split("=")[1] for part in _LISTS[owner].split()]


TABLES: Mapping[str, Table] = {name: _table(name, *said) for name, said in _TABLES.items()}


# How a file may be called, without its ending: by the table or by one row of it.
BY_FILE: Mapping[str, Table] = {table.file: table for table in TABLES.values()} | dict(TABLES)


def value_of(table: Table, column: str, cell: str) -> Any:
    """Return what a cell says: a number where the column has numbers and it is written as one."""
    if column in table.numbers:
        try:
            number = json.loads(cell)
        except ValueError:
            return cell
        is_number = isinstance(number, int | float) and not isinstance(number, bool)
        if is_number and json.dumps(number) == cell:
            return number
    return cell


def cell_of(table: Table, column: str, value: Any) -> str | None:
    """Return the cell that says a value so that `value_of` gives it back, or None."""
    if isinstance(value, str):
        is_plain = value != "" and value_of(table, column, value) == value
        return value if is_plain else None
    if column in table.numbers and isinstance(value, int | float) and not isinstance(value, bool):
        return json.dumps(value)
    return None


@dataclass(slots=True)
class Rows:
    """Records on their way into rows: one row an object, even where it hangs on several owners.

    A list with an object that no row can hold, because it has no id or its id stands for another
    object, goes whole into the owner's other fields.

    Attributes:
        written: (table, id) -> mark of the object, for each that has left.
        rows: (table, id) -> row, of the records that are being taken apart.
    """

    written: dict[int, int] = field(default_factory=dict)
    rows: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    marks: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, table: str, record: Mapping[str, Any], **links: str) -> bool:
        """Take an object apart; say whether rows can hold it.

        Args:
            table: what it is.
            record: the object.
            links: column -> id of an owner.
        """
        said = record.get("id")
        if not isinstance(said, str) or said == "":
            return False
        key = (table, said)
        if not self._fits(key, record, links):
            return False
        if key not in self.rows and hash(key) not in self.written:
            self._take(TABLES[table], key, record, links)
        elif key in self.rows:
            self.rows[key] |= links
        return True

    def flush(self) -> Iterator[tuple[Table, dict[str, str]]]:
        """Return the rows that were made, tables in order, and make room."""
        for (name, _), row in self.rows.items():
            yield TABLES[name], row
        self.written |= {hash(key): mark for key, mark in self.marks.items()}
        self.rows.clear()
        self.marks.clear()

    def _fits(
        self, key: tuple[str, str], record: Mapping[str, Any], links: Mapping[str, str]
    ) -> bool:
        mark = _mark(record)
        if key in self.rows:
            row = self.rows[key]
            is_free = all(row.get(column, owner) == owner for column, owner in links.items())
            return self.marks[key] == mark and is_free
        known = self.written.get(hash(key))
        return known is None or (known == mark and not links)

    def _take(
        self,
        table: Table,
        key: tuple[str, str],
        record: Mapping[str, Any],
        links: Mapping[str, str],
    ) -> None:
        row = dict(links)
        self.rows[key], self.marks[key] = row, _mark(record)
        other = {
            name: value
            for name, value in record.items()
            if not self._put(table, key[1], row, name, value)
        }
        if other:
            row[OTHER] = json.dumps(other, ensure_ascii=False)

    def _put(self, table: Table, key: str, row: dict[str, str], name: str, value: Any) -> bool:
        """Put one field of an object where it belongs; say whether it has a place."""
        if isinstance(value, list):
            return bool(value) and name in table.lists and self._put_list(table, key, name, value)
        if isinstance(value, dict):
            column, target = SINGLE.get((table.name, name), ("", ""))
            if not column or column in row or not self.add(target, value):
                return False
            row[column] = value["id"]
            return True
        cell = cell_of(table, name, value) if name in table.columns else None
        if cell is None or name in row:
            return False
        row[name] = cell
        return True

    def _put_list(self, table: Table, key: str, name: str, values: list[Any]) -> bool:
        child = TABLES[table.lists[name]]
        link = {child.link_to(table.name): key}
        keys = [each.get("id") if isinstance(each, dict) else None for each in values]
        if None in keys or len(set(map(str, keys))) < len(keys):
            return False
        if not all(
            isinstance(each["id"], str) and self._fits((child.name, each["id"]), each, link)
            for each in values
        ):
            return False
        for each in values:
            # The tables want to know what an attribute hangs on; a record itself need not say.
            entity = {"link_entity": table.name} if child.name == "attribute" else {}
            self.add(child.name, each, **link, **({} if "link_entity" in each else entity))
        return True


def _mark(record: Mapping[str, Any]) -> int:
    return hash(json.dumps(record, sort_keys=True))
