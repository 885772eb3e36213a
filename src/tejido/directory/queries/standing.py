"""Which record stands now for one that became part of another."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from tejido.directory.models import Alias, Service, ServiceAtLocation
from tejido.directory.queries.aliases import end_of

_KINDS = {model._meta.label_lower: model for model in (Service, ServiceAtLocation)}


@dataclass(frozen=True, slots=True)
class Standing:
    """The services and services at places that became part of others, each with what it became."""

    ends: Mapping[UUID, UUID]

    @classmethod
    def stored(cls) -> "Standing":
        """Return what stands now. A record that came back stands for itself. One query."""
        rows = Alias.objects.filter(object_type__in=_KINDS).exclude(said=F("stands_for"))
        for model in _KINDS.values():
            rows = rows.exclude(said__in=model._default_manager.values_list("pk", flat=True))
        steps = dict(rows.values_list("said", "stands_for"))
        return cls({key: end_of(key, steps) for key in steps})

    def of(self, key: UUID) -> UUID:
        """Return the id of what stands for a record: of itself, if it never became another."""
        return self.ends.get(key, key)

    def names(self, key: UUID) -> list[UUID]:
        """Return every id under which a record was known: its own and those that became it."""
        end = self.of(key)
        return [end, *(said for said, to in self.ends.items() if to == end and said != end)]
