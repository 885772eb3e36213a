"""Loading what people look for, from the file that says it; what a steward changed stays."""

import tomllib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.concepts import Concept, FormKind
from tejido.directory.domain.needs import Problem, broader, read_needs
from tejido.directory.models import concept as tables
from tejido.directory.services.concept_forms import put_forms
from tejido.directory.services.concept_words import OBJECT_TYPE, PeoplesWords, peoples_words
from tejido.foundation.errors import Refused
from tejido.translation.domain.texts import State, TextEntry
from tejido.translation.queries import texts_of
from tejido.translation.services import put_texts, remove_texts

NEEDS_FILE = Path(__file__).resolve().parents[1] / "reference" / "needs.toml"
SOURCE_LANGUAGE = "en"
FACTS = ("core", "parent", "position", "source", "is_retired")
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
    """Make the tables say what the file says, wherever no steward says otherwise.

    Safe to repeat: an unchanged file changes nothing. A need that left the file leaves the
    tables, unless a person changed something about it; listings keep naming it and nobody finds
    them by it. What a person changed at the desk, and did not take back, stays as they left it.

    Raises:
        NeedsRefused: the file cannot be read (`needs-unreadable`) or has mistakes
            (`needs-mistaken`); then nothing changes.
    """
    concepts = _concepts_in(path)
    ids = {concept.id: concept_uuid(concept.id) for concept in concepts}
    with transaction.atomic():
        words = peoples_words()
        changed = _remove_others(concepts, words) + _put_concepts(concepts, words)
        changed += put_forms(concepts, ids=ids, words=words)
        changed += put_texts(entries=list(_texts(concepts, words)))
    return ConceptReport(len(concepts), sum(len(each.forms) for each in concepts), changed)


def concept_uuid(key: str) -> uuid.UUID:
    """Return the id of the row of a need."""
    return uuid.uuid5(_NAMESPACE, key)


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


def _remove_others(concepts: Sequence[Concept], words: PeoplesWords) -> int:
    kept = [concept.id for concept in concepts]
    others = tables.Concept.objects.exclude(key__in=kept)
    ids = [key for key in others.values_list("id", flat=True) if key not in words.concepts]
    if not ids:
        return 0
    remove_texts(object_type=OBJECT_TYPE, object_ids=ids)
    tables.Concept.objects.filter(parent__in=ids).update(parent=None)
    return tables.Concept.objects.filter(id__in=ids).delete()[0]


def _put_concepts(concepts: Sequence[Concept], words: PeoplesWords) -> int:
    stored = {row.id: row for row in tables.Concept.objects.all()}
    wanted = [_row(concept, position) for position, concept in enumerate(concepts)]
    # Broader needs first, because the narrower ones point at them.
    parents = {concept.id: concept.parent for concept in concepts}
    wanted.sort(key=lambda row: len(broader(row.key, parents)))
    new = [row for row in wanted if row.id not in stored]
    changed = [
        stored[row.id]
        for row in wanted
        if row.id in stored and _take_over(stored[row.id], row, words)
    ]
    tables.Concept.objects.bulk_create(new)
    tables.Concept.objects.bulk_update(changed, FACTS)
    return len(new) + len(changed)


def _row(concept: Concept, position: int) -> tables.Concept:
    return tables.Concept(
        id=concept_uuid(concept.id),
        key=concept.id,
        core=concept.core,
        parent_id=concept_uuid(concept.parent) if concept.parent else None,
        position=position,
        source=list(concept.source),
    )


def _take_over(stored: tables.Concept, row: tables.Concept, words: PeoplesWords) -> bool:
    """Give the stored row what the file says; return whether anything differs."""
    differs = False
    for name in FACTS:
        column = "parent_id" if name == "parent" else name
        said = getattr(row, column)
        if getattr(stored, column) != said and (row.id, name) not in words.standing:
            setattr(stored, column, said)
            differs = True
    return differs


def _texts(concepts: Sequence[Concept], words: PeoplesWords) -> Iterable[TextEntry]:
    """Return label and gloss of each concept; an empty gloss takes a stored one away.

    Left out are texts that a steward wrote, Spanish of an English that a steward wrote, and
    Spanish that a member reviewed while its English stays.
    """
    ids = [concept_uuid(concept.id) for concept in concepts]
    stored = texts_of(OBJECT_TYPE, ids, public_only=False)
    for concept, own in zip(concepts, ids, strict=True):
        shown = {(form.kind, form.language): form.text for form in concept.forms}
        for kind in (FormKind.LABEL, FormKind.GLOSS):
            english, spanish = shown.get((kind, "en"), ""), shown.get((kind, "es"), "")
            if (own, kind, "en") in words.texts:
                continue
            yield _entry(own, kind, SOURCE_LANGUAGE, english)
            ours, theirs = stored.get((own, kind, "es")), stored.get((own, kind, "en"))
            is_reviewed = ours is not None and ours.state is State.REVIEWED
            is_same = theirs is not None and theirs.text == english
            if (own, kind, "es") not in words.texts and not (is_reviewed and is_same):
                yield _entry(own, kind, "es", spanish)


def _entry(own: uuid.UUID, kind: FormKind, language: str, text: str) -> TextEntry:
    return TextEntry(
        object_type=OBJECT_TYPE,
        object_id=own,
        field=kind.value,
        language=language,
        text=text,
        state=State.SOURCE if language == SOURCE_LANGUAGE else State.TRANSLATED,
    )
