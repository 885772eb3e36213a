"""What is written about an object, and in which state."""

from collections.abc import Iterable
from uuid import UUID

from tejido.translation.domain.texts import State, StoredText, is_public
from tejido.translation.models import Unit

ROWS_AT_ONCE = 500
COLUMNS = ("object_id", "field", "language", "text", "state", "is_machine", "is_critical")


def texts_of(
    object_type: str, object_ids: Iterable[UUID], *, public_only: bool = True
) -> dict[tuple[UUID, str, str], StoredText]:
    """Return (object id, field, language) -> text for objects of one type.

    Leaves out what may not be shown to everybody (machine text of critical wording), unless the
    reader is a translator and asks for all. One database query for each 500 objects.
    """
    ids = list(object_ids)
    found: dict[tuple[UUID, str, str], StoredText] = {}
    for start in range(0, len(ids), ROWS_AT_ONCE):
        rows = Unit.objects.filter(
            object_type=object_type, object_id__in=ids[start : start + ROWS_AT_ONCE]
        ).values_list(
            "object_id", "field", "language", "text", "state", "is_machine", "is_critical"
        )
        for object_id, field, language, text, state, is_machine, is_critical in rows:
            if not public_only or is_public(is_machine=is_machine, is_critical=is_critical):
                found[object_id, field, language] = StoredText(text, State(state))
    return found


def texts_for(
    object_type: str, object_ids: Iterable[UUID], language: str
) -> dict[tuple[UUID, str], StoredText]:
    """Return (object id, field) -> text in the language, or in the source's where it has none.

    The state says which it is: `source` in another language than asked must be marked as such.
    One database query for each 500 objects.
    """
    best: dict[tuple[UUID, str], StoredText] = {}
    for (object_id, field, spoken), stored in texts_of(object_type, object_ids).items():
        if spoken == language or (stored.state is State.SOURCE and (object_id, field) not in best):
            best[object_id, field] = stored
    return best
