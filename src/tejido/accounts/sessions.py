"""Sessions that a person can look through and end (docs/adr/0020): Django's, with three columns.

The package's own list of sessions keeps the address and the browser of each; ours keeps since
when, and the hour in which a page was last opened, so that people know their own again.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DjangoStore

from tejido.accounts.models import Session

SINCE, SEEN = "since", "seen"


class SessionStore(DjangoStore):
    """Keeps whose session it is in columns, and lets none live longer than it may."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return our table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row; however often it is written, it ends a day's work after sign-in."""
        row = cast("Session", super().create_model_instance(data))
        row.account_id = data.get(SESSION_KEY)
        row.since, row.seen = _instant(data.get(SINCE)), _instant(data.get(SEEN))
        if row.since:
            longest = row.since + timedelta(seconds=settings.SESSION_COOKIE_AGE)
            row.expire_date = min(row.expire_date, longest)
        return row


def note_seen(session: SessionBase, *, at: datetime) -> None:
    """Keep that a page was opened in this hour, and since when; writes at most once an hour."""
    hour = int(at.replace(minute=0, second=0, microsecond=0).timestamp())
    if session.get(SEEN) == hour:
        return
    session[SINCE] = session.get(SINCE, int(at.timestamp()))
    session[SEEN] = hour


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
