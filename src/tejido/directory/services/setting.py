"""Read and set fields of records by name, as JSON: columns, what hangs on them, and texts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import models

from tejido.directory.domain.acts import TEXTS
from tejido.directory.services.acts import Recorder
from tejido.directory.services.reconcile import columns_of, in_batches, stored_rows
from tejido.directory.services.removal import tables_of
from tejido.directory.services.row_json import plain, row_from, value_of
from tejido.translation.queries import records_of
from tejido.translation.services import restore_texts


class FieldKey(NamedTuple):
    """One field of one record."""

    object_type: str
    object_id: UUID
    field: str


Values = Mapping[FieldKey, Any]


def model_of(object_type: str) -> type[models.Model]:
    """Return the table of an object type such as `directory.service`."""
    return apps.get_model(object_type)


def values_of(keys: Iterable[FieldKey]) -> dict[FieldKey, Any]:
    """Return what fields hold now; fields of records that are gone are left out.

    A fixed number of queries for each 500 records of one kind.
    """
    found: dict[FieldKey, Any] = {}
    for kind, group in _by_kind(keys).items():
        for some in in_batches(group):
            batch = _Batch(kind, {key: group[key] for key in some})
            found |= dict(batch.values())
    return found


def set_values(values: Values, *, at: datetime, record: Recorder) -> None:
    """Set fields, and note each that differs for its act. Records that are gone are left out.

    A fixed number of statements for each 500 records of one kind.
    """
    for kind, group in _by_kind(values).items():
        for some in in_batches(group):
            _Batch(kind, {key: group[key] for key in some}).set(values, at, record)
            record.flush()


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some records of one kind, and the fields that are asked for of each."""

    kind: str
    fields: Mapping[UUID, set[str]]

    def values(self) -> Iterator[tuple[FieldKey, Any]]:
        """Return what the fields hold."""
        rows = self._rows()
        for key, row in rows.items():
            for name, column in columns_of(type(row)).items():
                if name in self.fields[key]:
                    yield FieldKey(self.kind, key, name), plain(getattr(row, column))
        for table in tables_of(model_of(self.kind)):
            owners = [key for key in self._with(table.word) if key in rows]
            stored = stored_rows(table.model, table.key, owners).values()
            for key, its_rows in table.by_owner(stored, owners).items():
                yield FieldKey(self.kind, key, table.word), its_rows
        texts = [key for key in self._with(TEXTS) if key in rows]
        held = records_of(self.kind, texts) if texts else {}
        for key in texts:
            yield FieldKey(self.kind, key, TEXTS), held.get(key, [])

    def set(self, values: Values, at: datetime, record: Recorder) -> None:
        """Set the fields."""
        rows = self._rows()
        self._set_columns(rows, values, at, record)
        for table in tables_of(model_of(self.kind)):
            owners = [key for key in self._with(table.word) if key in rows]
            wanted = {
                row.pk: row
                for key in owners
                for each in values[FieldKey(self.kind, key, table.word)]
                for row in [row_from(table.model, each, at)]
            }
            changes = table.store(*table.with_moved(wanted, set(owners)), at)
            for key, (before, after) in changes.items():
                record.changed(self.kind, key, table.word, before, after)
        self._set_texts([key for key in self._with(TEXTS) if key in rows], values, record)

    def _set_columns(
        self, rows: dict[UUID, models.Model], values: Values, at: datetime, record: Recorder
    ) -> None:
        model = model_of(self.kind)
        names: set[str] = set()
        changed: dict[UUID, models.Model] = {}
        columns = columns_of(model)
        asked = [(key, name) for key in rows for name in self.fields[key] & columns.keys()]
        for key, name in asked:
            row, after = rows[key], values[FieldKey(self.kind, key, name)]
            before = plain(getattr(row, columns[name]))
            if before != after:
                setattr(row, columns[name], value_of(model, name, after))
                row.updated_at = at  # type: ignore[attr-defined]
                record.changed(self.kind, key, name, before, after)
                names.add(name)
                changed[key] = row
        model._default_manager.bulk_update(
            changed.values(), sorted(names | {"updated_at"}), batch_size=100
        )

    def _set_texts(self, owners: list[UUID], values: Values, record: Recorder) -> None:
        before = records_of(self.kind, owners) if owners else {}
        after = {key: values[FieldKey(self.kind, key, TEXTS)] for key in owners}
        differing = {key: texts for key, texts in after.items() if texts != before.get(key, [])}
        if differing:
            restore_texts(object_type=self.kind, records=differing)
        for key, texts in differing.items():
            record.changed(self.kind, key, TEXTS, before.get(key, []), texts)

    def _rows(self) -> dict[UUID, models.Model]:
        return stored_rows(model_of(self.kind), "pk", self.fields)

    def _with(self, name: str) -> list[UUID]:
        return [key for key, names in self.fields.items() if name in names]


def _by_kind(keys: Iterable[FieldKey]) -> dict[str, dict[UUID, set[str]]]:
    found: dict[str, dict[UUID, set[str]]] = {}
    for key in keys:
        found.setdefault(key.object_type, {}).setdefault(key.object_id, set()).add(key.field)
    return found
