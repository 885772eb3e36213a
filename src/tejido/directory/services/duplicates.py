"""Look for records that may be one, and keep the pairs for a steward to look at."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tejido.directory.domain.acts import WHOLE
from tejido.directory.domain.digest import said_digest
from tejido.directory.domain.duplicates.blocking import candidate_pairs
from tejido.directory.domain.duplicates.comparing import Compared, Likeness, compare, may_link
from tejido.directory.domain.duplicates.looking import Progress, Step
from tejido.directory.domain.duplicates.profiles import Kind, Profile
from tejido.directory.models import Change, DuplicatePair
from tejido.directory.queries.duplicates import profiles_of
from tejido.directory.services.collecting import rarely_collecting
from tejido.directory.services.reconcile import in_batches
from tejido.foundation.inserting import insert_rows

Say = Callable[[Progress], None]
Key = tuple[UUID, UUID]
OBJECT_TYPES = {
    Kind.LOCATION: "directory.location",
    Kind.SERVICE: "directory.service",
    Kind.ORGANIZATION: "directory.organization",
}
TOLD_EVERY = 2_000


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look for pairs came to: records of each kind, pairs compared, pairs that may be one.

    `new` are pairs that were not known before, or whose records changed since somebody answered.
    """

    records: Mapping[Kind, int]
    compared: int
    found: int
    new: int


def look_for_duplicates(
    *,
    at: datetime,
    only: Mapping[Kind, Collection[UUID]] | None = None,
    kinds: Iterable[Kind] = OBJECT_TYPES,
    report: Say | None = None,
) -> Looked:
    """Compare records with each other and keep the pairs that may be one.

    One kind after the other: each record is read once and held as what is compared of it, each
    pair is compared once. Nothing is written before all of a kind are compared. A pair that
    somebody answered keeps the answer as long as both records stay as they are; one that nobody
    answered and that is none any more goes, unless only some records were asked for.

    Args:
        at: when.
        only: ids of records to compare with all others, by kind; None: all with all.
        kinds: which kinds.
        report: called now and then with how far it is; what it raises ends the look.
    """
    records, compared, found, new = {}, 0, 0, 0
    with rarely_collecting():
        for kind in kinds:
            wanted = None if only is None else only.get(kind, ())
            if wanted is not None and not wanted:
                continue
            look = _Look(kind, wanted, report or (lambda _progress: None))
            pairs = look.pairs()
            records[kind] = look.records
            compared += look.compared
            found += len(pairs)
            new += _store(kind, pairs, at, is_all=wanted is None)
    return Looked(records, compared, found, new)


def new_records(act_id: UUID) -> dict[Kind, set[UUID]]:
    """Return the records that an act created, by kind. Three queries."""
    made = Change.objects.filter(act=act_id, field=WHOLE, before__isnull=True)
    return {
        kind: set(made.filter(object_type=label).values_list("object_id", flat=True))
        for kind, label in OBJECT_TYPES.items()
    }


def mark_of(one: Profile, other: Profile) -> str:
    """Return a mark of all that is compared of two records."""
    return said_digest([_said(each) for each in sorted((one, other), key=lambda each: each.id)])


def _said(profile: Profile) -> list[object]:
    streets = [
        [street.number, street.words, street.way, sorted(street.door), street.code, street.city]
        for street in profile.streets
    ]
    points = [list(point) for point in profile.points]
    return [profile.level, sorted(profile.names), sorted(profile.contacts), streets, points]


@dataclass(slots=True)
class _Look:
    kind: Kind
    only: Collection[UUID] | None
    report: Say
    records: int = 0
    compared: int = 0

    def pairs(self) -> dict[Key, DuplicatePair]:
        """Return the pairs that may be one, without dates."""
        profiles = self._profiles()
        self.records = len(profiles)
        found = {}
        for one, other in self._told(candidate_pairs(profiles, new=self.only)):
            compared = compare(one, other)
            if compared is not None and compared.likeness is not Likeness.NO:
                pair = _pair(self.kind, one, other, compared)
                found[pair.one, pair.other] = pair
        return found

    def _profiles(self) -> Sequence[Profile]:
        found: list[Profile] = []
        for profile in profiles_of(self.kind):
            found.append(profile)
            if len(found) % TOLD_EVERY == 0:
                self.report(Progress(Step.READ, len(found)))
        return found

    def _told(self, pairs: Iterator[tuple[Profile, Profile]]) -> Iterator[tuple[Profile, Profile]]:
        for one, other in pairs:
            self.compared += 1
            if self.compared % TOLD_EVERY == 0:
                self.report(Progress(Step.COMPARED, self.compared))
            yield one, other


def _pair(kind: Kind, one: Profile, other: Profile, compared: Compared) -> DuplicatePair:
    first, last = sorted((one.id, other.id))
    return DuplicatePair(
        kind=kind.value,
        one=first,
        other=last,
        score=compared.score,
        reasons=[reason.value for reason in compared.reasons],
        links=may_link(one, other),
        mark=mark_of(one, other),
    )


@transaction.atomic
def _store(kind: Kind, found: dict[Key, DuplicatePair], at: datetime, *, is_all: bool) -> int:
    """Bring the kept pairs to what was found; return how many are new to a steward."""
    known = {
        (pair.one, pair.other): pair
        for pair in DuplicatePair.objects.select_for_update().filter(kind=kind.value)
    }
    new = [pair for key, pair in found.items() if key not in known]
    for pair in new:
        pair.created_at = pair.updated_at = at
    insert_rows(DuplicatePair, new)
    changed = [
        known[key] for key in found.keys() & known.keys() if known[key].mark != found[key].mark
    ]
    for pair in changed:
        _take_over(pair, found[(pair.one, pair.other)], at)
    DuplicatePair.objects.bulk_update(changed, _COMPARED, batch_size=100)
    if is_all:
        gone = [pair.pk for key, pair in known.items() if key not in found and not pair.answer]
        for some in in_batches(gone):
            DuplicatePair.objects.filter(pk__in=some).delete()
    return len(new) + len(changed)


_COMPARED = (
    *("score", "reasons", "links", "mark", "answer", "answered_by", "member", "answered_at"),
    "updated_at",
)


def _take_over(pair: DuplicatePair, now: DuplicatePair, at: datetime) -> None:
    """Take over what a changed pair comes to; the answer was about other records."""
    for name in ("score", "reasons", "links", "mark"):
        setattr(pair, name, getattr(now, name))
    pair.answer, pair.updated_at = "", at
    pair.answered_by = pair.member = pair.answered_at = None
