"""Texts of listings in other languages, kept in the translation area."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps

from tejido.directory.domain.acts import TEXTS
from tejido.directory.services.acts import Recorder
from tejido.directory.services.details import LABELS, LOCATION, PLACE, SERVICE, DetailOwners
from tejido.translation.domain.texts import State, StoredText, TextEntry, TextKey
from tejido.translation.queries import records_of, texts_of
from tejido.translation.services import put_texts

SOURCE_LANGUAGE, OTHER_LANGUAGE = "en", "es"
# (object id, field, language) -> text
Held = Mapping[tuple[UUID, str, str], StoredText]
# The fields that people read, by what they belong to.
FIELDS: dict[str, tuple[str, ...]] = {
    "directory.service": ("name", "description", "before_you_go"),
    "directory.location": ("landmark",),
    "directory.serviceatlocation": ("description",),
}


def store_texts(owners: DetailOwners, record: Recorder) -> None:
    """Hand the translations to the translation area, with the sources that they belong to.

    A source text that changed is handed over too wherever a translation is stored, which makes
    that translation stale. Translations that the source does not have stay: people made them.
    A text that is gone takes its translations along. English, where there is any, is the source.
    """
    entries = [
        entry
        for key in (SERVICE, LOCATION, PLACE)
        for entry in _entries(LABELS[key], owners.by_key(key), owners.stored[key])
    ]
    put_recorded(entries, record)


def put_recorded(entries: list[TextEntry], record: Recorder) -> None:
    """Store texts and note what changed, for records that were there before."""
    concerned: dict[str, set[UUID]] = {}
    for entry in entries:
        if entry.object_id not in record.new[entry.object_type]:
            concerned.setdefault(entry.object_type, set()).add(entry.object_id)
    before = {kind: records_of(kind, ids) for kind, ids in concerned.items()}
    put_texts(entries=entries)
    for kind, ids in concerned.items():
        after = records_of(kind, ids)
        for key in ids:
            was, now = before[kind].get(key, []), after.get(key, [])
            if was != now:
                record.changed(kind, key, TEXTS, was, now)


def _entries(
    kind: str, drafts: Mapping[UUID, Any], stored: Mapping[UUID, Any]
) -> Iterator[TextEntry]:
    held = texts_of(kind, drafts, public_only=False)
    for key, draft in drafts.items():
        for field in FIELDS[kind]:
            known = _known(held, key, field)
            text = getattr(stored[key], field)
            yield from _of_field(TextKey(kind, key, field), text, draft, known)


def _of_field(
    key: TextKey, text: str, draft: Any, known: Mapping[str, StoredText]
) -> Iterator[TextEntry]:
    """Return what to hand over of one field.

    Args:
        key: the field.
        text: what it holds by now, in whichever language; a person's word may stand there.
        draft: what the source says.
        known: language -> what is stored.
    """
    others = draft.translations.get(key.field, ())
    language = source_language(known)
    if text == getattr(draft, key.field):
        said = (each.language for each in others if each.state == State.SOURCE)
        language = next(said, SOURCE_LANGUAGE)
    if not text:
        if known:
            yield TextEntry(*key, source_language(known), "", State.SOURCE)
        return
    if others or known:
        yield TextEntry(*key, language, text, State.SOURCE)
    if language != SOURCE_LANGUAGE:
        if SOURCE_LANGUAGE in known:
            yield TextEntry(*key, SOURCE_LANGUAGE, "")
        return
    for each in others:
        yield TextEntry(*key, each.language, each.text, _state(each.state))


def settle_texts(records: Mapping[str, set[UUID]], record: Recorder) -> None:
    """Let the texts of records say in which language their fields are, where that was lost.

    A field and its texts are taken back each for itself; where only one of them could be, the
    field is right. Two queries for each kind, and what is written.

    Args:
        records: kind -> ids.
        record: of the act.
    """
    for kind, ids in records.items():
        held = texts_of(kind, ids, public_only=False)
        rows = apps.get_model(kind)._default_manager.filter(pk__in=ids)
        entries: list[TextEntry] = []
        for pk, *columns in rows.values_list("pk", *FIELDS[kind]):
            for field, text in zip(FIELDS[kind], columns, strict=True):
                entries += _settled(TextKey(kind, pk, field), text, _known(held, pk, field))
        put_recorded(entries, record)


def _settled(key: TextKey, text: str, known: Mapping[str, StoredText]) -> Iterator[TextEntry]:
    language = source_language(known)
    other = known.get(OTHER_LANGUAGE)
    if not known or (language in known and known[language].text == text):
        return
    if not text:
        yield TextEntry(*key, language, "", State.SOURCE)
    elif other is not None and other.text == text:
        yield TextEntry(*key, OTHER_LANGUAGE, text, State.SOURCE)
        yield TextEntry(*key, SOURCE_LANGUAGE, "")
    else:
        yield TextEntry(*key, SOURCE_LANGUAGE, text, State.SOURCE)


def _known(held: Held, key: UUID, field: str) -> dict[str, StoredText]:
    return {
        language: held[key, field, language]
        for language in (SOURCE_LANGUAGE, OTHER_LANGUAGE)
        if (key, field, language) in held
    }


def source_language(known: Mapping[str, StoredText]) -> str:
    """Return the language of a field's source; of one that has no texts of its own, English."""
    sources = (language for language, text in known.items() if text.state is State.SOURCE)
    return next(sources, SOURCE_LANGUAGE)


def _state(given: str) -> State:
    """Return what a translation arrives as: only a named member's review makes it reviewed."""
    return State.MACHINE if given == State.MACHINE else State.TRANSLATED
