"""Texts of listings in other languages, kept in the translation area."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from tejido.directory.domain.acts import TEXTS
from tejido.directory.services.acts import Recorder
from tejido.directory.services.details import LABELS, LOCATION, PLACE, SERVICE, DetailOwners
from tejido.translation.domain.texts import State, TextEntry
from tejido.translation.queries import records_of, texts_of
from tejido.translation.services import put_texts

SOURCE_LANGUAGE = "en"
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
    known = {(key, field) for key, field, _ in texts_of(kind, drafts, public_only=False)}
    for key, draft in drafts.items():
        row = stored[key]
        for field in FIELDS[kind]:
            others = draft.translations.get(field, ())
            source = getattr(row, field)
            if source and (others or (key, field) in known):
                yield TextEntry(kind, key, field, SOURCE_LANGUAGE, source, State.SOURCE)
                for text in others:
                    yield TextEntry(kind, key, field, text.language, text.text, _state(text.state))


def _state(given: str) -> State:
    """Return what a translation arrives as: only a named member's review makes it reviewed."""
    return State.MACHINE if given == State.MACHINE else State.TRANSLATED
