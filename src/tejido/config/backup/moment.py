"""What a database holds at one moment, asked in plain SQL of a copy or of a held snapshot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tejido.config.prepare import area_modules

# Asks one statement and returns its rows.
Ask = Callable[[str], Sequence[Sequence[Any]]]

# Stands in a PostgreSQL database into which a backup is being put (`alone`); not part of it.
UNFINISHED = "tejido_unfinished"
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'"
    " AND name NOT LIKE 'sqlite_%' ORDER BY name",
    "postgresql": "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r'"
    " AND c.relname <> 'tejido_unfinished'"
    " AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname",
}


@dataclass(frozen=True, slots=True)
class Held:
    """What a database holds, as `Manifest` says it."""

    counts: dict[str, int]
    told: dict[str, list[list[Any]]]
    migrations: list[str]
    epoch: UUID | None


def held(ask: Ask, *, vendor: str) -> Held:
    """Return what a database holds.

    Args:
        ask: sees all rows of all members, at one moment.
        vendor: `sqlite` or `postgresql`.
    """
    tables = [str(name) for (name,) in ask(TABLES[vendor])]
    return Held(
        counts={name: _rows(ask, name) for name in tables},
        told=_told(ask, tables),
        migrations=_migrations(ask, tables),
        epoch=_epoch(ask, tables),
    )


def _rows(ask: Ask, table: str) -> int:
    return int(ask(f'SELECT count(*) FROM "{table}"')[0][0])  # noqa: S608  (a table's own name)


def _told(ask: Ask, tables: Sequence[str]) -> dict[str, list[list[Any]]]:
    """Return what each area's `backed_up.py` asks of the moment, where its tables are there."""
    return {
        name: [[str(value) for value in row] for row in ask(query.sql)]
        for _area, module in area_modules("backed_up")
        for name, query in module.QUERIES.items()
        if query.table in tables
    }


def _migrations(ask: Ask, tables: Sequence[str]) -> list[str]:
    if "django_migrations" not in tables:
        return []
    rows = ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [f"{app}.{name}" for app, name in rows]


def _epoch(ask: Ask, tables: Sequence[str]) -> UUID | None:
    if "foundation_epoch" not in tables:
        return None
    rows = ask("SELECT epoch FROM foundation_epoch ORDER BY id DESC LIMIT 1")
    return UUID(str(rows[0][0])) if rows else None
