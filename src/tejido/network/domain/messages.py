"""Messages to people of the network: kinds, ways, states, and when one may go out."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

DIGEST_HOUR: Final = 9
QUIET: Final = (20, 8)
GIVEN_UP_AFTER = timedelta(days=1)
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=2)


class Channel(StrEnum):
    """A way on which a message goes."""

    MAIL = "mail"
    TEXT = "text"


class Kind(StrEnum):
    """What a message is about; it says no more than that something waits."""

    TASKS_WAIT = "tasks-wait"
    HOURS_WAIT = "hours-wait"
    PROGRAM_CHANGED = "program-changed"
    ROUND_FAILED = "round-failed"
    RECOVERY_BEGUN = "recovery-begun"


# Nobody can turn these off: whoever got at somebody's desk would do that first.
ALWAYS_TOLD = frozenset({Kind.RECOVERY_BEGUN})


class State(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Problem(StrEnum):
    """Why a message was not sent, or not yet."""

    NONE = ""
    AWAY = "away"
    REFUSED = "refused"
    LATE = "late"
    STOPPED = "stopped"
    REMOVED = "removed"
    TURNED_OFF = "turned-off"
    LEFT = "left"


def is_quiet(at: datetime, *, quiet_from: int, quiet_until: int, zone: ZoneInfo) -> bool:
    """Tell whether an instant lies in somebody's quiet hours.

    Args:
        at: the instant, with a zone.
        quiet_from: local hour in which they begin, 0 to 23.
        quiet_until: local hour in which they end; the same as `quiet_from` for none.
        zone: where the person is.
    """
    hour = at.astimezone(zone).hour
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until


def held_until(at: datetime, *, quiet_from: int, quiet_until: int, zone: ZoneInfo) -> datetime:
    """Return the instant itself, or the end of the quiet hours in which it lies, in its own zone.

    Args:
        at: when a message could go, with a zone.
        quiet_from: local hour, 0 to 23.
        quiet_until: local hour, 0 to 23.
        zone: where the person is.
    """
    if not is_quiet(at, quiet_from=quiet_from, quiet_until=quiet_until, zone=zone):
        return at
    return next_hour(at, hour=quiet_until, zone=zone)


def next_hour(at: datetime, *, hour: int, zone: ZoneInfo) -> datetime:
    """Return when a local hour next begins, `at` or later; in the zone of `at`.

    An hour that the clocks skip begins where they go on; one that comes twice begins once.

    Args:
        at: from when, with a zone.
        hour: 0 to 23, local.
        zone: where the person is.
    """
    today = at.astimezone(zone).date()
    for day in (today, today + timedelta(days=1)):
        # By way of the instant: in an hour that is skipped, local times do not compare.
        begins = datetime.combine(day, time(hour), zone).astimezone(at.tzinfo)
        if begins >= at:
            return begins
    raise AssertionError  # pragma: no cover  (tomorrow's always lies ahead)


def wait_after(tries: int, *, draw: Random) -> timedelta:
    """Return how long to wait after so many tries: anything up to a bound that doubles.

    Args:
        tries: that failed, 1 or more.
        draw: draws the number.

    Source: docs/sources.md#full-jitter
    """
    bound = min(_LONGEST_WAIT, _FIRST_WAIT * int(2 ** min(tries, 10)))
    return bound * draw.random()
