"""What is remembered of conversations by text goes when its time is over, message or no message.

On SQLite it lies in the memory of the process. On PostgreSQL it lies in rows, with the key of the
day, and the cache itself takes a row away only when somebody asks for it again.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.utils import timezone

log = logging.getLogger(__name__)
LOOK_AFTER_S = 900


def forget_expired(now: datetime) -> bool:
    """Take away rows whose time is over; return whether others are left that will be.

    Raises:
        DatabaseError: the database does not answer.
    """
    if settings.EMBEDDED:
        return False
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - our name
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")  # noqa: S608 - our name
        return bool(cursor.fetchone()[0])


@dataclass(slots=True)
class Forgetting:
    """Looks again and again from a thread of its own, as long as anything is remembered.

    Attributes:
        after_s: seconds between two looks; None never looks.
        clock: tells the instant of a look.
    """

    after_s: float | None = LOOK_AFTER_S
    clock: Callable[[], datetime] = timezone.now
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_timed: bool = False

    def begin(self) -> None:
        """Look after a while, unless that is so already."""
        if self.after_s is None or settings.EMBEDDED:
            return
        with self._lock:
            if self._is_timed:
                return
            self._is_timed = True
        timer = threading.Timer(self.after_s, self.look)
        timer.daemon = True
        timer.start()

    def look(self) -> None:
        """Forget what is over, and look again later if anything is left or nothing answers."""
        with self._lock:
            self._is_timed = False
        is_left = True
        try:
            is_left = forget_expired(self.clock())
        except DatabaseError:
            log.warning("what is over could not be forgotten; tried again later")
        finally:
            connections.close_all()
        if is_left:
            self.begin()


FORGETTING = Forgetting(after_s=None if settings.TESTING else LOOK_AFTER_S)
