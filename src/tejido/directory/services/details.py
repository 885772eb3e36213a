"""What hangs on services, locations and places: written with them, and gone with its source."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from tejido.directory.domain.acts import FindingKind
from tejido.directory.domain.drafts import (
    AtLocationDraft,
    LocationDraft,
    OrganizationDraft,
    ServiceDraft,
)
from tejido.directory.models import Address, Attribute, Phone, Record, Schedule
from tejido.directory.models.source import Sourced
from tejido.directory.services.acts import Recorder
from tejido.directory.services.reconcile import (
    differences,
    is_read_from,
    keeps_children,
    remove,
    stored_rows,
    write,
)
from tejido.directory.services.row_json import rows_json
from tejido.directory.services.rows import (
    Origin,
    address_row,
    attribute_rows,
    carried_rows,
    phone_rows,
    schedule_rows,
)

SERVICE, LOCATION, PLACE = "service_id", "location_id", "service_at_location_id"
ORGANIZATION = "organization_id"
# What acts call the owners.
LABELS = {
    ORGANIZATION: "directory.organization",
    SERVICE: "directory.service",
    LOCATION: "directory.location",
    PLACE: "directory.serviceatlocation",
}
# Each table, the word of the provenance that guards its rows, and whom they may belong to.
TABLES: tuple[tuple[type[models.Model], str, tuple[str, ...]], ...] = (
    (Address, "address", (LOCATION,)),
    (Phone, "phones", (SERVICE, LOCATION, PLACE)),
    (Schedule, "schedules", (SERVICE, LOCATION, PLACE)),
    (Attribute, "attributes", (SERVICE, LOCATION)),
    (Record, "records", (ORGANIZATION, SERVICE, LOCATION, PLACE)),
)


@dataclass(frozen=True, slots=True)
class DetailOwners:
    """The drafts of one batch by id; by key and id each owner as it is stored, and its origin."""

    organizations: Mapping[UUID, OrganizationDraft]
    services: Mapping[UUID, ServiceDraft]
    locations: Mapping[UUID, LocationDraft]
    places: Mapping[UUID, AtLocationDraft]
    stored: Mapping[str, Mapping[UUID, Sourced]]
    origins: Mapping[str, Mapping[UUID, Origin]]

    def by_key(self, key: str) -> Mapping[UUID, Any]:
        """Return the drafts that a foreign key of that name points to."""
        return {
            ORGANIZATION: self.organizations,
            SERVICE: self.services,
            LOCATION: self.locations,
            PLACE: self.places,
        }[key]


@dataclass(frozen=True, slots=True)
class DetailTable:
    """One table of what hangs on owners of one kind, on its way to what the source says."""

    model: type[models.Model]
    word: str
    key: str

    @property
    def label(self) -> str:
        """Return what acts call the owners."""
        return LABELS[self.key]

    def store(
        self,
        wanted: dict[UUID, models.Model],
        owners: Set[UUID],
        at: datetime,
        *,
        new: Set[UUID] = frozenset(),
    ) -> dict[UUID, tuple[Any, Any]]:
        """Write what differs and remove what is gone; return owner -> rows before and after.

        `new` are owners that were just created: nothing hangs on them yet, and what they get
        is no change of its own.
        """
        stored = stored_rows(self.model, self.key, owners - new)
        gone = stored.keys() - wanted.keys()
        concerned = {self.owner_of(stored[row]) for row in gone}
        written = {
            key: row
            for key, row in wanted.items()
            if key not in stored or differences(stored[key], row)
        }
        concerned |= set(map(self.owner_of, written.values())) - new
        # A row that moves leaves its owner too.
        concerned |= {self.owner_of(stored[key]) for key in written.keys() & stored.keys()}
        before = self.by_owner(stored.values(), concerned)
        remove(self.model, gone)
        write(self.model, wanted, stored, at)
        after = self.by_owner(wanted.values(), concerned)
        # Who loses rows comes first: an undo, which goes backwards, takes before it gives.
        order = sorted(concerned, key=lambda owner: len(after[owner]) - len(before[owner]))
        return {owner: (before[owner], after[owner]) for owner in order}

    def with_moved(
        self, wanted: dict[UUID, models.Model], owners: set[UUID]
    ) -> tuple[dict[UUID, models.Model], set[UUID]]:
        """Return rows and owners with those from which rows move, and what these keep.

        One query, and one more where any row moves.
        """
        moved = stored_rows(self.model, "pk", wanted)
        others = {self.owner_of(row) for row in moved.values()} - owners - {None}
        kept = stored_rows(self.model, self.key, others) if others else {}
        return kept | wanted, owners | others

    def by_owner(
        self, rows: Iterable[models.Model], owners: Iterable[UUID]
    ) -> dict[UUID, list[dict[str, Any]]]:
        """Return the rows of some owners as JSON."""
        found: dict[UUID, list[models.Model]] = {owner: [] for owner in owners}
        for row in rows:
            if self.owner_of(row) in found:
                found[self.owner_of(row)].append(row)
        return {owner: rows_json(its_rows) for owner, its_rows in found.items()}

    def owner_of(self, row: models.Model) -> UUID:
        """Return the id of a row's owner."""
        owner: UUID = getattr(row, self.key)
        return owner


