"""Seals the record of who did what within the hour, from a thread of the process that serves."""

import logging
import threading
from dataclasses import dataclass, field

from django.db import Error, connections
from django.utils import timezone

from tejido.foundation.errors import Refused
from tejido.network.services.audit import seal_all

log = logging.getLogger(__name__)
HOUR_S = 3_600


@dataclass(slots=True)
class HourlySealing:
    """Seals an hour after something happened, from a thread of its own.

    Attributes:
        after_s: so many seconds after the first event that is not sealed.
    """

    after_s: float = HOUR_S
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_timed: bool = False

    def start(self) -> None:
        """Let the next seal come in an hour, unless it does already."""
        with self._lock:
            if self._is_timed:
                return
            self._is_timed = True
        timer = threading.Timer(self.after_s, self._seal)
        timer.daemon = True
        timer.start()

    def _seal(self) -> None:
        with self._lock:
            self._is_timed = False
        try:
            seal_all(at=timezone.now())
        except (Error, Refused) as error:
            log.warning("the record of who did what could not be sealed: %s", type(error).__name__)
            self.start()
        finally:
            connections.close_all()


SEALING = HourlySealing()
