"""Pairs that wait for a steward, and the two records of each side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tejido.directory.domain.duplicates.answers import Answer
from tejido.directory.domain.duplicates.comparing import Reason
from tejido.directory.domain.duplicates.profiles import Kind, Profile
from tejido.directory.models import (
    DuplicatePair,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
)
from tejido.directory.queries.duplicate_level import seen_by_the_same
from tejido.directory.queries.duplicates import profiles_of
from tejido.directory.queries.subjects import listings_of
from tejido.directory.queries.wording import spanish_names
from tejido.foundation.paging import PAGE_ROWS, nearest_page

MODELS: Mapping[Kind, Any] = {
    Kind.ORGANIZATION: Organization,
    Kind.LOCATION: Location,
    Kind.SERVICE: Service,
}
WAITING = ("", Answer.LATER.value)


@dataclass(frozen=True, slots=True)
class RecordSeen:
    """One of two records: its name, whose list it is from, and the listing that shows it.

    `is_spanish` says that the name is Spanish, because there is no English one.
    """

    id: UUID
    name: str
    source: str
    listing: UUID | None
    places: int
    profile: Profile
    is_spanish: bool = False


@dataclass(frozen=True, slots=True)
class PairSeen:
    """Two records that may be one; `one` has the smaller id."""

    id: UUID
    kind: Kind
    score: float
    reasons: tuple[Reason, ...]
    answer: str
    one: RecordSeen
    other: RecordSeen


@dataclass(frozen=True, slots=True)
class PairsFound:
    """A page of pairs; `total` counts all that wait."""

    rows: tuple[PairSeen, ...]
    total: int
    page: int
    pages: int


def waiting_pairs(*, kind: Kind | None = None, page: int = 1) -> PairsFound:
    """Return pairs that nobody decided yet, the most alike first, those for later last.

    Left out are pairs of which a record is gone, became part of another, or is by now not seen
    by the same people as the other. At most 36 queries.
    """
    rows = _waiting(kind)
    total = rows.count()
    page, pages = nearest_page(page, total)
    start = (page - 1) * PAGE_ROWS
    return PairsFound(tuple(_seen(rows[start : start + PAGE_ROWS])), total, page, pages)


def count_waiting_pairs() -> int:
    """Return how many pairs nobody has looked at. One query."""
    return _waiting(None).filter(answer="").count()


def linkable_pairs() -> list[tuple[UUID, UUID]]:
    """Return the locations that may be put together without anybody looking. One query."""
    rows = _waiting(Kind.LOCATION).filter(links=True, answer="")
    return list(rows.values_list("one", "other"))


def pair_by_id(pair_id: UUID) -> PairSeen | None:
    """Return a pair whose records are both there and seen by the same people, or None."""
    rows = seen_by_the_same(DuplicatePair.objects.filter(pk=pair_id))
    return next(iter(_seen(rows)), None)


def next_pair(after: UUID, kind: Kind) -> UUID | None:
    """Return the pair of that kind that waits next, another one than that. One query."""
    rows = _waiting(kind).exclude(pk=after)
    return rows.values_list("pk", flat=True).first()


def _waiting(kind: Kind | None) -> "QuerySet[DuplicatePair]":
    is_there = Q()
    for each, model in MODELS.items():
        both = [
            Exists(model._default_manager.filter(pk=OuterRef(name))) for name in ("one", "other")
        ]
        is_there |= Q(both[0], both[1], kind=each.value)
    rows = seen_by_the_same(DuplicatePair.objects.filter(is_there, answer__in=WAITING))
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    return rows.order_by("answer", "-score", "kind", "pk")


def _seen(rows: Iterable[DuplicatePair]) -> list[PairSeen]:
    pairs = list(rows)
    records: dict[tuple[Kind, UUID], RecordSeen] = {}
    for kind in {Kind(pair.kind) for pair in pairs}:
        ids = {key for pair in pairs if pair.kind == kind for key in (pair.one, pair.other)}
        records |= {(kind, each.id): each for each in _records(kind, ids)}
    found = (_pair(pair, records) for pair in pairs)
    return [pair for pair in found if pair is not None]


def _pair(pair: DuplicatePair, records: dict[tuple[Kind, UUID], RecordSeen]) -> PairSeen | None:
    kind = Kind(pair.kind)
    one, other = records.get((kind, pair.one)), records.get((kind, pair.other))
    # The rows may be older than the records, which are read after them.
    if one is None or other is None or one.profile.level != other.profile.level:
        return None
    known = {reason.value for reason in Reason}
    reasons = tuple(Reason(each) for each in pair.reasons if each in known)
    return PairSeen(pair.pk, kind, pair.score, reasons, pair.answer, one, other)


def _records(kind: Kind, ids: set[UUID]) -> list[RecordSeen]:
    model = MODELS[kind]
    label = model._meta.label_lower
    said = model._default_manager.filter(pk__in=ids).values_list("pk", "name", "source__name")
    named = {key: (name, source) for key, name, source in said}
    subjects = listings_of({label: ids})
    places, spanish = _places(kind, ids), spanish_names(label, ids)
    found = []
    for profile in profiles_of(kind, ids):
        subject = subjects.get((label, profile.id))
        name, source = named[profile.id]
        shown = name or (subject.name if subject else "")
        listing = subject.listing if subject else None
        count = places.count(profile.id)
        is_spanish = bool(name) and profile.id in spanish
        found.append(RecordSeen(profile.id, shown, source, listing, count, profile, is_spanish))
    return found


def _places(kind: Kind, ids: set[UUID]) -> list[UUID]:
    path = {
        Kind.ORGANIZATION: "service__organization_id",
        Kind.LOCATION: "location_id",
        Kind.SERVICE: "service_id",
    }[kind]
    rows = ServiceAtLocation.objects.filter(**{f"{path}__in": ids})
    return list(rows.values_list(path, flat=True))
