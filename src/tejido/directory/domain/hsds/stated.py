"""What a record holds besides what we read: its own words, carried objects, unknown fields."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from tejido.directory.domain.drafts import CarriedDraft, StatedDraft
from tejido.directory.domain.hsds.metadata import without_ours
from tejido.directory.domain.hsds.own_words import OwnWords
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import Reading

# Texts of a whole record, such as the outline of a service area, may be long.
MAX_BESIDE = 500_000
# One character of a line may be twelve in JSON that is all ASCII.
SURELY_SMALL = MAX_BESIDE // 12
Stated = TypeVar("Stated", bound=StatedDraft)


def with_the_rest(
    draft: Stated,
    record: Mapping[str, Any],
    render: Callable[[Stated], Mapping[str, Any]],
    *,
    known: frozenset[str],
    apart: frozenset[str],
    reading: Reading,
    where: str,
) -> Stated:
    """Return the draft with all of the record that is not read into it.

    Args:
        draft: what was read.
        record: the whole record.
        render: returns a draft as we would write it.
        known: the fields that the draft speaks about.
        apart: fields that have drafts of their own.
        reading: the file on its way in.
        where: the path of the record, for issues.
    """
    rest = {k: value for k, value in record.items() if k not in known and k not in apart}
    rest = dict(without_ours(rest, record.get("id")))
    if _is_large(record, apart, reading):
        reading.note(IssueCode.TOO_LARGE, where or "extra", ", ".join(sorted(rest)))
        return draft
    carried = carried_in(rest)
    held = {each.field for each in carried}
    return replace(
        draft,
        extra={name: value for name, value in rest.items() if name not in held},
        own_words=OwnWords(partial(render, draft), record, known),
        carried=carried,
    )


def _is_large(record: Mapping[str, Any], apart: frozenset[str], reading: Reading) -> bool:
    if reading.length is not None and reading.length < SURELY_SMALL:
        return False
    own = {name: value for name, value in record.items() if name not in apart}
    return len(json.dumps(own)) > MAX_BESIDE


def carried_in(fields: Mapping[str, Any]) -> tuple[CarriedDraft, ...]:
    """Return the objects among the fields: single ones, and lists of nothing but objects."""
    found: list[CarriedDraft] = []
    for name, value in fields.items():
        if isinstance(value, dict) and value:
            found.append(CarriedDraft(name, None, value))
        elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            found += [CarriedDraft(name, place, each) for place, each in enumerate(value)]
    return tuple(found)
