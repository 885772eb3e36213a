"""Texts of fields as a steward edits them: English and Spanish, either of which may be missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tejido.directory.services.setting import FieldKey, values_of
from tejido.directory.services.texts import (
    FIELDS,
    OTHER_LANGUAGE,
    SOURCE_LANGUAGE,
    source_language,
)
from tejido.translation.domain.texts import State, StoredText, TextEntry
from tejido.translation.queries import texts_of


@dataclass(frozen=True, slots=True)
class FieldText:
    """What a field holds, and what it is to hold.

    Attributes:
        column: what the field holds now, in the language of its source.
        known: language -> what is stored beside it.
        english: what it is to say in English, '' for nothing.
        spanish: and in Spanish.
        is_together: whether both were handed in together, so that they say the same.
    """

    column: str
    known: Mapping[str, StoredText]
    english: str
    spanish: str
    is_together: bool

    @property
    def english_now(self) -> str:
        """Return what it says in English now."""
        return "" if self._was_spanish else self.column

    @property
    def holds(self) -> str:
        """Return what the field is to hold: English, where there is any."""
        return self.english or self.spanish

    def entries(self, key: FieldKey) -> Iterator[TextEntry]:
        """Return the texts to hand to the translation area; none where nothing changes."""
        if self.english:
            yield from self._beside_english(key)
        elif self.spanish:
            yield from self._alone(key)
        elif self.known:
            yield TextEntry(*key, source_language(self.known), "", State.SOURCE)

    def _beside_english(self, key: FieldKey) -> Iterator[TextEntry]:
        stored = self.known.get(OTHER_LANGUAGE)
        differs = self.spanish != (stored.text if stored else "")
        is_new = self._was_spanish or (bool(self.known) and self.english != self.column)
        if differs or is_new:
            yield TextEntry(*key, SOURCE_LANGUAGE, self.english, State.SOURCE)
        if differs or (self._was_spanish and self.is_together):
            yield TextEntry(*key, OTHER_LANGUAGE, self.spanish)

    def _alone(self, key: FieldKey) -> Iterator[TextEntry]:
        if self.known != {OTHER_LANGUAGE: StoredText(self.spanish, State.SOURCE)}:
            yield TextEntry(*key, OTHER_LANGUAGE, self.spanish, State.SOURCE)
        if SOURCE_LANGUAGE in self.known:
            yield TextEntry(*key, SOURCE_LANGUAGE, "")

    @property
    def _was_spanish(self) -> bool:
        return source_language(self.known) == OTHER_LANGUAGE


def field_texts(
    values: Mapping[FieldKey, Any], spanish: Mapping[FieldKey, str]
) -> dict[FieldKey, FieldText]:
    """Return each text among some fields, with what it is to be.

    Fields of records that are gone are left out. A fixed number of queries for each kind.

    Args:
        values: fields with what they are to hold; of texts the English.
        spanish: fields with their Spanish; where it is not named it stays.
    """
    keys = [key for key in {**values, **spanish} if key.field in FIELDS.get(key.object_type, ())]
    columns, known = values_of(keys), _known(keys)
    found: dict[FieldKey, FieldText] = {}
    for key in (each for each in keys if each in columns):
        column, texts = str(columns[key]), known.get(key, {})
        stored = texts.get(OTHER_LANGUAGE)
        english_now = "" if source_language(texts) == OTHER_LANGUAGE else column
        english = str(values.get(key, english_now))
        if key not in spanish and english == column:
            # Handed back as it stands, in whichever language that is.
            english = english_now
        found[key] = FieldText(
            column=column,
            known=texts,
            english=english,
            spanish=spanish.get(key, stored.text if stored else ""),
            is_together=key in spanish,
        )
    return found


def stored_spanish(keys: Iterable[FieldKey]) -> dict[FieldKey, str]:
    """Return the Spanish of fields; those without are left out. A query for each kind."""
    known = _known(keys)
    return {
        key: texts[OTHER_LANGUAGE].text for key, texts in known.items() if OTHER_LANGUAGE in texts
    }


def only_in_spanish(keys: Iterable[FieldKey]) -> set[FieldKey]:
    """Return the fields that hold Spanish, because there is no English. A query for each kind."""
    known = _known(keys)
    return {key for key, texts in known.items() if source_language(texts) == OTHER_LANGUAGE}


def _known(keys: Iterable[FieldKey]) -> dict[FieldKey, dict[str, StoredText]]:
    asked = set(keys)
    found: dict[FieldKey, dict[str, StoredText]] = {}
    for kind in {key.object_type for key in asked}:
        ids = {key.object_id for key in asked if key.object_type == kind}
        for (owner, name, language), text in texts_of(kind, ids, public_only=False).items():
            found.setdefault(FieldKey(kind, owner, name), {})[language] = text
    return {key: texts for key, texts in found.items() if key in asked}
