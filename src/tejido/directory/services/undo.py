"""Take an act back: the inverse of its changes, to everything that has not changed since."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.acts import BOOKS, TEXTS, WHOLE, ActKind, ActState, FindingKind
from tejido.directory.domain.provenance import merged_back
from tejido.directory.models import Act, Change
from tejido.directory.services.acts import COMMAND, Actor, Recorder, begin_act, finish_act
from tejido.directory.services.concept_words import FORM_TYPE, OBJECT_TYPE
from tejido.directory.services.created import CREATED_FIRST, Created
from tejido.directory.services.need_acts import clash_since, locked_needs
from tejido.directory.services.reconcile import in_batches
from tejido.directory.services.removal import ROW, remove_records, restore_records
from tejido.directory.services.setting import FieldKey, model_of, set_values, values_of
from tejido.directory.services.texts import FIELDS, settle_texts
from tejido.foundation.errors import Refused


class UndoRefused(Refused):
    """An act that cannot be taken back."""


@dataclass(slots=True)
class UndoReport:
    """What an undo did.

    Attributes:
        act_id: the undo, which can itself be undone.
        restored: fields that are as before.
        removed: records that the act had made and that went.
        brought_back: records that the act had removed and that are there again.
        kept: what changed since and was left as it is; listed as findings of the undo.
    """

    act_id: UUID
    restored: int = 0
    removed: int = 0
    brought_back: int = 0
    kept: int = 0


def undo_act(
    *, act_id: UUID, at: datetime, actor: Actor = COMMAND, second: Actor | None = None
) -> UndoReport:
    """Take back everything that an act changed and nobody changed since, as an act of its own.

    A field that changed since keeps what it has. A service that the act made stays with its
    places where any of them changed since. Undoing an undo does the act again. All or nothing;
    reads and writes 500 records at a time. What waits for a second person does not wait here:
    the desk comes through `four_eyes.undo_or_propose`.

    Raises:
        UndoRefused: `act-unknown`; `act-not-done`: it is undone already, or never was done;
            `word-elsewhere`, `parent-too-deep`: needs would contradict each other.
    """
    with transaction.atomic():
        act = _undoable(act_id)
        needs = locked_needs() if _is_about_needs(act) else []
        undo_id = begin_act(kind=ActKind.UNDO, at=at, actor=actor, undoes=act.id, second=second)
        run = _Undo(act, Recorder(undo_id), at, UndoReport(undo_id))
        run.bring_back()
        run.restore()
        run.settle()
        run.remove()
        run.record.flush()
        _mark(act)
        report = run.report
        counts = {
            "restored": report.restored,
            "removed": report.removed,
            "brought_back": report.brought_back,
            "kept": report.kept,
        }
        finish_act(undo_id, counts=counts, source=act.source)
        clash = clash_since(needs) if needs else None
        if clash is not None:
            raise UndoRefused(*clash)
    return report


def _undoable(act_id: UUID) -> Act:
    act = Act.objects.select_for_update(of=("self",)).filter(id=act_id).first()
    if act is None:
        raise UndoRefused("act-unknown", _("There is no such act in the directory."))
    if act.state != ActState.DONE:
        raise UndoRefused("act-not-done", _("This is undone already, or it never was done."))
    return act


def _is_about_needs(act: Act) -> bool:
    return Change.objects.filter(act=act, object_type__in=(OBJECT_TYPE, FORM_TYPE)).exists()


def _mark(act: Act) -> None:
    """Mark the act as undone; undoing an undo makes what it undid done again."""
    Act.objects.filter(id=act.id).update(state=ActState.UNDONE.value)
    if act.undoes_id is not None:
        Act.objects.filter(id=act.undoes_id).update(state=ActState.DONE.value)


@dataclass(slots=True)
class _Undo:
    act: Act
    record: Recorder
    at: datetime
    report: UndoReport
    kept: list[FieldKey] = field(default_factory=list)
    with_texts: dict[str, set[UUID]] = field(default_factory=dict)

    def bring_back(self) -> None:
        """Bring back what the act removed, in the order in which records need each other."""
        for model in CREATED_FIRST:
            removed = self._changes(model, WHOLE).filter(before__isnull=False)
            for some in _in_batches(removed):
                copies = {change.object_id: change.before or {} for change in some}
                possible = _possible(model, copies)
                restore_records(model, {key: copies[key] for key in possible}, self.at)
                for row in model._default_manager.filter(pk__in=possible):
                    self.record.created(row)
                self._keep(model, copies.keys() - possible)
                self.report.brought_back += len(possible)
                self.record.flush()

    def restore(self) -> None:
        """Set each field back that still holds what the act put there."""
        changes = Change.objects.filter(act=self.act).exclude(field=WHOLE).order_by("-id")
        for some in _in_batches(changes):
            # The first of several changes of one field is the last one here.
            now = values_of(_key(change) for change in some)
            wanted: dict[FieldKey, Any] = {}
            for change in (each for each in some if _key(each) in now):
                key = _key(change)
                back = _back(change, wanted.get(key, now[key]))
                if back is not None:
                    wanted[key] = back[0]
                elif change.field not in BOOKS:
                    self._find(model_of(change.object_type)(id=change.object_id), change, now[key])
            set_values(wanted, at=self.at, record=self.record)
            self.report.restored += sum(key.field not in BOOKS for key in wanted)
            for key in wanted:
                fields = FIELDS.get(key.object_type, ())
                if fields and key.field in (TEXTS, *fields):
                    self.with_texts.setdefault(key.object_type, set()).add(key.object_id)

    def settle(self) -> None:
        """Let texts and the fields that they belong to say the same, 500 records at a time."""
        for kind, ids in self.with_texts.items():
            for some in in_batches(sorted(ids)):
                settle_texts({kind: set(some)}, self.record)
                self.record.flush()

    def remove(self) -> None:
        """Remove what the act created and nobody touched since."""
        created = Created.by(self.act)
        for model, ids in created.removable():
            remove_records(model, ids, self.record)
            self.report.removed += len(ids)
        for model, ids in created.kept():
            self._keep(model, ids)

    def _changes(self, model: type[models.Model], name: str) -> models.QuerySet[Change]:
        kind = model._meta.label_lower
        return Change.objects.filter(act=self.act, object_type=kind, field=name).order_by("id")

    def _keep(self, model: type[models.Model], ids: Any) -> None:
        names = dict.fromkeys(ids, "")
        for some in in_batches(ids):
            for row in model._default_manager.filter(pk__in=some):
                names[row.pk] = str(getattr(row, "name", ""))
        for key, name in names.items():
            self._find(_named(model, key, name))

    def _find(self, row: models.Model, change: Change | None = None, now: Any = None) -> None:
        self.report.kept += 1
        name = change.field if change is not None else WHOLE
        before = change.before if change is not None else None
        self.record.find(FindingKind.SINCE, row, name, theirs=before, ours=now)


def _named(model: type[models.Model], key: UUID, name: str) -> models.Model:
    has_name = any(column.name == "name" for column in model._meta.concrete_fields)
    return model(id=key, **({"name": name} if has_name else {}))


def _key(change: Change) -> FieldKey:
    return FieldKey(change.object_type, change.object_id, change.field)


def _back(change: Change, now: Any) -> tuple[Any] | None:
    """Return what the field goes back to, or None where it changed since."""
    if change.field == "provenance":
        return (merged_back(now=now, before=change.before or {}, after=change.after or {}),)
    return (change.before,) if now == change.after else None


def _possible(model: type[models.Model], copies: dict[UUID, Any]) -> set[UUID]:
    """Return the records that are not there and whose owners are."""
    there = set(model._default_manager.filter(pk__in=list(copies)).values_list("pk", flat=True))
    possible = copies.keys() - there
    for column in model._meta.concrete_fields:
        owner = column.related_model if column.is_relation else None
        if isinstance(owner, type):
            needed = {copies[key][ROW].get(column.attname) for key in possible} - {None}
            found = owner._default_manager.filter(pk__in=list(needed)).values_list("pk", flat=True)
            missing = needed - {str(key) for key in found}
            possible = {
                key for key in possible if copies[key][ROW].get(column.attname) not in missing
            }
    return set(possible)


def _in_batches(changes: models.QuerySet[Change]) -> Iterator[list[Change]]:
    """Return changes 500 at a time, read whole, so that writing between them is safe."""
    ids = list(changes.values_list("id", flat=True))
    for some in in_batches(ids):
        found = {change.id: change for change in Change.objects.filter(id__in=some)}
        yield [found[key] for key in some]
