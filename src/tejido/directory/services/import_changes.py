"""What an import changed, line by line: where it stood in the file, what stood here before."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from tejido.directory.domain.acts import BOOKS, WHOLE, FindingKind
from tejido.directory.domain.drafts import Draft, OrganizationDraft, ServiceDraft
from tejido.directory.models import (
    Change,
    Finding,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
)
from tejido.directory.queries.subjects import listings_of

AT_ONCE = 500
# What records are called.
NAMES: dict[type[models.Model], str] = {
    Organization: "name",
    Service: "name",
    Location: "name",
    ServiceAtLocation: "service__name",
}
Rows = dict[UUID, int]


class What(StrEnum):
    """What an import did with a field, or with a whole listing.

    KEPT: the list says something else, and a person's word stayed. GONE: no longer in the list,
    and still listed here.
    """

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    KEPT = "kept"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line. `row` counts as in `Issue`, 0 where none is known; `after` is the list's word.

    `kind` and `id` are the record's.
    """

    what: What
    row: int
    name: str
    field: str = WHOLE
    before: Any = None
    after: Any = None
    kind: str = ""
    id: str = ""


def note_rows(drafts: Iterable[Draft], rows: Rows, row_now: Any) -> Iterator[Draft]:
    """Return drafts as they come, and note in which row each record stood first.

    Args:
        drafts: read once, in order.
        rows: record id -> row, to be filled.
        row_now: has the row that is being read as `row`.
    """
    for draft in drafts:
        for key in _ids_in(draft):
            rows.setdefault(key, row_now.row)
        yield draft


def write_changes(path: Path, *, act_id: UUID, rows: Mapping[UUID, int]) -> int:
    """Write what an act changed as JSON, one line each; return how many. Few queries for 500."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for line in _lines(act_id, rows):
            file.write(json.dumps(asdict(line)) + "\n")
            count += 1
    return count


def read_changes(path: Path) -> Iterator[ChangeLine]:
    """Return what was written, one line at a time."""
    with path.open(encoding="utf-8") as file:
        for text in file:
            line = ChangeLine(**json.loads(text))
            yield replace(line, what=What(line.what))


def _ids_in(draft: Draft) -> Iterator[UUID]:
    yield draft.id
    if isinstance(draft, ServiceDraft):
        yield from _ids_in(draft.organization)
        for place in draft.places:
            yield from (place.id, place.location.id)
    elif isinstance(draft, OrganizationDraft):
        yield from (location.id for location in draft.locations)


def _lines(act_id: UUID, rows: Mapping[UUID, int]) -> Iterator[ChangeLine]:
    hangs_on_new = Q(field=WHOLE, before__isnull=True) & ~Q(object_type="directory.service")
    changes = Change.objects.filter(act=act_id).exclude(hangs_on_new).exclude(field__in=BOOKS)
    findings = Finding.objects.filter(act=act_id).exclude(
        kind__in=[FindingKind.REPLACED.value, FindingKind.SINCE.value]
    )
    for some in chain(_parts(changes), _parts(findings)):
        names = _names(some)
        for row in some:
            yield _line(
                row, rows.get(row.object_id, 0), names.get((row.object_type, row.object_id), "")
            )


def _parts(found: "QuerySet[Any]") -> Iterator[list[Any]]:
    rows = found.order_by("id").iterator(AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _line(row: Change | Finding, number: int, name: str) -> ChangeLine:
    record = (row.object_type, str(row.object_id))
    if isinstance(row, Change):
        what = What.CHANGED if row.field else What.REMOVED if row.before else What.NEW
        known = name or str((row.before or {}).get("name", "")) if not row.field else name
        before, after = (row.before, row.after) if row.field else (None, None)
        return ChangeLine(what, number, known, row.field, before, after, *record)
    what = What.KEPT if row.kind == FindingKind.KEPT else What.GONE
    said = (row.field, row.ours, row.theirs)
    return ChangeLine(what, number, name or row.name, *said, *record)


def _names(some: Iterable[Change | Finding]) -> dict[tuple[str, UUID], str]:
    """Return what records are called, or else the listing that shows them.

    At most two queries for each of four tables.
    """
    ids: dict[str, set[UUID]] = defaultdict(set)
    for row in some:
        ids[row.object_type].add(row.object_id)
    named: dict[tuple[str, UUID], str] = {}
    for model, name in NAMES.items():
        kind = model._meta.label_lower
        if ids[kind]:
            held = model._default_manager.filter(pk__in=ids[kind]).values_list("pk", name)
            named |= {(kind, key): said for key, said in held if said}
            ids[kind] -= {key for held_kind, key in named if held_kind == kind}
    return named | {key: subject.name for key, subject in listings_of(ids).items()}
