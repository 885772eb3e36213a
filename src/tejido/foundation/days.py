"""The day on which something happened, as people there say it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def local_day(at: datetime) -> date:
    """Return the date of an instant where the network is; in UTC the evening is tomorrow."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
