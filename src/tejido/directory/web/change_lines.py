"""What a proposed change would change, for a person: then, now, and as it is to be."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tejido.directory.queries.proposed import ProposalSeen, ProposedFieldSeen, proposed_fields
from tejido.directory.queries.subjects import Subject, subjects_among
from tejido.directory.services.editing import stored_spanish
from tejido.directory.services.setting import FieldKey, values_of
from tejido.directory.web.whose import Whose, whose
from tejido.directory.web.wording import field_words, need_names, value_words


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


def lines_of(proposal: ProposalSeen) -> list[Line]:
    """Return the fields of a proposed change. A fixed number of queries."""
    fields, needs = proposed_fields(proposal.id), need_names()
    now = values_of(_key(each) for each in fields if not each.language)
    spanish = stored_spanish([_key(each) for each in fields if each.language])
    subjects = subjects_among({(each.object_type, each.object_id) for each in fields})
    return [_line(each, now, spanish, subjects, needs) for each in fields]


def about_of(proposals: Iterable[ProposalSeen]) -> dict[UUID, list[Whose]]:
    """Return what each proposed change is about, each listing once. A fixed number of queries."""
    rows, needs = list(proposals), need_names()
    known = subjects_among({record for each in rows for record in each.records})
    found: dict[UUID, list[Whose]] = {}
    for each in rows:
        subjects = dict.fromkeys(known[record] for record in each.records if record in known)
        found[each.id] = [whose(subject, needs) for subject in subjects]
    return found


def _key(field: ProposedFieldSeen) -> FieldKey:
    return FieldKey(field.object_type, field.object_id, field.field)


def _line(
    field: ProposedFieldSeen,
    now: dict[FieldKey, Any],
    spanish: dict[FieldKey, str],
    subjects: dict[tuple[str, UUID], Subject],
    needs: dict[str, str],
) -> Line:
    key = _key(field)
    is_gone = not field.language and key not in now
    held = spanish.get(key, "") if field.language else now.get(key)
    return Line(
        whose=whose(subjects.get((field.object_type, field.object_id)), needs),
        field=field_words(field.field),
        in_spanish=bool(field.language),
        then=value_words(field.field, field.before, needs=needs),
        now=value_words(field.field, held, needs=needs),
        after=value_words(field.field, field.after, needs=needs),
        has_changed=not is_gone and held != field.before,
        is_gone=is_gone,
    )
