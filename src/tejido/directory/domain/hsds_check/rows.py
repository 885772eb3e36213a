"""Rows of tables against the description of HSDS."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tejido.directory.domain.hsds.tabular import ANY_OWNER, TABLES
from tejido.directory.domain.hsds_check.fields import (
    KINDS,
    LINKS,
    MAY_BE_EMPTY,
    REQUIRED_IN_TABLES,
)
from tejido.directory.domain.hsds_check.findings import Fault, is_blank
from tejido.directory.domain.hsds_check.sense import sense_faults
from tejido.directory.domain.hsds_check.terms import right_term
from tejido.directory.domain.hsds_check.values import is_uuid, value_faults


def header_faults(table: str, columns: Sequence[str]) -> Iterator[Fault]:
    """Return required columns that are not there, and home-made ones."""
    for name in REQUIRED_IN_TABLES[table]:
        if name not in columns:
            yield Fault("column-missing", name)
    for name in columns:
        right = right_term(table, name)
        if right in TABLES[table].columns:
            yield Fault("home-made-term", name, f"{name} → {right}")


def row_faults(table: str, row: Mapping[str, Any], today: date) -> Iterator[Fault]:
    """Return what is wrong with one row: JSON values, or cells where empty says nothing."""
    for name in REQUIRED_IN_TABLES[table]:
        if name in row and row[name] == "":
            yield Fault("required-missing", name)
        elif name in row and (table, name) not in MAY_BE_EMPTY and is_blank(row[name]):
            yield Fault("required-empty", name, row[name])
    said = {name: value for name, value in row.items() if name in KINDS[table] and value != ""}
    for name, value in said.items():
        yield from value_faults(table, name, value)
    yield from sense_faults(table, said, today)


def typed(table: str, cells: Mapping[str, str]) -> dict[str, Any]:
    """Return cells with numbers where numbers belong; what is none stays as it is written."""
    numbers = TABLES[table].numbers
    return {
        name: _number(cell) if name in numbers and cell else cell for name, cell in cells.items()
    }


def _number(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return cell


def links_of(table: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    """Return each link of a row: column, table ('' for any), id, and whether it is required."""
    links = {**dict.fromkeys(_owner_columns(table), ""), **LINKS.get(table, {})}
    links |= {name: owner for name, owner in TABLES[table].links.items() if name in links}
    for column, owner in links.items():
        key = row.get(column)
        if is_uuid(key):
            yield column, owner, str(key), column in REQUIRED_IN_TABLES[table]


def _owner_columns(table: str) -> list[str]:
    own = [ANY_OWNER[table]] if table in ANY_OWNER else []
    return [*TABLES[table].links, *own]
