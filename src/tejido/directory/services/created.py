"""What an act created, and what of it can go without taking anybody's later work along."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db import models

from tejido.directory.domain.acts import WHOLE, ActKind, ActState
from tejido.directory.models import (
    Act,
    Alias,
    Change,
    Location,
    Organization,
    Record,
    Service,
    ServiceAtLocation,
)
from tejido.directory.services.reconcile import in_batches

# In the order in which records need each other.
CREATED_FIRST: tuple[type[models.Model], ...] = (
    Organization,
    Location,
    Service,
    ServiceAtLocation,
    Record,
    Alias,
)
Ids = dict[type[models.Model], set[UUID]]


@dataclass(slots=True)
class Created:
    """The records that an act created and that are still there.

    Attributes:
        ids: all of them, by table.
        later: those that another act changed since and that stand; acts that are undone, and
            undos, do not count.
        gone: those that `removable` has handed out.
    """

    ids: Ids
    later: Ids
    gone: Ids = field(default_factory=dict)

    @classmethod
    def by(cls, act: Act) -> "Created":
        """Return what an act created."""
        changes = Change.objects.filter(act=act, field=WHOLE, before__isnull=True)
        ids: Ids = {}
        for model in CREATED_FIRST:
            kind = model._meta.label_lower
            made = set(changes.filter(object_type=kind).values_list("object_id", flat=True))
            ids[model] = _stored(model, made)
        last = Change.objects.filter(act=act).order_by("-id").values_list("id", flat=True).first()
        since = Change.objects.filter(id__gt=last or 0, act__state=ActState.DONE.value)
        since = since.exclude(act=act).exclude(act__kind=ActKind.UNDO.value)
        touched = set(since.values_list("object_type", "object_id").distinct())
        later = {
            model: {key for kind, key in touched if kind == model._meta.label_lower}
            for model in CREATED_FIRST
        }
        return cls(ids, later)

    def removable(self) -> Iterator[tuple[type[models.Model], set[UUID]]]:
        """Return what can go, table by table; the caller removes each before the next."""
        services = self.ids[Service] - self._services_that_stay()
        places = set()
        for key, service, _ in _places(Service, self.ids[Service]):
            if key in self.ids[ServiceAtLocation] and service in services:
                places.add(key)
        ours = self.ids[ServiceAtLocation] - places - self.later[ServiceAtLocation]
        for key, service, location in _places(ServiceAtLocation, ours):
            # A new place of a service that was there before.
            if service not in self.ids[Service] and location not in self.later[Location]:
                places.add(key)
        yield from self._hand_out(ServiceAtLocation, places)
        yield from self._hand_out(Service, services)
        # Records that stand alone; those that hang on something go with it.
        for alone in (Record, Alias):
            yield from self._hand_out(alone, self.ids[alone] - self.later[alone])
        for model in (Location, Organization):
            yield from self._hand_out(model, _unused(model, self.ids[model] - self.later[model]))

    def kept(self) -> Iterator[tuple[type[models.Model], set[UUID]]]:
        """Return what stays because of later work, once `removable` is through.

        These are services, and of the rest what was itself touched.
        """
        for model, ids in self.ids.items():
            stays = ids - self.gone.get(model, set())
            yield model, stays if model is Service else stays & self.later[model]

    def _services_that_stay(self) -> set[UUID]:
        ours = self.ids[Service]
        stay = ours & self.later[Service]
        touched = self.later
        for key, service, location in _places(Service, ours):
            is_later = key in touched[ServiceAtLocation] or location in touched[Location]
            if key not in self.ids[ServiceAtLocation] or is_later:
                stay.add(service)
        return stay

    def _hand_out(
        self, model: type[models.Model], ids: set[UUID]
    ) -> Iterator[tuple[type[models.Model], set[UUID]]]:
        self.gone[model] = ids
        yield model, ids


def _stored(model: type[models.Model], ids: Iterable[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for some in in_batches(ids):
        found.update(model._default_manager.filter(pk__in=some).values_list("pk", flat=True))
    return found


def _places(model: type[models.Model], ids: Iterable[UUID]) -> Iterator[tuple[UUID, UUID, UUID]]:
    """Return (place, service, location) of places by their own id or that of their service."""
    column = "service_id__in" if model is Service else "id__in"
    for some in in_batches(ids):
        yield from ServiceAtLocation.objects.filter(**{column: some}).values_list(
            "id", "service_id", "location_id"
        )


def _unused(model: type[models.Model], ids: set[UUID]) -> set[UUID]:
    """Return the records that no other record needs."""
    used: set[UUID] = set()
    for relation in model._meta.related_objects:
        if relation.on_delete is models.PROTECT:
            column = relation.field.attname
            for some in in_batches(ids):
                rows = relation.related_model._default_manager.filter(**{f"{column}__in": some})
                used.update(rows.values_list(column, flat=True).distinct())
    return ids - used
