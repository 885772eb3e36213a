"""One batch of changed drafts on its way into the tables."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from tejido.directory.domain.drafts import (
    AtLocationDraft,
    LocationDraft,
    OrganizationDraft,
    ServiceDraft,
)
from tejido.directory.domain.stored import Conflict
from tejido.directory.models import Location, Organization, Service, ServiceAtLocation, Source
from tejido.directory.models.source import Sourced
from tejido.directory.services.acts import Recorder
from tejido.directory.services.details import (
    LABELS,
    LOCATION,
    ORGANIZATION,
    PLACE,
    SERVICE,
    DetailOwners,
    said_children,
    store_details,
)
from tejido.directory.services.reconcile import stored_rows, with_kept_words, write
from tejido.directory.services.removal import remove_records
from tejido.directory.services.rows import (
    Origin,
    location_row,
    organization_row,
    place_row,
    service_row,
)
from tejido.directory.services.texts import store_texts

Row = TypeVar("Row", bound=Sourced)
Named = TypeVar("Named", OrganizationDraft, LocationDraft)


@dataclass(slots=True)
class Batch:
    """Changed drafts, taken apart by table, with the origin of each.

    `pinned` are places that stay though the source has them elsewhere (services.aliases).
    A source may give one id to records of several kinds, so `origins` and `written` tell them
    apart by the key of the owner.
    """

    source: Source
    at: datetime
    conflicts: list[Conflict]
    record: Recorder
    pinned: frozenset[UUID] = frozenset()
    drafts: list[ServiceDraft] = field(default_factory=list)
    digests: dict[UUID, str] = field(default_factory=dict)
    organizations: dict[UUID, OrganizationDraft] = field(default_factory=dict)
    locations: dict[UUID, LocationDraft] = field(default_factory=dict)
    places: dict[UUID, tuple[UUID, AtLocationDraft]] = field(default_factory=dict)
    origins: dict[str, dict[UUID, Origin]] = field(
        default_factory=lambda: {owner_key: {} for owner_key in LABELS}
    )
    written: set[tuple[str, UUID]] = field(default_factory=set)

    def add(
        self,
        draft: ServiceDraft,
        *,
        digest: str,
        with_organization: bool,
        with_locations: Collection[UUID],
    ) -> None:
        """Take a draft in, with the organization and locations that it brings first."""
        origin = self.origin_of(draft.confirmed_on)
        self.drafts.append(draft)
        self.digests[draft.id] = digest
        self.origins[SERVICE][draft.id] = origin
        for place in draft.places:
            if place.location.id in with_locations:
                self.add_location(place.location, origin)
            self._add_place(draft, place, origin)
        if with_organization:
            self.add_organization(draft.organization, origin)

    def origin_of(self, confirmed_on: date | None) -> Origin:
        """Return the origin of a record that its source confirmed on that day, or never said."""
        return Origin(self.source, confirmed_on or self.source.published_on, self.at)

    def add_organization(self, draft: OrganizationDraft, origin: Origin) -> None:
        """Take an organization in, with the locations that stand under it."""
        self.organizations[draft.id] = draft
        self.origins[ORGANIZATION][draft.id] = origin
        for location in draft.locations:
            self.add_location(location, origin)

    def add_location(self, draft: LocationDraft, origin: Origin) -> None:
        """Take a location in; the first copy counts."""
        if draft.id not in self.locations:
            self.locations[draft.id] = draft
            self.origins[LOCATION][draft.id] = origin

    def _add_place(self, draft: ServiceDraft, place: AtLocationDraft, origin: Origin) -> None:
        if place.id in self.places:
            self._refuse_place(place.id, draft, self.source.key)
        else:
            self.places[place.id] = (draft.id, place)
            self.origins[PLACE][place.id] = origin

    def _refuse_place(self, place_id: UUID, draft: ServiceDraft, kept: str) -> None:
        self.conflicts.append(Conflict("service_at_location", place_id, draft.name, kept))
        # Without a digest the service is looked at again next time, when the id may be free.
        self.digests[draft.id] = ""

    def store(self) -> set[UUID]:
        """Write what differs; return the ids of the services that changed with all they have."""
        organizations = self._store_organizations()
        locations = self._store_locations()
        places = self._places_of_ours()
        services = self._store_services()
        places = self._store_places(places)
        owners = DetailOwners(
            organizations={key: self.organizations[key] for key in organizations},
            services={draft.id: draft for draft in self.drafts},
            locations={key: self.locations[key] for key in locations},
            places={key: self.places[key][1] for key in places},
            stored={
                ORGANIZATION: organizations,
                SERVICE: services,
                LOCATION: locations,
                PLACE: places,
            },
            origins=self.origins,
        )
        self.written |= store_details(owners, self.at, self.record)
        store_texts(owners, self.record)
        self.record.flush()
        return {draft.id for draft in self.drafts if self.written & _keys_of(draft)}

    def _store_organizations(self) -> dict[UUID, Organization]:
        stored = stored_rows(Organization, "pk", self.organizations)
        ours = self._without_foreign("organization", self.organizations, stored)
        rows = {k: organization_row(d, self.origins[ORGANIZATION][k]) for k, d in ours.items()}
        return self._write(Organization, rows, stored, ORGANIZATION, self.organizations)

    def _store_locations(self) -> dict[UUID, Location]:
        stored = stored_rows(Location, "pk", self.locations)
        ours = self._without_foreign("location", self.locations, stored)
        rows = {k: location_row(d, self.origins[LOCATION][k]) for k, d in ours.items()}
        return self._write(Location, rows, stored, LOCATION, self.locations)

    def _store_services(self) -> dict[UUID, Service]:
        drafts = {draft.id: draft for draft in self.drafts}
        stored = stored_rows(Service, "pk", drafts)
        origins = self.origins[SERVICE]
        rows = {k: service_row(d, origins[k], self.digests[k]) for k, d in drafts.items()}
        return self._write(Service, rows, stored, SERVICE, drafts)

    def _places_of_ours(self) -> dict[UUID, ServiceAtLocation]:
        """Return the stored rows with our places' ids, having refused those of other services."""
        stored = stored_rows(ServiceAtLocation, "pk", self.places)
        drafts = {draft.id: draft for draft in self.drafts}
        for key, row in list(stored.items()):
            service_id = self.places[key][0]
            if row.service_id != service_id:
                self._refuse_place(key, drafts[service_id], str(row.service_id))
                del self.places[key], stored[key]
        return stored

    def _store_places(
        self, stored: dict[UUID, ServiceAtLocation]
    ) -> dict[UUID, ServiceAtLocation]:
        had = stored_rows(ServiceAtLocation, "service_id", self.digests)
        gone = had.keys() - self.places.keys() - self.pinned
        self.written |= {(SERVICE, had[key].service_id) for key in gone}
        remove_records(ServiceAtLocation, gone, self.record)
        origins = self.origins[PLACE]
        rows = {k: place_row(d, s, origins[k]) for k, (s, d) in self.places.items()}
        places = {key: draft for key, (_, draft) in self.places.items()}
        return self._write(ServiceAtLocation, rows, stored, PLACE, places)

    def _without_foreign(
        self, kind: str, drafts: Mapping[UUID, Named], stored: dict[UUID, Row]
    ) -> dict[UUID, Named]:
        """Return the drafts whose id no other source has; the others are conflicts."""
        foreign = {k: row for k, row in stored.items() if row.source_id != self.source.pk}
        keys = dict(Source.objects.values_list("pk", "key")) if foreign else {}
        for key, row in foreign.items():
            kept = keys[row.source_id]
            self.conflicts.append(Conflict(kind, key, drafts[key].name, kept))
        return {key: draft for key, draft in drafts.items() if key not in foreign}

    def _write(
        self,
        model: type[Row],
        rows: dict[UUID, Row],
        stored: dict[UUID, Row],
        owner_key: str,
        drafts: Mapping[UUID, Any],
    ) -> dict[UUID, Row]:
        """Write the rows with the words that people said later; return them as stored."""
        for key, row in rows.items():
            origin = self.origins[owner_key][key]
            with_kept_words(
                row,
                stored.get(key),
                origin,
                children=partial(_children, owner_key, drafts[key], origin),
                record=self.record,
            )
        ids = write(model, rows, stored, self.at, record=self.record)
        self.written |= {(owner_key, key) for key in ids}
        return {key: stored.get(key, row) for key, row in rows.items()}


def _children(owner_key: str, draft: Any, origin: Origin, word: str) -> Any:
    return said_children(owner_key, word, draft, origin)


def _keys_of(draft: ServiceDraft) -> set[tuple[str, UUID]]:
    keys = {(SERVICE, draft.id), (ORGANIZATION, draft.organization.id)}
    for place in draft.places:
        keys |= {(PLACE, place.id), (LOCATION, place.location.id)}
    return keys
