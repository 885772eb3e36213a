"""Begin and end acts, and write down what they change."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from tejido.directory.domain.acts import WHOLE, ActKind, ActState, FindingKind
from tejido.directory.models import Act, Change, Finding, Source
from tejido.directory.services.last_confirmed import DECIDING, refresh
from tejido.foundation.inserting import insert_rows


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, for a member, in a role. All empty: a command."""

    person: UUID | None = None
    member: UUID | None = None
    role: str = ""


COMMAND = Actor()


def begin_act(
    *,
    kind: ActKind,
    at: datetime,
    actor: Actor = COMMAND,
    source_key: str = "",
    file_name: str = "",
    undoes: UUID | None = None,
    second: Actor | None = None,
) -> UUID:
    """Store that an act began; return its id. At most two queries.

    Args:
        kind: what is done.
        at: when.
        actor: who does it.
        source_key: of an import, where the source is stored already.
        file_name: of an import.
        undoes: the act that an undo takes back.
        second: who looked at it before it was done.
    """
    source = Source.objects.filter(key=source_key).first() if source_key else None
    act = Act.objects.create(
        kind=kind.value,
        at=at,
        actor=actor.person,
        member=actor.member,
        role=actor.role,
        second=second.person if second else None,
        second_role=second.role if second else "",
        source=source,
        file_name=file_name,
        state=ActState.RUNNING.value,
        undoes_id=undoes,
    )
    return act.id


def finish_act(act_id: UUID, *, counts: Mapping[str, int], source: Source | None = None) -> None:
    """Mark an act as done, with its counts. One query."""
    said: dict[str, Any] = {"state": ActState.DONE.value, "counts": dict(counts)}
    if source is not None:
        said["source"] = source
    Act.objects.filter(id=act_id).update(**said)


def cancel_act(act_id: UUID) -> None:
    """Mark an act that changed nothing because it was cancelled or broke off. One query."""
    Act.objects.filter(id=act_id, state=ActState.RUNNING.value).update(
        state=ActState.CANCELLED.value
    )


@dataclass(slots=True)
class Recorder:
    """Collects the changes of one act and writes them in batches.

    With them it keeps what stands beside the records: when each part was last confirmed.

    Attributes:
        new: kind -> records that this act created; what hangs on them needs no change of its
            own.
        overruled: (kind, record, what hangs on it) where a person's word gave way to the source's.
        touched: kind -> records whose listings may be due on another day.
    """

    act_id: UUID
    new: defaultdict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    overruled: set[tuple[str, UUID, str]] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    differences: int = 0
    touched: defaultdict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))

    def created(self, row: models.Model) -> None:
        """Note that a record was created."""
        kind = row._meta.label_lower
        self.new[kind].add(row.pk)
        self.touched[kind].add(row.pk)
        self._note(kind, row.pk, WHOLE, None, None)

    def removed(self, object_type: str, object_id: UUID, before: Any) -> None:
        """Note that a record was removed, with all that it held."""
        self._note(object_type, object_id, WHOLE, before, None)
        service = (before.get("row") or {}).get("service_id") if isinstance(before, dict) else None
        if service is not None:
            self.touched["directory.service"].add(UUID(service))

    def changed(
        self, object_type: str, object_id: UUID, name: str, before: Any, after: Any
    ) -> None:
        """Note that a field of a record changed; of a new record nothing is noted."""
        if name in DECIDING:
            self.touched[object_type].add(object_id)
        if object_id not in self.new[object_type]:
            self._note(object_type, object_id, name, before, after)

    def _note(self, kind: str, key: UUID, name: str, before: Any, after: Any) -> None:
        self.changes.append(
            Change(
                act_id=self.act_id,
                object_type=kind,
                object_id=key,
                field=name,
                before=before,
                after=after,
            )
        )

    def find(
        self,
        kind: FindingKind,
        row: models.Model,
        name: str = WHOLE,
        *,
        theirs: Any = None,
        ours: Any = None,
    ) -> None:
        """Leave something for a steward to look at."""
        self.differences += kind in (FindingKind.KEPT, FindingKind.REPLACED)
        self.findings.append(
            Finding(
                act_id=self.act_id,
                kind=kind.value,
                object_type=row._meta.label_lower,
                object_id=row.pk,
                name=str(getattr(row, "name", "")),
                field=name,
                theirs=theirs,
                ours=ours,
            )
        )

    def flush(self, *, midway: bool = False) -> None:
        """Write what was collected, and make room.

        Args:
            midway: the records are not yet as they will be; what stands beside them waits.
        """
        insert_rows(Change, self.changes)
        insert_rows(Finding, self.findings)
        self.changes.clear()
        self.findings.clear()
        if not midway:
            refresh(self.touched)
            self.touched.clear()
