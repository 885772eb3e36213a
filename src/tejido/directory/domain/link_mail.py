"""When the link by which a program confirms is mailed to it."""

from datetime import date, datetime, timedelta
from enum import StrEnum

EVERY_DAYS = 30
# The local hour from which letters of a day leave.
HOUR = 9
# So many letters a day at most: a first day with thousands of programs floods nobody.
MOST = 200
# Longer than a mail server takes; who died with a letter in hand lets go of it then.
IN_HAND = timedelta(minutes=10)


class MailState(StrEnum):
    """What keeps the next letter, if anything does."""

    COMES = "comes"
    NO_ADDRESS = "no-address"
    STOPPED = "stopped"
    LINK_STANDS = "link-stands"
    NOTHING_DUE = "nothing-due"


def next_day(*, now: datetime, mailed_on: date | None, until: date | None) -> date:
    """Return the first local day on which the next letter can leave.

    Args:
        now: local time.
        mailed_on: local day of the last letter, None for none.
        until: last day of a link that somebody copied or printed and that still stands.
    """
    soonest = now.date() + timedelta(days=now.hour >= HOUR)
    waits = [mailed_on + timedelta(days=EVERY_DAYS)] if mailed_on else []
    waits += [until + timedelta(days=1)] if until else []
    return max([soonest, *waits])
