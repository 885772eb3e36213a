"""Store what stands alone in a source: organizations, locations, and what is only carried."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tejido.directory.domain.drafts import (
    Draft,
    LocationDraft,
    OrganizationDraft,
    RecordDraft,
    ServiceDraft,
)
from tejido.directory.models import Record, Source
from tejido.directory.services.acts import Recorder
from tejido.directory.services.batch import Batch
from tejido.directory.services.reconcile import stored_rows, write
from tejido.directory.services.rows import record_row


def services_among(drafts: Iterable[Draft]) -> list[ServiceDraft]:
    """Return the services, in order."""
    return [draft for draft in drafts if isinstance(draft, ServiceDraft)]


def add_alone(
    drafts: Iterable[Draft], batch: Batch, organizations: set[UUID], locations: set[UUID]
) -> None:
    """Add organizations and locations without a service to a batch; the first copy counts.

    Args:
        drafts: of a batch.
        batch: where they go.
        organizations: their ids that the import has met; new ones are added.
        locations: the same for locations.
    """
    for draft in drafts:
        if isinstance(draft, OrganizationDraft) and draft.id not in organizations:
            organizations.add(draft.id)
            batch.add_organization(draft, batch.origin_of(None))
            locations |= {each.id for each in draft.locations}
        elif isinstance(draft, LocationDraft) and draft.id not in locations:
            locations.add(draft.id)
            batch.add_location(draft, batch.origin_of(None))


def store_records(
    drafts: Iterable[Draft], source: Source, at: datetime, record: Recorder
) -> set[UUID]:
    """Write the carried records that differ; return the ids of those in the drafts."""
    wanted = {
        draft.id: record_row(draft, source, at)
        for draft in drafts
        if isinstance(draft, RecordDraft)
    }
    write(Record, wanted, stored_rows(Record, "pk", wanted), at, record=record)
    return set(wanted)
