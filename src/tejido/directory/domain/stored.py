"""What became of an import."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Listed:
    """A record by id and name, for a report."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """An id that already belongs to something else; the first one was kept.

    `kind` is `organization`, `service`, `location` or `service_at_location`; `kept` names the
    source that the id belongs to.
    """

    kind: str
    id: UUID
    name: str
    kept: str


@dataclass(frozen=True, slots=True)
class StoreReport:
    """How many services were created, updated, left as they were, and what to look at.

    Attributes:
        vanished: services that the source had before and has no more; they are still stored.
        conflicts: records that were left out because their id is taken.
        act_id: the act that can be undone, or None.
        differences: fields in which a person's word and the source's differ.
        alone: records that the source has without a service.
    """

    created: int
    updated: int
    unchanged: int
    vanished: tuple[Listed, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    act_id: UUID | None = None
    differences: int = 0
    alone: int = 0
