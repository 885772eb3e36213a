"""What a steward writes in a form, as the rows in JSON that hang on a record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4, uuid5

from tejido.directory.domain.desk import Held
from tejido.directory.domain.drafts import PhoneDraft
from tejido.directory.domain.hours import StatedHours
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import Fact
from tejido.directory.models import Label, Schedule, Source
from tejido.directory.queries.listing import hours_in
from tejido.directory.services.removal import OWNER_KEYS
from tejido.directory.services.row_json import row_from, rows_json
from tejido.directory.services.rows import (
    Origin,
    attribute_rows,
    phone_rows,
    schedule_rows,
)
from tejido.directory.services.setting import model_of

Rows = list[dict[str, Any]]
# Rows carry time stamps, which their JSON leaves out.
_ORIGIN = Origin(Source(key="desk", name="desk"), None, datetime(2000, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class PhoneIn:
    """A phone number in a form; `id` is that of its row, '' for a new one."""

    id: str
    number: str
    extension: str
    kind: str
    description: str


def phone_rows_of(held: Held, phones: Iterable[PhoneIn]) -> Rows:
    """Return the phone rows of a record; rows that were there keep what the form does not show."""
    stored = {row["id"]: row for row in held.values.get("phones", ())}
    rows = []
    for position, phone in enumerate(phones):
        shown = {
            "number": phone.number,
            "extension": phone.extension,
            "type": phone.kind,
            "description": phone.description,
            "position": position,
        }
        rows.append({**stored.get(phone.id, _new_phone(held, phone)), **shown})
    return sorted(rows, key=lambda row: str(row["id"]))


def hours_rows_of(
    held: Held, rules: Iterable[Rule], exceptions: Iterable[DatedException], kept: Iterable[str]
) -> Rows:
    """Return the hours of a record; `kept` are ids of rows that the form could not show.

    A rule that is as before keeps its row.
    """
    stored = {row["id"]: row for row in held.values.get("schedules", ())}
    made = rows_json(schedule_rows(_owner_key(held), held.id, (*rules, *exceptions), _ORIGIN))
    rows = {row["id"]: stored.get(row["id"], row) for row in made}
    rows |= {key: stored[key] for key in kept if key in stored}
    return [rows[key] for key in sorted(rows)]


def hours_in_rows(rows: Iterable[Mapping[str, Any]], text: str) -> StatedHours:
    """Return what rows of hours say."""
    return hours_in([row_from(Schedule, row, _ORIGIN.at) for row in rows], text)


def need_rows_of(held: Held, *, needs: Iterable[str], keywords: Iterable[str]) -> Rows:
    """Return the attributes of a service with other needs and keywords, and the same facts."""
    facts = [row for row in _attributes(held) if row["label"] == Label.FACT]
    return _joined(held, facts, needs=needs, keywords=keywords, facts={})


def fact_rows_of(held: Held, facts: Mapping[Fact, bool | None]) -> Rows:
    """Return the attributes of a service with these facts; None is not known."""
    asked = {fact.value for fact in facts}
    kept = [
        row for row in _attributes(held) if row["label"] != Label.FACT or row["term"] not in asked
    ]
    known = {fact: holds for fact, holds in facts.items() if holds is not None}
    return _joined(held, kept, needs=(), keywords=(), facts=known)


def address_rows_of(held: Held, said: Mapping[str, str]) -> Rows:
    """Return the address of a location; none where nothing is said of it."""
    stored: dict[str, Any] = next(iter(held.values.get("address", ())), {})
    if not (stored or any(said.values())):
        return []
    new = {
        "id": str(uuid5(held.id, "address")),
        "location_id": str(held.id),
        "address_2": "",
        "state_province": "CA",
        "county_fips": "",
    }
    return [{**new, **stored, **said}]


def _new_phone(held: Held, phone: PhoneIn) -> dict[str, Any]:
    draft = PhoneDraft(id=uuid4(), number=phone.number)
    return rows_json(phone_rows(_owner_key(held), held.id, [draft], _ORIGIN))[0]


def _joined(
    held: Held,
    kept: Rows,
    *,
    needs: Iterable[str],
    keywords: Iterable[str],
    facts: Mapping[Fact, bool],
) -> Rows:
    stored = {row["id"]: row for row in _attributes(held)}
    made = rows_json(
        attribute_rows(
            _owner_key(held),
            held.id,
            needs=needs,
            keywords=keywords,
            facts=facts,
            origin=_ORIGIN,
        )
    )
    rows = {row["id"]: row for row in kept}
    rows |= {row["id"]: {**stored.get(row["id"], {}), **row} for row in made}
    return [rows[key] for key in sorted(rows)]


def _attributes(held: Held) -> Rows:
    return list(held.values.get("attributes", ()))


def _owner_key(held: Held) -> str:
    return OWNER_KEYS[model_of(held.kind)]
