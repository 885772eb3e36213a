"""The sealed record of who did what: whether it is whole, and how far it reaches."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from tejido.foundation.key_files import Purpose
from tejido.foundation.key_kinds import secret_bytes
from tejido.foundation.keys import checking_keys
from tejido.foundation.scope import member_scope
from tejido.network.domain.audit_chain import Fault, FaultKind, Head, Row, Sealed, faults_of
from tejido.network.models import Event, Member, Seal, SealedEvent


@dataclass(frozen=True, slots=True)
class Checked:
    """The record of one member: how much of it is sealed, what waits, what is wrong."""

    slug: str
    sealed: int
    waiting: int
    faults: list[Fault]

    @property
    def unchecked(self) -> int:
        """Return of how many seals the key is gone, so that nobody can check them any more."""
        return len(self.faults) - len(self.wrong)

    @property
    def wrong(self) -> list[Fault]:
        """Return what is wrong; a key that was destroyed, or lost, is not."""
        return [fault for fault in self.faults if fault.kind is not FaultKind.KEY_GONE]


def chain_heads() -> dict[str, Head]:
    """Return how far the chain of each member reaches, by address word.

    Two queries a member.
    """
    found = {slug: _head(member_id) for member_id, slug in _members()}
    return {slug: head for slug, head in found.items() if head}


def checked(anchors: Mapping[str, Head], *, may_lack: bool = False) -> Iterator[Checked]:
    """Yield the record of each member, checked.

    Args:
        anchors: how far each chain reached when that was kept elsewhere, by address word.
        may_lack: go on where a key is not there that nobody destroyed or gave up.

    Raises:
        KeyRefused: `foundation.keys.checking_keys`.
    """
    there, gone = checking_keys(Purpose.AUDIT, may_lack=may_lack)
    keys = {key.name.generation: secret_bytes(key) for key in there}
    for member_id, slug in _members():
        with member_scope(member_id):
            anchor = anchors.get(slug)
            found = faults_of(_seals(), member_id=member_id, keys=keys, gone=gone, anchor=anchor)
            found_here = Checked(
                slug,
                sealed=SealedEvent.objects.count(),
                waiting=Event.objects.filter(sealed__isnull=True).count(),
                faults=list(found),
            )
        yield found_here


def row_of(event: Event) -> Row:
    """Return an event as it is sealed."""
    return Row(event.id, event.actor, event.happened_at, event.act, event.object_id, event.facts)


def _members() -> list[tuple[UUID, str]]:
    return list(Member.objects.order_by("slug").values_list("id", "slug"))


def _head(member_id: UUID) -> Head | None:
    with member_scope(member_id):
        last = Seal.objects.order_by("-number").first()
    return Head(last.number, last.seal) if last else None


def _seals() -> Iterator[Sealed]:
    """Yield the seals of the scope by number; whatever of their events is still there."""
    places = (
        SealedEvent.objects.select_related("event")
        .order_by("seal__number", "place")
        .iterator(chunk_size=2_000)
    )
    kept = groupby(places, key=lambda place: place.seal_id)
    current = next(kept, None)
    for seal in Seal.objects.order_by("number"):
        rows: list[Row] = []
        if current and current[0] == seal.id:
            rows = [row_of(place.event) for place in current[1]]
            current = next(kept, None)
        yield Sealed(
            Head(seal.number, seal.seal), seal.sealed_at, seal.generation, seal.count, rows
        )
