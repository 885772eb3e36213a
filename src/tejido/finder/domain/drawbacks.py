"""What can speak against a result, so that it counts as if it were farther away.

`domain.ranking` says how much each counts; pages say them to whoever asks why this order.
"""

from enum import StrEnum


class Drawback(StrEnum):
    """One thing that puts a result lower; its value is a code that stays."""

    # How surely it has what was asked for.
    NAMED = "named"
    MENTIONED_BY_KIN = "mentioned-by-kin"
    MENTIONED = "mentioned"
    PART = "part"
    INSTEAD = "instead"
    INSTEAD_BROADLY = "instead-broadly"
    # The words beside it, and for whom it was asked.
    SOME_WORDS = "some-words"
    NO_WORDS = "no-words"
    SOME_PEOPLE = "some-people"
    ANYBODY = "anybody"
    # The place itself.
    OPENS_SOON = "opens-soon"
    OPENS_IN_A_DAY = "opens-in-a-day"
    CLOSED = "closed"
    HOURS_UNKNOWN = "hours-unknown"
    CONTEXT = "context"
    FOR_OTHERS = "for-others"
    STALE = "stale"
    UNSTATED = "unstated"
