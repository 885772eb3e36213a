"""Agreements as pages show them, and what they let whom see: asked afresh each time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from tejido.disclosure.domain.audiences import Audience, Permit
from tejido.foundation.days import local_day
from tejido.foundation.scope import member_scope
from tejido.network.domain.agreements import (
    AgreementState,
    Basis,
    EndReason,
    History,
    Sharing,
    Terms,
    Version,
    in_force,
    reaches,
    state_of,
)
from tejido.network.models import Agreement, AgreementVersion, Member, Relationship, SentBatch
from tejido.network.queries.access import MemberSeen, seen

if TYPE_CHECKING:
    from django.db.models import QuerySet

# How somebody stands to a member whose exact counts they may ask for.
ANSWERED_TO = ("authorizes", "funds")
# What disclosure calls those who may see: one member of the network is a part of it.
AUDIENCES = {
    Sharing.AUTHORIZER: Audience.AUTHORIZER,
    Sharing.MEMBER: Audience.NETWORK,
    Sharing.NETWORK: Audience.NETWORK,
}


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    """Who signed for a member, when, and what (its digest)."""

    member: MemberSeen
    signed_as: str
    signed_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class ClosedSeen:
    """Which member turned a version down, or took its own back, when, and why in its words."""

    member: MemberSeen
    ended_at: datetime
    words: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """One version with its signatures, those of the giving member first.

    Attributes:
        closed: that it was turned down or taken back, or None.
    """

    number: int
    terms: Terms
    digest: str
    proposed_by: MemberSeen
    proposed_at: datetime
    signatures: tuple[SignatureSeen, ...]
    closed: ClosedSeen | None
    is_in_force: bool

    def is_signed_by(self, member_id: UUID) -> bool:
        """Return whether a member has signed this version."""
        return any(each.member.id == member_id for each in self.signatures)

    @property
    def is_signed(self) -> bool:
        """Return whether both members have signed it."""
        return len(self.signatures) == 2


@dataclass(frozen=True, slots=True)
class EndSeen:
    """Which member ended an agreement, when and why."""

    member: MemberSeen
    ended_at: datetime
    reason: EndReason


@dataclass(frozen=True, slots=True)
class AgreementSeen:
    """One agreement as its two members see it.

    Attributes:
        versions: the newest first.
        shown: the version in force, else the newest.
    """

    id: UUID
    giver: MemberSeen
    receiver: MemberSeen
    state: AgreementState
    versions: tuple[VersionSeen, ...]
    shown: VersionSeen
    end: EndSeen | None

    @property
    def newest(self) -> VersionSeen:
        """Return the version that was proposed last."""
        return self.versions[0]

    @property
    def opened_at(self) -> datetime:
        """Return when it was proposed first, by which two with one member differ."""
        return self.versions[-1].proposed_at

    @property
    def standing(self) -> VersionSeen:
        """Return the last version that was neither turned down nor taken back, else the newest."""
        return next((each for each in self.versions if each.closed is None), self.newest)

    @property
    def is_proposal(self) -> bool:
        """Return whether the newest version can still be turned down or taken back."""
        return self.end is None and self.newest.closed is None and not self.newest.is_signed

    def other(self, member_id: UUID) -> MemberSeen:
        """Return the other one of the two."""
        return self.receiver if member_id == self.giver.id else self.giver

    def waits_for(self, member_id: UUID) -> bool:
        """Return whether the newest version can still be signed by a member."""
        is_open = self.state not in {AgreementState.ENDED, AgreementState.OVER}
        return is_open and self.is_proposal and not self.newest.is_signed_by(member_id)


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement that holds now, as a value for `disclosure`."""

    agreement_id: UUID
    version: int
    until: date
    permit: Permit


@dataclass(frozen=True, slots=True)
class SentSeen:
    """Some rows that went to a member: how many, and the first and last of them."""

    table: str
    to: MemberSeen
    sent_at: datetime
    rows: int


def agreements_of(member_id: UUID, *, at: datetime) -> list[AgreementSeen]:
    """Return the agreements of a member, the newest first. Four queries."""
    with member_scope(member_id):
        rows = _whole().order_by("-opened_at", "id")
        return [_agreement(row, at) for row in rows]


def agreement_at(member_id: UUID, agreement_id: UUID, *, at: datetime) -> AgreementSeen | None:
    """Return one agreement that the member has with another. Four queries."""
    with member_scope(member_id):
        row = _whole().filter(id=agreement_id).first()
        return _agreement(row, at) if row else None


def agreed(*, giver: UUID, reader: UUID, table: str, at: datetime) -> Agreed | None:
    """Return the agreement under which a member may see a table of another now, or None.

    Where there are several, the one that lasts longest. Four queries, and nothing is kept: what
    was ended a moment ago does not count any more. As an authorizer or funder a member sees it
    only while the register says that it is one.
    """
    with member_scope(giver):
        rows = _whole().filter(from_member_id=giver)
        found = [_agreed(row, reader, table, at) for row in rows]
    return max(filter(None, found), key=lambda each: (each.until, each.version), default=None)


