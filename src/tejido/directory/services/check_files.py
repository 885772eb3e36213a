"""Files of HSDS held against the rules: JSON, ndjson, folders and zip files of tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import ngettext

from tejido.directory.domain.cleaning import is_too_deep
from tejido.directory.domain.hsds.records import RecordKind, kind_of
from tejido.directory.domain.hsds.tabular import BY_FILE, TABLES, Table
from tejido.directory.domain.hsds_check.alone import Said
from tejido.directory.domain.hsds_check.findings import Fault, Tally, is_number
from tejido.directory.domain.hsds_check.openapi import root_faults
from tejido.directory.domain.hsds_check.pages import page_faults
from tejido.directory.domain.hsds_check.records import Met, Walk
from tejido.directory.domain.hsds_check.rows import header_faults, links_of, row_faults, typed
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import Reading
from tejido.directory.services.files import Line, json_lines, read_json_file
from tejido.directory.services.packages import (
    PACKAGE,
    Package,
    PackageRefused,
    described_in,
    is_package,
    open_package,
    rows_of,
)
from tejido.foundation.files import FileRefused

Say = Callable[[str], None]
Validate = Callable[[str, Mapping[str, Any]], Iterable[Fault]]
SAID_EVERY = 2_000
# Objects that an ndjson file is named after: `services.ndjson`.
_MORE_KINDS = {"other": "", "base": "", "page": "", "tables": ""}
_OWN_FILES = frozenset({"other_records"})


def _silent(_sentence: str) -> None:
    """Say nothing."""


@dataclass(slots=True)
class Checking:
    """One check on its way.

    Attributes:
        validate: what the official schemas say of an object, where there are any.
        report: called with a sentence now and then; what it raises ends the check.
    """

    tally: Tally
    today: date
    validate: Validate | None = None
    report: Say = _silent
    met: Met = field(default_factory=Met)

    def record(self, table: str, record: Any, where: str, row: int | None, at: str = "") -> None:
        """Check one object of JSON that stands by itself."""
        walk = Walk(self.today, self.met, where, row)
        self.tally.looked_at(table)
        self.tally.add(walk.faults(table, record, at), where, row)
        if self.validate and isinstance(record, dict) and not is_too_deep(record):
            more = (fault._replace(at=f"{at}{fault.at}") for fault in self.validate(table, record))
            self.tally.add(more, where, row)
        self.say(where)

    def say(self, where: str) -> None:
        """Report how far it is, once in a while."""
        count = sum(self.tally.checked.values())
        if count % SAID_EVERY == 0:
            sentence = ngettext(
                "%(count)s object checked, in %(file)s.",
                "%(count)s objects checked, in %(file)s.",
                count,
            )
            self.report(sentence % {"count": f"{count:,}", "file": where})


def check_path(path: Path, checking: Checking) -> None:
    """Check a file, a folder or a zip file.

    Raises:
        FileRefused: it is not there, is no such file, or is dangerous.
    """
    if not is_package(path):
        _check_json(path, checking, complete=True)
        return
    others = _json_beside(path)
    try:
        package = open_package(path)
    except PackageRefused as refusal:
        if refusal.code != "package-without-tables" or not others:
            raise
    else:
        check_package(package, checking)
    for each in others:
        _check_json(each, checking, complete=False)
    if others:
        checking.tally.looked_at("file", len(others))


def _json_beside(path: Path) -> list[Path]:
    if not path.is_dir():
        return []
    found = (each for each in path.iterdir() if each.suffix in (".json", ".ndjson", ".jsonl"))
    return sorted(each for each in found if each.name != PACKAGE and each.is_file())


def _check_json(path: Path, checking: Checking, *, complete: bool) -> None:
    try:
        file = read_json_file(path)
    except FileRefused as refusal:
        if refusal.code not in _FAULTY:
            raise
        checking.tally.add([Fault(_FAULTY[refusal.code], "", str(refusal))], path.name)
        return
    if file.lines:
        # They are all that there is.
        is_whole = True
        _check_lines(path, checking)
    else:
        is_whole = check_document(file.document, path.name, checking)
    if complete and is_whole:
        _check_missing(checking)


# What is wrong with the contents of a file, not with the wish to check it.
_FAULTY = {
    "file-not-json": "not-json",
    "file-broken": "not-json",
    "file-cut-short": "not-json",
    "file-encoding": "file-encoding",
    "file-too-deep": "too-deep",
}


def _check_lines(path: Path, checking: Checking) -> None:
    """Check a record a line."""
    named = BY_FILE.get(path.stem)
    seen = Met()
    try:
        for line in json_lines(path):
            fault = _line_fault(line)
            if fault is not None:
                checking.tally.add([fault], path.name, line.number)
                continue
            table = named.name if named else table_of(line.value)
            if path.stem not in _OWN_FILES:
                _check_one(table, line.value, path.name, checking, seen, row=line.number)
    except FileRefused as refusal:
        checking.tally.add([Fault("file-encoding", "", str(refusal))], path.name)


def _line_fault(line: Line) -> Fault | None:
    if not line.is_readable:
        return Fault("not-json", "", line.text[:200])
    is_object = isinstance(line.value, dict) and "contents" not in line.value
    return None if is_object else Fault("line-not-object", "", line.text[:200])


def _check_one(
    table: str,
    value: Any,
    where: str,
    checking: Checking,
    seen: Met,
    *,
    row: int | None = None,
    at: str = "",
) -> None:
    if not table:
        checking.tally.add([Fault("unknown-object", at, value)], where, row)
        return
    key = value.get("id") if isinstance(value, dict) else None
    if isinstance(key, str) and seen.have(table, key):
        checking.tally.add([Fault("duplicate-id", f"{at}/id", key)], where, row)
    checking.record(table, value, where, row, at)


def check_document(document: Any, where: str, checking: Checking) -> bool:
    """Check one JSON document; return whether it is all that there is of a feed."""
    if isinstance(document, list):
        _check_list(document, where, "", checking)
        return True
    kind = kind_of(document) if isinstance(document, dict) else RecordKind.OTHER
    if kind is RecordKind.PAGE:
        return _check_page(document, where, checking)
    if kind is RecordKind.API_ROOT:
        checking.tally.looked_at("root")
        checking.tally.add(root_faults(document), where)
    elif kind is RecordKind.TABLES:
        _check_tables(document, where, checking)
        return True
    else:
        _check_one(table_of(document), document, where, checking, Met())
    return False


def _check_page(page: Mapping[str, Any], where: str, checking: Checking) -> bool:
    checking.tally.add(page_faults(page), where)
    contents = page.get("contents")
    _check_list(contents if isinstance(contents, list) else [], where, "/contents", checking)
    pages = page.get("total_pages")
    is_one = not isinstance(pages, int) or pages <= 1
    if not is_one:
        checking.tally.add([Fault("page-of-many", "/total_pages", pages)], where)
    return is_one


def _check_list(records: list[Any], where: str, at: str, checking: Checking) -> None:
    seen = Met()
    if not records:
        checking.tally.add([Fault("feed-empty", at)], where)
    for number, each in enumerate(records):
        _check_one(table_of(each), each, where, checking, seen, at=f"{at}/{number}")


def table_of(record: Any) -> str:
    """Return which table of HSDS an object belongs to, by its fields; '' where none."""
    if not isinstance(record, dict):
        return ""
    kind = kind_of(record).value
    return _MORE_KINDS.get(kind, kind)


def _check_tables(document: Mapping[str, Any], where: str, checking: Checking) -> None:
    tables = {
        PurePosixPath(name).name.removesuffix(".csv"): rows
        for name, rows in document.items()
        if isinstance(rows, list)
    }
    named = {
        stem: (f"{where} {stem}.csv", partial(_rows_of_json, BY_FILE.get(stem), rows))
        for stem, rows in tables.items()
    }
    _check_rows(named, checking)


def _rows_of_json(table: Table | None, rows: list[Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Return numbered rows; a number in a column of text is what a table says too."""
    numbers = table.numbers if table else frozenset()
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            yield (
                number,
                {
                    name: str(value) if is_number(value) and name not in numbers else value
                    for name, value in row.items()
                },
            )


