"""Who confirmed and changed what of a source's records, as rows of HSDS metadata."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from tejido.directory.domain.acts import BOOKS, WHOLE, ActKind, ActState
from tejido.directory.domain.desk import CALIFORNIA
from tejido.directory.domain.hsds.metadata import (
    UPDATE,
    as_text,
    confirmed_metadata,
    metadata_object,
    who,
)
from tejido.directory.domain.provenance import provenance_from
from tejido.directory.domain.vocabulary import ConfirmedBy
from tejido.directory.models import Act, Change, Location, Organization, Service, ServiceAtLocation

ROWS_AT_ONCE = 500
_KINDS: tuple[tuple[Any, str], ...] = (
    (Organization, "organization"),
    (Location, "location"),
    (Service, "service"),
    (ServiceAtLocation, "service_at_location"),
)
_HAPPENED = (ActState.DONE.value, ActState.UNDONE.value)


def metadata_rows(source_key: str) -> Iterator[tuple[UUID, dict[str, str]]]:
    """Yield each record's id with its metadata objects, oldest change first; never for everybody.

    Confirmations as they stand, and every change of a field with what it held before and after.
    Two queries for each 500 records. The rows of a record stand with its own source.
    """
    for model, kind in _KINDS:
        rows = model._default_manager.filter(source__key=source_key).order_by("pk")
        after: UUID | None = None
        while batch := _batch(rows, after):
            yield from _of_batch(dict(batch), kind)
            after = batch[-1][0]


def _batch(rows: Any, after: UUID | None) -> list[tuple[UUID, Any]]:
    left = rows.filter(pk__gt=after) if after else rows
    return list(left.values_list("pk", "provenance")[:ROWS_AT_ONCE])


def _of_batch(batch: Mapping[UUID, Any], kind: str) -> Iterator[tuple[UUID, dict[str, str]]]:
    for key, provenance in batch.items():
        for row in confirmed_metadata(key, kind, provenance_from(provenance).entries):
            yield key, row
    changes = Change.objects.filter(object_id__in=list(batch), act__state__in=_HAPPENED)
    changes = changes.exclude(field__in=[WHOLE, *BOOKS]).select_related("act__source")
    met: set[str] = set()
    for change in changes.order_by("id"):
        row = _changed(change, kind)
        # One field that was changed to and fro on one day, word for word, is told once.
        if row["id"] not in met:
            met.add(row["id"])
            yield change.object_id, row


def _changed(change: Change, kind: str) -> dict[str, str]:
    return metadata_object(
        change.object_id,
        kind,
        change.field,
        on=change.act.at.astimezone(CALIFORNIA).date(),
        action=UPDATE,
        by=_by(change.act),
        before=as_text(change.before),
        after=as_text(change.after),
    )


def _by(act: Act) -> str:
    if act.kind == ActKind.IMPORT and act.source is not None:
        return f"source {act.source.key}"
    return who(ConfirmedBy.NETWORK, act.role)
