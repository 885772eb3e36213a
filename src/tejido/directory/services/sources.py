"""Whose word counts: switching whether a source is trusted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.acts import ActKind
from tejido.directory.models import Source
from tejido.directory.services.acts import Actor, Recorder, begin_act, finish_act
from tejido.directory.services.setting import FieldKey, set_values
from tejido.foundation.errors import Refused


class SourceRefused(Refused):
    """A source that cannot be changed."""


@transaction.atomic
def set_trust(*, key: str, trusted: bool, actor: Actor, at: datetime) -> UUID | None:
    """Say whether what a source says counts as confirmed on its own date.

    It counts at once for everything that the source ever said, and for its next lists. Return
    the act, None if nothing changed.

    Raises:
        SourceRefused: `source-unknown`.
    """
    source = Source.objects.select_for_update().filter(key=key).first()
    if source is None:
        raise SourceRefused("source-unknown", _("There is no such source."))
    if source.trusted is trusted:
        return None
    act_id = begin_act(kind=ActKind.EDIT, at=at, actor=actor, source_key=key)
    record = Recorder(act_id)
    field = FieldKey(Source._meta.label_lower, source.id, "trusted")
    set_values({field: trusted}, at=at, record=record)
    record.flush()
    finish_act(act_id, counts={"fields": 1})
    return act_id
