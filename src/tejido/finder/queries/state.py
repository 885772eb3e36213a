"""What the snapshot in use is: when it was made and how much it holds."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tejido.finder.queries.snapshot import SnapshotMissing, current_snapshot


@dataclass(frozen=True, slots=True)
class SnapshotState:
    """The snapshot in use.

    Attributes:
        built_at: when it was made, UTC.
        listings: how many it holds.
        is_invented: whether any of them is invented.
        horizon_until: beyond this instant every opening is unknown.
        version: of the software that made it.
    """

    built_at: datetime
    listings: int
    is_invented: bool
    horizon_until: datetime
    version: str


def snapshot_state() -> SnapshotState | None:
    """Return what the snapshot in use is, None when there is none."""
    try:
        snapshot = current_snapshot()
    except SnapshotMissing:
        return None
    return SnapshotState(
        built_at=snapshot.built_at,
        listings=int(snapshot.meta["listings"]),
        is_invented=snapshot.is_invented,
        horizon_until=snapshot.horizon.ends,
        version=snapshot.meta["version"],
    )


def last_known_day(zone: str) -> date:
    """Return the last day in a zone whose hours a list knows; after it every state is unknown.

    Raises:
        SnapshotMissing: no snapshot was built yet.
    """
    return current_snapshot().horizon.last_day(ZoneInfo(zone))
