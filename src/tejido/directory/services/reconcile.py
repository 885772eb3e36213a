"""Bring tables to what a source says, writing only what differs."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from tejido.directory.domain.provenance import provenance_from
from tejido.directory.models.source import Sourced
from tejido.directory.services.rows import Origin

# 500 rows a statement: each database takes so many parameters (SQLite 32,766).
ROWS_AT_ONCE = 500
STAMPS = frozenset({"id", "created_at", "updated_at"})
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


def with_kept_words(row: SourcedRow, stored: SourcedRow | None, origin: Origin) -> SourcedRow:
    """Return the row with the fields that a person confirmed later than the source speaks."""
    if stored is None:
        return row
    record = provenance_from(stored.provenance)
    row.provenance = record.after_import(origin.word).to_json()
    for name, column in _columns(type(row)).items():
        if name not in ("source", "source_digest", "provenance") and record.keeps(
            name, against=origin.on
        ):
            setattr(row, column, getattr(stored, column))
    return row


def keeps_children(stored: Sourced | None, name: str, against: date | None) -> bool:
    """Say whether a person confirmed these children (such as `phones`) later than the source."""
    return stored is not None and provenance_from(stored.provenance).keeps(name, against=against)


def write(
    model: type[Row], wanted: Mapping[UUID, Row], stored: Mapping[UUID, Row], at: datetime
) -> set[UUID]:
    """Create what is new and update what differs; return the ids that were written."""
    new = [row for key, row in wanted.items() if key not in stored]
    changed: list[Row] = []
    columns: set[str] = set()
    for key in wanted.keys() & stored.keys():
        differing = _take_over(stored[key], wanted[key])
        if differing:
            stored[key].updated_at = at  # type: ignore[attr-defined]
            changed.append(stored[key])
            columns |= differing
    manager = model._default_manager
    manager.bulk_create(new, batch_size=ROWS_AT_ONCE)
    if changed:
        manager.bulk_update(changed, sorted(columns | {"updated_at"}), batch_size=100)
    return {row.pk for row in (*new, *changed)}


def remove(model: type[Row], gone: Iterable[UUID]) -> None:
    """Delete rows by id."""
    for some in in_batches(gone):
        model._default_manager.filter(pk__in=some).delete()


def _take_over(stored: models.Model, wanted: models.Model) -> set[str]:
    differing = {
        name: column
        for name, column in _columns(type(wanted)).items()
        if getattr(stored, column) != getattr(wanted, column)
    }
    for column in differing.values():
        setattr(stored, column, getattr(wanted, column))
    return set(differing)


def _columns(model: type[models.Model]) -> dict[str, str]:
    fields = model._meta.concrete_fields
    return {f.name: f.attname for f in fields if f.name not in STAMPS}
