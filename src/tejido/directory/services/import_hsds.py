"""Import HSDS: JSON of version 3, tables of version 3 or 1.1."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.drafts import Draft
from tejido.directory.domain.hsds.records import (
    RecordKind,
    is_page_of_many,
    kind_of,
    read_records,
    records_in,
)
from tejido.directory.domain.issues import Issue, IssueCode
from tejido.directory.domain.reading import Reading
from tejido.directory.domain.source import SourceIn
from tejido.directory.services.files import JsonFile, Line, json_lines, read_json_file
from tejido.directory.services.import_tabular import package_records, table_records
from tejido.directory.services.importing import (
    Imported,
    Say,
    known_today,
    new_reading,
    store_drafts,
)
from tejido.directory.services.issue_words import WORDS
from tejido.directory.services.packages import is_package, open_package
from tejido.foundation.errors import Refused


class NoServices(Refused):
    """A file without one record in it."""

    def __init__(self, path: Path, kind: str, issues: Sequence[Issue]) -> None:
        """Say what the file holds instead, and what was odd first."""
        sentence: object = _(
            "No record could be read from %(path)s (it holds: %(kind)s). Nothing changed. "
            "Export services in HSDS 3 JSON or as HSDS tables."
        ) % {"path": path.name, "kind": kind}
        for issue in issues[:1]:
            why = _("Row %(row)s: %(why)s") % {"row": issue.row, "why": WORDS[issue.code]}
            sentence = format_lazy("{} {}", sentence, why)
        super().__init__("no-services", sentence)


def import_hsds(
    *,
    path: Path,
    source: SourceIn,
    at: datetime,
    today: date,
    dry_run: bool = False,
    report: Say | None = None,
    heed: Callable[[], None] | None = None,
    act_id: UUID | None = None,
) -> Imported:
    """Import services, all or nothing; what is odd in a record is reported and the rest goes on.

    Args:
        path: JSON (a service, a list, a page, organizations with services, services at
            locations, tables), ndjson with one such record a line, or a folder or zip file of
            HSDS tables.
        source: whose list this is.
        at: when the import runs.
        today: dates of confirmation, and of the list, after it are mistakes.
        dry_run: count and report everything, change nothing.
        report: called with a sentence after each 500 services; what it raises ends the import.
        heed: called at each row that is read; what it raises ends the import too.
        act_id: an act that the caller began, as `store_services` has it.

    Raises:
        FileRefused: the file is not what it claims to be.
        PackageRefused: so with a folder or zip file.
        NoServices: it has no record in it.
    """
    reading = new_reading(source.key, today, heed)
    drafts, kind = _read(path, reading)
    return store_drafts(
        drafts=_at_least_one(drafts, path, kind, reading.issues),
        reading=reading,
        source=known_today(source, reading),
        path=path,
        at=at,
        dry_run=dry_run,
        report=report,
        act_id=act_id,
    )


def _read(path: Path, reading: Reading) -> tuple[Iterator[Draft], str]:
    """Return the drafts of a path, still to be read, and what it seems to hold."""
    if is_package(path):
        package = open_package(path)
        return read_records(package_records(package, reading), reading), "tables"
    file = read_json_file(path)
    return _drafts(file, reading), _kind(file)


def _drafts(file: JsonFile, reading: Reading) -> Iterator[Draft]:
    if file.lines:
        return read_records(_lines(file.path, reading), reading)
    if is_page_of_many(file.document):
        reading.note(IssueCode.PAGE_OF_MANY, "total_pages", file.document["total_pages"])
    if isinstance(file.document, dict) and kind_of(file.document) is RecordKind.TABLES:
        return read_records(table_records(file.document, reading), reading)
    return read_records(records_in(file.document), reading)


def _lines(path: Path, reading: Reading) -> Iterator[tuple[int, Any]]:
    for line in json_lines(path):
        if line.is_readable:
            reading.length = len(line.text)
            yield line.number, line.value
            continue
        reading.row = line.number
        reading.note(_problem_of(line), "", line.text)


def _problem_of(line: Line) -> IssueCode:
    if line.is_endless:
        return IssueCode.ROW_ENDLESS
    return IssueCode.ROW_CUT_SHORT if line.is_cut else IssueCode.ROW_UNREADABLE


def _at_least_one(
    drafts: Iterator[Draft], path: Path, kind: str, issues: Sequence[Issue]
) -> Iterator[Draft]:
    count = 0
    for count, draft in enumerate(drafts, start=1):  # noqa: B007
        yield draft
    if not count:
        raise NoServices(path, kind, issues)


def _kind(file: JsonFile) -> str:
    if isinstance(file.document, dict):
        return kind_of(file.document).value
    return "ndjson" if file.lines else "list"
