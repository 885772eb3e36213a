"""Rows as JSON and back, for the record of what changed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

STAMPS = frozenset({"created_at", "updated_at"})
Row = TypeVar("Row", bound=models.Model)


def plain(value: Any) -> Any:
    """Return a column's value as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def row_json(row: models.Model) -> dict[str, Any]:
    """Return every column of a row but its time stamps."""
    return {
        column.attname: plain(getattr(row, column.attname))
        for column in row._meta.concrete_fields
        if column.name not in STAMPS
    }


def rows_json(rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    """Return rows in the order of their ids, so that two equal sets look the same."""
    return sorted((row_json(row) for row in rows), key=lambda each: str(each["id"]))


def value_of(model: type[models.Model], name: str, stored: Any) -> Any:
    """Return the value of a field's column from its JSON."""
    column = next(each for each in model._meta.concrete_fields if each.name == name)
    return getattr(column, "target_field", column).to_python(stored)


def row_from(model: type[Row], stored: Mapping[str, Any], at: datetime) -> Row:
    """Return the row that `row_json` wrote down, stamped with an instant."""
    by_column = {column.attname: column for column in model._meta.concrete_fields}
    values = {
        name: getattr(by_column[name], "target_field", by_column[name]).to_python(value)
        for name, value in stored.items()
        if name in by_column
    }
    stamps = {name: at for name in STAMPS if name in by_column}
    return model(**values, **stamps)
