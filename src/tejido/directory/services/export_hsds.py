"""Write the directory as HSDS 3.1: what everybody may see, or everything that is stored."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tejido.directory.domain.drafts import (
    Draft,
    LocationDraft,
    OrganizationDraft,
    RecordDraft,
    ServiceDraft,
)
from tejido.directory.domain.hsds.public_record import public_records
from tejido.directory.domain.hsds.render import (
    location_record,
    organization_record,
    service_record,
)
from tejido.directory.domain.hsds.tabular import TABLES
from tejido.directory.domain.source import SourceIn
from tejido.directory.queries.metadata import metadata_rows
from tejido.directory.queries.public import public_listings
from tejido.directory.queries.sources import all_sources
from tejido.directory.queries.whole import stored_drafts
from tejido.directory.services.package_files import PackageFiles
from tejido.foundation.errors import Refused

SAID_EVERY = 5_000
Record = Mapping[str, Any]
Each = TypeVar("Each")


class FolderRefused(Refused):
    """A folder that an export must not write into."""

    def __init__(self, path: Path) -> None:
        """Name the folder."""
        sentence = _(
            "%(path)s is there already and is not an empty folder. Nothing was written. "
            "Name a folder that is not there yet."
        ) % {"path": path}
        super().__init__("folder-not-empty", sentence)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: folder -> file without ending -> records."""

    folder: Path
    counts: Mapping[str, Mapping[str, int]]


def export_hsds(
    *,
    folder: Path,
    whole: bool,
    at: datetime,
    report: Callable[[str], None] | None = None,
) -> Exported:
    """Write ndjson (a whole service a line) and a CSV data package; all of it or nothing.

    The public export holds the public projection and nothing else, and its cells are harmless in
    a spreadsheet. The whole export holds everything, people's names and places that are not
    public included, a folder a source, exact to the letter, and who confirmed and changed which
    field when, by role (metadata.csv); only its owner may read it. Streams: memory grows with
    the number of ids only. No transaction stays open: what changes meanwhile may be in it or not.

    Args:
        folder: where to; it must not be there yet, or be empty.
        whole: everything instead of what is public.
        at: when, for the description.
        report: called with a sentence after each 5,000 services.

    Raises:
        FolderRefused: the folder holds something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderRefused(folder)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    draft.mkdir(parents=True, mode=0o700)
    try:
        counts = _write_whole(draft, at, report) if whole else _write_public(draft, at, report)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    if not whole:
        folder.chmod(0o755)
    return Exported(folder, counts)


def _write_public(
    folder: Path, at: datetime, report: Callable[[str], None] | None
) -> dict[str, Mapping[str, int]]:
    files = PackageFiles(folder, is_neutral=True, about={"exported_at": at.isoformat()})
    written = _Written(set(), set())
    with files.open_files:
        for record in _reported(public_records(public_listings()), report):
            files.write_line("services", record)
            _add_service(files, record, written)
        files.close()
    return {"": files.counts}


def _write_whole(
    folder: Path, at: datetime, report: Callable[[str], None] | None
) -> dict[str, Mapping[str, int]]:
    counts: dict[str, Mapping[str, int]] = {}
    for source in all_sources():
        its = folder / source.key
        its.mkdir(mode=0o700)
        about = {"exported_at": at.isoformat(), "source": _described(source)}
        files = PackageFiles(its, is_neutral=False, about=about)
        written = _Written(set(), set())
        with files.open_files:
            for draft in _reported(stored_drafts(source.key), report):
                _write_draft(files, draft, written)
            for owner, row in metadata_rows(source.key):
                files.add_rows("metadata", row, resource_id=str(owner))
                files.write_rows()
            files.close()
        counts[source.key] = files.counts
    return counts


@dataclass(frozen=True, slots=True)
class _Written:
    """The ids of organizations and locations that stand in the tables already."""

    organizations: set[str]
    locations: set[str]


def _write_draft(files: PackageFiles, draft: Draft, written: _Written) -> None:
    if isinstance(draft, ServiceDraft):
        record = service_record(draft)
        files.write_line("services", record)
        _add_service(files, _with_ids(draft, record), written)
    elif isinstance(draft, OrganizationDraft):
        record = organization_record(draft)
        files.write_line("organizations", record)
        files.add_rows("organization", _with_id(record, draft.id))
    elif isinstance(draft, LocationDraft):
        record = location_record(draft)
        files.write_line("locations", record)
        files.add_rows("location", _with_id(record, draft.id))
    elif isinstance(draft, RecordDraft):
        _write_record(files, draft)
    files.write_rows()


def _write_record(files: PackageFiles, draft: RecordDraft) -> None:
    name = TABLES[draft.kind].file if draft.kind in TABLES else draft.kind
    files.write_line(_safe_name(name), draft.fields)
    files.add_rows(draft.kind, draft.fields)


def _add_service(files: PackageFiles, record: Record, written: _Written) -> None:
    """Take a whole service apart: what several services share is written once."""
    organization = record["organization"]
    apart = ("organization", "service_at_locations")
    service = {name: value for name, value in record.items() if name not in apart}
    if organization["id"] not in written.organizations:
        written.organizations.add(organization["id"])
        files.add_rows("organization", organization)
    files.add_rows("service", service, organization_id=organization["id"])
    for place in record.get("service_at_locations", ()):
        location = place["location"]
        if location["id"] not in written.locations:
            written.locations.add(location["id"])
            files.add_rows("location", location)
        at_place = {name: value for name, value in place.items() if name != "location"}
        files.add_rows(
            "service_at_location", at_place, service_id=record["id"], location_id=location["id"]
        )
    files.write_rows()


def _with_ids(draft: ServiceDraft, record: Record) -> dict[str, Any]:
    """Return a service in which each part has an id: rows find each other by them."""
    places = [
        _with_id(place, at_place.id)
        | {"location": _with_id(place["location"], at_place.location.id)}
        for place, at_place in zip(
            record.get("service_at_locations", ()), draft.places, strict=True
        )
    ]
    return {
        **_with_id(record, draft.id),
        "organization": _with_id(record["organization"], draft.organization.id),
        **({"service_at_locations": places} if places else {}),
    }


def _with_id(record: Record, key: UUID) -> dict[str, Any]:
    said = record.get("id")
    return {**record, "id": said if isinstance(said, str) and said else str(key)}


def _safe_name(kind: str) -> str:
    """Return the name of a file for a kind of record: letters, digits and underscores."""
    return "".join(mark if mark.isalnum() else "_" for mark in kind)[:60] or "records"


def _described(source: SourceIn) -> dict[str, Any]:
    return {
        "key": source.key,
        "name": source.name,
        "url": source.url,
        "licence": source.licence,
        "published_on": source.published_on.isoformat() if source.published_on else "",
        "is_invented": source.is_invented,
    }


def _reported(each: Iterator[Each], report: Callable[[str], None] | None) -> Iterator[Each]:
    for count, one in enumerate(each, start=1):
        yield one
        if report is not None and count % SAID_EVERY == 0:
            sentence = ngettext("%(count)s record written.", "%(count)s records written.", count)
            report(sentence % {"count": f"{count:,}"})
