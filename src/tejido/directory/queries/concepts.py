"""What people look for, for the finder and for the pages."""

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet

from tejido.directory.domain.concepts import Concept, Form, FormKind
from tejido.directory.domain.needs import LANGUAGES, SHOWN, broader, normal_form
from tejido.directory.models import concept as tables
from tejido.translation.queries import texts_for, texts_of

OBJECT_TYPE = "directory.concept"
_SHOWN_KINDS = [kind for kind in FormKind if kind in SHOWN]


def all_concepts() -> list[Concept]:
    """Return every concept that is in use with its forms in use, in the order of the needs.

    The forms that are shown come first, then the others by kind, language and text.
    Three database queries.
    """
    rows = list(_in_use())
    keys = {row.id: row.key for row in rows}
    shown = _shown_forms(list(keys))
    searched = _searched_forms()
    return [
        Concept(
            id=row.key,
            core=row.core,
            parent=keys.get(row.parent_id, "") if row.parent_id else "",
            forms=(*shown[row.id], *searched[row.key]),
            source=tuple(row.source),
        )
        for row in rows
    ]


def known_needs() -> dict[str, bool]:
    """Return concept id -> whether it is harm reduction itself, of those in use. One query."""
    return dict(_in_use().values_list("key", "core"))


def needs_by_word() -> dict[str, str]:
    """Return the normal form of each word of a need -> its id. Three database queries.

    Where a need shares a word with one of its own narrower needs, the word means the broader.
    """
    concepts = all_concepts()
    parents = {concept.id: concept.parent for concept in concepts}
    narrow_first = sorted(concepts, key=lambda each: -len(broader(each.id, parents)))
    words: dict[str, str] = {}
    for concept in narrow_first:
        forms = [form.text for form in concept.forms if form.kind is not FormKind.GLOSS]
        words |= {normal_form(word): concept.id for word in (*forms, concept.id)}
    return words


def labels(language: str, *, with_retired: bool = False) -> dict[str, str]:
    """Return concept id -> label in the language, or in English where it has none.

    Two database queries.
    """
    rows = _in_order() if with_retired else _in_use()
    keys = dict(rows.values_list("id", "key"))
    texts = texts_for(OBJECT_TYPE, keys, language)
    return {
        key: texts[concept_id, FormKind.LABEL.value].text
        for concept_id, key in keys.items()
        if (concept_id, FormKind.LABEL.value) in texts
    }


def _in_use() -> QuerySet[tables.Concept]:
    return _in_order().filter(is_retired=False)


def _in_order() -> QuerySet[tables.Concept]:
    return tables.Concept.objects.order_by("position", "key")


def _shown_forms(ids: list[UUID]) -> dict[UUID, list[Form]]:
    texts = texts_of(OBJECT_TYPE, ids)
    found: dict[UUID, list[Form]] = defaultdict(list)
    for concept_id in ids:
        for kind in _SHOWN_KINDS:
            for language in LANGUAGES:
                stored = texts.get((concept_id, kind.value, language))
                if stored:
                    found[concept_id].append(Form(language, stored.text, kind))
    return found


def _searched_forms() -> dict[str, list[Form]]:
    order = list(FormKind)
    found: dict[str, list[Form]] = defaultdict(list)
    rows = tables.ConceptForm.objects.filter(is_retired=False).order_by("language", "text", "id")
    for key, language, text, kind, source in rows.values_list(
        "concept__key", "language", "text", "kind", "source"
    ):
        found[key].append(Form(language, text, FormKind(kind), source=source))
    for forms in found.values():
        forms.sort(key=lambda form: (order.index(form.kind), form.language, form.text))
    return found
