"""The day on which something happened, as people there say it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings


def local_day(at: datetime) -> date:
    """Return the date of an instant where the network is; in UTC the evening is tomorrow."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def start_of(day: date) -> datetime:
    """Return the instant at which a local day begins."""
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
