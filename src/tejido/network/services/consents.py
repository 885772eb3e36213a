"""People who work in the network agree to something, and take it back: at once, and for good."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope
from tejido.network.domain.consents import (
    Channel,
    ConsentFault,
    Purpose,
    Way,
    faults_of,
    text_digest,
)
from tejido.network.domain.permissions import Permission
from tejido.network.models import Consent, ConsentWithdrawal, Membership
from tejido.network.queries.access import require
from tejido.network.queries.consents import ConsentSeen, consent_to, consents_at, consents_of
from tejido.network.services.events import note_event
from tejido.network.services.turns import take_turn

LONGEST_TEXT = 5_000
FAULTS = {
    ConsentFault.CHANNEL_UNKNOWN: _("Choose a way that fits what it is for"),
    ConsentFault.LATER_THAN_TODAY: _("The day must not be later than today"),
    ConsentFault.ENDS_BEFORE_IT_BEGINS: _("The last day must not be before the first day"),
}
AGREED_ALREADY = _("This person agreed to it already.")


class ConsentRefused(Refused):
    """What is asked cannot be done with this consent."""


@dataclass(frozen=True, slots=True)
class ConsentIn:
    """What somebody said yes to.

    Attributes:
        person_id: who.
        purpose, channel: to what.
        text_en, text_es: the words that they were told, in both languages.
        way: how they said yes.
        given_on: the day.
        until: the last day; None until it is withdrawn.
    """

    person_id: UUID
    purpose: Purpose
    channel: Channel
    text_en: str
    text_es: str
    way: Way
    given_on: date
    until: date | None = None


def note_consent(*, member_id: UUID, draft: ConsentIn, by: UUID, at: datetime) -> UUID:
    """Store that somebody who works for a member said yes; return the consent's id.

    Raises:
        MemberUnknown, NotAllowed: `by` may not note consents there.
        ConsentRefused: `person-unknown`, `channel-unknown`, `text-empty`, `later-than-today`,
            `ends-before-it-begins`, `agreed-already`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.NOTE_CONSENT)
        works_here = Membership.objects.filter(
            person_id=draft.person_id, until__isnull=True
        ).exists()
        if not works_here:
            raise ConsentRefused("person-unknown", _("This person does not work here."))
        _check(draft, today=local_day(at))
        take_turn(member_id)
        _check_new(member_id, draft, at)
        return _put(member_id, draft, by=by, at=at)


def withdraw_consent(*, consent_id: UUID, person_id: UUID, at: datetime) -> None:
    """Take one's own consent back, at once, whether one still works there or not.

    What was written down more than once for the same is taken back as a whole. Safe to repeat:
    the first withdrawal stays.

    Raises:
        ConsentRefused: `consent-unknown`: there is none of this person.
    """
    consent = _own(consent_id, person_id, at)
    with transaction.atomic(), member_scope(consent.member.id):
        _withdraw_all(Consent.objects.get(id=consent.id), by=person_id, at=at)


def note_withdrawal(*, member_id: UUID, consent_id: UUID, by: UUID, at: datetime) -> None:
    """Write down that somebody took a consent back on paper or by word; as `withdraw_consent`.

    Raises:
        MemberUnknown, NotAllowed: `by` may not note consents there.
        ConsentRefused: `consent-unknown`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.NOTE_CONSENT)
        row = Consent.objects.filter(id=consent_id).first()
        if row is None:
            raise _unknown()
        _withdraw_all(row, by=by, at=at)


def give_again(*, consent_id: UUID, person_id: UUID, at: datetime) -> UUID:
    """Undo one's own withdrawal: the same words count again from now on; return the new id.

    What was withdrawn stays written as it was; this is another consent.

    Raises:
        ConsentRefused: `consent-unknown`; `not-withdrawn`, also where a later one took its place;
            `ends-before-it-begins`, where its last day is over.
    """
    member_id = _own(consent_id, person_id, at).member.id
    with transaction.atomic(), member_scope(member_id):
        take_turn(member_id)
        consent = _own(consent_id, person_id, at)
        if not consent.can_be_given_again:
            raise ConsentRefused("not-withdrawn", _("There is nothing to undo. Nothing changed."))
        draft = _again(consent, on=local_day(at))
        _check(draft, today=draft.given_on)
        return _put(member_id, draft, by=person_id, at=at)


def undo_noted_withdrawal(*, member_id: UUID, consent_id: UUID, by: UUID, at: datetime) -> UUID:
    """Undo a withdrawal that was written down in somebody's name; return the new consent's id.

    What the person took back themself nobody else undoes. The day and the way stay as they were.

    Raises:
        MemberUnknown, NotAllowed: `by` may not note consents there.
        ConsentRefused: `consent-unknown`; `not-withdrawn`, as `give_again`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.NOTE_CONSENT)
        take_turn(member_id)
        found = [each for each in consents_at(member_id, at=at) if each.id == consent_id]
        if not found:
            raise _unknown()
        if not found[0].can_be_mended:
            raise ConsentRefused("not-withdrawn", _("There is nothing to undo. Nothing changed."))
        draft = replace(_again(found[0], on=found[0].given_on), way=found[0].way)
        return _put(member_id, draft, by=by, at=at)


