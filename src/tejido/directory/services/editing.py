"""What a steward changes or confirms: each an act with its history, each field with their word."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.digest import said_digest
from tejido.directory.domain.four_eyes import waits
from tejido.directory.domain.provenance import (
    SENTENCES,
    Confirmation,
    provenance_from,
    said_of_field,
)
from tejido.directory.domain.vocabulary import ConfirmedBy
from tejido.directory.services.acts import Actor, Recorder, begin_act, finish_act
from tejido.directory.services.field_texts import field_texts
from tejido.directory.services.reconcile import in_batches
from tejido.directory.services.setting import FieldKey, set_values, values_of
from tejido.directory.services.texts import put_recorded
from tejido.foundation.errors import Refused
from tejido.translation.domain.texts import TextEntry

PROVENANCE = "provenance"


class EditRefused(Refused):
    """An edit that cannot be stored."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What a steward sent.

    Attributes:
        values: fields with what they are to hold, as JSON; of texts the English.
        confirmed: fields that are right as they stand; `*` is the whole record.
        refused: what was proposed and is not right, with the words out of which it was read.
        spanish: Spanish texts of fields; an empty one removes it. Where the English is empty, the
            field holds the Spanish, which is then its source.
        watched: fields that nobody else may have changed since the steward opened the page.
        seen: what they held then (`seen_digest`); '' skips the check.
    """

    values: Mapping[FieldKey, Any] = field(default_factory=dict)
    confirmed: tuple[FieldKey, ...] = ()
    refused: Mapping[FieldKey, str] = field(default_factory=dict)
    spanish: Mapping[FieldKey, str] = field(default_factory=dict)
    watched: tuple[FieldKey, ...] = ()
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """That a change which waits for a second person may be done.

    Attributes:
        by: who looked at it; None where nobody else could.
    """

    by: Actor | None = None


def seen_digest(keys: Iterable[FieldKey]) -> str:
    """Return a mark of what some fields hold now."""
    return seen_digests([tuple(keys)])[0]


def seen_digests(groups: Sequence[tuple[FieldKey, ...]]) -> list[str]:
    """Return such a mark for each of several groups of fields, read together."""
    with transaction.atomic():
        now = values_of(key for group in groups for key in group)
    held = [[key for key in sorted(group, key=str) if key in now] for group in groups]
    return [said_digest([[*map(str, key), now[key]] for key in keys]) for keys in held]


def edit(
    *,
    change: Edit,
    actor: Actor,
    on: date,
    at: datetime,
    kind: ActKind = ActKind.EDIT,
    by: ConfirmedBy = ConfirmedBy.NETWORK,
    approval: Approval | None = None,
) -> UUID | None:
    """Store what a steward changed and confirmed, as one act; return it, None if nothing changed.

    Each changed field and each confirmed one carries the steward's word of that day. A changed
    English text makes its Spanish stale; Spanish that was the only text and is handed in again
    beside it becomes its translation. A fixed number of statements for each 500 records.

    Args:
        change: what to store.
        actor: the steward.
        on: the local day.
        at: the instant.
        kind: what the act is called.
        by: whose word it is.
        approval: of a change that waits for a second person (`domain.four_eyes.waits`).

    Raises:
        EditRefused: `listing-gone`; `changed-meanwhile`: somebody else changed the fields while
            the steward edited them; `needs-second-person`.
    """
    with transaction.atomic():
        refuse_if_changed(change)
        now = values_of(_looked_at(change))
        held = waiting_fields(change, now)
        if held and approval is None:
            raise needs_second_person()
        texts = field_texts(change.values, change.spanish)
        now |= {key: text.column for key, text in texts.items()}
        values = {**change.values, **{key: text.holds for key, text in texts.items()}}
        wanted = {key: value for key, value in values.items() if now[key] != value}
        entries = [entry for key, text in texts.items() for entry in text.entries(key)]
        if not (wanted or change.confirmed or change.refused or entries):
            return None
        second = approval.by if approval else None
        return _store(change, wanted, now, entries, actor, on, at, kind, by, second)


def needs_second_person() -> EditRefused:
    """Return the refusal of a change that nobody else has looked at."""
    return EditRefused(
        "needs-second-person", _("A second person has to look at this change first.")
    )


def refuse_if_changed(change: Edit) -> None:
    """Refuse an edit whose watched fields no longer hold what the steward saw.

    Raises:
        EditRefused: `changed-meanwhile`.
    """
    if change.seen and change.seen != seen_digest(change.watched):
        raise EditRefused(
            "changed-meanwhile",
            _("Somebody changed this while you were editing. Look at it again."),
        )


def waiting_fields(change: Edit, now: Mapping[FieldKey, Any]) -> set[FieldKey]:
    """Return the fields of an edit that wait for a second person.

    Args:
        change: the edit.
        now: what each field holds.

    Raises:
        EditRefused: `listing-gone`.
    """
    if any(key not in now for key in change.values):
        raise EditRefused("listing-gone", _("This listing is no longer there."))
    return {
        key
        for key, value in change.values.items()
        if waits(key.object_type, key.field, now[key], value)
    }


def _looked_at(change: Edit) -> set[FieldKey]:
    sentences = {_sentence(key) for key in change.values if key.field in SENTENCES}
    return {*change.values, *sentences, *(k for k in change.confirmed if k.field != "*")}


def _sentence(key: FieldKey) -> FieldKey:
    return key._replace(field=SENTENCES.get(key.field, key.field))


def _store(
    change: Edit,
    wanted: dict[FieldKey, Any],
    now: Mapping[FieldKey, Any],
    entries: list[TextEntry],
    actor: Actor,
    on: date,
    at: datetime,
    kind: ActKind,
    by: ConfirmedBy,
    second: Actor | None,
) -> UUID:
    act_id = begin_act(kind=kind, at=at, actor=actor, second=second)
    record = Recorder(act_id)
    word = Confirmation(by, on, role=actor.role)
    words = _words(wanted, change, now, word)
    set_values({**wanted, **words}, at=at, record=record)
    for some in in_batches(entries):
        put_recorded(some, record)
    record.flush()
    finish_act(
        act_id, counts={"records": len({key.object_id for key in words}), "fields": len(wanted)}
    )
    return act_id


def _words(
    wanted: Mapping[FieldKey, Any],
    change: Edit,
    now: Mapping[FieldKey, Any],
    word: Confirmation,
) -> dict[FieldKey, Any]:
    """Return the provenance of each record with the steward's word on these fields."""
    spoken: dict[FieldKey, dict[str, str]] = {}
    for key in change.confirmed:
        spoken.setdefault(key._replace(field=PROVENANCE), {})[key.field] = ""
    refused: dict[FieldKey, dict[str, str]] = {}
    for key, text in change.refused.items():
        owner = key._replace(field=PROVENANCE)
        spoken.setdefault(owner, {})
        refused.setdefault(owner, {})[key.field] = said_digest(text)
    for key in wanted:
        said = said_of_field(key.field, now[key], now.get(_sentence(key), ""))
        spoken.setdefault(key._replace(field=PROVENANCE), {})[key.field] = said_digest(said)
    stored = values_of(spoken)
    return {
        key: provenance_from(stored[key])
        .confirmed(word, fields)
        .refused(word, refused.get(key, {}))
        .to_json()
        for key, fields in spoken.items()
        if key in stored
    }
