"""What is done to rows that come out of a backup before anybody can be served from them."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from uuid import uuid4

from django.db import connection

from tejido.accounts.models import Session
from tejido.foundation.models import Epoch

# Runs a statement with values.
Run = Callable[[str, Sequence[object]], object]


def begin_anew(
    run: Run, *, mark: str, tables: Collection[str], at: datetime, taken_at: datetime
) -> None:
    """End every session and begin an epoch, in the transaction of the caller.

    So nobody is signed in by a session that was ended since, nor does a phone take for kept what
    is lost, however the rest of a restore ends. Of an older backup that lacks a table, the rest
    of the restore does it.

    Args:
        run: runs a statement in the database that is put back.
        mark: what stands for a value in its statements, `?` or `%s`.
        tables: those that it has.
        at: now.
        taken_at: the moment that the backup holds.
    """
    if Session._meta.db_table in tables:
        run(f"DELETE FROM {Session._meta.db_table}", [])  # noqa: S608  (a table's own name)
    if Epoch._meta.db_table in tables:
        row = {"epoch": uuid4(), "since": at, "restored_from": taken_at}
        fields = {field.name: field for field in Epoch._meta.concrete_fields}
        run(
            f"INSERT INTO {Epoch._meta.db_table} ({', '.join(row)})"  # noqa: S608
            f" VALUES ({', '.join([mark] * len(row))})",
            [fields[name].get_db_prep_value(row[name], connection) for name in row],
        )
