"""Changes that wait for a second person: the queue, one of them, and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.four_eyes import ProposalState
from tejido.directory.models import ProposedChange, ProposedField
from tejido.foundation.paging import PAGE_ROWS, nearest_page

DECIDED_SHOWN = 10
FIELDS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ProposedFieldSeen:
    """One field: what it held when it was proposed, and is to hold; `language` '' is English."""

    object_type: str
    object_id: UUID
    field: str
    language: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ProposalSeen:
    """One proposed change, as pages show it.

    Attributes:
        records: the first of the records that it is about, each with its kind.
        more: how many records there are besides.
    """

    id: UUID
    kind: ActKind
    proposed_by: UUID
    role: str
    proposed_at: datetime
    state: ProposalState
    decided_by: UUID | None
    decided_role: str
    decided_at: datetime | None
    reason: str
    act: UUID | None
    undoes: UUID | None
    records: tuple[tuple[str, UUID], ...]
    more: int


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One page of what waits; pages count from 1."""

    rows: tuple[ProposalSeen, ...]
    total: int
    page: int
    pages: int


def count_proposals() -> int:
    """Return how many changes wait. One query."""
    return _waiting().count()


def waiting_proposals(*, page: int) -> ProposalPage:
    """Return one page of what waits, the longest first. Three queries."""
    total = count_proposals()
    page, pages = nearest_page(page, total)
    first = (page - 1) * PAGE_ROWS
    rows = _waiting().order_by("proposed_at", "id")[first : first + PAGE_ROWS]
    return ProposalPage(tuple(_seen(list(rows))), total, page, pages)


def decided_proposals() -> list[ProposalSeen]:
    """Return what was decided lately, the last first. Two queries."""
    rows = ProposedChange.objects.exclude(state=ProposalState.WAITING.value)
    return _seen(list(rows.order_by("-decided_at", "id")[:DECIDED_SHOWN]))


def proposal_by_id(proposal_id: UUID) -> ProposalSeen | None:
    """Return one proposed change, or None. Two queries."""
    return next(iter(_seen(list(ProposedChange.objects.filter(id=proposal_id)))), None)


def proposal_of(act_id: UUID) -> ProposalSeen | None:
    """Return what an act was proposed as, or None. At most two queries."""
    return next(iter(_seen(list(ProposedChange.objects.filter(act=act_id)))), None)


def waiting_about(object_ids: Iterable[UUID]) -> list[ProposalSeen]:
    """Return what waits about some records, the longest first. Two queries."""
    rows = _waiting().filter(fields__object_id__in=list(object_ids)).distinct()
    return _seen(list(rows.order_by("proposed_at", "id")))


def proposed_fields(proposal_id: UUID) -> list[ProposedFieldSeen]:
    """Return the fields of a proposed change, in order, at most 200. One query."""
    rows = ProposedField.objects.filter(proposal=proposal_id).order_by("id")[:FIELDS_SHOWN]
    return [
        ProposedFieldSeen(
            row.object_type, row.object_id, row.field, row.language, row.before, row.after
        )
        for row in rows
    ]


def _waiting() -> QuerySet[ProposedChange]:
    return ProposedChange.objects.filter(state=ProposalState.WAITING.value)


def _seen(rows: list[ProposedChange]) -> list[ProposalSeen]:
    if not rows:
        return []
    said = ProposedField.objects.filter(proposal__in=rows).order_by("proposal", "id")
    records: dict[UUID, dict[tuple[str, UUID], None]] = {row.id: {} for row in rows}
    for proposal, kind, key in said.values_list("proposal", "object_type", "object_id"):
        records[proposal][kind, key] = None
    return [_one(row, list(records[row.id])) for row in rows]


def _one(row: ProposedChange, records: list[tuple[str, UUID]]) -> ProposalSeen:
    return ProposalSeen(
        id=row.id,
        kind=ActKind(row.kind),
        proposed_by=row.proposed_by,
        role=row.role,
        proposed_at=row.proposed_at,
        state=ProposalState(row.state),
        decided_by=row.decided_by,
        decided_role=row.decided_role,
        decided_at=row.decided_at,
        reason=row.reason,
        act=row.act_id,
        undoes=row.undoes_id,
        records=tuple(records[:FIELDS_SHOWN]),
        more=len(records[FIELDS_SHOWN:]),
    )
