"""For tests: what many begin with is made once in a process, and put back from memory later."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import cache, partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from tejido.foundation.owned import MemberOwned

Filling = Callable[[], object]


@dataclass(frozen=True)
class Rows:
    """All rows of a table, as the database gave them."""

    table: str
    columns: list[str]
    rows: list[tuple[Any, ...]]


def examples(count: int) -> int:
    """Return how many examples a property is tried with: all on SQLite, a third on PostgreSQL.

    What it says of our own code is tried there; here the database shows that it does not differ.
    """
    return count if settings.EMBEDDED else max(2, count // 3)


_KEPT: dict[object, list[Rows]] = {}


def begin_with(*fill: Filling, name: object = None) -> None:
    """Fill the database; from the second time on with the rows of the first.

    Where somebody wrote into those tables before, and where members own what is written, it is
    filled anew.

    Args:
        fill: functions, called one after another.
        name: tells fillings apart that are not known by their functions.
    """
    key = name or fill
    if key in _KEPT and not _filled(each.table for each in _KEPT[key]):
        _put_back(_KEPT[key])
        return
    before = _filled(_tables())
    for each in fill:
        each()
    new = _filled(_tables()) - before
    if not before and not new & _owned():
        _KEPT[key] = [_rows(table) for table in sorted(new)]


@cache
def quietly(load: Callable[[Callable[[str], None]], object]) -> Filling:
    """Return what loads reference data and reports to nobody, always the same."""
    return partial(load, lambda _: None)


def _tables() -> list[str]:
    skipped = {"django_migrations", "django_content_type", "auth_permission"}
    return [table for table in connection.introspection.table_names() if table not in skipped]


def _owned() -> set[str]:
    return {each._meta.db_table for each in apps.get_models() if issubclass(each, MemberOwned)}


def _filled(tables: Iterable[str]) -> set[str]:
    """Return those of some tables that have a row."""
    asked = [f"SELECT '{each}' WHERE EXISTS (SELECT 1 FROM \"{each}\")" for each in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return {name for (name,) in cursor.fetchall()}


def _rows(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        rows = [tuple(map(_given, row)) for row in cursor.fetchall()]
        return Rows(table, [each[0] for each in cursor.description], rows)


def _given(value: Any) -> Any:
    """Return a value as it may be handed in: SQLite reads times, and takes none."""
    is_time = connection.vendor == "sqlite" and isinstance(value, (date, time))
    return str(value) if is_time else value


def _put_back(kept: list[Rows]) -> None:
    with connection.cursor() as cursor:
        for each in kept:
            names = ", ".join(f'"{column}"' for column in each.columns)
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{each.table}" ({names}) FROM STDIN') as copy:
                    for row in each.rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(each.columns))
                insert = f'INSERT INTO "{each.table}" ({names}) VALUES ({marks})'
                cursor.executemany(insert, each.rows)
