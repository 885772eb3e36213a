"""What a pattern says of an instant: open, closed or unknown, and the next change."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tejido.directory.domain.patterns import Horizon
from tejido.finder.domain.answer import Hours, Open

# Two numbers that every snapshot has.
HOURS_UNKNOWN = 0
CLOSED_FOR_NOW = 1


def hours_in(edges: Sequence[int], *, at: datetime, horizon: Horizon, zone: ZoneInfo) -> Hours:
    """Return open or closed at an instant of the horizon, and the next change that is known.

    Args:
        edges: openings and closings in turn, seconds since 1970, cut at the horizon.
        at: an instant in the horizon; outside the answer is unknown.
        horizon: of these edges.
        zone: in which the next change is told.
    """
    if at not in horizon:
        return Hours(Open.UNKNOWN)
    passed = bisect_right(edges, at.timestamp())
    is_open = passed % 2 == 1
    change = edges[passed] if passed < len(edges) else None
    ends = int(horizon.ends.timestamp())
    known = datetime.fromtimestamp(change, zone) if change and change != ends else None
    if is_open:
        always = len(edges) == 2 and edges[0] == int(horizon.begins.timestamp()) and not known
        return Hours(Open.OPEN, closes_at=known, always=always)
    return Hours(Open.CLOSED, opens_at=known)
