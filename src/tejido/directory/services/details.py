"""What hangs on services, locations and places: written with them, and gone with its source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from tejido.directory.domain.drafts import AtLocationDraft, LocationDraft, ServiceDraft
from tejido.directory.models import Address, Attribute, Phone, Schedule
from tejido.directory.models.source import Sourced
from tejido.directory.services.reconcile import keeps_children, remove, stored_rows, write
from tejido.directory.services.rows import (
    Origin,
    address_row,
    attribute_rows,
    phone_rows,
    schedule_rows,
)

SERVICE, LOCATION, PLACE = "service_id", "location_id", "service_at_location_id"
# Each table, the word of the provenance that guards its rows, and whom they may belong to.
TABLES: tuple[tuple[type[models.Model], str, tuple[str, ...]], ...] = (
    (Address, "address", (LOCATION,)),
    (Phone, "phones", (SERVICE, LOCATION, PLACE)),
    (Schedule, "schedules", (SERVICE, LOCATION, PLACE)),
    (Attribute, "attributes", (SERVICE, LOCATION)),
)


@dataclass(frozen=True, slots=True)
class DetailOwners:
    """The drafts of one batch by id, and each owner as it is stored now."""

    services: Mapping[UUID, ServiceDraft]
    locations: Mapping[UUID, LocationDraft]
    places: Mapping[UUID, AtLocationDraft]
    stored: Mapping[UUID, Sourced]

    def by_key(self, key: str) -> Mapping[UUID, Any]:
        """Return the drafts that a foreign key of that name points to."""
        return {SERVICE: self.services, LOCATION: self.locations, PLACE: self.places}[key]


def store_details(owners: DetailOwners, origins: Mapping[UUID, Origin], at: datetime) -> set[UUID]:
    """Write what differs and remove what is gone; return the ids of the owners concerned."""
    concerned: set[UUID] = set()
    for model, word, keys in TABLES:
        for key in keys:
            open_ids = [
                owner
                for owner in owners.by_key(key)
                if not keeps_children(owners.stored.get(owner), word, origins[owner].on)
            ]
            wanted = {
                row.pk: row
                for owner in open_ids
                for row in _rows(model, key, owners.by_key(key)[owner], origins[owner])
            }
            concerned |= _store_table(model, key, wanted, open_ids, at)
    return concerned


def _store_table(
    model: type[models.Model],
    key: str,
    wanted: dict[UUID, models.Model],
    owners: Iterable[UUID],
    at: datetime,
) -> set[UUID]:
    stored = stored_rows(model, key, owners)
    gone = stored.keys() - wanted.keys()
    concerned = {getattr(stored[row], key) for row in gone}
    remove(model, gone)
    written = write(model, wanted, stored, at)
    return concerned | {getattr(wanted[row], key) for row in written}


def _rows(
    model: type[models.Model], key: str, draft: Any, origin: Origin
) -> Iterator[models.Model]:
    if model is Address:
        row = address_row(draft, origin)
        return iter([row] if row is not None else [])
    if model is Phone:
        return phone_rows(key, draft.id, draft.phones, origin)
    if model is Schedule:
        return schedule_rows(key, draft.id, (*draft.rules, *draft.exceptions), origin)
    return attribute_rows(
        key,
        draft.id,
        needs=getattr(draft, "needs", ()),
        keywords=getattr(draft, "keywords", ()),
        facts=draft.facts,
        origin=origin,
    )
