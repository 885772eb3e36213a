"""What happened to the directory: acts, what each changed, and what it left to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from tejido.directory.domain.acts import BOOKS, WHOLE, ActKind, ActState, FindingKind
from tejido.directory.models import (
    Act,
    Change,
    Finding,
    Location,
    Organization,
    Service,
)
from tejido.directory.queries.aliases import parts_of

ROWS_AT_ONCE = 500
# Fields that hold the id of another record.
NAMING = frozenset({"organization", "location", "service"})
# What is worth a line where it came or went; the rest comes and goes with a listing.
READ_WHOLE = ("directory.service", "directory.concept", "directory.conceptform")


@dataclass(frozen=True, slots=True)
class ActSeen:
    """One act, as pages show it; `actor` is None for a command.

    `second_role` is the role of who looked at it before it was done, or ''.
    """

    id: UUID
    kind: ActKind
    at: datetime
    actor: UUID | None
    member: UUID | None
    role: str
    source_key: str
    source_name: str
    file_name: str
    state: ActState
    counts: dict[str, int]
    undoes: UUID | None
    second_role: str = ""


@dataclass(frozen=True, slots=True)
class ChangeSeen:
    """One field before and after; `field` '' is the whole record (domain.acts.WHOLE)."""

    object_type: str
    object_id: UUID
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """What an act leaves to look at: what the source says, and what stands here."""

    kind: FindingKind
    object_type: str
    object_id: UUID
    name: str
    field: str
    theirs: Any
    ours: Any


def acts(*, kind: ActKind | None = None, limit: int = 50) -> list[ActSeen]:
    """Return the latest acts, the last first. One query."""
    rows = Act.objects.select_related("source").order_by("-at", "-id")
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    return [_seen(row) for row in rows[:limit]]


def act_by_id(act_id: UUID) -> ActSeen | None:
    """Return one act, or None. One query."""
    row = Act.objects.select_related("source").filter(id=act_id).first()
    return None if row is None else _seen(row)


def switches_trust(act_id: UUID) -> bool:
    """Return whether an act, not an import, changed whether a source is trusted. One query."""
    changes = Change.objects.filter(act_id=act_id, object_type="directory.source", field="trusted")
    return changes.exclude(act__kind=ActKind.IMPORT.value).exists()


def sets_clocks(act_id: UUID) -> bool:
    """Return whether an act changed for how long listings are believed. One query."""
    return Change.objects.filter(act_id=act_id, object_type="directory.clock").exists()


def findings_of(
    act_id: UUID, *, kinds: Iterable[FindingKind] = tuple(FindingKind), limit: int = 500
) -> list[FindingSeen]:
    """Return what an act left to look at, in order. One query."""
    rows = Finding.objects.filter(act_id=act_id, kind__in=[kind.value for kind in kinds])
    return [_found(row) for row in rows.order_by("id")[:limit]]


def findings_about(object_ids: Iterable[UUID]) -> list[tuple[ActSeen, FindingSeen]]:
    """Return where lists and persons differ about some records, the latest word on each field.

    What a source no longer has counts until the next import of that source. One query.
    """
    newer = Act.objects.filter(
        source=OuterRef("act__source"),
        kind=ActKind.IMPORT.value,
        state=ActState.DONE.value,
        at__gt=OuterRef("act__at"),
    )
    rows = Finding.objects.filter(object_id__in=list(object_ids), act__state=ActState.DONE.value)
    rows = rows.exclude(kind=FindingKind.SINCE.value)
    rows = rows.exclude(Exists(newer), kind=FindingKind.VANISHED.value)
    found: dict[tuple[UUID, str], tuple[ActSeen, FindingSeen]] = {}
    for row in rows.select_related("act__source").order_by("-id")[:ROWS_AT_ONCE]:
        found.setdefault((row.object_id, row.field), (_seen(row.act), _found(row)))
    return list(found.values())


def changes_of(act_id: UUID, *, limit: int = ROWS_AT_ONCE) -> list[ChangeSeen]:
    """Return what an act changed, in order, as a person reads it. One query.

    Left out are books, and records that came or went with a listing.
    """
    is_read = ~Q(field=WHOLE) | Q(object_type__in=READ_WHOLE)
    rows = Change.objects.filter(is_read, act_id=act_id).exclude(field__in=BOOKS)
    return [_changed(row) for row in rows.order_by("id")[:limit]]


def history_of(
    object_ids: Iterable[UUID], *, limit: int = ROWS_AT_ONCE
) -> list[tuple[ActSeen, list[ChangeSeen]]]:
    """Return what happened to some records together, the last act first.

    What became part of one of them is told too. Two queries, and one more for each time that
    what became part of another had others in it.
    """
    ids = list(parts_of(None, object_ids))
    rows = Change.objects.filter(object_id__in=ids).select_related("act__source")
    by_act: dict[UUID, tuple[ActSeen, list[ChangeSeen]]] = {}
    for row in rows.order_by("-id")[:limit]:
        entry = by_act.setdefault(row.act_id, (_seen(row.act), []))
        entry[1].insert(0, _changed(row))
    return list(by_act.values())


def names_meant(changes: Iterable[ChangeSeen]) -> dict[str, str]:
    """Return the names of the records that changes name by id, also of those that are gone.

    At most four queries.
    """
    named = [each for each in changes if each.field in NAMING]
    ids = {key for each in named for key in (each.before, each.after) if key}
    found: dict[str, str] = {}
    for model in (Organization, Location, Service) if ids else ():
        rows = model._default_manager.filter(pk__in=ids).values_list("pk", "name")
        found |= {str(key): name for key, name in rows}
    missing = ids - found.keys()
    if missing:
        gone = Change.objects.filter(object_id__in=missing, field=WHOLE, before__isnull=False)
        for row in gone.order_by("id"):
            found[str(row.object_id)] = str((row.before or {}).get("row", {}).get("name", ""))
    return found


def _changed(row: Change) -> ChangeSeen:
    return ChangeSeen(row.object_type, row.object_id, row.field, row.before, row.after)


def _found(row: Finding) -> FindingSeen:
    return FindingSeen(
        FindingKind(row.kind),
        row.object_type,
        row.object_id,
        row.name,
        row.field,
        row.theirs,
        row.ours,
    )


def _seen(row: Act) -> ActSeen:
    return ActSeen(
        id=row.id,
        kind=ActKind(row.kind),
        at=row.at,
        actor=row.actor,
        member=row.member,
        role=row.role,
        source_key=row.source.key if row.source else "",
        source_name=row.source.name if row.source else "",
        file_name=row.file_name,
        state=ActState(row.state),
        counts=row.counts,
        undoes=row.undoes_id,
        second_role=row.second_role,
    )
