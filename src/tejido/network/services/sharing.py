"""Handing shared tables out: asked anew for each part, and what went out written down."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tejido.disclosure.domain.tables import Cell
from tejido.foundation.scope import member_scope
from tejido.network.models import SentBatch
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.agreements import givers_to
from tejido.network.queries.sharing import Row, rows_now, rows_of
from tejido.network.services.events import note_event
from tejido.network.services.reads import note_read
from tejido.network.shared_tables import SharedTable

ROWS = 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of one member."""

    giver: MemberSeen
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A member's agreement held no more while its rows went out: `sent` of them had gone.

    Whether one of the two ended it, its last day was over, or another version took its place.
    """

    giver: MemberSeen
    sent: int


def export_shared(
    *, reader: MemberSeen, table: SharedTable, by: UUID, clock: Callable[[], datetime]
) -> Iterator[Batch | Stopped]:
    """Yield the rows that a member may see, some at a time; before each the agreement is asked.

    What goes out is written down first, in the same transaction as the question. Between two
    parts no scope is open and nothing is held.

    Args:
        reader: the member to which they go.
        table: which.
        by: the person to whom.
        clock: tells the time, since an export may last.
    """
    at = clock()
    yield Batch(reader, rows_of(table, reader.id, None, at=at))
    for giver, _agreement in givers_to(reader.id, table.code, at=at):
        yield from _of_one(giver, reader, table, by, clock)


def note_looked(
    *,
    reader: UUID,
    under: Collection[tuple[UUID, UUID | None]],
    by: UUID,
    at: datetime,
    act: str = "view.shared",
) -> None:
    """Write down that a person looked at what is others': with them, and with whom it belongs to.

    Each agreement is a line of its own, on both sides.

    Args:
        reader: the member for which they look.
        under: those whose rows were shown, each with the agreement under which; None where the
            rows are shared without one.
        by: the person.
        at: when.
        act: `view.shared` for tables, `view.shared-contacts` for contacts, `view.partner-names`
            for names on cards for partners, `view.recoveries` for accounts to open again.
    """
    theirs = {each for each in under if each[0] != reader}
    named: set[UUID | None] = {agreement for _giver, agreement in theirs if agreement}
    ours = {(reader, agreement) for agreement in named or [None]}
    for member_id, agreement in sorted(theirs | ours, key=str):
        facts = _facts(reader, agreement)
        note_read(member_id=member_id, act=act, object_id=reader, by=by, at=at, facts=facts)


def _of_one(
    giver: MemberSeen,
    reader: MemberSeen,
    table: SharedTable,
    by: UUID,
    clock: Callable[[], datetime],
) -> Iterator[Batch | Stopped]:
    sent: set[Cell] = set()
    while True:
        rows = _next(giver, reader, table, by, sent, clock())
        if rows is None:
            yield Stopped(giver, len(sent))
            return
        if not rows:
            return
        sent |= {cell for cell, _count in rows}
        yield Batch(giver, rows)


@transaction.atomic
def _next(
    giver: MemberSeen,
    reader: MemberSeen,
    table: SharedTable,
    by: UUID,
    sent: set[Cell],
    at: datetime,
) -> list[Row] | None:
    found = rows_now(table, giver=giver.id, reader=reader.id, at=at)
    if found is None:
        return None
    agreement, rows = found
    waiting = [row for row in rows if row[0] not in sent][:ROWS]
    if waiting:
        with member_scope(giver.id):
            SentBatch.objects.create(
                from_member_id=giver.id,
                to_member_id=reader.id,
                agreement=agreement.agreement_id,
                table=table.code,
                cells=[list(cell) for cell, _count in waiting],
                person=by,
                sent_at=at,
            )
        if not sent:
            _note(agreement.agreement_id, giver, reader, by, at)
    return waiting


def _note(
    agreement_id: UUID, giver: MemberSeen, reader: MemberSeen, by: UUID, at: datetime
) -> None:
    for member_id in (giver.id, reader.id):
        with member_scope(member_id):
            note_event(
                member_id=member_id,
                act="export.shared",
                object_id=agreement_id,
                by=by,
                at=at,
                facts=_facts(reader.id, agreement_id),
            )


def _facts(reader: UUID, agreement: UUID | None) -> dict[str, str]:
    said = {"by_member": str(reader)}
    return said | {"agreement": str(agreement)} if agreement else said
