"""Needs and their words as a steward sees them: everything, in use or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tejido.directory.domain.concepts import FormKind
from tejido.directory.domain.needs import LANGUAGES, normal_form
from tejido.directory.models import Attribute, Label
from tejido.directory.models import concept as tables
from tejido.directory.queries.concepts import labels
from tejido.directory.queries.history import ActSeen, ChangeSeen, history_of
from tejido.translation.domain.texts import State, StoredText
from tejido.translation.queries import records_of, texts_of

OBJECT_TYPE = "directory.concept"
HISTORY_ROWS = 100
REVIEWED_STATES = (State.SOURCE, State.REVIEWED)
Shown = dict[tuple[str, str], StoredText]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need in the list; `words` counts those in use by language."""

    key: str
    core: bool
    parent: str
    shown: Shown
    words: dict[str, int]

    def label(self, language: str) -> str:
        """Return its name in the language, or in English where it has none."""
        for each in (language, "en"):
            if (FormKind.LABEL.value, each) in self.shown:
                return self.shown[FormKind.LABEL.value, each].text
        return self.key

    @property
    def spanish_state(self) -> State | None:
        """Return how far its Spanish name can be trusted; None where it has none."""
        stored = self.shown.get((FormKind.LABEL.value, "es"))
        return None if stored is None else stored.state


@dataclass(frozen=True, slots=True)
class WordSeen:
    """One word of a need."""

    id: UUID
    language: str
    text: str
    kind: FormKind
    source: str
    is_retired: bool


@dataclass(frozen=True, slots=True)
class NeedSeen:
    """One need with its words, in use and taken out, and what was done to it."""

    id: UUID
    row: NeedRow
    source: tuple[str, ...]
    words: tuple[WordSeen, ...]
    history: tuple[tuple[ActSeen, list[ChangeSeen]], ...]


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """A Spanish label or gloss that nobody has reviewed, beside its English."""

    key: str
    concept_id: UUID
    field: str
    english: str
    spanish: str
    state: State
    written_by: UUID | None


def find_needs(words: str = "") -> list[NeedRow]:
    """Return the needs in use with a name or word that contains these words, in their order.

    Three queries.
    """
    wanted = normal_form(words)
    rows = list(tables.Concept.objects.filter(is_retired=False).order_by("position", "key"))
    shown = _shown([row.id for row in rows])
    forms: dict[UUID, list[tables.ConceptForm]] = {}
    for form in tables.ConceptForm.objects.filter(is_retired=False):
        forms.setdefault(form.concept_id, []).append(form)
    keys = {row.id: row.key for row in rows}
    return [
        _row(row, keys, shown.get(row.id, {}), forms.get(row.id, []))
        for row in rows
        if _says(wanted, shown.get(row.id, {}), forms.get(row.id, []))
    ]


def retired_needs(language: str) -> list[tuple[str, str]]:
    """Return (id, name) of the needs that were taken out of use. Three queries.

    One that somebody added and took back has no name any more and is not among them.
    """
    named = labels(language, with_retired=True)
    rows = tables.Concept.objects.filter(is_retired=True).order_by("position", "key")
    return [(key, named[key]) for key in rows.values_list("key", flat=True) if key in named]


def listings_with(key: str) -> int:
    """Return how many services state a need. One query."""
    return Attribute.objects.filter(label=Label.NEED, term=key, service__isnull=False).count()


def need_seen(key: str) -> NeedSeen | None:
    """Return a need in use, or None. Five queries."""
    row = tables.Concept.objects.select_related("parent").filter(key=key, is_retired=False).first()
    if row is None:
        return None
    order = list(FormKind)
    forms = list(tables.ConceptForm.objects.filter(concept=row))
    words = sorted(
        (_word(form) for form in forms),
        key=lambda each: (each.language, order.index(each.kind), normal_form(each.text)),
    )
    parents = {row.parent.id: row.parent.key} if row.parent else {}
    history = history_of([row.id, *(form.id for form in forms)], limit=HISTORY_ROWS)
    in_use = [form for form in forms if not form.is_retired]
    return NeedSeen(
        id=row.id,
        row=_row(row, parents, _shown([row.id]).get(row.id, {}), in_use),
        source=tuple(row.source),
        words=tuple(words),
        history=tuple(history),
    )


def unreviewed() -> list[Unreviewed]:
    """Return the Spanish labels and glosses of needs in use that nobody reviewed. Two queries."""
    keys = dict(
        tables.Concept.objects.filter(is_retired=False)
        .order_by("position", "key")
        .values_list("id", "key")
    )
    records = records_of(OBJECT_TYPE, keys)
    found = []
    for own, key in keys.items():
        by_place = {(each["field"], each["language"]): each for each in records.get(own, ())}
        for field in (FormKind.LABEL.value, FormKind.GLOSS.value):
            english, spanish = by_place.get((field, "en")), by_place.get((field, "es"))
            if english and spanish and spanish["state"] not in REVIEWED_STATES:
                writer = spanish["written_by"]
                found.append(
                    Unreviewed(
                        key=key,
                        concept_id=own,
                        field=field,
                        english=english["text"],
                        spanish=spanish["text"],
                        state=State(spanish["state"]),
                        written_by=UUID(writer) if writer else None,
                    )
                )
    return found


def _shown(ids: Sequence[UUID]) -> dict[UUID, Shown]:
    found: dict[UUID, Shown] = {}
    for (own, field, language), text in texts_of(OBJECT_TYPE, ids, public_only=False).items():
        found.setdefault(own, {})[field, language] = text
    return found


def _row(
    row: tables.Concept,
    keys: dict[UUID, str],
    shown: Shown,
    forms: Sequence[tables.ConceptForm],
) -> NeedRow:
    return NeedRow(
        key=row.key,
        core=row.core,
        parent=keys.get(row.parent_id, "") if row.parent_id else "",
        shown=shown,
        words={each: sum(form.language == each for form in forms) for each in LANGUAGES},
    )


def _says(wanted: str, shown: Shown, forms: Sequence[tables.ConceptForm]) -> bool:
    texts = [*(text.text for text in shown.values()), *(form.text for form in forms)]
    return not wanted or any(wanted in normal_form(text) for text in texts)


def _word(form: tables.ConceptForm) -> WordSeen:
    return WordSeen(
        form.id, form.language, form.text, FormKind(form.kind), form.source, form.is_retired
    )
