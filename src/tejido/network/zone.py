"""Where the people of the network are: quiet hours and the hour of once a day are local."""

from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE: Final = ZoneInfo(settings.TIME_ZONE)
