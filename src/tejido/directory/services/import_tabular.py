"""HSDS tables, of version 3 or 1.1, as the records that they stand for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from tejido.directory.domain.cleaning import clean_json
from tejido.directory.domain.hsds.metadata import is_ours
from tejido.directory.domain.hsds.records import Known
from tejido.directory.domain.hsds.tabular import BY_FILE, TABLES, Table
from tejido.directory.domain.hsds.version_1_1 import (
    GONE,
    OLD_TABLES,
    is_1_1,
    spoken_on,
    told_of_service,
    upgraded,
)
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import Reading
from tejido.directory.services.package_files import LEFTOVER, LEFTOVER_KIND
from tejido.directory.services.packages import Package, described_in, rows_of
from tejido.directory.services.tabular import Joined, fields_of

Rows = Iterable[tuple[int, dict[str, Any]]]


def package_records(package: Package, reading: Reading) -> Iterator[tuple[int, Known]]:
    """Return the records that the tables of a package stand for, services first.

    Raises:
        PackageRefused: a table cannot be read.
    """
    said = described_in(package, reading)
    for each in package.elsewhere:
        reading.row = 0
        reading.note(IssueCode.FILE_ELSEWHERE, each)
    described, is_neutral = _described_files(said), _is_neutral(said)
    names = {_stem(name): name for name in sorted(package.members) if name.endswith(".csv")}
    files = {described.get(name, stem): name for stem, name in names.items()}
    with Joined(reading) as joined:
        tables = {
            stem: _cells(rows_of(package, name, reading), stem, is_neutral=is_neutral)
            for stem, name in files.items()
        }
        left = _put_tables(tables, joined, reading)
        yield from joined.records()
        yield from left


def table_records(document: Mapping[str, Any], reading: Reading) -> Iterator[tuple[int, Known]]:
    """Return the records that the tables of one JSON document stand for: `{"services.csv": …}`."""
    tables = {
        _stem(name): enumerate((clean_json(row) for row in rows if isinstance(row, dict)), start=1)
        for name, rows in document.items()
        if isinstance(rows, list)
    }
    with Joined(reading) as joined:
        left = _put_tables(tables, joined, reading)
        yield from joined.records()
        yield from left


@dataclass(slots=True)
class _Gone:
    """Rows of 1.1 tables that 3.1 has no more, by service, until the service takes them."""

    by_service: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)

    def keep(self, file: str, rows: Rows) -> None:
        for _, row in rows:
            its = self.by_service.setdefault(str(row.get("service_id") or ""), {})
            its.setdefault(file, []).append(row)

    def told(self, rows: Rows) -> Rows:
        for number, row in rows:
            gone = self.by_service.pop(str(row.get("id") or ""), {})
            yield number, row | told_of_service(gone)


def _put_tables(
    tables: Mapping[str, Rows], joined: Joined, reading: Reading
) -> list[tuple[int, Known]]:
    """Put all tables in; return rows of tables that are gone and whose service is not there."""
    old, gone = is_1_1(tables), _Gone()
    for stem in GONE.keys() & tables.keys() if old else ():
        gone.keep(stem, tables[stem])
    for stem, rows in tables.items():
        table = _table_of(stem, old=old)
        if table is not None:
            _put(joined, table, stem, rows, gone if old else None)
        elif stem != LEFTOVER and not (old and stem in GONE):
            reading.row = 0
            reading.note(IssueCode.TABLE_UNKNOWN, stem)
    joined.join()
    left = [
        (number, Known(str(row.pop(LEFTOVER_KIND, "")) or LEFTOVER, row))
        for number, row in tables.get(LEFTOVER, ())
    ]
    reading.row = 0
    for service, its in gone.by_service.items():
        for stem in its:
            reading.note(IssueCode.ORPHAN, f"{stem}.service_id", service)
    every = [each for its in gone.by_service.values() for each in its.items()]
    return left + [(0, Known(stem, row)) for stem, rows in every for row in rows]


def _put(joined: Joined, table: Table, stem: str, rows: Rows, gone: _Gone | None) -> None:
    if gone is None:
        joined.put(table, _foreign(rows) if table.name == "metadata" else rows)
        return
    told = gone.told(rows) if table.name == "service" else rows
    new = [(number, upgraded(stem, row)) for number, row in told]
    joined.put(table, new)
    if table.name == "phone":
        spoken = [(number, each) for number, row in new for each in spoken_on(row)]
        joined.put(TABLES["language"], spoken)


def _foreign(rows: Rows) -> Rows:
    """Yield metadata of others; ours says who confirmed here, and is no word of the source."""
    return ((number, row) for number, row in rows if not is_ours(row, row.get("resource_id")))


def _table_of(stem: str, *, old: bool) -> Table | None:
    name = OLD_TABLES[stem].name if old and stem in OLD_TABLES else stem
    return BY_FILE.get(name)


def _cells(rows: Iterable[tuple[int, dict[str, str]]], stem: str, *, is_neutral: bool) -> Rows:
    table = BY_FILE.get(stem) or TABLES["unit"]
    for number, cells in rows:
        yield number, fields_of(table, _plain(cells) if is_neutral else cells)


def _plain(cells: Mapping[str, str]) -> dict[str, str]:
    """Return cells without the mark that keeps spreadsheets from computing with them."""
    return {name: cell[1:] if cell[:1] == "'" else cell for name, cell in cells.items()}


def _described_files(described: Mapping[str, Any]) -> dict[str, str]:
    """Return file -> table, where the description gives a file a name of its own."""
    resources = described.get("resources")
    return {
        PurePosixPath(each["path"]).name: each["name"]
        for each in (resources if isinstance(resources, list) else [])
        if isinstance(each, dict)
        and isinstance(each.get("path"), str)
        and isinstance(each.get("name"), str)
        and each["name"] in TABLES
        and _stem(each["path"]) not in (*BY_FILE, *OLD_TABLES, *GONE)
    }


def _is_neutral(described: Mapping[str, Any]) -> bool:
    """Say whether our own export marked cells that a spreadsheet would compute."""
    ours = described.get("tejido")
    return isinstance(ours, dict) and ours.get("cells") == "neutral"


def _stem(name: str) -> str:
    return PurePosixPath(name).name.removesuffix(".csv")
