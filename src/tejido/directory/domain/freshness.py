"""How long a statement of hours may be believed."""

from datetime import date, timedelta

from tejido.directory.domain.vocabulary import Mode

# The one place where these days are set. Vans move and change their rounds more often than houses
# change their doors. Source: docs/areas/finder.md#freshness.
HOURS_HOLD_DAYS = {Mode.MOBILE: 30}
HOURS_HOLD_DAYS_OTHERWISE = 90
# After so many days a page says "call before you go", whatever kind of place it is.
CHECK_HOLDS_DAYS = 90
# A listing that nobody has looked at for a year is ranked lower (Inform USA: yearly check).
LISTING_HOLD_DAYS = 365


def hours_hold_until(*, mode: Mode, confirmed_on: date | None) -> date | None:
    """Return the last day on which the stated hours may be believed, None if they never may.

    After it nobody says "open": the state is unknown, and pages say "call first".
    """
    if confirmed_on is None:
        return None
    days = HOURS_HOLD_DAYS.get(mode, HOURS_HOLD_DAYS_OTHERWISE)
    return confirmed_on + timedelta(days=days)
