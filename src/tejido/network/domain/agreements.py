"""Sharing agreements: what two members signed, and what of it holds at a moment."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

LONGEST_TEXT = 20_000
LONGEST_REASON = 500


class Sharing(StrEnum):
    """Who may see what an agreement names."""

    AUTHORIZER = "authorizer-or-funder"
    MEMBER = "member"
    NETWORK = "network"


class Basis(StrEnum):
    """Why it is shared."""

    LAW = "law"
    FUNDING = "funding"
    PLANNING = "planning"
    SUPPORT = "support"


class EndReason(StrEnum):
    """Why a member ended an agreement or took a proposal back."""

    PURPOSE_OVER = "purpose-over"
    NOT_AS_AGREED = "not-as-agreed"
    PEOPLE_OBJECT = "people-object"
    NO_REASON = "no-reason"
    MEMBER_LEFT = "member-left"


class AgreementState(StrEnum):
    """Where an agreement stands at a moment."""

    PROPOSED = "proposed"
    COMING = "coming"
    IN_FORCE = "in-force"
    OVER = "over"
    TURNED_DOWN = "turned-down"
    TAKEN_BACK = "taken-back"
    ENDED = "ended"


# In these it counts now, or may come to count without another proposal.
OPEN = frozenset({AgreementState.PROPOSED, AgreementState.COMING, AgreementState.IN_FORCE})


class TermsFault(StrEnum):
    """Why terms cannot be proposed."""

    NO_TABLE = "no-table"
    VALID_TURNED = "valid-turned"
    COVERS_TURNED = "covers-turned"
    OVER_ALREADY = "over-already"
    TEXT_EMPTY = "text-empty"
    TEXT_LONG = "text-long"


@dataclass(frozen=True, slots=True)
class Terms:
    """What one version of an agreement says.

    Attributes:
        tables: codes of what is shared.
        sharing: who may see it.
        covers_from: the first day that the shared rows may be about.
        covers_until: the last such day; None for as long as the agreement is valid.
        valid_from: the first day on which anything may be seen.
        valid_until: the last such day.
        basis: why.
        text_en: the words that people sign, plain text with empty lines between paragraphs.
        text_es: the same in Spanish.
    """

    tables: tuple[str, ...]
    sharing: Sharing
    covers_from: date
    covers_until: date | None
    valid_from: date
    valid_until: date
    basis: Basis
    text_en: str
    text_es: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its number from 1, its terms and digest, when each side signed it.

    One that was not signed by both can be turned down by the side to which it was proposed, or
    taken back by the side that proposed it.
    """

    number: int
    terms: Terms
    digest: str
    signed: Mapping[UUID, datetime]
    turned_down_at: datetime | None = None
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All that happened to one agreement; `giver` and `receiver` are members."""

    giver: UUID
    receiver: UUID
    versions: tuple[Version, ...]
    ended_at: datetime | None = None


def digest_of(terms: Terms, *, giver: UUID, receiver: UUID, number: int) -> str:
    """Return the SHA-256 of everything that a signature stands for, 64 hexadecimal digits."""
    said = {"giver": giver, "receiver": receiver, "number": number, **asdict(terms)}
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def faults_of(terms: Terms, *, today: date) -> list[TermsFault]:
    """Return what is wrong with terms that somebody would propose."""
    texts = (terms.text_en.strip(), terms.text_es.strip())
    until = terms.covers_until
    found = {
        TermsFault.NO_TABLE: not terms.tables,
        TermsFault.VALID_TURNED: terms.valid_until < terms.valid_from,
        TermsFault.COVERS_TURNED: until is not None and until < terms.covers_from,
        TermsFault.OVER_ALREADY: terms.valid_until < today,
        TermsFault.TEXT_EMPTY: not all(texts),
        TermsFault.TEXT_LONG: max(map(len, texts)) > LONGEST_TEXT,
    }
    return [fault for fault, is_so in found.items() if is_so]


def overlap(one: Terms, other: Terms) -> bool:
    """Return whether two terms would share a table on the same day."""
    same = set(one.tables) & set(other.tables)
    return bool(same) and (
        one.valid_from <= other.valid_until and other.valid_from <= one.valid_until
    )


def is_signed(history: History, version: Version, *, at: datetime) -> bool:
    """Return whether both sides had signed a version at a moment."""
    sides = (version.signed.get(side) for side in (history.giver, history.receiver))
    return all(signed is not None and signed <= at for signed in sides)


def is_closed(version: Version, *, at: datetime) -> bool:
    """Return whether a version had been turned down or taken back at a moment."""
    return _is_past(version.turned_down_at, at) or _is_past(version.taken_back_at, at)


def in_force(history: History, *, at: datetime, day: date) -> Version | None:
    """Return the version that holds at a moment, or None.

    That is the newest one that both signed and whose first day has come. It replaces those before
    it for good: when its last day is over, an older one does not come back.

    Args:
        history: of one agreement.
        at: the moment; what happened later does not count.
        day: the date of that moment where the network is.
    """
    if history.ended_at is not None and history.ended_at <= at:
        return None
    begun = [
        version
        for version in history.versions
        if version.terms.valid_from <= day and is_signed(history, version, at=at)
    ]
    newest = max(begun, key=lambda version: version.number, default=None)
    return newest if newest and day <= newest.terms.valid_until else None


def reaches(history: History, version: Version, reader: UUID) -> bool:
    """Return whether a member may see what a version shares."""
    if version.terms.sharing is Sharing.NETWORK:
        return reader != history.giver
    return reader == history.receiver


def state_of(history: History, *, at: datetime, day: date) -> AgreementState:
    """Return where an agreement stands at a moment."""
    if history.ended_at is not None and history.ended_at <= at:
        return AgreementState.ENDED
    if in_force(history, at=at, day=day):
        return AgreementState.IN_FORCE
    signed = [each for each in history.versions if is_signed(history, each, at=at)]
    if any(day < each.terms.valid_from for each in signed):
        return AgreementState.COMING
    newest = history.versions[-1]
    if signed == [] and _is_past(newest.turned_down_at, at):
        return AgreementState.TURNED_DOWN
    if signed == [] and _is_past(newest.taken_back_at, at):
        return AgreementState.TAKEN_BACK
    if newest in signed or newest.terms.valid_until < day or is_closed(newest, at=at):
        return AgreementState.OVER
    return AgreementState.PROPOSED


def _is_past(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment <= at
