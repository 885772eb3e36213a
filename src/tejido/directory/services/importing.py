"""What every import has in common: what is known, what came of it, and the report file."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from tejido.directory.domain.drafts import Draft
from tejido.directory.domain.issues import Issue, IssueCode
from tejido.directory.domain.reading import Gazette, Reading
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.stored import StoreReport
from tejido.directory.queries.concepts import all_concepts
from tejido.directory.services.issue_words import WORDS
from tejido.directory.services.store import store_services
from tejido.geography.domain.places import PlaceKind
from tejido.geography.queries.places import all_places

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    Attributes:
        read: services that could be read.
        issues: in the order of the file, those of the whole file last.
        report_file: a table of all issues, or None where there are none.
        notes: what else to say about the file, such as its encoding.
    """

    source: SourceIn
    read: int
    stored: StoreReport
    issues: tuple[Issue, ...]
    report_file: Path | None
    dry_run: bool
    notes: tuple[str, ...] = ()


def new_reading(source_key: str, today: date) -> Reading:
    """Return a reading that knows the needs and the places of California. Six queries."""
    return Reading(
        source_key=source_key,
        today=today,
        concepts={concept.id: concept.core for concept in all_concepts()},
        gazette=_gazette(),
    )


def store_drafts(
    *,
    drafts: Iterable[Draft],
    reading: Reading,
    source: SourceIn,
    path: Path,
    at: datetime,
    dry_run: bool,
    report: Say | None,
    notes: tuple[str, ...] = (),
    act_id: UUID | None = None,
) -> Imported:
    """Store the drafts of one file and write the report of what was odd in it."""
    stored = store_services(
        drafts=drafts,
        source=source,
        at=at,
        dry_run=dry_run,
        report=report,
        act_id=act_id,
        file_name=path.name,
    )
    taken = [
        Issue(0, conflict.kind, f"{conflict.name} {conflict.id}", IssueCode.ID_TAKEN)
        for conflict in stored.conflicts
    ]
    issues = (*reading.issues, *taken)
    return Imported(
        source=source,
        read=stored.created + stored.updated + stored.unchanged,
        stored=stored,
        issues=issues,
        report_file=write_issues(issues, path, source.key, at) if issues else None,
        dry_run=dry_run,
        notes=notes,
    )


def write_issues(issues: Iterable[Issue], path: Path, key: str, at: datetime) -> Path:
    """Write every issue into a CSV file in the data folder; return its path."""
    folder = reports_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    report = folder / f"{at:%Y%m%d-%H%M%S}-{key}.csv"
    with report.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(["file", "row", "field", "value", "code", "what to do"])
        for issue in issues:
            row = (path.name, issue.row or "", issue.field, issue.value, issue.code.value)
            table.writerow([*map(_harmless, map(str, row)), str(WORDS[issue.code])])
    return report


def reports_folder() -> Path:
    """Return where reports lie."""
    return Path(settings.DATA) / "imports"


def _harmless(text: str) -> str:
    """Return the text so that a spreadsheet does not take it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _gazette() -> Gazette:
    places = all_places()
    names: dict[PlaceKind, dict[str, str]] = {kind: {} for kind in PlaceKind}
    for place in sorted(places, key=lambda each: each.weight):
        if place.county_fips:
            names[place.kind][place.name.casefold().removesuffix(" county")] = place.county_fips
    return Gazette(names[PlaceKind.COUNTY], names[PlaceKind.TOWN], names[PlaceKind.ZIP])
