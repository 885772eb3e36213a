"""Who confirmed and changed which field when, as HSDS metadata: roles and sources, never people.

An object of ours carries its own proof: its id follows from all that it says. Whoever reads it
again knows it by that, and leaves it out, because what we say of ourselves is no word of a source.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from tejido.directory.domain.hsds.ours import NAMESPACE
from tejido.directory.domain.named_ids import named_id
from tejido.directory.domain.provenance import REST, Confirmation
from tejido.directory.domain.public import PublicConfirmation
from tejido.directory.domain.vocabulary import ConfirmedBy

# In the place of a field's name: each field that has no newer word of its own.
EVERY_FIELD = REST
CONFIRM, IMPORT, UPDATE = "confirm", "import", "update"
# HSDS asks for both values, and its tables take no empty cell for them.
NOTHING, NOT_TOLD, AS_IT_STANDS = "nothing", "not told", "as it stands"
# What a field of ours is called in HSDS.
FIELD_NAMES: Mapping[str, str] = {
    "address": "addresses",
    "before_you_go": "application_process",
    "reach": "service_areas",
}
_SAID = (
    *("resource_type", "last_action_date", "last_action_type", "field_name"),
    *("previous_value", "replacement_value", "updated_by"),
)


def metadata_object(
    owner: UUID,
    kind: str,
    field: str,
    *,
    on: date,
    action: str,
    by: str,
    before: str = AS_IT_STANDS,
    after: str = AS_IT_STANDS,
) -> dict[str, str]:
    """Return one HSDS metadata object, as it stands in the record that it is about.

    Args:
        owner: id of that record.
        kind: its kind, as HSDS calls it.
        field: the field, as we call it.
        on: the local day.
        action: `confirm`, `import` or `update`.
        by: a role, `program`, or whose list; never a person.
        before: what it held, in words.
        after: what it holds since.
    """
    said = {
        "resource_type": kind,
        "last_action_date": on.isoformat(),
        "last_action_type": action,
        "field_name": FIELD_NAMES.get(field, field),
        "previous_value": before,
        "replacement_value": after,
        "updated_by": by,
    }
    return {"id": _id_of(str(owner), said), **said}


def public_metadata(
    owner: UUID, kind: str, record: str, said: Iterable[PublicConfirmation]
) -> list[dict[str, str]]:
    """Return who confirmed the fields of a public record, without what any field ever held.

    What was taken off a page was taken off for a reason that no history tells; what stands is in
    the record itself.

    Args:
        owner: id of the record as it is published.
        kind: its kind, as HSDS calls it.
        record: which of the records of a listing it is.
        said: the confirmations of that listing.
    """
    return [
        metadata_object(
            owner,
            kind,
            each.field,
            on=each.on,
            action=_action(each.by),
            by=who(each.by, each.role),
            before=NOT_TOLD,
        )
        for each in said
        if each.record == record
    ]


def confirmed_metadata(
    owner: UUID, kind: str, entries: Mapping[str, Confirmation]
) -> Iterator[dict[str, str]]:
    """Yield who confirmed each field of a stored record; without a day nobody did."""
    for field, word in sorted(entries.items()):
        if word.on is not None:
            by = f"source {word.source}" if word.source else who(word.by, word.role)
            yield metadata_object(owner, kind, field, on=word.on, action=_action(word.by), by=by)


def who(by: ConfirmedBy, role: str) -> str:
    """Return whose word it is: a role, the program, a source, or somebody of the network."""
    return role if role and by is ConfirmedBy.NETWORK else by.value


def without_ours(fields: Mapping[str, Any], owner: Any) -> Mapping[str, Any]:
    """Return the fields of a record without metadata that we wrote about it ourselves.

    Args:
        fields: of the record.
        owner: its id, as it stands there.
    """
    rows = fields.get("metadata")
    if not isinstance(rows, list):
        return fields
    kept = [row for row in rows if not is_ours(row, owner)]
    if len(kept) == len(rows):
        return fields
    rest = {name: value for name, value in fields.items() if name != "metadata"}
    return {**rest, "metadata": kept} if kept else rest


def is_ours(row: Any, owner: Any) -> bool:
    """Say whether we wrote a metadata object: its id follows from what it says of its record."""
    if not isinstance(row, Mapping) or not isinstance(owner, str):
        return False
    said = {name: row.get(name) or "" for name in _SAID}
    return bool(row.get("id")) and row["id"] == _id_of(owner, said)


def as_text(value: Any) -> str:
    """Return what a field held as one text: as it stands, else as JSON."""
    if value in (None, "", [], {}):
        return NOTHING
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _id_of(owner: str, said: Mapping[str, Any]) -> str:
    try:
        key = UUID(owner)
    except ValueError:
        key = uuid5(NAMESPACE, owner)
    return named_id(key, json.dumps(["metadata", *(said[name] for name in _SAID)], default=str))


def _action(by: ConfirmedBy) -> str:
    return IMPORT if by is ConfirmedBy.SOURCE else CONFIRM
