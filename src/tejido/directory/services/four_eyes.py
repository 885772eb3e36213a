"""A change of where a place is, or that shows more of it, waits until a second person says yes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.four_eyes import WHERE, WHO_SEES, waits
from tejido.directory.models import Act, Change, ProposedChange, ProposedField
from tejido.directory.services.acts import Actor
from tejido.directory.services.editing import (
    Edit,
    edit,
    needs_second_person,
    refuse_if_changed,
    waiting_fields,
)
from tejido.directory.services.field_texts import field_texts, stored_spanish
from tejido.directory.services.parting import shown_again
from tejido.directory.services.setting import FieldKey, values_of
from tejido.directory.services.texts import OTHER_LANGUAGE
from tejido.directory.services.undo import undo_act
from tejido.foundation.inserting import insert_rows
from tejido.network.domain.messages import Kind
from tejido.network.domain.permissions import Permission
from tejido.network.services.outbox import tell_whoever_may

# For so long whoever did something, or said yes to it, takes it back alone.
OWN_UNDO = timedelta(days=1)
# What these change comes from lists, or was two records before; nobody typed it.
_NOT_TYPED = frozenset({ActKind.IMPORT.value, ActKind.MERGE.value})


@dataclass(frozen=True, slots=True)
class Outcome:
    """The act of what was done, the proposal of what waits; neither where nothing changes."""

    act: UUID | None = None
    waiting: UUID | None = None


def edit_or_propose(
    *,
    change: Edit,
    actor: Actor,
    on: date,
    at: datetime,
    kind: ActKind = ActKind.EDIT,
    whole: bool = True,
) -> Outcome:
    """Store what a steward changed, or propose it where a second person has to look first.

    Args:
        change: what to store.
        actor: the steward.
        on: the local day.
        at: the instant.
        kind: what the act is called.
        whole: all of it waits together; otherwise what need not wait is stored at once.

    Raises:
        EditRefused: as for `edit`; `needs-second-person`: no person proposes it, but a command.
    """
    with transaction.atomic():
        refuse_if_changed(change)
        now = values_of(change.values)
        held = waiting_fields(change, now)
        if not held:
            return Outcome(edit(change=change, actor=actor, on=on, at=at, kind=kind))
        act = None
        if not whole:
            rest = {key: value for key, value in change.values.items() if key not in held}
            now_done = Edit(values=rest, confirmed=change.confirmed)
            act = edit(change=now_done, actor=actor, on=on, at=at, kind=kind)
        before, after = _in_english(change, now)
        waiting = {
            key: (before[key], value)
            for key, value in after.items()
            if (whole or key in held) and before[key] != value
        }
        texts = _new_spanish(change) if whole else {}
        return Outcome(act, _propose(waiting, texts, kind=kind, actor=actor, at=at))


def undo_or_propose(*, act_id: UUID, actor: Actor, at: datetime) -> Outcome:
    """Take an act back, or propose to, where that would do what waits for a second person.

    Whoever did it, or said yes to it, takes it back alone within a day, but shows nothing that
    was hidden since.

    Raises:
        UndoRefused: as for `undo_act`.
    """
    with transaction.atomic():
        act = Act.objects.filter(id=act_id).first()
        back = {} if act is None else _brought_back_by(act, actor, at)
        if act is None or not back or act.state != "done":
            return Outcome(undo_act(act_id=act_id, at=at, actor=actor).act_id)
        proposal = _propose(back, {}, kind=ActKind.UNDO, actor=actor, at=at, undoes=act)
        return Outcome(waiting=proposal)


def _brought_back_by(act: Act, actor: Actor, at: datetime) -> dict[FieldKey, tuple[Any, Any]]:
    back = {} if _is_own(act, actor, at) else brought_back(act)
    if _first(act).kind == ActKind.MERGE.value:
        back |= shown_again(act)
    return back


def brought_back(act: Act) -> dict[FieldKey, tuple[Any, Any]]:
    """Return what taking an act back would do that waits: what each field holds and would hold.

    Lists and merges brought addresses that somebody else wrote, so taking one back changes
    addresses at once; who may see a place is looked at whatever brought it. A fixed number of
    queries for each 500 records.
    """
    fields = WHO_SEES if _first(act).kind in _NOT_TYPED else WHO_SEES | WHERE
    found: dict[FieldKey, tuple[Any, Any]] = {}
    changes = Change.objects.filter(act=act, field__in=fields).order_by("-id")
    for row in changes.iterator(chunk_size=500):
        if waits(row.object_type, row.field, row.after, row.before):
            key = FieldKey(row.object_type, row.object_id, row.field)
            found[key] = (row.after, row.before)
    now = values_of(found)
    return {key: pair for key, pair in found.items() if now.get(key) == pair[0]}


def _first(act: Act) -> Act:
    """Return what an undo, or an undo of an undo, is about in the end."""
    while act.undoes is not None:
        act = act.undoes
    return act


def _is_own(act: Act, actor: Actor, at: datetime) -> bool:
    return actor.person in {act.actor, act.second} - {None} and at - act.at <= OWN_UNDO


def _in_english(
    change: Edit, now: Mapping[FieldKey, Any]
) -> tuple[dict[FieldKey, Any], dict[FieldKey, Any]]:
    """Return what fields hold and are to hold, of texts what they say in English."""
    texts = field_texts(change.values, change.spanish)
    before = {**now, **{key: text.english_now for key, text in texts.items()}}
    after = {**change.values, **{key: text.english for key, text in texts.items()}}
    return before, after


def _new_spanish(change: Edit) -> dict[FieldKey, tuple[Any, Any]]:
    stored = stored_spanish(change.spanish)
    return {
        key: (stored.get(key, ""), text)
        for key, text in change.spanish.items()
        if text != stored.get(key, "")
    }


def _propose(
    values: Mapping[FieldKey, tuple[Any, Any]],
    spanish: Mapping[FieldKey, tuple[Any, Any]],
    *,
    kind: ActKind,
    actor: Actor,
    at: datetime,
    undoes: Act | None = None,
) -> UUID:
    """Store a proposal; the same one, sent twice by one person, is stored once."""
    if actor.person is None:
        raise needs_second_person()
    rows = [_row(key, *pair) for key, pair in values.items()]
    rows += [_row(key, *pair, OTHER_LANGUAGE) for key, pair in spanish.items()]
    same = _same(rows, actor.person)
    if same is not None:
        return same
    proposal = ProposedChange.objects.create(
        kind=kind.value,
        undoes=undoes,
        proposed_by=actor.person,
        member=actor.member,
        role=actor.role,
        proposed_at=at,
    )
    for row in rows:
        row.proposal = proposal
    insert_rows(ProposedField, rows)
    tell_whoever_may(
        permission=Permission.APPROVE_LISTING, kind=Kind.HOURS_WAIT, at=at, but=actor.person
    )
    return proposal.id


def _row(key: FieldKey, before: Any, after: Any, language: str = "") -> ProposedField:
    return ProposedField(
        object_type=key.object_type,
        object_id=key.object_id,
        field=key.field,
        language=language,
        before=before,
        after=after,
    )


def _same(rows: Iterable[ProposedField], person: UUID) -> UUID | None:
    wanted = _said(rows)
    first = next(iter(wanted))
    mine = ProposedChange.objects.filter(
        state="waiting", proposed_by=person, fields__object_id=first[1]
    )
    for proposal in mine.distinct().order_by("proposed_at"):
        if _said(proposal.fields.all()) == wanted:
            return proposal.id
    return None


def _said(rows: Iterable[ProposedField]) -> dict[tuple[str, UUID, str, str], Any]:
    return {(r.object_type, r.object_id, r.field, r.language): r.after for r in rows}
