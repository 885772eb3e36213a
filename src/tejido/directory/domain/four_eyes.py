"""What one person may change alone, and what waits until a second one has looked at it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from tejido.directory.domain.visibility import STRICTNESS
from tejido.directory.domain.vocabulary import Status, Visibility

WHERE = frozenset({"address", "latitude", "longitude"})
WHO_SEES = frozenset({"visibility", "status"})
# A listing with one of these is on no public page.
UNLISTED = frozenset({Status.INACTIVE.value, Status.DEFUNCT.value})


class ProposalState(StrEnum):
    """What became of a proposed change; ALONE: there was nobody else who could look at it."""

    WAITING = "waiting"
    APPROVED = "approved"
    ALONE = "alone"
    TURNED_DOWN = "turned-down"
    WITHDRAWN = "withdrawn"


def waits(object_type: str, field: str, before: Any, after: Any) -> bool:
    """Return whether a change of one field waits for a second person.

    What tells where a place is waits, and what shows more to more people. What takes an address
    or a point away, or shows less, protects somebody and never waits.

    Args:
        object_type: kind of record, such as `directory.location`.
        field: its field.
        before: what it holds, as JSON.
        after: what it is to hold.
    """
    if before == after:
        return False
    if field in WHERE:
        return object_type == "directory.location" and _tells_where(after)
    if field == "visibility":
        return _strictness(after) < _strictness(before)
    return (object_type, field) == ("directory.service", "status") and _lists(before, after)


def _tells_where(after: Any) -> bool:
    if isinstance(after, list):
        return any(_has_words(row) for row in after)
    return after is not None


def _has_words(row: Mapping[str, Any]) -> bool:
    return any(row.get(name) for name in ("address_1", "address_2", "city", "postal_code"))


def _strictness(word: Any) -> int:
    return STRICTNESS.index(Visibility(word))


def _lists(before: Any, after: Any) -> bool:
    return before in UNLISTED and after not in UNLISTED