def answers_to(*, giver: UUID, reader: UUID, on: date) -> bool:
    """Return whether a member is authorized or funded by another on a day, in the open scope.

    The first and the last day count; what was a mistake does not. One query.
    """
    known = Relationship.objects.filter(
        from_member_id=reader, to_member_id=giver, kind__in=ANSWERED_TO, was_mistaken=False
    )
    lasting = Q(until__isnull=True) | Q(until__gte=on)
    return bool(known.filter(lasting, since__lte=on).exists())


def givers_to(reader: UUID, table: str, *, at: datetime) -> list[tuple[MemberSeen, Agreed]]:
    """Return the members whose table a member may see now, by name. Some queries for each."""
    others = [seen(row) for row in Member.objects.exclude(id=reader).order_by("name", "id")]
    found = [(each, agreed(giver=each.id, reader=reader, table=table, at=at)) for each in others]
    return [(each, agreement) for each, agreement in found if agreement is not None]


def sent_under(member_id: UUID, agreement_id: UUID) -> list[SentSeen]:
    """Return what went out under an agreement as files, the last first. One query."""
    with member_scope(member_id):
        rows = SentBatch.objects.filter(agreement=agreement_id).order_by("-sent_at", "id")
        return [
            SentSeen(row.table, seen(row.to_member), row.sent_at, len(row.cells))
            for row in rows.select_related("to_member")
        ]


def history_of(row: Agreement) -> History:
    """Return all that happened to an agreement that was read with its versions."""
    return History(
        giver=row.from_member_id,
        receiver=row.to_member_id,
        versions=tuple(map(_of_history, _versions(row))),
        ended_at=row.end.ended_at if hasattr(row, "end") else None,
    )


def _of_history(row: AgreementVersion) -> Version:
    closed = row.closed if hasattr(row, "closed") else None
    is_own = closed is not None and closed.side == row.side
    return Version(
        number=row.number,
        terms=terms_of(row),
        digest=row.digest,
        signed={each.side: each.signed_at for each in row.signatures.all()},
        turned_down_at=closed.ended_at if closed and not is_own else None,
        taken_back_at=closed.ended_at if closed and is_own else None,
    )


def terms_of(row: AgreementVersion) -> Terms:
    """Return what a version says."""
    return Terms(
        tables=tuple(row.tables),
        sharing=Sharing(row.sharing),
        covers_from=row.covers_from,
        covers_until=row.covers_until,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        basis=Basis(row.basis),
        text_en=row.text_en,
        text_es=row.text_es,
    )


def _whole() -> "QuerySet[Agreement]":
    rows: QuerySet[Agreement] = Agreement.objects.select_related(
        "from_member", "to_member", "end"
    ).prefetch_related("versions__signatures", "versions__closed")
    return rows


def _versions(row: Agreement) -> list[AgreementVersion]:
    return sorted(row.versions.all(), key=lambda each: each.number)


def _agreed(row: Agreement, reader: UUID, table: str, at: datetime) -> Agreed | None:
    history = history_of(row)
    version = in_force(history, at=at, day=local_day(at))
    if version is None or table not in version.terms.tables:
        return None
    if not reaches(history, version, reader):
        return None
    terms = version.terms
    if terms.sharing is Sharing.AUTHORIZER and not answers_to(
        giver=row.from_member_id, reader=reader, on=local_day(at)
    ):
        return None
    permit = Permit(
        audience=AUDIENCES[terms.sharing],
        tables=frozenset(terms.tables),
        first=terms.covers_from,
        last=terms.covers_until,
    )
    return Agreed(row.id, version.number, terms.valid_until, permit)


def _agreement(row: Agreement, at: datetime) -> AgreementSeen:
    history, day = history_of(row), local_day(at)
    held = in_force(history, at=at, day=day)
    versions = tuple(
        _version(row, each, is_in_force=held is not None and each.number == held.number)
        for each in reversed(_versions(row))
    )
    return AgreementSeen(
        id=row.id,
        giver=seen(row.from_member),
        receiver=seen(row.to_member),
        state=state_of(history, at=at, day=day),
        versions=versions,
        shown=next((each for each in versions if each.is_in_force), versions[0]),
        end=_end(row) if hasattr(row, "end") else None,
    )


def _version(row: Agreement, version: AgreementVersion, *, is_in_force: bool) -> VersionSeen:
    sides = _sides(row)
    signed = sorted(version.signatures.all(), key=lambda each: each.side != row.from_member_id)
    return VersionSeen(
        number=version.number,
        terms=terms_of(version),
        digest=version.digest,
        proposed_by=sides[version.side],
        proposed_at=version.proposed_at,
        signatures=tuple(
            SignatureSeen(sides[each.side], each.signed_as, each.signed_at, each.digest)
            for each in signed
        ),
        closed=_closed(version, sides) if hasattr(version, "closed") else None,
        is_in_force=is_in_force,
    )


def _closed(version: AgreementVersion, sides: dict[UUID, MemberSeen]) -> ClosedSeen:
    closed = version.closed
    is_own = closed.side == version.side
    return ClosedSeen(sides[closed.side], closed.ended_at, closed.words, is_own)


def _end(row: Agreement) -> EndSeen:
    return EndSeen(_sides(row)[row.end.side], row.end.ended_at, EndReason(row.end.reason))


def _sides(row: Agreement) -> dict[UUID, MemberSeen]:
    return {row.from_member_id: seen(row.from_member), row.to_member_id: seen(row.to_member)}
