"""Loading what people look for, from the file that says it."""

import tomllib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.concepts import Concept, FormKind
from tejido.directory.domain.needs import SHOWN, Problem, broader, read_needs
from tejido.directory.models import concept as tables
from tejido.foundation.errors import Refused
from tejido.translation.domain.texts import State, TextEntry
from tejido.translation.services import put_texts, remove_texts

NEEDS_FILE = Path(__file__).resolve().parents[1] / "reference" / "needs.toml"
OBJECT_TYPE = "directory.concept"
SOURCE_LANGUAGE = "en"
_NAMESPACE = uuid.UUID("0c9c4f0e-7d0b-5b6c-9a43-5a2f2f0f6a11")


class NeedsRefused(Refused):
    """The file of needs cannot be used."""


@dataclass(frozen=True, slots=True)
class ConceptReport:
    """What is loaded, and how many rows had to change for it."""

    concepts: int
    forms: int
    changed: int


def load_concepts(path: Path = NEEDS_FILE) -> ConceptReport:
    """Make the tables say what the file says.

    Safe to repeat: an unchanged file changes nothing. A need that left the file leaves the
    tables; listings keep naming it and nobody finds them by it.

    Raises:
        NeedsRefused: the file cannot be read (`needs-unreadable`) or has mistakes
            (`needs-mistaken`); then nothing changes.
    """
    concepts = _concepts_in(path)
    with transaction.atomic():
        changed = _remove_others(concepts) + _put_concepts(concepts) + _put_forms(concepts)
        changed += put_texts(entries=_texts(concepts))
    return ConceptReport(len(concepts), sum(len(each.forms) for each in concepts), changed)


def _concepts_in(path: Path) -> tuple[Concept, ...]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        sentence = _("The file of needs, %(path)s, cannot be read: %(reason)s")
        raise NeedsRefused(
            "needs-unreadable", sentence % {"path": path, "reason": error}
        ) from error
    entries = content.get("need")
    if not isinstance(entries, list) or not entries:
        sentence = _("The file of needs, %(path)s, has no [[need]]. Add one for each need.")
        raise NeedsRefused("needs-mistaken", sentence % {"path": path})
    concepts, problems = read_needs(entries)
    if problems:
        raise NeedsRefused("needs-mistaken", _mistakes(path, problems))
    return concepts


def _mistakes(path: Path, problems: Sequence[Problem]) -> object:
    sentence = _(
        "The file of needs, %(path)s, has mistakes. Correct each and load again: %(list)s"
    )
    listed = "; ".join(f"{each.need}: {each.code} ({each.detail})" for each in problems)
    return sentence % {"path": path, "list": listed}


def _uuid(key: str) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, key)


def _remove_others(concepts: Sequence[Concept]) -> int:
    kept = [concept.id for concept in concepts]
    gone = tables.Concept.objects.exclude(key__in=kept)
    ids = list(gone.values_list("id", flat=True))
    if not ids:
        return 0
    remove_texts(object_type=OBJECT_TYPE, object_ids=ids)
    tables.Concept.objects.filter(parent__in=ids).update(parent=None)
    return gone.delete()[0]


def _put_concepts(concepts: Sequence[Concept]) -> int:
    stored = {row.key: row for row in tables.Concept.objects.all()}
    wanted = [_row(concept, position) for position, concept in enumerate(concepts)]
    # Broader needs first, because the narrower ones point at them.
    parents = {concept.id: concept.parent for concept in concepts}
    wanted.sort(key=lambda row: len(broader(row.key, parents)))
    new = [row for row in wanted if row.key not in stored]
    changed = [
        row for row in wanted if row.key in stored and _facts(row) != _facts(stored[row.key])
    ]
    tables.Concept.objects.bulk_create(new)
    tables.Concept.objects.bulk_update(changed, ["core", "parent", "position"])
    return len(new) + len(changed)


def _row(concept: Concept, position: int) -> tables.Concept:
    return tables.Concept(
        id=_uuid(concept.id),
        key=concept.id,
        core=concept.core,
        parent_id=_uuid(concept.parent) if concept.parent else None,
        position=position,
    )


def _facts(row: tables.Concept) -> tuple[object, ...]:
    return row.core, row.parent_id, row.position


def _put_forms(concepts: Iterable[Concept]) -> int:
    wanted = {
        (_uuid(concept.id), form.language, form.text, form.kind.value)
        for concept in concepts
        for form in concept.forms
        if form.kind not in SHOWN
    }
    rows = tables.ConceptForm.objects.values_list("concept_id", "language", "text", "kind", "id")
    stored = {row[:4]: row[4] for row in rows}
    gone = [form_id for form, form_id in stored.items() if form not in wanted]
    tables.ConceptForm.objects.filter(id__in=gone).delete()
    new = [_form_row(*form) for form in sorted(wanted - stored.keys())]
    tables.ConceptForm.objects.bulk_create(new, batch_size=150)
    return len(new) + len(gone)


def _form_row(concept_id: uuid.UUID, language: str, text: str, kind: str) -> tables.ConceptForm:
    form_id = uuid.uuid5(concept_id, f"{language} {kind} {text}")
    return tables.ConceptForm(
        id=form_id, concept_id=concept_id, language=language, text=text, kind=kind
    )


def _texts(concepts: Iterable[Concept]) -> Iterable[TextEntry]:
    """Return label and gloss of each concept; an empty gloss takes a stored one away."""
    for concept in concepts:
        shown = {(form.kind, form.language): form.text for form in concept.forms}
        for kind in (FormKind.LABEL, FormKind.GLOSS):
            for language in ("en", "es"):
                yield TextEntry(
                    object_type=OBJECT_TYPE,
                    object_id=_uuid(concept.id),
                    field=kind.value,
                    language=language,
                    text=shown.get((kind, language), ""),
                    state=State.SOURCE if language == SOURCE_LANGUAGE else State.TRANSLATED,
                )
