"""Tables of HSDS 1.1 as tables of 3.1: other names, a row for each weekday, holidays apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

from tejido.directory.domain.hsds.ours import NAMESPACE, our_attributes
from tejido.directory.domain.hsds.schedules import WEEK

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OldTable:
    """What became of one table: its name now, its columns' names now, and what is added."""

    name: str
    renamed: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, str] = field(default_factory=dict)


OLD_TABLES: Mapping[str, OldTable] = {
    "organizations": OldTable("organization", {"url": "website"}),
    "services_at_location": OldTable("service_at_location"),
    "locations": OldTable("location", added={"location_type": "physical"}),
    "physical_addresses": OldTable("address", added={"address_type": "physical"}),
    "postal_addresses": OldTable("address", added={"address_type": "postal"}),
    "regular_schedules": OldTable("schedule"),
    "holiday_schedules": OldTable("schedule"),
    "phones": OldTable("phone"),
    "languages": OldTable("language", {"language": "name"}),
    "service_areas": OldTable("service_area", {"service_area": "name"}),
    "accessibility_for_disabilities": OldTable("accessibility", {"accessibility": "description"}),
    "taxonomy": OldTable("taxonomy_term", {"vocabulary": "taxonomy"}),
    "services_taxonomy": OldTable(
        "attribute",
        {"service_id": "link_id", "taxonomy_id": "taxonomy_term_id", "taxonomy_detail": "value"},
        {"link_entity": "service"},
    ),
}
# Tables that 3.1 has no more: they become fields of their service.
GONE = {"eligibility": "eligibility", "payments_accepted": "payment"}
# Names of files that only 1.1 has.
MARKS = frozenset(
    {"services_at_location", "physical_addresses", "postal_addresses", "regular_schedules"}
    | {"holiday_schedules", "services_taxonomy", "taxonomy", "accessibility_for_disabilities"}
    | {"eligibility", "payments_accepted"}
)
_DAYS = {str(number): day for number, day in enumerate(WEEK, start=1)}
_DAY_NAMES = {day: day for day in WEEK}


def is_1_1(files: Iterable[str]) -> bool:
    """Say whether tables of these names (without ending) are HSDS 1.1."""
    return bool(MARKS & set(files))


def upgraded(file: str, row: Row) -> dict[str, Any]:
    """Return a row of a 1.1 table as a row of the table that it became."""
    old = OLD_TABLES.get(file, OldTable(file))
    new = {old.renamed.get(name, name): value for name, value in row.items()} | {
        name: value for name, value in old.added.items() if name not in row
    }
    if file == "regular_schedules":
        return _weekly(new)
    if file == "holiday_schedules":
        return _holiday(new)
    return new


def spoken_on(row: Row) -> Iterator[dict[str, Any]]:
    """Return a language row for each code of a 1.1 phone's `language`: `en, es`."""
    said = row.get("language")
    key = str(row.get("id") or "")
    for code in said.split(",") if isinstance(said, str) and key else ():
        if code.strip():
            own = uuid5(NAMESPACE, f"{key} {code.strip()}")
            yield {"id": str(own), "phone_id": key, "code": code.strip()}


def told_of_service(gone: Mapping[str, Iterable[Row]]) -> dict[str, Any]:
    """Return the fields of a service that its rows of tables that are gone turn into.

    Args:
        gone: file -> rows of this service.
    """
    fields: dict[str, Any] = {}
    for file, column in GONE.items():
        words = [str(row[column]) for row in gone.get(file, ()) if row.get(column)]
        if words:
            fields[file] = [dict(row) for row in gone[file]]
            if file == "eligibility":
                fields["eligibility_description"] = "; ".join(words)
    return fields


def _weekly(row: dict[str, Any]) -> dict[str, Any]:
    """Return one weekday of 1.1 as a weekly rule; a day that is none stays as it is said."""
    said = str(row.get("weekday") or "").strip()
    day = _DAYS.get(said) or _DAY_NAMES.get(said[:2].upper())
    if day is None:
        return row | {"freq": "WEEKLY", "byday": said}
    return {name: value for name, value in row.items() if name != "weekday"} | {
        "freq": "WEEKLY",
        "byday": day,
    }


def _holiday(row: dict[str, Any]) -> dict[str, Any]:
    """Return a holiday as hours of certain dates where it says them, else as it stands."""
    names = {"start_date": "valid_from", "end_date": "valid_to"}
    new = {names.get(name, name): value for name, value in row.items()}
    is_closed = str(new.get("closed") or "").strip().casefold() in ("true", "1", "yes", "t", "y")
    is_dated = bool(new.get("valid_from") and new.get("valid_to"))
    is_open = bool(new.get("opens_at") and new.get("closes_at"))
    if not is_dated or is_closed == is_open:
        return new
    key = uuid5(NAMESPACE, str(sorted(map(str, new.items()))))
    return new | {"attributes": our_attributes(key, "schedule", [("exception", "yes")])}
