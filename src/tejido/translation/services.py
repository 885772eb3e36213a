"""Writing texts: sources, translations, reviews. A change of the source makes the others stale."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused
from tejido.foundation.inserting import insert_rows
from tejido.translation.domain.texts import (
    State,
    TextEntry,
    TextKey,
    cleaned,
    placeholders,
    source_hash,
    state_after,
)
from tejido.translation.models import Unit

FIELDS_AT_ONCE = 250
GIVEN = frozenset({State.SOURCE, State.MACHINE, State.TRANSLATED})
WRITTEN = [
    *("text", "source_hash", "state", "is_machine", "is_critical", "written_by"),
    *("reviewed_by", "reviewed_for", "reviewed_on"),
]
Units = dict[TextKey, dict[str, Unit]]


class TextRefused(Refused):
    """A text that cannot be stored as what it claims to be."""


def put_texts(*, entries: Iterable[TextEntry]) -> int:
    """Store sources and translations; return how many rows changed.

    Safe to repeat: what is stored already changes nothing. A source and its translations may come
    in any order, in one call or in several. A translation whose source changed is stale until a
    new text or a review arrives. A source in another language takes the place of the one before,
    which becomes its translation: stale, until it is handed in as such. An empty text removes the
    row; an empty source removes its translations too. A machine's text never replaces a person's.
    For each 250 fields one read and at most five writes.

    Raises:
        TextRefused: `source-missing`, `placeholders-differ`, `state-not-given`; `second-source`:
            two sources of one field, an empty one in a language that is not the source's, or a
            translation in the source's. Then nothing of this call is stored.
    """
    changed = 0
    with transaction.atomic():
        for batch in _batches(entries):
            changed += _put_batch(batch)
    return changed


def review_text(
    *, key: TextKey, language: str, text: str, reviewed_by: UUID, reviewed_for: UUID, on: date
) -> None:
    """Mark a translation as reviewed by a person for a member.

    Args:
        key: the field.
        language: of the translation.
        text: what the reviewer read; a text that changed since is not what was reviewed.
        reviewed_by: the person; the caller has checked that the member lets them review.
        reviewed_for: the member that answers for it.
        on: the day.

    Raises:
        TextRefused: `text-unknown`, `text-changed`, `source-is-not-reviewed`, `own-text`.
    """
    with transaction.atomic():
        texts = _stored([key])[key]
        unit = _reviewable(texts.get(language), text=text, reviewed_by=reviewed_by)
        unit.state, unit.is_machine = State.REVIEWED, False
        unit.source_hash = source_hash(_source_of(texts).text)
        unit.reviewed_by, unit.reviewed_for, unit.reviewed_on = reviewed_by, reviewed_for, on
        unit.save()


def remove_texts(*, object_type: str, object_ids: Iterable[UUID]) -> int:
    """Remove every text of objects that are gone; return how many rows went."""
    return Unit.objects.filter(object_type=object_type, object_id__in=list(object_ids)).delete()[0]


def restore_texts(
    *, object_type: str, records: Mapping[UUID, Iterable[Mapping[str, Any]]]
) -> None:
    """Bring the texts of objects back to what `queries.records_of` wrote down. Two statements.

    Texts that came later go; an object with an empty list has none afterwards.
    """
    columns = {column.name: column for column in Unit._meta.concrete_fields}
    units = [
        Unit(
            object_type=object_type,
            object_id=object_id,
            **{name: columns[name].to_python(value) for name, value in stored.items()},
        )
        for object_id, its_records in records.items()
        for stored in its_records
    ]
    with transaction.atomic():
        remove_texts(object_type=object_type, object_ids=records)
        Unit.objects.bulk_create(units, batch_size=100)


@dataclass(slots=True)
class _Batch:
    """The rows of one batch by key and language, and what has to be written."""

    units: Units
    new: dict[UUID, Unit] = field(default_factory=dict)
    changed: dict[UUID, Unit] = field(default_factory=dict)
    gone: dict[UUID, Unit] = field(default_factory=dict)
    demoted: set[UUID] = field(default_factory=set)

    def keep(self, key: TextKey, unit: Unit) -> None:
        """Note that a row is new or changed."""
        self.units[key][unit.language] = unit
        target = self.new if unit._state.adding else self.changed
        target[unit.id] = unit

    def demote(self, key: TextKey, unit: Unit, made_from: str) -> None:
        """Note that a source is from now on a translation, which nobody has handed in as such."""
        unit.state, unit.source_hash = State.STALE, made_from
        self.demoted.add(unit.id)
        self.keep(key, unit)

    def drop(self, key: TextKey, language: str) -> None:
        """Note that a row goes, if it is there."""
        unit = self.units[key].pop(language, None)
        if unit is not None and self.new.pop(unit.id, None) is None:
            self.changed.pop(unit.id, None)
            self.gone[unit.id] = unit

    def write(self) -> int:
        """Write everything; return how many rows changed."""
        if self.gone:
            Unit.objects.filter(id__in=list(self.gone)).delete()
        # A field never has two sources, not even between two statements.
        if demoted := self.demoted - self.gone.keys():
            Unit.objects.filter(id__in=demoted).update(state=State.STALE.value)
        insert_rows(Unit, list(self.new.values()))
        Unit.objects.bulk_update(self.changed.values(), WRITTEN, batch_size=50)
        return len(self.new) + len(self.changed) + len(self.gone)


def _put_batch(entries: list[TextEntry]) -> int:
    batch = _Batch(_stored([entry.key for entry in entries]))
    _refuse_two_sources(entries)
    for entry in sorted(entries, key=lambda each: each.state is not State.SOURCE):
        if entry.state not in GIVEN:
            raise TextRefused(
                "state-not-given",
                _("A text is reviewed by a person of a member. It cannot arrive as reviewed."),
            )
        text = cleaned(entry.text)
        (_put_source if entry.state is State.SOURCE else _put_translation)(batch, entry, text)
    return batch.write()


def _refuse_two_sources(entries: list[TextEntry]) -> None:
    languages: dict[TextKey, str] = {}
    for entry in (each for each in entries if each.state is State.SOURCE):
        if languages.setdefault(entry.key, entry.language) != entry.language:
            raise _second_source()


def _second_source() -> TextRefused:
    return TextRefused("second-source", _("This text already has a source in another language."))


def _put_source(batch: _Batch, entry: TextEntry, text: str) -> None:
    units = batch.units[entry.key]
    others = [
        u for u in units.values() if u.state == State.SOURCE and u.language != entry.language
    ]
    if others and not text:
        raise _second_source()
    if not text:
        for language in list(units):
            batch.drop(entry.key, language)
        return
    for other in others:
        batch.demote(entry.key, other, source_hash(text))
    old = units.get(entry.language)
    if old is None or (old.text, old.state) != (text, State.SOURCE):
        batch.keep(entry.key, _filled(old, entry, text, source_hash(text), State.SOURCE))
    for unit in units.values():
        _follow_source(batch, entry, unit, source_hash(text))


def _follow_source(batch: _Batch, entry: TextEntry, unit: Unit, made_from: str) -> None:
    before = (unit.state, unit.is_critical)
    if unit.source_hash != made_from:
        unit.state = State.STALE
    unit.is_critical = unit.is_critical or entry.is_critical
    if (unit.state, unit.is_critical) != before:
        batch.keep(entry.key, unit)


def _put_translation(batch: _Batch, entry: TextEntry, text: str) -> None:
    units = batch.units[entry.key]
    if not text:
        batch.drop(entry.key, entry.language)
        return
    source = _source_of(units)
    old = units.get(entry.language)
    if old is not None and old.state == State.SOURCE:
        raise TextRefused("second-source", _("This language is the source of this text."))
    _check_placeholders(text, source.text)
    if entry.state is State.MACHINE and old is not None and not old.is_machine:
        return
    made_from = source_hash(source.text)
    state = _state(old, entry, text, made_from)
    is_critical = entry.is_critical or source.is_critical
    if old is None or (old.text, old.state, old.is_critical) != (text, state, is_critical):
        kept_hash = old.source_hash if old is not None and old.text == text else made_from
        unit = _filled(old, entry, text, kept_hash, state)
        unit.is_critical = is_critical
        batch.keep(entry.key, unit)


def _state(old: Unit | None, entry: TextEntry, text: str, made_from: str) -> State:
    if old is None:
        return entry.state
    return state_after(
        stored=State(old.state),
        same_text=old.text == text,
        same_source=old.source_hash == made_from,
        offered=entry.state,
    )


def _filled(old: Unit | None, entry: TextEntry, text: str, made_from: str, state: State) -> Unit:
    unit = old or Unit(
        object_type=entry.object_type,
        object_id=entry.object_id,
        field=entry.field,
        language=entry.language,
    )
    unit.text, unit.source_hash, unit.state = text, made_from, state
    if state is not State.STALE:
        unit.is_machine = entry.state is State.MACHINE
    unit.is_critical, unit.written_by = entry.is_critical, entry.written_by
    if state is not State.REVIEWED:
        unit.reviewed_by = unit.reviewed_for = unit.reviewed_on = None
    return unit


def _source_of(units: dict[str, Unit]) -> Unit:
    for unit in units.values():
        if unit.state == State.SOURCE:
            return unit
    raise TextRefused(
        "source-missing", _("There is no original of this text to translate. Add it first.")
    )


def _check_placeholders(text: str, source: str) -> None:
    if placeholders(text) != placeholders(source):
        raise TextRefused(
            "placeholders-differ",
            _("Keep each placeholder of the original exactly as it stands there."),
        )


def _reviewable(unit: Unit | None, *, text: str, reviewed_by: UUID) -> Unit:
    if unit is None:
        raise TextRefused("text-unknown", _("There is no text in this language yet."))
    if unit.state == State.SOURCE:
        raise TextRefused(
            "source-is-not-reviewed", _("This is the original. Review its translation.")
        )
    if unit.text != text:
        raise TextRefused("text-changed", _("The text changed while you read it. Read it again."))
    if unit.written_by == reviewed_by:
        raise TextRefused("own-text", _("You wrote this text. Another person reviews it."))
    return unit


def _stored(keys: Iterable[TextKey]) -> Units:
    wanted = set(keys)
    units: Units = defaultdict(dict)
    rows = Unit.objects.filter(object_id__in={key.object_id for key in wanted})
    for unit in rows.select_for_update():
        key = TextKey(unit.object_type, unit.object_id, unit.field)
        if key in wanted:
            units[key][unit.language] = unit
    return units


def _batches(entries: Iterable[TextEntry]) -> Iterator[list[TextEntry]]:
    by_key: dict[TextKey, list[TextEntry]] = defaultdict(list)
    for entry in entries:
        by_key[entry.key].append(entry)
    groups = iter(by_key.values())
    while batch := list(islice(groups, FIELDS_AT_ONCE)):
        yield [entry for group in batch for entry in group]
