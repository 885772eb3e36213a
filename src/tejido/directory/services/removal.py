"""Take records out of the tables, with a copy of everything that they held."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from tejido.directory.domain.acts import TEXTS
from tejido.directory.models import Location, Organization, Service, ServiceAtLocation
from tejido.directory.services.acts import Recorder
from tejido.directory.services.details import (
    DETAIL_TABLES,
    LOCATION,
    ORGANIZATION,
    PLACE,
    SERVICE,
    DetailTable,
)
from tejido.directory.services.reconcile import in_batches, remove, stored_rows
from tejido.directory.services.row_json import row_from, row_json
from tejido.translation.queries import records_of
from tejido.translation.services import remove_texts, restore_texts

OWNER_KEYS: dict[type[models.Model], str] = {
    Organization: ORGANIZATION,
    Service: SERVICE,
    Location: LOCATION,
    ServiceAtLocation: PLACE,
}
ROW = "row"


def tables_of(model: type[models.Model]) -> tuple[DetailTable, ...]:
    """Return the tables of what may hang on records of this kind."""
    key = OWNER_KEYS.get(model)
    return tuple(table for table in DETAIL_TABLES if table.key == key)


def remove_records(model: type[models.Model], ids: Iterable[UUID], record: Recorder) -> None:
    """Delete records with all that hangs on them, and note it whole for their act."""
    kind = model._meta.label_lower
    for some in in_batches(ids):
        for key, held in _copies(model, some).items():
            record.removed(kind, key, held)
        remove_texts(object_type=kind, object_ids=some)
        remove(model, some)
        record.flush(midway=True)


def restore_records(
    model: type[models.Model], copies: Mapping[UUID, Mapping[str, Any]], at: datetime
) -> None:
    """Bring removed records back, with all that hung on them."""
    for some in in_batches(copies):
        held = {key: copies[key] for key in some}
        model._default_manager.bulk_create(
            [row_from(model, each[ROW], at) for each in held.values()]
        )
        for table in tables_of(model):
            rows = [
                row_from(table.model, row, at)
                for each in held.values()
                for row in each.get(table.word, ())
            ]
            table.model._default_manager.bulk_create(rows, batch_size=500)
        texts = {key: each[TEXTS] for key, each in held.items() if each.get(TEXTS)}
        restore_texts(object_type=model._meta.label_lower, records=texts)


def _copies(model: type[models.Model], ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return everything that records hold, as JSON. A fixed number of queries."""
    rows = stored_rows(model, "pk", ids)
    held: dict[UUID, dict[str, Any]] = {key: {ROW: row_json(row)} for key, row in rows.items()}
    for table in tables_of(model):
        found = table.by_owner(stored_rows(table.model, table.key, ids).values(), ids)
        for key, its_rows in found.items():
            if its_rows:
                held[key][table.word] = its_rows
    for key, texts in records_of(model._meta.label_lower, ids).items():
        held[key][TEXTS] = texts
    return held
