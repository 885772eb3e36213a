"""The clocks that run: what the shipped file says, under what a coordinator set."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from tejido.directory.domain import clocks as domain
from tejido.directory.domain.clocks import (
    CLOCKS,
    Clocks,
    FieldGroup,
    PlaceKind,
    ShippedClocks,
    read_clocks,
)
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.models import Clock, Pace

CLOCKS_FILE = Path(__file__).resolve().parents[1] / "reference" / "clocks.toml"


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """One clock with its row; `days` None: it does not run; `why` is '' where it is shipped."""

    id: UUID
    clock: domain.Clock
    days: int | None
    since: date
    why: str


@dataclass(frozen=True, slots=True)
class PaceSeen:
    """Minutes for one call sheet and minutes a week; None: nobody said how many."""

    minutes_a_sheet: int
    minutes_a_week: int | None


@cache
def shipped_clocks() -> ShippedClocks:
    """Return what the file says. Source: docs/sources.md#confirmation-clocks."""
    return read_clocks(CLOCKS_FILE.read_text(encoding="utf-8"))


def clocks_now() -> Clocks:
    """Return the clocks that run; one without a row runs as shipped. One query."""
    days: dict[domain.Clock, int | None] = dict(shipped_clocks().clocks.days)
    days |= {each.clock: each.days for each in clocks_seen()}
    return Clocks({clock: number for clock, number in days.items() if number is not None})


def clocks_seen() -> list[ClockSeen]:
    """Return every clock that has a row, the most harmful first. One query."""
    seen = [
        ClockSeen(
            row.id,
            domain.Clock(FieldGroup(row.group), Tier(row.tier), PlaceKind(row.kind)),
            row.days,
            row.since,
            row.why,
        )
        for row in Clock.objects.all()
    ]
    return sorted(seen, key=lambda each: CLOCKS.index(each.clock))


def pace_now() -> PaceSeen:
    """Return how fast the team calls. One query."""
    row = Pace.objects.order_by("id").first()
    if row is None:
        return PaceSeen(shipped_clocks().minutes_a_sheet, None)
    return PaceSeen(row.minutes_a_sheet, row.minutes_a_week)