def check_package(package: Package, checking: Checking) -> None:
    """Check the tables of a folder or zip file; a table that cannot be read is a finding."""
    names = {
        PurePosixPath(name).name.removesuffix(".csv"): name
        for name in sorted(package.members)
        if name.lower().endswith(".csv")
    }
    _check_description(package, checking)
    tables: dict[str, tuple[str, Callable[[], Iterator[tuple[int, dict[str, Any]]]]]] = {}
    for stem, name in names.items():
        table = BY_FILE.get(stem)
        if table is None:
            if stem not in _OWN_FILES:
                checking.tally.add([Fault("table-unknown", "", name)], package.path.name)
            continue
        reader = _Rows(package, name, table.name, checking)
        if reader.is_readable():
            tables[stem] = (name, reader)
    _check_rows(tables, checking)


@dataclass(slots=True)
class _Rows:
    """Reads the rows of one table, as often as it is asked."""

    package: Package
    name: str
    table: str
    checking: Checking

    def is_readable(self) -> bool:
        """Read the table once; note what cannot be read, and what its header lacks."""
        reading, tally = Reading("", date.min), self.checking.tally
        count = 0
        try:
            for number, cells in rows_of(self.package, self.name, reading):
                if not count:
                    tally.add(header_faults(self.table, list(cells)), self.name, 1)
                count = number
        except PackageRefused as refusal:
            encoding = refusal.code == "package-encoding"
            rule = "file-encoding" if encoding else "table-unreadable"
            tally.add([Fault(rule, "", str(refusal))], self.name)
            return False
        for issue in reading.issues:
            if issue.code is IssueCode.ROW_TOO_LONG:
                tally.add([Fault("row-broken", "", issue.value)], self.name, issue.row)
        return True

    def __call__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Return the rows with numbers where numbers belong."""
        for number, cells in rows_of(self.package, self.name, Reading("", date.min)):
            yield number, typed(self.table, cells)


def _check_description(package: Package, checking: Checking) -> None:
    where = package.path.name
    if PACKAGE not in package.members:
        checking.tally.add([Fault("package-undescribed", "", PACKAGE)], where)
        return
    reading = Reading("", date.min)
    resources = described_in(package, reading).get("resources")
    if reading.issues or not isinstance(resources, list):
        checking.tally.add([Fault("not-json", "", PACKAGE)], where)
        return
    for number, each in enumerate(resources):
        path = each.get("path") if isinstance(each, dict) else None
        if not isinstance(path, str) or PurePosixPath(path).name not in package.members:
            fault = Fault("package-describes-nothing", f"/resources/{number}/path", path)
            checking.tally.add([fault], PACKAGE)


_Tables = Mapping[str, tuple[str, Callable[[], Iterator[tuple[int, dict[str, Any]]]]]]


def _check_rows(tables: _Tables, checking: Checking) -> None:
    """Check each row of each table, once all ids are known."""
    ids, said = Met(), Said()
    every: set[int] = set()
    for stem, (where, rows) in tables.items():
        table = BY_FILE[stem].name if stem in BY_FILE else ""
        if not table:
            checking.tally.add([Fault("table-unknown", "", stem)], where)
            continue
        for number, row in rows():
            key = str(row.get("id") or "")
            every.add(hash(key))
            said.note_row(table, row)
            if key and ids.have(table, key):
                checking.tally.add([Fault("duplicate-id", "id", key)], where, number)
    for stem, (where, rows) in tables.items():
        if stem not in BY_FILE:
            continue
        name = BY_FILE[stem].name
        for number, row in rows():
            checking.tally.looked_at(name)
            faults = chain(
                row_faults(name, row, checking.today),
                _lost(name, row, ids, every),
                said.faults(name, row),
            )
            checking.tally.add(faults, where, number)
            checking.say(where)


def _lost(table: str, row: Mapping[str, Any], ids: Met, every: set[int]) -> Iterator[Fault]:
    """Return links of a row to rows that are not there."""
    for column, owner, key, is_required in links_of(table, row):
        known = ids.ids.get(owner, set()) if owner in TABLES else every
        if hash(key) not in known:
            yield Fault("orphan-row" if is_required else "reference-missing", column, key)


def _check_missing(checking: Checking) -> None:
    for where, row, fault in checking.met.missing():
        checking.tally.add([fault], where, row)
