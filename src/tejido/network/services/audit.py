"""Sealing the record of who did what."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tejido.foundation.key_files import Purpose
from tejido.foundation.key_kinds import secret_bytes
from tejido.foundation.keys import current_key
from tejido.foundation.scope import member_scope
from tejido.network.domain.audit_chain import seal_of
from tejido.network.models import Event, Seal, SealedEvent
from tejido.network.queries.audit import row_of
from tejido.network.queries.members import member_ids

log = logging.getLogger(__name__)
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
        SealedEvent(member_id=member_id, seal=seal, event=event, place=place)
        for place, event in enumerate(events, 1)
    )
