"""What people said about needs at the desk, and did not take back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tejido.directory.domain.acts import TEXTS, ActKind, ActState
from tejido.directory.models import Change
from tejido.directory.models import concept as tables
from tejido.directory.services.reconcile import in_batches

OBJECT_TYPE = "directory.concept"
FORM_TYPE = "directory.conceptform"


@dataclass(frozen=True, slots=True)
class PeoplesWords:
    """What a file may not overwrite.

    Attributes:
        standing: (record, field) that a person changed, in an act that stands.
        touched: records that a person ever changed; they are not deleted.
        texts: (concept, field, language) of label and gloss that a person wrote.
        concepts: concepts that a person ever changed, or a word of them.
    """

    standing: frozenset[tuple[UUID, str]]
    touched: frozenset[UUID]
    texts: frozenset[tuple[UUID, str, str]]
    concepts: frozenset[UUID]


def peoples_words() -> PeoplesWords:
    """Return what people changed about needs and their words. A few queries for 500 records."""
    concepts = tables.Concept.objects.values_list("id", flat=True)
    owners = dict(tables.ConceptForm.objects.values_list("id", "concept_id"))
    standing: set[tuple[UUID, str]] = set()
    touched: set[UUID] = set()
    texts: set[tuple[UUID, str, str]] = set()
    for change in _changes([*concepts, *owners]):
        touched.add(change.object_id)
        if change.act.state == ActState.DONE and change.act.kind != ActKind.UNDO:
            standing.add((change.object_id, change.field))
            if change.field == TEXTS:
                texts |= set(_rewritten(change))
    return PeoplesWords(
        standing=frozenset(standing),
        touched=frozenset(touched),
        texts=frozenset(texts),
        concepts=frozenset(owners.get(key, key) for key in touched),
    )


def _changes(ids: list[UUID]) -> Iterator[Change]:
    for some in in_batches(ids):
        yield from Change.objects.filter(object_id__in=some).select_related("act")


def _rewritten(change: Change) -> Iterator[tuple[UUID, str, str]]:
    """Return the texts that read differently after a change."""
    before, after = _by_place(change.before), _by_place(change.after)
    for place in before.keys() | after.keys():
        if before.get(place) != after.get(place):
            yield change.object_id, *place


def _by_place(records: Any) -> dict[tuple[str, str], str]:
    return {(each["field"], each["language"]): each["text"] for each in records or ()}
