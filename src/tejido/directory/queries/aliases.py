"""Records that became part of others: what an id stands for now, and which ids stand for it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from tejido.directory.models import Alias


def stands_for(object_type: str, key: UUID) -> UUID:
    """Return the record that a record became part of in the end, or itself; see `ends_of`."""
    return ends_of(object_type, [key])[key]


def ends_of(object_type: str, keys: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return id -> the record that it became part of in the end, or itself.

    One query, and one more for each merge on the longest way.

    Args:
        object_type: as in acts, such as `directory.organization`.
        keys: ids, whether or not their records are still there.
    """
    ends = {key: key for key in keys}
    met = set(ends)
    new = set(ends)
    while new:
        rows = Alias.objects.filter(object_type=object_type, said__in=list(new))
        steps = dict(rows.values_list("said", "stands_for"))
        ends = {key: steps.get(end, end) for key, end in ends.items()}
        new = set(steps.values()) - met
        met |= new
    return ends


def end_of(key: UUID, steps: Mapping[UUID, UUID]) -> UUID:
    """Return the last record of a row of aliases, however they lead."""
    met: set[UUID] = set()
    while key in steps and key not in met:
        met.add(key)
        key = steps[key]
    return key


def parts_of(object_type: str | None, keys: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return every id that stands for one of some records, themselves included -> the record.

    One query, and one more for each merge on the longest way.

    Args:
        object_type: as in acts, such as `directory.organization`; None for any.
        keys: ids of the records.
    """
    found = {key: key for key in keys}
    new = set(found)
    while new:
        rows = Alias.objects.filter(stands_for__in=list(new))
        rows = rows if object_type is None else rows.filter(object_type=object_type)
        parts = dict(rows.values_list("said", "stands_for"))
        new = parts.keys() - found.keys()
        found |= {said: found[parts[said]] for said in new}
    return found
