"""What somebody who leaves still holds: areas say it here, and who may take it over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from tejido.network.domain.permissions import Permission

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that somebody holds.

    Attributes:
        words: what it is, as its own page calls it; '' where the number is enough.
        reach: how far the roles of whoever takes it over must reach at least (`domain/roles.py`).
    """

    id: UUID
    words: str = ""
    reach: int = 0


@dataclass(frozen=True, slots=True)
class Passing:
    """Some things pass from one person to another, or back.

    Attributes:
        leaver: the person who held them.
        taker: the person who takes them over; None for nobody.
        called: what the taker is called, '' for nobody.
        by: whoever says so.
        at: when they passed.
    """

    member_id: UUID
    ids: tuple[UUID, ...]
    leaver: UUID
    taker: UUID | None
    called: str
    by: UUID
    at: datetime


def _nothing_changes(_passing: Passing) -> dict[UUID, str]:
    return {}


def _nothing_to_return(_passing: Passing, _was: dict[UUID, str]) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of thing that people hold at a member. Its functions run in the member's scope.

    Attributes:
        kind: a stable code.
        title: what they are, as a heading.
        otherwise: what becomes of them where nobody takes them over.
        page: name of the address where they are seen; it takes the member's slug.
        permission: whoever holds it may take them over; None where nobody can.
        pieces: member, person, now -> what the person holds, what is oldest first.
        pass_on: lets the taker hold them; returns words that stood there before, by id. Where an
            area keeps no holder, it does nothing: `queries/hand_over.py: held_by`.
        give_back: undoes that, of what the taker still holds; takes those words.
    """

    kind: str
    title: "Promise | str"
    otherwise: "Promise | str"
    page: str
    permission: Permission | None
    pieces: Callable[[UUID, UUID, datetime], list[Piece]]
    pass_on: Callable[[Passing], dict[UUID, str]] = _nothing_changes
    give_back: Callable[[Passing, dict[UUID, str]], None] = _nothing_to_return


_offered: dict[str, Holding] = {}


def offer_holding(holding: Holding) -> None:
    """Let a kind of thing be handed over when somebody leaves; called once, at the start."""
    _offered[holding.kind] = holding


def holdings() -> dict[str, Holding]:
    """Return every kind of thing that people hold, by its code."""
    return dict(_offered)
