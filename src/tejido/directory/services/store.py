"""Store what a source says: new, changed and vanished records, all or nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import ngettext

from tejido.directory.domain.acts import ActKind, FindingKind
from tejido.directory.domain.digest import draft_digest
from tejido.directory.domain.drafts import Draft, ServiceDraft
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.stored import Conflict, Listed, StoreReport
from tejido.directory.models import Service, Source
from tejido.directory.services.acts import Recorder, begin_act, finish_act
from tejido.directory.services.aliases import Aliases
from tejido.directory.services.alone import add_alone, services_among, store_records
from tejido.directory.services.batch import Batch
from tejido.directory.services.collecting import rarely_collecting
from tejido.directory.services.reconcile import in_batches, write


def store_services(
    *,
    drafts: Iterable[Draft],
    source: SourceIn,
    at: datetime,
    dry_run: bool = False,
    report: Callable[[str], None] | None = None,
    act_id: UUID | None = None,
    file_name: str = "",
) -> StoreReport:
    """Store the services of one source in one transaction, as one act that can be undone.

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
        report: called with a sentence after each 500 services; what it raises ends the import
            and leaves everything as it was.
        act_id: an act that the caller began (services.acts) and cancels where this raises or
            was dry; without it one is begun here.
        file_name: what an act that is begun here is remembered by.
    """
    with rarely_collecting(), transaction.atomic():
        act = act_id or begin_act(kind=ActKind.IMPORT, at=at, file_name=file_name)
        run = _new_run(source, at, Recorder(act))
        for batch in in_batches(drafts):
            _store_batch(run, batch)
            if report is not None:
                report(_progress(len(run.seen.services)))
        result = run.result()
        run.record.flush()
        finish_act(act, counts=counts_of(result), source=run.source)
        if dry_run:
            transaction.set_rollback(True)
    return result


def counts_of(report: StoreReport) -> dict[str, int]:
    """Return the counts that an act keeps."""
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "vanished": len(report.vanished),
        "conflicts": len(report.conflicts),
        "differences": report.differences,
    }


@dataclass(slots=True)
class Seen:
    """The ids that this import has met; the first copy of each counts."""

    services: set[UUID] = field(default_factory=set)
    organizations: set[UUID] = field(default_factory=set)
    locations: set[UUID] = field(default_factory=set)
    records: set[UUID] = field(default_factory=set)


@dataclass(slots=True)
class _Run:
    source: Source
    at: datetime
    record: Recorder
    aliases: Aliases
    seen: Seen = field(default_factory=Seen)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    alone: int = 0
    conflicts: list[Conflict] = field(default_factory=list)

    def result(self) -> StoreReport:
        """Return the counts, and what the source no longer has."""
        had = Service.objects.filter(source=self.source).values_list("id", "name")
        vanished = sorted((n, i) for i, n in had if i not in self.seen.services)
        for name, key in vanished:
            self.record.find(FindingKind.VANISHED, Service(id=key, name=name))
        return StoreReport(
            self.created,
            self.updated,
            self.unchanged,
            tuple(Listed(i, n) for n, i in vanished),
            tuple(self.conflicts),
            self.record.act_id,
            self.record.differences,
            self.alone,
        )


def _progress(count: int) -> str:
    sentence = ngettext("%(count)s service read.", "%(count)s services read.", count)
    return sentence % {"count": f"{count:,}"}


def _new_run(source: SourceIn, at: datetime, record: Recorder) -> _Run:
    stored = Source.objects.filter(key=source.key).first()
    trusted = source.trusted
    if trusted is None:
        trusted = stored.trusted if stored is not None else True
    wanted = Source(
        key=source.key,
        name=source.name,
        url=source.url,
        licence=source.licence,
        published_on=source.published_on,
        is_invented=source.is_invented,
        trusted=trusted,
        created_at=at,
        updated_at=at,
    )
    if stored is None:
        # Nothing is noted of a new source: it stays when its act is undone, which names it.
        write(Source, {wanted.id: wanted}, {}, at)
        return _Run(wanted, at, record, Aliases.stored())
    wanted.id = stored.id
    write(Source, {wanted.id: wanted}, {stored.id: stored}, at, record=record)
    return _Run(stored, at, record, Aliases.stored())


def _store_batch(run: _Run, drafts: list[Draft]) -> None:
    services = services_among(drafts)
    stored = {
        key: (owner, digest)
        for key, owner, digest in Service.objects.filter(
            id__in=[draft.id for draft in services]
        ).values_list("id", "source__key", "source_digest")
    }
    run.alone += len(drafts) - len(services)
    drafts = [draft for draft in drafts if not run.aliases.is_gone(draft)]
    run.unchanged += len(services) - len(services_among(drafts))
    batch = Batch(run.source, run.at, run.conflicts, run.record, run.aliases.pinned)
    for draft in services_among(drafts):
        if _is_ours(run, draft, stored):
            _add(run, batch, draft, *stored.get(draft.id, ("", "")))
    add_alone(drafts, batch, run.seen.organizations, run.seen.locations)
    run.seen.records |= store_records(drafts, run.source, run.at, run.record)
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
    said = draft_digest(draft, batch.origin_of(draft.confirmed_on).on)
    theirs = draft.organization
    is_first = theirs.id not in run.seen.organizations and not run.aliases.is_gone(theirs)
    # What became part of another record says nothing about that one.
    told = (each.location for each in draft.places if not run.aliases.is_gone(each.location))
    locations = {location.id for location in told} - run.seen.locations
    draft = run.aliases.known(draft)
    run.seen.organizations.add(theirs.id)
    run.seen.locations |= locations
    if is_first:
        run.seen.locations |= {each.id for each in draft.organization.locations}
    if owner and said == digest:
        run.unchanged += 1
        return
    batch.add(draft, digest=said, with_organization=is_first, with_locations=locations)
