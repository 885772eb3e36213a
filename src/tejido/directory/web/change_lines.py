"""What a proposed change would change, for a person: then, now, and as it is to be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from tejido.directory.queries.proposed import (
    ProposalSeen,
    ProposedFieldSeen,
    proposed_fields,
    waiting_about,
)
from tejido.directory.queries.subjects import (
    Subject,
    places_named,
    subjects_among,
    subjects_that_stay,
)
from tejido.directory.services.field_texts import only_in_spanish, stored_spanish
from tejido.directory.services.setting import FieldKey, values_of
from tejido.directory.web.whose import Whose, whose
from tejido.directory.web.wording import field_words, need_names, value_words
from tejido.geography.domain.distance import distance_m


@dataclass(frozen=True, slots=True)
class Line:
    """One field; `then` is what it held when the change was proposed, `now` what it holds."""

    whose: Whose
    field: str
    in_spanish: bool
    then: str
    now: str
    after: str
    has_changed: bool
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """The fields of a proposed change; `moves_m` is how far its point moves, or None."""

    lines: tuple[Line, ...]
    moves_m: float | None


@dataclass(frozen=True, slots=True)
class _Shown:
    """By record: the listing that shows it, and the name of the place."""

    subjects: Mapping[tuple[str, UUID], Subject]
    places: Mapping[tuple[str, UUID], str]
    needs: dict[str, str]


def lines_of(proposal: ProposalSeen) -> Lines:
    """Return the fields of a proposed change. A fixed number of queries."""
    fields, needs = proposed_fields(proposal.id), need_names()
    now = values_of(_key(each) for each in fields if not each.language)
    now |= dict.fromkeys(only_in_spanish(now), "")
    spanish = stored_spanish([_key(each) for each in fields if each.language])
    records = {(each.object_type, each.object_id) for each in fields}
    shown = _Shown(_subjects(records), places_named(records), needs)
    lines = (_line(each, now, spanish, shown) for each in fields)
    return Lines(tuple(lines), moves_m(fields, now))


def about_of(proposals: Iterable[ProposalSeen]) -> dict[UUID, list[Whose]]:
    """Return what each proposed change is about, each listing once. A fixed number of queries."""
    rows, needs = list(proposals), need_names()
    known = _subjects({record for each in rows for record in each.records})
    found: dict[UUID, list[Whose]] = {}
    for each in rows:
        subjects = dict.fromkeys(known[record] for record in each.records if record in known)
        found[each.id] = [whose(subject, needs) for subject in subjects]
    return found


def stays_of(proposal: ProposalSeen) -> list[Whose]:
    """Return the listings that stayed of what it is about, where two became one meanwhile."""
    needs, found = need_names(), subjects_that_stay(proposal.records)
    return [whose(subject, needs) for subject in dict.fromkeys(found.values())]


def _subjects(records: set[tuple[str, UUID]]) -> dict[tuple[str, UUID], Subject]:
    known = subjects_among(records)
    return subjects_that_stay(records - known.keys()) | known


def waiting_lines(object_ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """Return what waits about some records, each with its local time. Two queries."""
    return [
        {"id": each.id, "at": timezone.localtime(each.proposed_at)}
        for each in waiting_about(object_ids)
    ]


def moves_m(fields: Iterable[ProposedFieldSeen], now: Mapping[FieldKey, Any]) -> float | None:
    """Return how far the point moves in metres; None where it does not, or more than one does."""
    points: dict[UUID, dict[str, tuple[Any, Any]]] = {}
    for each in fields:
        if each.field in ("latitude", "longitude"):
            pair = (now.get(_key(each)), each.after)
            points.setdefault(each.object_id, {})[each.field] = pair
    if len(points) != 1:
        return None
    ((key, changed),) = points.items()
    both = [changed.get(name) or _stays(key, name) for name in ("latitude", "longitude")]
    (from_lat, to_lat), (from_lon, to_lon) = both
    if None in (from_lat, to_lat, from_lon, to_lon):
        return None
    return distance_m(from_lat, from_lon, to_lat, to_lon)


def _stays(key: UUID, name: str) -> tuple[Any, Any]:
    held = values_of([FieldKey("directory.location", key, name)])
    return (*held.values(), *held.values()) or (None, None)


def _key(field: ProposedFieldSeen) -> FieldKey:
    return FieldKey(field.object_type, field.object_id, field.field)


def _line(
    field: ProposedFieldSeen,
    now: dict[FieldKey, Any],
    spanish: dict[FieldKey, str],
    shown: "_Shown",
) -> Line:
    key, record, needs = _key(field), (field.object_type, field.object_id), shown.needs
    is_gone = not field.language and key not in now
    held = spanish.get(key, "") if field.language else now.get(key)
    return Line(
        whose=whose(shown.subjects.get(record), needs, own=shown.places.get(record, "")),
        field=field_words(field.field),
        in_spanish=bool(field.language),
        then=value_words(field.field, field.before, needs=needs),
        now=value_words(field.field, held, needs=needs),
        after=value_words(field.field, field.after, needs=needs),
        has_changed=not is_gone and held != field.before,
        is_gone=is_gone,
    )
