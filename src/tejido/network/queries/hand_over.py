"""What somebody holds at a member, who may take it over, and what was taken over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tejido.accounts.queries import who_can_sign_in
from tejido.foundation.scope import member_scope
from tejido.network.domain.permissions import is_allowed
from tejido.network.domain.roles import reach_of
from tejido.network.hand_over import Holding, Piece, holdings
from tejido.network.models import HandedOver, Membership
from tejido.network.queries.people import PersonSeen, people_of

# For so long a page shows who left, and what somebody took over.
SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Group:
    """What somebody holds of one kind, and the colleagues who may take it over, by name."""

    holding: Holding
    pieces: tuple[Piece, ...]
    takers: tuple[PersonSeen, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What somebody took over of one kind and still holds; `leavers` are names."""

    holding: Holding
    pieces: tuple[Piece, ...]
    leavers: tuple[str, ...]


def held_of(member_id: UUID, person_id: UUID, *, at: datetime) -> list[Group]:
    """Return what a person holds at a member, by kind, with who may take it over.

    Three queries, and some for each kind.
    """
    with member_scope(member_id):
        found = [
            (holding, tuple(holding.pieces(member_id, person_id, at)))
            for holding in holdings().values()
        ]
        others = _colleagues(member_id, but=person_id) if any(each for _, each in found) else []
    return [
        Group(holding, pieces, tuple(each for each in others if _may_take(each, holding, pieces)))
        for holding, pieces in found
        if pieces
    ]


def held_by(kind: str, person_id: UUID, owners: dict[UUID, UUID]) -> set[UUID]:
    """Return which of some things a person holds, of an area that keeps no holder of its own.

    Args:
        kind: of a `Holding`; the scope is the member's.
        person_id: the person.
        owners: id of each thing -> the person with whom it began.

    One query.
    """
    rows = HandedOver.objects.filter(kind=kind, object_id__in=owners, back_at__isnull=True)
    passed = rows.order_by("handed_at").values_list("object_id", "taker")
    holders: dict[UUID, UUID | None] = {**owners, **dict(passed)}
    return {key for key, holder in holders.items() if holder == person_id}


def taken_over(member_id: UUID, person_id: UUID, *, at: datetime) -> list[Taken]:
    """Return what a person took over of late from others and still holds.

    A query, and some for each kind of which they took something.
    """
    with member_scope(member_id):
        rows = HandedOver.objects.filter(
            taker=person_id, back_at__isnull=True, handed_at__gte=at - SHOWN_FOR
        ).select_related("membership__person")
        passed = list(rows.order_by("handed_at", "id"))
        taken = [_taken(holding, passed, person_id, at) for holding in holdings().values()]
    return [each for each in taken if each.pieces]


def left_lately(member_id: UUID, *, today: date) -> list[PersonSeen]:
    """Return who left a member in the last 30 days and does not work there, the last first."""
    with member_scope(member_id):
        rows = Membership.objects.filter(until__gte=today - SHOWN_FOR)
        here = Membership.objects.filter(until__isnull=True).values("person_id")
        gone = rows.exclude(person_id__in=here).select_related("person")
        return [
            PersonSeen(row.id, row.person_id, row.person.display_name, row.since, row.until, ())
            for row in gone.order_by("-until", "person__display_name", "id")
        ]


def _colleagues(member_id: UUID, *, but: UUID) -> list[PersonSeen]:
    here = [each for each in people_of(member_id) if each.person_id != but]
    able = who_can_sign_in([each.person_id for each in here])
    return [each for each in here if each.person_id in able]


def _may_take(person: PersonSeen, holding: Holding, pieces: Iterable[Piece]) -> bool:
    roles = {grant.role for grant in person.grants}
    if holding.permission is None or not is_allowed(roles, holding.permission):
        return False
    return reach_of(roles) >= max((piece.reach for piece in pieces), default=0)


def _taken(holding: Holding, rows: list[HandedOver], person_id: UUID, at: datetime) -> Taken:
    passed = {row.object_id: row for row in rows if row.kind == holding.kind}
    held = holding.pieces(rows[0].member_id, person_id, at) if passed else []
    pieces = tuple(piece for piece in held if piece.id in passed)
    names = [passed[piece.id].membership.person.display_name for piece in pieces]
    return Taken(holding, pieces, tuple(dict.fromkeys(names)))
