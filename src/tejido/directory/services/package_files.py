"""An HSDS data package on its way to disk: ndjson, a CSV file a table, and their description."""

import csv
import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from tejido.directory.domain.hsds.tabular import OTHER, TABLES, Rows, Table, value_of
from tejido.foundation.problem_file import neutral

LEFTOVER = "other_records"
LEFTOVER_KIND = "kind_of_record"
VERSION = "3.1"


@dataclass(slots=True)
class PackageFiles:
    """The open files of one package; `close` writes the description.

    Attributes:
        folder: an empty one.
        is_neutral: whether cells are made harmless for spreadsheets.
        about: what the description says beyond HSDS.
    """

    folder: Path
    is_neutral: bool
    about: Mapping[str, Any]
    open_files: ExitStack = field(default_factory=ExitStack)
    lines: dict[str, TextIO] = field(default_factory=dict)
    tables: dict[str, Any] = field(default_factory=dict)
    rows: Rows = field(default_factory=Rows)
    counts: dict[str, int] = field(default_factory=dict)

    def write_line(self, name: str, record: Mapping[str, Any]) -> None:
        """Write a record as one line of `name`.ndjson."""
        if name not in self.lines:
            self.lines[name] = self._opened(f"{name}.ndjson")
        json.dump(record, self.lines[name], ensure_ascii=False)
        self.lines[name].write("\n")
        self.counts[name] = self.counts.get(name, 0) + 1

    def add_rows(self, kind: str, record: Mapping[str, Any], **links: str) -> None:
        """Take a record apart into rows; one that has no row is kept whole in a table apart."""
        if kind not in TABLES or not self.rows.add(kind, record, **links):
            self._write_leftover(kind, record)

    def write_rows(self) -> None:
        """Write the rows that are waiting."""
        for table, row in self.rows.flush():
            if table.name not in self.tables:
                file = self._opened(f"{table.file}.csv", newline="")
                self.tables[table.name] = csv.writer(file, lineterminator="\r\n")
                self.tables[table.name].writerow((*table.columns, OTHER))
            cells = [self._cell(table, column, row.get(column, "")) for column in table.columns]
            self.tables[table.name].writerow((*cells, self._plain(row.get(OTHER, ""))))

    def close(self) -> None:
        """Write the description and close every file."""
        self.write_rows()
        resources = [_described(TABLES[name]) for name in TABLES if name in self.tables]
        with (self.folder / "datapackage.json").open("w", encoding="utf-8") as file:
            json.dump(
                {
                    "name": "human_services_data",
                    "profile": "tabular-data-package",
                    "version": VERSION,
                    "tejido": {"cells": "neutral" if self.is_neutral else "exact", **self.about},
                    "resources": resources,
                },
                file,
                ensure_ascii=False,
                indent=1,
            )
        self.open_files.close()

    def _write_leftover(self, kind: str, record: Mapping[str, Any]) -> None:
        if LEFTOVER not in self.tables:
            file = self._opened(f"{LEFTOVER}.csv", newline="")
            self.tables[LEFTOVER] = csv.writer(file, lineterminator="\r\n")
            self.tables[LEFTOVER].writerow((LEFTOVER_KIND, OTHER))
        said = json.dumps(record, ensure_ascii=False)
        self.tables[LEFTOVER].writerow((kind, self._plain(said)))

    def _cell(self, table: Table, column: str, cell: str) -> str:
        is_number = column in table.numbers and not isinstance(value_of(table, column, cell), str)
        return cell if is_number else self._plain(cell)

    def _plain(self, cell: str) -> str:
        return neutral(cell) if self.is_neutral else cell

    def _opened(self, name: str, newline: str | None = None) -> TextIO:
        file = (self.folder / name).open("w", encoding="utf-8", newline=newline)
        return self.open_files.enter_context(file)


def _described(table: Table) -> dict[str, Any]:
    columns = [
        {"name": column, "type": "number" if column in table.numbers else "string"}
        for column in table.columns
    ]
    return {
        "name": table.name,
        "path": f"{table.file}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {
            "primaryKey": "id",
            "fields": [*columns, {"name": OTHER, "type": "object"}],
            "foreignKeys": [
                {"fields": column, "reference": {"resource": owner, "fields": "id"}}
                for column, owner in table.links.items()
            ],
        },
    }
