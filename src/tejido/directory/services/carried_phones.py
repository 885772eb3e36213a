"""Phone numbers of an organization: HSDS objects that are only carried, as rows of a form."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from tejido.directory.domain.desk import Held
from tejido.directory.services.listing_rows import PhoneIn, Rows

PHONES = "phones"
SHOWN = ("number", "extension", "type", "description")
# What the form offers where the source says nothing.
UNSAID = {"type": "voice"}


def carried_phones(held: Held) -> Rows:
    """Return the numbers that a record carries, in their order, as rows of phones have them.

    `number` is as the source wrote it; what is no text or number is ''.
    """
    rows = [row for row in held.values.get("records", ()) if row["kind"] == PHONES]
    ordered = sorted(rows, key=lambda row: (row["position"] or 0, str(row["id"])))
    return [_shown(row, place) for place, row in enumerate(ordered)]


def carried_phone_rows_of(held: Held, phones: Iterable[PhoneIn]) -> Rows:
    """Return all that a record carries with these numbers; the rest of it stays as it is.

    A number that was there keeps what the form does not show.
    """
    records = list(held.values.get("records", ()))
    stored = {str(row["id"]): row for row in records if row["kind"] == PHONES}
    others = [row for row in records if row["kind"] != PHONES]
    rows = [
        _row(stored.get(phone.id) or _new(held), phone, place)
        for place, phone in enumerate(phones)
    ]
    return sorted([*others, *rows], key=lambda row: str(row["id"]))


def _shown(row: Mapping[str, Any], place: int) -> dict[str, Any]:
    fields = row["fields"] if isinstance(row["fields"], Mapping) else {}
    said = {name: _text(fields.get(name)) for name in SHOWN}
    return {"id": str(row["id"]), "position": place, **said}


def _row(row: Mapping[str, Any], phone: PhoneIn, place: int) -> dict[str, Any]:
    said = (phone.number, phone.extension, phone.kind, phone.description)
    fields = dict(row["fields"])
    # What says the same stays as the source wrote it, and what it left out stays left out.
    fields |= {
        name: text
        for name, text in zip(SHOWN, said, strict=True)
        if text != (_text(fields.get(name)) or UNSAID.get(name, ""))
    }
    return {**row, "position": place, "fields": fields}


def _new(held: Held) -> dict[str, Any]:
    """Return a row of its own, with every owner that it could have and the one that it has."""
    owners = ("service_id", "location_id", "service_at_location_id", "source_id")
    fields = {"id": str(uuid4()), "number": ""}
    row = {"id": str(uuid4()), "kind": PHONES, "fields": fields, **dict.fromkeys(owners)}
    return {**row, "organization_id": str(held.id)}


def _text(value: Any) -> str:
    is_said = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value).strip() if is_said else ""
