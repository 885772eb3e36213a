"""What is written about an object, and in which state."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from tejido.translation.domain.texts import State, StoredText, is_public
from tejido.translation.models import Unit

ROWS_AT_ONCE = 500
# As `domain.texts.is_public`.
_SHOWN = ~Q(is_machine=True, is_critical=True)
RECORD = (
    *("object_id", "id", "field", "language", "text", "source_hash", "state", "is_machine"),
    *("is_critical", "written_by", "reviewed_by", "reviewed_for", "reviewed_on"),
)


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


def records_of(object_type: str, object_ids: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return everything that is stored about the texts of objects, as JSON, in a fixed order.

    For `services.restore_texts`. Objects without texts are left out. One database query for each
    500 objects.
    """
    ids = list(object_ids)
    found: dict[UUID, list[dict[str, Any]]] = {}
    for start in range(0, len(ids), ROWS_AT_ONCE):
        rows = Unit.objects.filter(
            object_type=object_type, object_id__in=ids[start : start + ROWS_AT_ONCE]
        )
        for row in rows.order_by("object_id", "field", "language").values(*RECORD):
            found.setdefault(row.pop("object_id"), []).append(
                {name: _plain(value) for name, value in row.items()}
            )
    return found


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool) else str(value)


def has_text(object_type: str, field: str, language: str, *, of: str = "pk") -> Exists:
    """Return the condition that everybody can read a field in a language, and that it is current.

    Args:
        object_type: of the objects, such as `directory.service`.
        field: of them.
        language: another than the source's.
        of: the column of the outer query that holds the object's id.
    """
    there = Unit.objects.filter(
        object_type=object_type, object_id=OuterRef(of), field=field, language=language
    )
    return Exists(there.filter(_SHOWN).exclude(state=State.STALE.value))


def states_of(
    object_type: str, field: str, objects: Any, *, besides: str
) -> dict[str, dict[str, int]]:
    """Return language -> state -> how many texts of a field there are besides one language.

    Only what everybody may read. One database query.

    Args:
        object_type: of the objects.
        field: of them.
        objects: their ids, or a query of them.
        besides: the language that is not counted.
    """
    rows = Unit.objects.filter(_SHOWN, object_type=object_type, field=field, object_id__in=objects)
    counted = rows.exclude(language=besides).values("language", "state").order_by()
    found: dict[str, dict[str, int]] = {}
    for row in counted.annotate(texts=Count("pk")):
        found.setdefault(row["language"], {})[row["state"]] = row["texts"]
    return found