def _again(consent: ConsentSeen, *, on: date) -> ConsentIn:
    return ConsentIn(
        person_id=consent.person_id,
        purpose=consent.purpose,
        channel=consent.channel,
        text_en=consent.text_en,
        text_es=consent.text_es,
        way=Way.ONLINE,
        given_on=on,
        until=consent.until,
    )


def _own(consent_id: UUID, person_id: UUID, at: datetime) -> ConsentSeen:
    for consent in consents_of(person_id, at=at):
        if consent.id == consent_id:
            return consent
    raise _unknown()


def _check(draft: ConsentIn, *, today: date) -> None:
    texts = (draft.text_en.strip(), draft.text_es.strip())
    if not all(texts) or max(map(len, texts)) > LONGEST_TEXT:
        raise ConsentRefused(
            "text-empty", _("Write what the person was told, in English and in Spanish")
        )
    faults = faults_of(
        purpose=draft.purpose,
        channel=draft.channel,
        given_on=draft.given_on,
        until=draft.until,
        today=today,
    )
    if faults:
        raise ConsentRefused(faults[0].value, FAULTS[faults[0]])


def _check_new(member_id: UUID, draft: ConsentIn, at: datetime) -> None:
    known = consent_to(
        member_id=member_id,
        person_id=draft.person_id,
        purpose=draft.purpose,
        channel=draft.channel,
        at=at,
    )
    if known:
        raise ConsentRefused("agreed-already", AGREED_ALREADY)


def _put(member_id: UUID, draft: ConsentIn, *, by: UUID, at: datetime) -> UUID:
    stored = {field: getattr(draft, field) for field in draft.__slots__}
    consent_id: UUID = Consent.objects.create(
        member_id=member_id,
        digest=text_digest(draft.text_en, draft.text_es),
        noted_by=by,
        noted_at=at,
        **stored,
    ).id
    note_event(member_id=member_id, act="note.consent", object_id=consent_id, by=by, at=at)
    return consent_id


def _withdraw_all(asked: Consent, *, by: UUID, at: datetime) -> None:
    """Withdraw a consent, and all that still allow the same: who says no means it."""
    take_turn(asked.member_id)
    same = Consent.objects.filter(
        person_id=asked.person_id, purpose=asked.purpose, channel=asked.channel
    )
    lasting = Q(until__isnull=True) | Q(until__gte=local_day(at)) | Q(id=asked.id)
    for row in same.filter(lasting, withdrawal__isnull=True).order_by("noted_at", "id"):
        _withdraw(row, by=by, at=at)


def _withdraw(row: Consent, *, by: UUID, at: datetime) -> None:
    member_id, consent_id = row.member_id, row.id
    ConsentWithdrawal.objects.create(
        member_id=member_id,
        consent_id=consent_id,
        person_id=row.person_id,
        withdrawn_by=by,
        withdrawn_at=at,
    )
    note_event(member_id=member_id, act="withdraw.consent", object_id=consent_id, by=by, at=at)


def _unknown() -> ConsentRefused:
    return ConsentRefused("consent-unknown", _("There is no such consent."))