DETAIL_TABLES = tuple(
    DetailTable(model, word, key) for model, word, keys in TABLES for key in keys
)


def store_details(owners: DetailOwners, at: datetime, record: Recorder) -> set[tuple[str, UUID]]:
    """Write what differs and remove what is gone; return keys and ids of the owners concerned."""
    concerned: set[tuple[str, UUID]] = set()
    for table in DETAIL_TABLES:
        drafts, origins = owners.by_key(table.key), owners.origins[table.key]
        stored = owners.stored[table.key]
        kept = {
            owner
            for owner in drafts
            if keeps_children(stored.get(owner), table.word, origins[owner].on)
        }
        wanted = {
            row.pk: row
            for owner in drafts.keys() - kept
            for row in _rows(table.model, table.key, drafts[owner], origins[owner])
        }
        changes = table.store(wanted, drafts.keys() - kept, at, new=record.new[table.label])
        _note(table, changes, owners, record)
        _note_kept(table, kept, owners, record)
        concerned |= {(table.key, owner) for owner in changes}
    return concerned


def said_children(owner_key: str, word: str, draft: Any, origin: Origin) -> Any:
    """Return what a draft says hangs on its record under that word, as rows in JSON."""
    for table in DETAIL_TABLES:
        if (table.key, table.word) == (owner_key, word):
            return rows_json(_rows(table.model, table.key, draft, origin))
    return None


def _note(
    table: DetailTable,
    changes: Mapping[UUID, tuple[Any, Any]],
    owners: DetailOwners,
    record: Recorder,
) -> None:
    for owner, (before, after) in changes.items():
        row = owners.stored[table.key][owner]
        record.changed(table.label, owner, table.word, before, after)
        if (table.label, owner, table.word) in record.overruled:
            record.find(FindingKind.REPLACED, row, table.word, theirs=after, ours=before)


def _note_kept(
    table: DetailTable,
    kept: set[UUID],
    owners: DetailOwners,
    record: Recorder,
) -> None:
    """Leave what a person's word kept different from the source for a steward to look at."""
    ours = table.by_owner(stored_rows(table.model, table.key, kept).values(), kept)
    for owner in kept:
        draft = owners.by_key(table.key)[owner]
        origin = owners.origins[table.key][owner]
        theirs = said_children(table.key, table.word, draft, origin)
        row = owners.stored[table.key][owner]
        if ours[owner] != theirs and not is_read_from(row, table.word, theirs, draft):
            record.find(FindingKind.KEPT, row, table.word, theirs=theirs, ours=ours[owner])


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
    if model is Record:
        return carried_rows(key, draft.id, draft.carried, origin)
    return attribute_rows(
        key,
        draft.id,
        needs=getattr(draft, "needs", ()),
        keywords=getattr(draft, "keywords", ()),
        facts=draft.facts,
        origin=origin,
    )
