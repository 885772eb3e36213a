"""The chain that seals the record of who did what: whoever changes a sealed row is found out.

Each seal is an HMAC over the seal before it and over the rows that came since. Without the key
nobody makes another that fits; and a head that is kept elsewhere shows when the end was cut off.
"""

import hmac
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID


class FaultKind(StrEnum):
    """What is wrong at a seal."""

    CHANGED = "changed"
    ROWS_MISSING = "rows-missing"
    SEAL_MISSING = "seal-missing"
    CUT = "cut"
    KEY_GONE = "key-gone"
    KEY_UNKNOWN = "key-unknown"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something is wrong at the seal with this number."""

    number: int
    kind: FaultKind


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody did, as the table holds it."""

    id: UUID
    actor: UUID | None
    happened_at: datetime
    act: str
    object_id: UUID
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain reaches: the number of its last seal and what that seal is."""

    number: int
    seal: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """One seal as the tables hold it, with the rows that are still there.

    Attributes:
        head: its number and seal.
        sealed_at: when.
        generation: of the key for the audit.
        count: how many rows were sealed.
        rows: those that are there, in the order in which they were sealed.
    """

    head: Head
    sealed_at: datetime
    generation: int
    count: int
    rows: Sequence[Row]


def seal_of(
    key: bytes, *, member_id: UUID, number: int, before: str, at: datetime, rows: Iterable[Row]
) -> str:
    """Return the seal over some rows and the seal before, 64 hexadecimal digits.

    Args:
        key: 32 bytes.
        member_id: whose chain it is.
        number: of this seal, from 1.
        before: the seal before it; '' for the first.
        at: when it is sealed.
        rows: what it seals, in order.
    """
    said = hmac.new(key, _line([str(member_id), number, before, _instant(at)]), "sha256")
    for row in rows:
        said.update(_line(_told(row)))
    return said.hexdigest()


def faults_of(
    seals: Iterable[Sealed],
    *,
    member_id: UUID,
    keys: Mapping[int, bytes],
    gone: Container[int] = (),
    anchor: Head | None = None,
) -> Iterator[Fault]:
    """Yield what is wrong with a chain, from its beginning.

    Args:
        seals: by number.
        member_id: whose chain it is.
        keys: generation -> key.
        gone: generations that were destroyed or lost; of their seals it is only seen whether all
            rows are there.
        anchor: how far the chain reached when that was kept elsewhere.
    """
    last, kept = Head(0, ""), ""
    for sealed in seals:
        if sealed.head.number != last.number + 1:
            yield Fault(last.number + 1, FaultKind.SEAL_MISSING)
        kind = _kind_of(sealed, member_id=member_id, before=last.seal, keys=keys)
        if kind is FaultKind.KEY_UNKNOWN and sealed.generation in gone:
            kind = FaultKind.KEY_GONE
        if kind:
            yield Fault(sealed.head.number, kind)
        last = sealed.head
        kept = last.seal if anchor and last.number == anchor.number else kept
    if anchor and last.number < anchor.number:
        yield Fault(last.number + 1, FaultKind.CUT)
    elif anchor and kept != anchor.seal:
        yield Fault(anchor.number, FaultKind.CHANGED)


def _kind_of(
    sealed: Sealed, *, member_id: UUID, before: str, keys: Mapping[int, bytes]
) -> FaultKind | None:
    if len(sealed.rows) < sealed.count:
        return FaultKind.ROWS_MISSING
    if sealed.generation not in keys:
        return FaultKind.KEY_UNKNOWN
    seal = seal_of(
        keys[sealed.generation],
        member_id=member_id,
        number=sealed.head.number,
        before=before,
        at=sealed.sealed_at,
        rows=sealed.rows,
    )
    return None if hmac.compare_digest(seal, sealed.head.seal) else FaultKind.CHANGED


def _told(row: Row) -> list[object]:
    actor = str(row.actor) if row.actor else None
    return [
        str(row.id),
        actor,
        _instant(row.happened_at),
        row.act,
        str(row.object_id),
        dict(row.facts),
    ]


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _line(values: Sequence[object]) -> bytes:
    """Return values as one line that nothing else is written as."""
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode() + b"\n"
