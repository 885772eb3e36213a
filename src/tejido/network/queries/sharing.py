"""What a member may see of a shared table now: its own rows, and those that others agreed to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tejido.disclosure.domain.audiences import Audience, NotAgreed, Permit, draft_for
from tejido.disclosure.domain.tables import Cell
from tejido.foundation.days import local_day
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.agreements import Agreed, agreed, givers_to
from tejido.network.shared_tables import SharedTable

Row = tuple[Cell, int | None]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one member; `agreed` is None for one's own. A count that is hidden is None."""

    giver: MemberSeen
    agreed: Agreed | None
    rows: list[Row]


def shared_with(reader: MemberSeen, table: SharedTable, *, at: datetime) -> list[Part]:
    """Return the rows that a member may see now, its own first, then those of others by name."""
    found = [Part(reader, None, rows_of(table, reader.id, None, at=at))]
    for giver, agreement in givers_to(reader.id, table.code, at=at):
        found.append(Part(giver, agreement, rows_of(table, giver.id, agreement.permit, at=at)))
    return found


def rows_now(
    table: SharedTable, *, giver: UUID, reader: UUID, at: datetime
) -> tuple[Agreed, list[Row]] | None:
    """Return what one member may see of another now and under what; None without agreement."""
    found = agreed(giver=giver, reader=reader, table=table.code, at=at)
    if found is None:
        return None
    try:
        return found, rows_of(table, giver, found.permit, at=at)
    except NotAgreed:
        return None


class LooksNotKept(RuntimeError):
    """Counts of people served would be hidden by what they are now, and not by what was shown.

    Whoever looks before and after a change would read one person off two tables. An area that
    offers such a table to members first has to keep what was shown under each agreement, and give
    it to `draft_for` as `earlier`.
    """


def rows_of(table: SharedTable, giver: UUID, permit: Permit | None, *, at: datetime) -> list[Row]:
    """Return the rows of a member as `disclosure` lets them out; its own without a permit.

    Raises:
        NotAgreed: the permit does not name the table.
        LooksNotKept: it counts people served, for members of the network.
    """
    audience = permit.audience if permit else Audience.OWN
    counted = table.counted(giver, local_day(at))
    if audience is Audience.NETWORK and counted.is_of_people_served:
        raise LooksNotKept(table.code)
    draft = draft_for(audience, counted, permit=permit)
    shown: dict[Cell, int | None] = {**draft.shown, **dict.fromkeys(draft.hidden)}
    return sorted(shown.items(), key=lambda row: row[0], reverse=True)
