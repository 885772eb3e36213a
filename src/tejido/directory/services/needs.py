"""What a steward changes about needs at the desk: each an act with its history and its undo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.concepts import Concept, Form, FormKind
from tejido.directory.domain.need_rules import (
    LONGEST,
    WordProblem,
    is_unfit,
    key_of,
    label_problem,
    possible_parents,
    word_problem,
)
from tejido.directory.domain.needs import LANGUAGES, SHOWN, normal_form
from tejido.directory.models import Change
from tejido.directory.models.concept import Concept as ConceptRow
from tejido.directory.models.concept import ConceptForm
from tejido.directory.queries.concepts import labels
from tejido.directory.services.acts import Actor
from tejido.directory.services.concept_forms import Word, form_row
from tejido.directory.services.concept_words import FORM_TYPE, OBJECT_TYPE
from tejido.directory.services.concepts import concept_uuid
from tejido.directory.services.need_acts import (
    NeedRefused,
    clash_since,
    known_need,
    locked_needs,
    store_need_act,
)
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.undo import undo_act
from tejido.translation.domain.texts import State, TextEntry
from tejido.translation.queries import texts_of

# Words in the addresses of the desk.
RESERVED = frozenset({"add", "review"})
# (field, language) -> text, of label and gloss.
Shown = Mapping[tuple[str, str], str]
SENTENCES = {
    "word-short": _("Type at least two letters."),
    "word-long": _("Use 80 letters or fewer."),
    "word-small": _("These are only small words. Add a word that says what is meant."),
    "word-everyday": _("People say this word about other things too. Add a second word to it."),
    "word-here": _("This need has this word already."),
    "label-unfit": _("This text has a word that we do not show to people. Choose another one."),
}
ELSEWHERE = _("“%(word)s” belongs to “%(need)s” already. Take it out there first.")


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """A need to add; `parent` is the id of a broader one, or ''."""

    shown: Shown
    core: bool = False
    parent: str = ""


@transaction.atomic
def add_word(*, need: str, word: Form, actor: Actor, at: datetime) -> UUID:
    """Add a word to a need, or bring one back that was taken out; return the act.

    Raises:
        NeedRefused: `need-unknown`, `kind-unknown`, or a code of `domain.need_rules`.
    """
    concepts = locked_needs()
    concept = known_need(need, concepts)
    if word.kind in SHOWN:
        raise NeedRefused("kind-unknown", _("Choose what kind of word it is."))
    _refuse(_problem(word.text, word.language, concept, concepts), word.text)
    row = _waiting_row(concept_uuid(need), word, at)
    values = {"kind": word.kind.value, "is_retired": False}
    return store_need_act(
        {FieldKey(FORM_TYPE, row.id, name): value for name, value in values.items()},
        actor=actor,
        at=at,
    )


@transaction.atomic
def take_word_out(*, need: str, word_id: UUID, actor: Actor, at: datetime) -> UUID:
    """Take a word out of use; it stays listed and can be brought back. Return the act.

    Raises:
        NeedRefused: `word-unknown`: not a word in use of this need.
    """
    locked_needs()
    row = ConceptForm.objects.filter(
        id=word_id, concept__key=need, is_retired=False, concept__is_retired=False
    )
    if not row.exists():
        raise NeedRefused("word-unknown", _("This need does not have this word."))
    return store_need_act({FieldKey(FORM_TYPE, word_id, "is_retired"): True}, actor=actor, at=at)


@transaction.atomic
def edit_shown(*, need: str, shown: Shown, actor: Actor, at: datetime) -> UUID | None:
    """Change label and gloss in English and Spanish; return the act, None if nothing changed.

    Spanish whose English changed is stale until it is written anew or reviewed; new Spanish is
    `translated`.

    Raises:
        NeedRefused: `need-unknown`, `label-missing`, `gloss-half`, or a code of
            `domain.need_rules`.
    """
    concepts = locked_needs()
    concept = known_need(need, concepts)
    _check_shown(shown, concept, concepts)
    before = {
        (form.kind.value, form.language): form.text for form in concept.forms if form.kind in SHOWN
    }
    entries = _entries(concept_uuid(need), shown, before, actor)
    return store_need_act({}, actor=actor, at=at, entries=entries) if entries else None


@transaction.atomic
def correct_spanish(
    *, need: str, field: str, read: str, text: str, actor: Actor, at: datetime
) -> UUID | None:
    """Change one Spanish text, `label` or `gloss`; return the act, None if nothing changed.

    Args:
        need: its id.
        field: `label` or `gloss`.
        read: the Spanish that the translator read.
        text: what it is to be; somebody else reviews it.
        actor: the translator.
        at: when.

    Raises:
        NeedRefused: `need-unknown`; `text-changed`; those of `edit_shown`.
    """
    concepts = locked_needs()
    concept, own, place = known_need(need, concepts), concept_uuid(need), (field, "es")
    stored = texts_of(OBJECT_TYPE, [own], public_only=False)
    shown = {(name, language): each.text for (_, name, language), each in stored.items()}
    if shown.get(place) != read:
        sentence = _("The text changed while you read it. Read it again.")
        raise NeedRefused("text-changed", sentence, field=place)
    _check_shown(shown | {place: text}, concept, concepts)
    entries = _entries(own, {place: text}, shown, actor)
    return store_need_act({}, actor=actor, at=at, entries=entries) if entries else None


@transaction.atomic
def add_need(*, draft: NeedDraft, actor: Actor, at: datetime) -> tuple[str, UUID]:
    """Add a need; return its id and the act.

    Raises:
        NeedRefused: `need-known`, `parent-unknown`, and those of `edit_shown`.
    """
    concepts = locked_needs()
    key = key_of(draft.shown.get((FormKind.LABEL.value, "en"), ""))
    if draft.parent and draft.parent not in possible_parents(concepts):
        raise NeedRefused("parent-unknown", _("Choose a broader need from the list."))
    concept = Concept(id=key, core=draft.core, parent=draft.parent, forms=())
    _check_shown(draft.shown, concept, concepts)
    if not key or key in RESERVED or any(each.id == key for each in concepts):
        sentence = _("There is a need with this name already. Choose another one.")
        raise NeedRefused("need-known", sentence, field=(FormKind.LABEL.value, "en"))
    own = _waiting_need(key, at)
    values = {
        "core": draft.core,
        "parent": str(concept_uuid(draft.parent)) if draft.parent else None,
        "is_retired": False,
    }
    keyed = {FieldKey(OBJECT_TYPE, own, name): value for name, value in values.items()}
    entries = _entries(own, draft.shown, {}, actor)
    act_id = store_need_act(keyed, actor=actor, at=at, entries=entries)
    # One that was taken out of use comes back with its words.
    clash = clash_since(concepts)
    if clash is not None:
        raise NeedRefused(*clash)
    return key, act_id


@transaction.atomic
def undo_need_act(*, need: str, act_id: UUID, actor: Actor, at: datetime) -> UUID:
    """Take back something that was done to a need.

    Raises:
        NeedRefused: `act-elsewhere`: not an act of this need.
        UndoRefused: as for `undo_act`.
    """
    words = ConceptForm.objects.filter(concept__key=need).values_list("id", flat=True)
    ids = [concept_uuid(need), *words]
    if not Change.objects.filter(act_id=act_id, object_id__in=ids).exists():
        raise NeedRefused("act-elsewhere", _("Nothing like this was done to this need."))
    return undo_act(act_id=act_id, at=at, actor=actor).act_id


def _problem(
    text: str, language: str, concept: Concept, concepts: Sequence[Concept]
) -> WordProblem | None:
    return word_problem(
        text, language=language, need=concept.id, parent=concept.parent, concepts=concepts
    )


def _refuse(problem: WordProblem | None, text: str, field: tuple[str, str] = ("", "")) -> None:
    if problem is None:
        return
    if problem.code == "word-elsewhere":
        name = labels(get_language() or "en").get(problem.need, problem.need)
        raise NeedRefused(problem.code, ELSEWHERE % {"word": text, "need": name}, field=field)
    raise NeedRefused(problem.code, SENTENCES[problem.code], field=field)


def _check_shown(shown: Shown, concept: Concept, concepts: Sequence[Concept]) -> None:
    for language in LANGUAGES:
        place = (FormKind.LABEL.value, language)
        if not shown.get(place):
            raise NeedRefused("label-missing", _("Write the name of the need."), field=place)
        problem = label_problem(
            shown[place],
            language=language,
            need=concept.id,
            parent=concept.parent,
            concepts=concepts,
        )
        _refuse(problem, shown[place], place)
    _check_gloss({each: shown.get((FormKind.GLOSS.value, each), "") for each in LANGUAGES})


def _check_gloss(gloss: Mapping[str, str]) -> None:
    for language, text in gloss.items():
        place = (FormKind.GLOSS.value, language)
        if not text and any(gloss.values()):
            sentence = _("Write the explanation in both languages, or in neither.")
            raise NeedRefused("gloss-half", sentence, field=place)
        if is_unfit(text):
            _refuse(WordProblem("label-unfit"), text, place)
        if len(text) > LONGEST:
            _refuse(WordProblem("word-long"), text, place)


def _entries(own: UUID, shown: Shown, before: Shown, actor: Actor) -> list[TextEntry]:
    """Return the texts that differ, sources first."""
    return [
        TextEntry(
            object_type=OBJECT_TYPE,
            object_id=own,
            field=field,
            language=language,
            text=text,
            state=State.SOURCE if language == "en" else State.TRANSLATED,
            written_by=actor.person,
        )
        for (field, language), text in sorted(shown.items(), key=lambda each: each[0][1])
        if text != before.get((field, language), "")
    ]


def _waiting_row(own: UUID, word: Form, at: datetime) -> ConceptForm:
    """Return the word's row out of use, made where there is none: its act puts it in use."""
    rows = ConceptForm.objects.filter(concept_id=own, language=word.language, is_retired=True)
    for row in rows.order_by("id"):
        if normal_form(row.text) == normal_form(word.text):
            return row
    row = form_row(Word(own, word.language, word.text), word.kind.value, "")
    row.is_retired, row.updated_at = True, at
    row.save(force_insert=True)
    return row


def _waiting_need(key: str, at: datetime) -> UUID:
    """Return the need's row out of use, made where there is none."""
    last = ConceptRow.objects.aggregate(last=Max("position"))["last"]
    row, _made = ConceptRow.objects.get_or_create(
        key=key,
        defaults={
            "id": concept_uuid(key),
            "core": False,
            "position": 0 if last is None else last + 1,
            "is_retired": True,
            "updated_at": at,
        },
    )
    return row.id
