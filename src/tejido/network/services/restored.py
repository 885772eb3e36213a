"""Writing down, for every member, that the data came back from a backup."""

from datetime import datetime

from django.db import transaction

from tejido.foundation.scope import member_scope
from tejido.network.queries.members import member_ids
from tejido.network.services.events import note_event


@transaction.atomic
def note_restored(*, at: datetime, taken_at: datetime) -> None:
    """Add to the record of each member that what came after a moment is not here any more.

    Args:
        at: when it was put back.
        taken_at: the moment that the backup holds.
    """
    for member_id in member_ids():
        with member_scope(member_id):
            note_event(
                member_id=member_id,
                act="restore.backup",
                object_id=member_id,
                by=None,
                at=at,
                facts={"taken_at": taken_at.isoformat()},
            )
