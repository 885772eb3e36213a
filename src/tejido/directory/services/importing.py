"""What every import has in common: what is known, what came of it, and the report file."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, ngettext

from tejido.directory.domain.drafts import Draft
from tejido.directory.domain.issues import Issue, IssueCode
from tejido.directory.domain.mapped import Mapped
from tejido.directory.domain.reading import Gazette, Reading
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.stored import StoreReport
from tejido.directory.queries.concepts import known_needs, needs_by_word
from tejido.directory.queries.sources import source_by_key
from tejido.directory.services.import_changes import Rows, note_rows, write_changes
from tejido.directory.services.issue_words import WORDS
from tejido.directory.services.store import store_services
from tejido.foundation.problem_file import problem_folder, write_problem_file
from tejido.geography.domain.places import PlaceKind
from tejido.geography.queries.places import all_places

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    Attributes:
        read: services that could be read.
        issues: those of the whole file first, then in the order of the file.
        report_file: a table of all issues, or None where there are none.
        notes: what else to say about the file, such as its encoding.
        changes_file: every change, one a line (services.import_changes), or None where there
            are none.
        change_count: how many.
    """

    source: SourceIn
    read: int
    stored: StoreReport
    issues: tuple[Issue, ...]
    report_file: Path | None
    dry_run: bool
    notes: tuple[str, ...] = ()
    changes_file: Path | None = None
    change_count: int = 0


def new_reading(source_key: str, today: date, heed: Callable[[], None] | None = None) -> Reading:
    """Return a reading that knows the needs and the places of California. Four queries."""
    return Reading(
        source_key=source_key,
        today=today,
        heed=heed,
        concepts=known_needs(),
        gazette=_gazette(),
    )


def know_words(reading: Reading, mapped: Mapped) -> None:
    """Let a reading know the words of needs, where a table lists needs. At most three queries."""
    if "needs" in mapped.fields:
        reading.need_words = needs_by_word()


def known_today(source: SourceIn, reading: Reading) -> SourceIn:
    """Return a source without a date that is still to come, which is noted."""
    day = source.published_on
    if day is None or day <= reading.today:
        return source
    reading.note(IssueCode.DATE_IN_FUTURE, "published_on", day.isoformat())
    return replace(source, published_on=None)


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
    """Store the drafts of one file; write the reports of what changed and what was odd in it."""
    rows: Rows = {}
    changes = _report_file(f"{source.key}-changes.ndjson", at)
    last = source_by_key(source.key)
    with transaction.atomic():
        stored = store_services(
            drafts=note_rows(drafts, rows, reading),
            source=source,
            at=at,
            report=report,
            act_id=act_id,
            file_name=path.name,
        )
        count = write_changes(changes, act_id=stored.act_id, rows=rows) if stored.act_id else 0
        if not count:
            changes.unlink(missing_ok=True)
        if dry_run:
            transaction.set_rollback(True)
    taken = [
        Issue(rows.get(each.id, 0), each.kind, f"{each.name} {each.id}", IssueCode.ID_TAKEN)
        for each in stored.conflicts
    ]
    issues = (*reading.issues, *taken)
    return Imported(
        source=source,
        read=stored.created + stored.updated + stored.unchanged,
        stored=stored,
        issues=issues,
        report_file=write_issues(issues, path, source.key, at) if issues else None,
        dry_run=dry_run,
        notes=(*notes, *_older(source, last), *_besides(stored.alone)),
        changes_file=changes if count else None,
        change_count=count,
    )


def _older(source: SourceIn, last: SourceIn | None) -> Iterator[str]:
    """Say where the list before this one was newer, or had a date and this one has none."""
    if last is None or last.published_on is None:
        return
    said = {"last": last.published_on.isoformat()}
    if source.published_on is None:
        undated = gettext(
            "The last list of this source was made on %(last)s, and this one has no date: "
            "what it says counts as confirmed on no date. Give the date of the list."
        )
        yield undated % said
    elif source.published_on < last.published_on:
        older = gettext(
            "This list was made on %(day)s, before the last one of this source (%(last)s). "
            "What it says takes the place of newer words. If it is the wrong list, undo the "
            "import."
        )
        yield older % (said | {"day": source.published_on.isoformat()})


def _besides(alone: int) -> Iterator[str]:
    if alone:
        yield ngettext(
            "%(count)s record without a service was read: an organization, a location, a "
            "taxonomy or what else a list carries.",
            "%(count)s records without a service were read: organizations, locations, "
            "taxonomies and what else a list carries.",
            alone,
        ) % {"count": f"{alone:,}"}


def write_issues(issues: Iterable[Issue], path: Path, key: str, at: datetime) -> Path:
    """Write every issue into a CSV file in the data folder; return its path."""
    rows = (
        (
            *(path.name, str(issue.row or ""), issue.field, issue.value, issue.code.value),
            str(WORDS[issue.code]),
        )
        for issue in issues
    )
    return write_problem_file(rows, folder=Path(settings.DATA), name=f"{at:%Y%m%d-%H%M%S}-{key}")


def _report_file(name: str, at: datetime) -> Path:
    reports_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    return reports_folder() / f"{at:%Y%m%d-%H%M%S}-{name}"


def reports_folder() -> Path:
    """Return where reports lie."""
    return problem_folder(Path(settings.DATA))


def _gazette() -> Gazette:
    places = all_places()
    names: dict[PlaceKind, dict[str, str]] = {kind: {} for kind in PlaceKind}
    for place in sorted(places, key=lambda each: each.weight):
        if place.county_fips:
            names[place.kind][place.name.casefold().removesuffix(" county")] = place.county_fips
    return Gazette(names[PlaceKind.COUNTY], names[PlaceKind.TOWN], names[PlaceKind.ZIP])
