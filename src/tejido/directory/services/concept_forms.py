"""The words of needs: from the file into the table, beside those that stewards keep."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

from tejido.directory.domain.concepts import Concept
from tejido.directory.domain.needs import SHOWN, are_kin, normal_form
from tejido.directory.models.concept import Concept as ConceptRow
from tejido.directory.models.concept import ConceptForm
from tejido.directory.services.concept_words import PeoplesWords


class Word(NamedTuple):
    """Where a word stands."""

    concept_id: UUID
    language: str
    text: str


class Said(NamedTuple):
    """What the file says of a word."""

    kind: str
    source: str


def put_forms(concepts: Sequence[Concept], *, ids: Mapping[str, UUID], words: PeoplesWords) -> int:
    """Make the table hold the words of the file and those of stewards; return rows changed.

    Two needs that are strangers do not get the same word: a steward's stands and the file's is
    left out. Two queries and at most four statements.
    """
    rows = list(ConceptForm.objects.all())
    stored = {Word(row.concept_id, row.language, row.text): row for row in rows}
    wanted = _wanted(concepts, ids)
    kept = _Kept(rows, words, in_file=frozenset(ids.values()))
    new = [word for word in wanted if word not in stored and kept.leaves_room(word)]
    gone = [row for word, row in stored.items() if word not in wanted and kept.may_go(row)]
    left = {word: row for word, row in stored.items() if row not in gone}
    changed = [row for word, row in left.items() if kept.sets(row, wanted.get(word))]
    ConceptForm.objects.filter(id__in=[row.id for row in gone]).delete()
    ConceptForm.objects.bulk_update(changed, ["kind", "source", "is_retired"], batch_size=150)
    ConceptForm.objects.bulk_create(
        [form_row(word, *wanted[word]) for word in sorted(new)], batch_size=1_000
    )
    return len(new) + len(gone) + len(changed)


def form_row(word: Word, kind: str, source: str) -> ConceptForm:
    """Return the row of a word; the same word has the same id."""
    return ConceptForm(
        id=uuid5(word.concept_id, f"{word.language} {kind} {word.text}"),
        concept_id=word.concept_id,
        language=word.language,
        text=word.text,
        kind=kind,
        source=source,
    )


def _wanted(concepts: Sequence[Concept], ids: Mapping[str, UUID]) -> dict[Word, Said]:
    return {
        Word(ids[concept.id], form.language, form.text): Said(form.kind.value, form.source)
        for concept in concepts
        for form in concept.forms
        if form.kind not in SHOWN
    }


class _Kept:
    """What stewards keep, and what that leaves to the file."""

    def __init__(
        self, rows: Sequence[ConceptForm], words: PeoplesWords, *, in_file: frozenset[UUID]
    ) -> None:
        self._words, self._in_file = words, in_file
        self._spoken = {key for key, _ in words.standing}
        self._of_people: dict[str, list[ConceptForm]] = {}
        for row in rows:
            if row.id in self._spoken:
                self._of_people.setdefault(normal_form(row.text), []).append(row)
        concepts = ConceptRow.objects.select_related("parent").all() if self._of_people else ()
        self._keys = {row.id: row.key for row in concepts}
        self._retired = {row.id for row in concepts if row.is_retired}
        self._parents = {row.key: row.parent.key if row.parent else "" for row in concepts}

    def leaves_room(self, word: Word) -> bool:
        """Return whether no steward's word stands against this one."""
        for row in self._of_people.get(normal_form(word.text), ()):
            if row.concept_id == word.concept_id and row.language == word.language:
                return False
            keys = self._keys[row.concept_id], self._keys[word.concept_id]
            is_in_use = not row.is_retired and row.concept_id not in self._retired
            if is_in_use and not are_kin(*keys, self._parents):
                return False
        return True

    def may_go(self, row: ConceptForm) -> bool:
        """Return whether a word that the file does not have is deleted."""
        return row.concept_id in self._in_file and row.id not in self._words.touched

    def sets(self, row: ConceptForm, said: Said | None) -> bool:
        """Give a row what the file says, where no steward did; return whether it changed."""
        if row.id in self._spoken or row.concept_id not in self._in_file:
            return False
        now = (row.kind, row.source, row.is_retired)
        if said is not None:
            row.kind, row.source, row.is_retired = *said, False
        else:
            row.is_retired = True
        return (row.kind, row.source, row.is_retired) != now
