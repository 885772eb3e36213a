"""Bring tables to what a source says, writing only what differs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from tejido.directory.domain.acts import BOOKS, CONFIRMING, FindingKind
from tejido.directory.domain.digest import said_digest
from tejido.directory.domain.provenance import (
    SENTENCES,
    Provenance,
    provenance_from,
    said_of_field,
)
from tejido.directory.models.source import Sourced
from tejido.directory.services.acts import Recorder
from tejido.directory.services.row_json import STAMPS, plain
from tejido.directory.services.rows import Origin
from tejido.foundation.inserting import insert_rows

# 500 rows a statement: each database takes so many parameters (SQLite 32,766).
ROWS_AT_ONCE = 500
# What a person refused to read out of a field stands as long as the field says the same.
LOOKED_AT = "hours_proposal"
READ_FROM = {LOOKED_AT: "hours_text"}
# What hangs on a record by name, as the source has it: rows as JSON.
Children = Callable[[str], Any]
Row = TypeVar("Row", bound=models.Model)
SourcedRow = TypeVar("SourcedRow", bound=Sourced)


def stored_rows(model: type[Row], column: str, ids: Iterable[UUID]) -> dict[UUID, Row]:
    """Return the rows whose column is one of the ids, by primary key."""
    found: dict[UUID, Row] = {}
    for some in in_batches(ids):
        rows = model._default_manager.filter(**{f"{column}__in": some})
        found |= {row.pk: row for row in rows.select_for_update()}
    return found


def in_batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Return the items in lists of at most ROWS_AT_ONCE."""
    rest = iter(items)
    while batch := list(islice(rest, ROWS_AT_ONCE)):
        yield batch


def with_kept_words(
    row: SourcedRow,
    stored: SourcedRow | None,
    origin: Origin,
    *,
    children: Children,
    record: Recorder,
) -> SourcedRow:
    """Return the row with the fields in which a person's word stands against the source.

    What differs is left for a steward to look at, whoever wins.
    """
    if stored is None:
        return row
    words = provenance_from(stored.provenance)
    columns = columns_of(type(row))
    said = {
        name: said_digest(_said(row, READ_FROM.get(name, name), children))
        for name, word in words.entries.items()
        if word.over
    }
    after = words.after_import(origin.word, said=said)
    row.provenance = after.to_json()
    lost = words.entries.keys() - after.entries.keys()
    kind = row._meta.label_lower
    record.overruled |= {(kind, row.pk, name) for name in lost if words.is_of_a_person(name)}
    for name, column in columns.items():
        ours, theirs = getattr(stored, column), getattr(row, column)
        if name == "source" or name in BOOKS or ours == theirs:
            continue
        winner = _who_wins(words, name, origin.on, said)
        if winner is not None:
            record.find(winner, stored, name, theirs=plain(theirs), ours=plain(ours))
        if winner is FindingKind.KEPT:
            setattr(row, column, ours)
    return row


def _said(row: Sourced, name: str, children: Children) -> Any:
    column = columns_of(type(row)).get(name)
    value = children(name) if column is None else plain(getattr(row, column))
    return said_of_field(name, value, getattr(row, SENTENCES.get(name, ""), ""))


def _who_wins(
    words: Provenance, name: str, on: date | None, said: Mapping[str, str]
) -> FindingKind | None:
    """Return whether a person's word stands or gives way; None where no person spoke."""
    if words.keeps(name, against=on, said=said.get(name, "")):
        return FindingKind.KEPT
    return FindingKind.REPLACED if words.is_of_a_person(name) else None


def keeps_children(stored: Sourced | None, name: str, against: date | None) -> bool:
    """Say whether a person's word on these children (such as `phones`) stood in this import.

    `stored` has the provenance that `with_kept_words` left: a word over an earlier word of the
    source is still there only if the source says the same as then.
    """
    if stored is None:
        return False
    words = provenance_from(stored.provenance)
    entry = words.entries.get(name)
    said = entry.over if entry is not None else ""
    return words.keeps(name, against=against, said=said)


def is_read_from(stored: Sourced, name: str, rows: Any, draft: Any) -> bool:
    """Say whether a person read these children out of the sentence that the source still says."""
    entry = provenance_from(stored.provenance).entries.get(name)
    if rows or entry is None or name not in SENTENCES:
        return False
    said = said_of_field(name, rows, getattr(draft, SENTENCES[name]))
    return entry.over == said_digest(said)


def write(
    model: type[Row],
    wanted: Mapping[UUID, Row],
    stored: Mapping[UUID, Row],
    at: datetime,
    *,
    record: Recorder | None = None,
) -> set[UUID]:
    """Create what is new and update what differs; return the ids of rows that say something new.

    A row that is only confirmed anew is written and not among them. With a recorder, each new
    record and each changed field is noted for its act.
    """
    new = [row for key, row in wanted.items() if key not in stored]
    changed: list[Row] = []
    columns: set[str] = set()
    said = {row.pk for row in new}
    for key in wanted.keys() & stored.keys():
        differing = differences(stored[key], wanted[key])
        if differing:
            _take_over(stored[key], wanted[key], differing, record)
            stored[key].updated_at = at  # type: ignore[attr-defined]
            changed.append(stored[key])
            columns |= differing.keys()
            if differing.keys() - CONFIRMING:
                said.add(key)
    insert_rows(model, new)
    for row in new if record is not None else ():
        record.created(row)  # type: ignore[union-attr]
    if changed:
        manager = model._default_manager
        manager.bulk_update(changed, sorted(columns | {"updated_at"}), batch_size=100)
    return said


def remove(model: type[Row], gone: Iterable[UUID]) -> None:
    """Delete rows by id."""
    for some in in_batches(gone):
        model._default_manager.filter(pk__in=some).delete()


def differences(stored: models.Model, wanted: models.Model) -> dict[str, str]:
    """Return field -> column of what differs between two rows, time stamps aside."""
    return {
        name: column
        for name, column in columns_of(type(wanted)).items()
        if getattr(stored, column) != getattr(wanted, column)
    }


def columns_of(model: type[models.Model]) -> dict[str, str]:
    """Return field -> column of a table, without its id and time stamps."""
    fields = model._meta.concrete_fields
    return {f.name: f.attname for f in fields if f.name != "id" and f.name not in STAMPS}


def _take_over(
    stored: models.Model,
    wanted: models.Model,
    differing: Mapping[str, str],
    record: Recorder | None,
) -> None:
    for name, column in differing.items():
        before, after = getattr(stored, column), getattr(wanted, column)
        if record is not None:
            kind = stored._meta.label_lower
            record.changed(kind, stored.pk, name, plain(before), plain(after))
        setattr(stored, column, after)
