"""Sealing the record of who did what, an hour after it happened at the latest."""

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import Error, IntegrityError, connections, transaction
from django.utils import timezone

from tejido.foundation.errors import Refused
from tejido.foundation.key_files import Purpose
from tejido.foundation.key_kinds import secret_bytes
from tejido.foundation.keys import current_key
from tejido.foundation.scope import member_scope
from tejido.network.domain.audit_chain import seal_of
from tejido.network.models import Event, Seal, SealedEvent
from tejido.network.queries.audit import row_of
from tejido.network.queries.members import member_ids

log = logging.getLogger(__name__)
HOUR_S = 3_600
# In one seal; more make another.
MOST_EVENTS = 5_000


def seal_all(*, at: datetime) -> int:
    """Seal what is not sealed yet, of every member; return how many events that were.

    What another process seals at the same moment is left to it.

    Raises:
        KeyRefused: `foundation.keys.current_key`.
    """
    return sum(seal_member(member_id, at=at) for member_id in member_ids())


def seal_member(member_id: UUID, *, at: datetime) -> int:
    """Seal what is not sealed yet of one member; return how many events that were.

    Raises:
        KeyRefused: `foundation.keys.current_key`.
    """
    total = 0
    try:
        while sealed := _seal_next(member_id, at=at):
            total += sealed
    except IntegrityError:
        log.info("another process seals the record of a member at this moment")
    return total


@transaction.atomic
def _seal_next(member_id: UUID, *, at: datetime) -> int:
    with member_scope(member_id):
        waiting = Event.objects.filter(sealed__isnull=True).order_by("happened_at", "id")
        events = list(waiting[:MOST_EVENTS])
        if events:
            _put_seal(member_id, events, at=at)
    return len(events)


def _put_seal(member_id: UUID, events: list[Event], *, at: datetime) -> None:
    last = Seal.objects.order_by("-number").first()
    key = current_key(Purpose.AUDIT, at=at)
    number = last.number + 1 if last else 1
    seal = Seal.objects.create(
        member_id=member_id,
        number=number,
        sealed_at=at,
        generation=key.name.generation,
        count=len(events),
        seal=seal_of(
            secret_bytes(key),
            member_id=member_id,
            number=number,
            before=last.seal if last else "",
            at=at,
            rows=map(row_of, events),
        ),
    )
    SealedEvent.objects.bulk_create(
        SealedEvent(member_id=member_id, sealed_by=seal, event=event, place=place)
        for place, event in enumerate(events, 1)
    )


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
