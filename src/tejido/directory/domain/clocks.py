"""How long each part of a listing may be believed after somebody confirmed it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from typing import Any, NamedTuple

from tejido.directory.domain.vocabulary import Mode, Tier

DAYS_AT_MOST = 3_650


class FieldGroup(StrEnum):
    """Parts of a listing that go out of date together, what harms most when wrong first."""

    HOURS = "hours"
    PHONE = "phone"
    STATUS = "status"
    ELIGIBILITY = "eligibility"
    ADDRESS = "address"


class PlaceKind(StrEnum):
    """Whether a service moves; what comes by mail or phone counts as fixed."""

    MOBILE = "mobile"
    FIXED = "fixed"


class Clock(NamedTuple):
    """What one number of days is for."""

    group: FieldGroup
    tier: Tier
    kind: PlaceKind


# In the order in which it harms to leave them undone: hours before an address, harm reduction
# before what stands around it, a van before a house.
CLOCKS: tuple[Clock, ...] = tuple(Clock(*each) for each in product(FieldGroup, Tier, PlaceKind))
RANKS: Mapping[Clock, int] = {clock: rank for rank, clock in enumerate(CLOCKS)}


class ClocksMistaken(ValueError):
    """A file of clocks that cannot be used; says where."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """Days of each clock; one that is not in `days` does not run."""

    days: Mapping[Clock, int] = field(default_factory=dict)

    def hours_hold_days(self, *, tier: Tier, mode: Mode) -> int:
        """Return for how many days stated hours are believed.

        Hours without a clock of their own are believed as long as those of harm reduction itself.
        """
        kind = kind_of(mode)
        own = self.days.get(Clock(FieldGroup.HOURS, tier, kind))
        return self.days[Clock(FieldGroup.HOURS, Tier.CORE, kind)] if own is None else own

    def due_on(self, clock: Clock, confirmed_on: date) -> date | None:
        """Return the first day on which a part is no longer believed, None where no clock runs."""
        days = self.days.get(clock)
        return None if days is None else confirmed_on + timedelta(days=days + 1)


@dataclass(frozen=True, slots=True)
class ShippedClocks:
    """What the file says: the clocks, since when, and minutes for one call sheet."""

    clocks: Clocks
    since: date
    minutes_a_sheet: int


def kind_of(mode: Mode) -> PlaceKind:
    """Return the kind of place of a service."""
    return PlaceKind.MOBILE if mode is Mode.MOBILE else PlaceKind.FIXED


def read_clocks(text: str) -> ShippedClocks:
    """Read a file of clocks.

    Raises:
        ClocksMistaken: it is no TOML, a word is not known, a number does not fit, or hours of
            harm reduction have no number.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ClocksMistaken(str(error)) from error
    days = {clock: _days(said, clock) for clock in CLOCKS}
    running = {clock: number for clock, number in days.items() if number is not None}
    _refuse_unknown(said, running)
    since, pace = said.get("since"), said.get("pace", {})
    if not isinstance(since, date):
        raise ClocksMistaken("since: a day")
    return ShippedClocks(Clocks(running), since, _number(pace.get("minutes_a_sheet"), "pace"))


def _days(said: Mapping[str, Any], clock: Clock) -> int | None:
    number = said.get(clock.tier.value, {}).get(clock.kind.value, {}).get(clock.group.value)
    return None if number is None else _number(number, ".".join(clock))


def _number(number: Any, where: str) -> int:
    if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= DAYS_AT_MOST:
        return number
    raise ClocksMistaken(f"{where}: a whole number from 1 to {DAYS_AT_MOST}")


def _refuse_unknown(said: Mapping[str, Any], running: Mapping[Clock, int]) -> None:
    """Refuse a word that is none of ours, and hours of harm reduction without a number."""
    there = sum(len(part) for tier in Tier for part in said.get(tier.value, {}).values())
    if there != len(running) or set(said) - {*Tier, "since", "pace"}:
        raise ClocksMistaken("a word that is not known")
    for kind in PlaceKind:
        if Clock(FieldGroup.HOURS, Tier.CORE, kind) not in running:
            raise ClocksMistaken(f"core.{kind.value}.hours: a number of days")
