"""What two records hold becomes one: by field, this one's, the other's, or both."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from tejido.directory.domain.duplicates.profiles import Kind

Row = Mapping[str, Any]


class Side(StrEnum):
    """Whose words stay: of the record that stays, of the one that goes, or of both."""

    STAYS = "stays"
    GOES = "goes"
    BOTH = "both"


# What is chosen together, as it is called on pages -> fields of the record.
GROUPS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    Kind.ORGANIZATION: {
        "name": ("name",),
        "description": ("description",),
        "website": ("website",),
        "records": ("records",),
    },
    Kind.LOCATION: {
        "name": ("name",),
        "address": ("address",),
        "point": ("latitude", "longitude", "precision"),
        "landmark": ("landmark",),
        "transportation": ("transportation",),
        "languages": ("languages",),
        "phones": ("phones",),
        "hours": ("schedules", "hours_text"),
        "attributes": ("attributes",),
        "records": ("records",),
    },
    Kind.SERVICE: {
        "name": ("name",),
        "description": ("description",),
        "url": ("url",),
        "email": ("email",),
        "before_you_go": ("before_you_go",),
        "languages": ("languages",),
        "reach": ("reach",),
        "status": ("status",),
        "phones": ("phones",),
        "hours": ("schedules", "hours_text"),
        "attributes": ("attributes",),
        "records": ("records",),
    },
}
# Lists of rows of which both may stay; hours of both would be open too long.
JOINED = frozenset({"phones", "attributes", "records"})
# What makes two rows of such a list one.
SAME: Mapping[str, tuple[str, ...]] = {
    "phones": ("number", "extension"),
    "attributes": ("label", "term"),
    "records": ("kind", "fields"),
}
# Rows of these keep their ids: consents and other records name them.
MOVED = frozenset({"phones", "schedules", "attributes", "records"})


def sides_for(group: str) -> tuple[Side, ...]:
    """Return what can be chosen for a group of fields."""
    if group in ("attributes", "records"):
        # What somebody needs to know, or agreed to, is never dropped on the way.
        return (Side.BOTH,)
    return tuple(Side) if group in JOINED else (Side.STAYS, Side.GOES)


def proposed_side(group: str, stays: Row, goes: Row) -> Side:
    """Return what is proposed: both where both can stay, else this one's unless it says nothing.

    Args:
        group: of GROUPS.
        stays: the group's fields -> what the record that stays holds.
        goes: the same of the other.
    """
    if group in JOINED:
        return Side.BOTH
    return Side.GOES if _says(goes) and not _says(stays) else Side.STAYS


def _says(held: Row) -> bool:
    # How exact a point is tells nothing alone.
    said = (value for name, value in held.items() if name != "precision")
    return any(value not in (None, "", [], {}) for value in said)


def joined_rows(word: str, ours: list[Any], theirs: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return the rows of both without what is said twice, and those of theirs that are left out.

    Args:
        word: `phones`, `attributes` or `records`.
        ours: rows as JSON of the record that stays.
        theirs: rows of the other; those that are taken keep their ids.
    """
    met = [_key(word, row) for row in ours]
    taken: list[Any] = []
    left: list[Any] = []
    for row in theirs:
        key = _key(word, row)
        (left if key in met else taken).append(row)
        met.append(key)
    return [*ours, *taken], left


def _key(word: str, row: Row) -> list[Any]:
    return [row.get(name) for name in SAME[word]]
