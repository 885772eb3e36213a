"""Adding many rows at once: an import adds more than thirty rows a service."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from tejido.foundation.owned import MemberOwned

# Rows a statement on PostgreSQL.
ROWS_AT_ONCE = 500


def insert_rows(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Add rows as `bulk_create` does, on SQLite with one statement in a third of the time.

    Args:
        model: their table, without columns that fill themselves.
        rows: with their ids, or all without where the database counts; these are not filled in.

    Raises:
        IntegrityError: a row breaks a constraint.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "sqlite" or issubclass(model, MemberOwned):
        model._default_manager.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    elif rows:
        _insert(database, model, rows)


def _insert(
    database: BaseDatabaseWrapper, model: type[models.Model], rows: Sequence[models.Model]
) -> None:
    columns = [each for each in model._meta.concrete_fields if not _is_counted(each, rows[0])]
    quoted = database.ops.quote_name
    names = ", ".join(quoted(str(each.column)) for each in columns)
    marks = ", ".join(["%s"] * len(columns))
    # Nothing but names of our own stands in it: every value is a parameter.
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    values = [_values(database, each, rows) for each in columns]
    with database.cursor() as cursor:
        cursor.executemany(statement, list(zip(*values, strict=True)))
    for row in rows:
        row._state.adding, row._state.db = False, database.alias


def _is_counted(column: "models.Field[Any, Any]", row: models.Model) -> bool:
    return isinstance(column, models.AutoField) and getattr(row, column.attname) is None


def _values(
    database: BaseDatabaseWrapper, column: "models.Field[Any, Any]", rows: Sequence[models.Model]
) -> list[Any]:
    """Return the values of a column as the database takes them; those that recur made once."""
    said = [getattr(row, column.attname) for row in rows]
    if column.primary_key or isinstance(column, models.JSONField):
        return [column.get_db_prep_save(each, database) for each in said]
    known = {each: column.get_db_prep_save(each, database) for each in set(said)}
    return [known[each] for each in said]
