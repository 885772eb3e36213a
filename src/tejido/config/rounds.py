"""What concerns the whole installation and is done again and again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command

from tejido.config.backup.keeping import back_up_again
from tejido.config.publishing import publish_if_old
from tejido.foundation.round import Round, unread


def every_round() -> list[Round]:
    """Return the rounds of every area, from the ground up."""
    from tejido.config.prepare import area_modules  # noqa: PLC0415  (it asks for this module too)

    return [work for _area, module in area_modules("rounds") for work in module.ROUNDS]


def _publish(at: datetime) -> None:
    publish_if_old(at=at, report=unread)


def _end_sessions(_at: datetime) -> None:
    call_command("clearsessions")


ROUNDS = [
    Round("publish-finder", _publish),
    Round("end-sessions", _end_sessions, hour=2),
]
if settings.BACKUP_EVERY:
    ROUNDS.append(Round("backup", back_up_again, every=timedelta(hours=settings.BACKUP_EVERY)))
