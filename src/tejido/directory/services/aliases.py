"""What an import says about records that became part of others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tejido.directory.domain.drafts import (
    AtLocationDraft,
    Draft,
    LocationDraft,
    OrganizationDraft,
    ServiceDraft,
)
from tejido.directory.models import (
    Alias,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
)
from tejido.directory.queries.aliases import end_of
from tejido.directory.services.acts import Recorder
from tejido.directory.services.reconcile import in_batches
from tejido.directory.services.removal import remove_records

MODELS: Mapping[str, Any] = {
    model._meta.label_lower: model
    for model in (Organization, Location, Service, ServiceAtLocation)
}
_ORGANIZATION, _LOCATION, _SERVICE, _PLACE = MODELS
Stands = Mapping[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Aliases:
    """By kind, the ids of a source that stand for another record; `pinned` are places that stay.

    An alias whose record is gone does not count: what it stood for comes anew.
    """

    stand_for: Mapping[str, Stands] = field(default_factory=dict)
    pinned: frozenset[UUID] = frozenset()

    @classmethod
    def stored(cls) -> "Aliases":
        """Return those that stand. One query, and one more for each 500 of a kind."""
        said: dict[str, dict[UUID, UUID]] = {}
        for kind, key, to in Alias.objects.values_list("object_type", "said", "stands_for"):
            said.setdefault(kind, {})[key] = to
        ends = {
            kind: {key: end_of(key, stands) for key in stands} for kind, stands in said.items()
        }
        there = {kind: _there(kind, set(stands.values())) for kind, stands in ends.items()}
        standing = {
            kind: {key: to for key, to in stands.items() if to in there[kind] and to != key}
            for kind, stands in ends.items()
        }
        places = ends.get(_PLACE, {})
        return cls(standing, frozenset(key for key, to in places.items() if key == to))

    def has(self, kind: str, key: UUID) -> bool:
        """Say whether a source's id stands for another record."""
        return key in self.stand_for.get(kind, {})

    def is_gone(self, draft: Draft) -> bool:
        """Say whether a draft is of a record that became part of another one."""
        kinds = {
            ServiceDraft: _SERVICE,
            OrganizationDraft: _ORGANIZATION,
            LocationDraft: _LOCATION,
        }
        return self.has(kinds.get(type(draft), ""), draft.id)

    def known(self, draft: ServiceDraft) -> ServiceDraft:
        """Return a draft that names the records that its organization and places became."""
        if not self.stand_for:
            return draft
        organization = draft.organization
        locations = tuple(
            each for each in organization.locations if not self.has(_LOCATION, each.id)
        )
        key = self._end(_ORGANIZATION, organization.id)
        places = (each for each in draft.places if not self.has(_PLACE, each.id))
        return replace(
            draft,
            organization=replace(organization, id=key, locations=locations),
            places=tuple(map(self._known_place, places)),
        )

    def _known_place(self, place: AtLocationDraft) -> AtLocationDraft:
        key = self._end(_LOCATION, place.location.id)
        return replace(place, location=replace(place.location, id=key))

    def _end(self, kind: str, key: UUID) -> UUID:
        return self.stand_for.get(kind, {}).get(key, key)


def _there(kind: str, ids: Iterable[UUID]) -> set[UUID]:
    rows = MODELS[kind]._default_manager
    found: set[UUID] = set()
    for some in in_batches(ids):
        found.update(rows.filter(pk__in=some).values_list("pk", flat=True))
    return found


def add_aliases(kind: str, stands: Stands, *, at: datetime, record: Recorder) -> None:
    """Store that ids of a source stand for records, in the place of what they stood for before."""
    old = Alias.objects.filter(object_type=kind, said__in=list(stands))
    remove_records(Alias, list(old.values_list("pk", flat=True)), record)
    rows = [
        Alias(object_type=kind, said=said, stands_for=to, created_at=at, updated_at=at)
        for said, to in stands.items()
    ]
    Alias.objects.bulk_create(rows, batch_size=500)
    for row in rows:
        record.created(row)
