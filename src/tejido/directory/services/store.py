"""Store what a source says: new, changed and vanished records, all or nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import ngettext

from tejido.directory.domain.digest import draft_digest
from tejido.directory.domain.drafts import ServiceDraft
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.stored import Conflict, Listed, StoreReport
from tejido.directory.models import Service, Source
from tejido.directory.services.batch import Batch
from tejido.directory.services.reconcile import in_batches, write


def store_services(
    *,
    drafts: Iterable[ServiceDraft],
    source: SourceIn,
    at: datetime,
    dry_run: bool = False,
    report: Callable[[str], None] | None = None,
) -> StoreReport:
    """Store the services of one source in one transaction.

    Safe to repeat: what is stored already is not written again. What hangs on a record and is
    not in its draft goes; a whole service that is missing from `drafts` stays and is listed. A
    field that a person confirmed on or after the source's date keeps their word. An error on the
    way, also one from `drafts`, leaves everything as it was. Reads and writes 500 services at a
    time with a fixed number of queries; unchanged ones cost one query for 500.

    Args:
        drafts: read once, in order; the first copy of an organization or location counts.
        source: known by its key; its other details are brought up to date.
        at: when the rows are stored, for their time stamps.
        dry_run: count everything, then take it back.
        report: called with a sentence after each 500 services.
    """
    with transaction.atomic():
        run = _Run(_source_row(source, at), at)
        for batch in in_batches(drafts):
            _store_batch(run, batch)
            if report is not None:
                report(_progress(len(run.seen.services)))
        result = run.result()
        if dry_run:
            transaction.set_rollback(True)
    return result


@dataclass(slots=True)
class Seen:
    """The ids that this import has met; the first copy of each counts."""

    services: set[UUID] = field(default_factory=set)
    organizations: set[UUID] = field(default_factory=set)
    locations: set[UUID] = field(default_factory=set)


@dataclass(slots=True)
class _Run:
    source: Source
    at: datetime
    seen: Seen = field(default_factory=Seen)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)

    def result(self) -> StoreReport:
        """Return the counts, and what the source no longer has."""
        had = Service.objects.filter(source=self.source).values_list("id", "name")
        vanished = sorted((n, i) for i, n in had if i not in self.seen.services)
        return StoreReport(
            self.created,
            self.updated,
            self.unchanged,
            tuple(Listed(i, n) for n, i in vanished),
            tuple(self.conflicts),
        )


def _progress(count: int) -> str:
    sentence = ngettext("%(count)s service read.", "%(count)s services read.", count)
    return sentence % {"count": f"{count:,}"}


def _source_row(source: SourceIn, at: datetime) -> Source:
    wanted = Source(
        key=source.key,
        name=source.name,
        url=source.url,
        licence=source.licence,
        published_on=source.published_on,
        is_invented=source.is_invented,
        created_at=at,
        updated_at=at,
    )
    stored = Source.objects.filter(key=source.key).first()
    if stored is not None:
        wanted.id = stored.id
    write(Source, {wanted.id: wanted}, {stored.id: stored} if stored else {}, at)
    return stored or wanted


def _store_batch(run: _Run, drafts: list[ServiceDraft]) -> None:
    stored = {
        key: (owner, digest)
        for key, owner, digest in Service.objects.filter(
            id__in=[draft.id for draft in drafts]
        ).values_list("id", "source__key", "source_digest")
    }
    batch = Batch(run.source, run.at, run.conflicts)
    for draft in drafts:
        if _is_ours(run, draft, stored):
            _add(run, batch, draft, *stored.get(draft.id, ("", "")))
    written = batch.store()
    new = {draft.id for draft in batch.drafts if draft.id not in stored}
    run.created += len(new)
    run.updated += len(written - new)
    run.unchanged += len(batch.drafts) - len(new) - len(written - new)


def _is_ours(run: _Run, draft: ServiceDraft, stored: dict[UUID, tuple[str, str]]) -> bool:
    owner = stored.get(draft.id, (run.source.key,))[0]
    if owner == run.source.key and draft.id not in run.seen.services:
        run.seen.services.add(draft.id)
        return True
    run.conflicts.append(Conflict("service", draft.id, draft.name, owner))
    return False


def _add(run: _Run, batch: Batch, draft: ServiceDraft, owner: str, digest: str) -> None:
    """Add a changed draft to the batch, without the copies of what earlier drafts brought."""
    said = draft_digest(draft)
    is_first = draft.organization.id not in run.seen.organizations
    locations = {place.location.id for place in draft.places} - run.seen.locations
    run.seen.organizations.add(draft.organization.id)
    run.seen.locations |= locations
    if owner and said == digest:
        run.unchanged += 1
        return
    batch.add(draft, digest=said, with_organization=is_first, with_locations=locations)
