"""HSDS organizations as drafts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from tejido.directory.domain.drafts import CarriedDraft, LocationDraft, OrganizationDraft
from tejido.directory.domain.hsds.own_words import mark_of
from tejido.directory.domain.hsds.places import read_location
from tejido.directory.domain.hsds.render import (
    OF_ORGANIZATION,
    location_record,
    organization_fields,
)
from tejido.directory.domain.hsds.stated import with_the_rest
from tejido.directory.domain.reading import MAX_NAME, Reading

WHERE = "organization."
APART = frozenset({"services", "locations"})


def read_organization(
    record: Mapping[str, Any], key: UUID, other_name: str, reading: Reading
) -> OrganizationDraft:
    """Return an organization with the locations that stand under it.

    Args:
        record: an HSDS organization.
        key: its id.
        other_name: what to call it where it has no name.
        reading: the file on its way in.
    """
    name = reading.text(record, "name", WHERE, MAX_NAME) or other_name
    about = reading.text(record, "description", WHERE)
    draft = OrganizationDraft(
        id=key,
        name=name,
        description=about if about != name else "",
        url=reading.link(record, "website" if record.get("website") else "url", WHERE),
    )
    draft = with_the_rest(
        draft,
        record,
        organization_fields,
        known=OF_ORGANIZATION,
        apart=APART,
        reading=reading,
        where=WHERE,
    )
    draft = _with_locations(draft, record, reading)
    copy = {name: value for name, value in record.items() if name != "services"}
    reading.met_before(key, copy, reading.organizations, WHERE[:-1])
    return draft


def _with_locations(
    draft: OrganizationDraft, record: Mapping[str, Any], reading: Reading
) -> OrganizationDraft:
    """Return the draft with its locations: each is kept once, and named here by its id."""
    locations: list[LocationDraft] = []
    carried: list[CarriedDraft] = []
    where = f"{WHERE}locations."
    for position, row in enumerate(reading.children(record, "locations", WHERE)):
        location = read_location(row, uuid5(draft.id, f"location {position}"), reading, where)
        is_known = location.id in reading.locations
        if not is_known:
            locations.append(location)
        mark = reading.locations.setdefault(location.id, mark_of(row))
        is_same = mark == mark_of(row) and row.get("id") == str(location.id)
        fields = {"id": row["id"]} if is_same else location_record(location)
        carried.append(CarriedDraft("locations", position, fields))
    return replace(draft, locations=tuple(locations), carried=(*draft.carried, *carried))
