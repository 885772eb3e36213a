"""Opening patterns: listings with the same hours share one list of instants and one number."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tejido.directory.domain.opening import Interval, is_computable, openings
from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.schedule import DatedException, Rule

HORIZON_DAYS = 35


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a pattern is made of: equal schedules are one pattern."""

    rules: tuple[Rule, ...]
    exceptions: tuple[DatedException, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class Horizon:
    """The stretch of time for which hours are expanded, [begins, ends) in UTC."""

    begins: datetime
    ends: datetime

    def __contains__(self, at: datetime) -> bool:
        """Tell whether the instant lies in the horizon."""
        return self.begins <= at < self.ends

    def last_day(self, zone: ZoneInfo) -> date:
        """Return the last local day that lies in the horizon from its first minute to its last."""
        return self.ends.astimezone(zone).date() - timedelta(days=1)


def horizon_at(at: datetime) -> Horizon:
    """Return the horizon of a snapshot made at an instant: from the day before, 35 days on."""
    begins = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    begins -= timedelta(days=1)
    return Horizon(begins, begins + timedelta(days=1 + HORIZON_DAYS))


def schedule_of(listing: PublicListing) -> Schedule | None:
    """Return the schedule of a listing, None where it says nothing that can be computed with."""
    if not listing.hours_known:
        return None
    return _schedule(listing.rules, listing.exceptions, listing.timezone)


@lru_cache(maxsize=8_192)
def _schedule(
    rules: tuple[Rule, ...], exceptions: tuple[DatedException, ...], zone: str
) -> Schedule | None:
    if not is_computable(rules, exceptions):
        return None
    return Schedule(tuple(sorted(rules, key=repr)), tuple(sorted(exceptions, key=repr)), zone)


def expand(schedule: Schedule, horizon: Horizon) -> tuple[Interval, ...]:
    """Return the openings within the horizon, cut at its ends."""
    zone = ZoneInfo(schedule.zone)
    first: date = horizon.begins.astimezone(zone).date() - timedelta(days=1)
    last: date = horizon.ends.astimezone(zone).date()
    spans = openings(
        rules=schedule.rules, exceptions=schedule.exceptions, zone=zone, first=first, last=last
    )
    return tuple(
        (max(start, horizon.begins), min(end, horizon.ends))
        for start, end in spans
        if end > horizon.begins and start < horizon.ends
    )


def packed(spans: Iterable[Interval]) -> bytes:
    """Return the openings as 32-bit seconds since 1970, opening and closing in turn."""
    return array("I", [int(edge.timestamp()) for span in spans for edge in span]).tobytes()


def unpacked(edges: bytes) -> Sequence[int]:
    """Return the seconds that `packed` wrote, in order."""
    return array("I", edges)
