"""Members propose to share, sign, change and end it: an end counts from that moment on."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tejido.foundation.scope import member_scope
from tejido.network.domain.agreements import OPEN, AgreementState, EndReason, Terms, digest_of
from tejido.network.domain.permissions import Permission
from tejido.network.models import (
    Agreement,
    AgreementEnd,
    AgreementSignature,
    AgreementVersion,
    ProposalEnd,
)
from tejido.network.queries.access import require
from tejido.network.queries.agreements import AgreementSeen, agreement_at, agreements_of
from tejido.network.services.agreement_checks import (
    changed_meanwhile,
    check_closing,
    check_overlap,
    check_signature,
    check_terms,
    check_two,
    ended,
    text_changed,
    unknown,
)
from tejido.network.services.events import note_event
from tejido.network.services.turns import take_turn


def propose_agreement(
    *, acting_for: UUID, giver: UUID, receiver: UUID, terms: Terms, by: UUID, at: datetime
) -> UUID:
    """Store what one member would share with another; return the agreement's id.

    Nothing is shared before a person of each side has signed it.

    Args:
        acting_for: one of the two, in whose name it is proposed.
        giver: whose rows they are.
        receiver: who would see them; a coalition signs for the whole network.
        terms: what it says.
        by: the person.
        at: when.

    Raises:
        MemberUnknown, NotAllowed: `by` may not propose there.
        AgreementRefused: `same-member`, `member-unknown`, `not-one-of-two`, `overlaps`, and what
            `check_terms` refuses.
    """
    with transaction.atomic(), member_scope(acting_for):
        require(by, acting_for, Permission.PROPOSE_AGREEMENT)
        take_turn(giver, receiver)
        check_two(acting_for, giver, receiver)
        check_terms(terms, giver=giver, receiver=receiver, at=at)
        check_overlap(terms, agreements_of(acting_for, at=at), giver, receiver)
        row: Agreement = Agreement.objects.create(
            from_member_id=giver, to_member_id=receiver, opened_at=at
        )
        _put_version(row, 1, terms, side=acting_for, by=by, at=at)
        _note(row, "propose.agreement", side=acting_for, by=by, at=at)
        return row.id


def change_agreement(
    *, acting_for: UUID, agreement_id: UUID, terms: Terms, by: UUID, at: datetime
) -> int:
    """Propose another version, also to renew it; return its number.

    The version in force stays so until both have signed the new one and its day has come.

    Raises:
        MemberUnknown, NotAllowed: `by` may not propose there.
        AgreementRefused: `agreement-unknown`, `member-unknown` where one left, `ended`,
            `changed-meanwhile`, `overlaps`, and what `check_terms` refuses.
    """
    with transaction.atomic(), member_scope(acting_for):
        require(by, acting_for, Permission.PROPOSE_AGREEMENT)
        agreement = _open(acting_for, agreement_id, at)
        giver, receiver = agreement.giver.id, agreement.receiver.id
        take_turn(giver, receiver)
        check_two(acting_for, giver, receiver)
        check_terms(terms, giver=giver, receiver=receiver, at=at)
        others = [each for each in agreements_of(acting_for, at=at) if each.id != agreement_id]
        check_overlap(terms, others, giver, receiver)
        row = Agreement.objects.get(id=agreement_id)
        number = agreement.newest.number + 1
        _put_version(row, number, terms, side=acting_for, by=by, at=at)
        _note(row, "change.agreement", side=acting_for, by=by, at=at)
        return number


def sign_agreement(
    *,
    acting_for: UUID,
    agreement_id: UUID,
    digest: str,
    signed_as: str,
    by: UUID,
    at: datetime,
) -> None:
    """Sign the newest version for a member, as it was read.

    Args:
        acting_for: one of the two.
        agreement_id: of the agreement.
        digest: of the version that the person read.
        signed_as: the name that they write under it.
        by: the person.
        at: when.

    Raises:
        MemberUnknown, NotAllowed: `by` may not sign there.
        AgreementRefused: `agreement-unknown`, `ended`, `closed`, `over`, `name-empty`,
            `text-changed` since it was read, `signed-already`.
    """
    with transaction.atomic(), member_scope(acting_for):
        require(by, acting_for, Permission.SIGN_AGREEMENT)
        agreement = _in_turn(acting_for, agreement_id, at)
        check_signature(agreement, acting_for, digest, signed_as, at)
        row = Agreement.objects.get(id=agreement_id)
        version = AgreementVersion.objects.get(agreement=row, number=agreement.newest.number)
        AgreementSignature.objects.create(
            **_sides(row),
            version=version,
            side=acting_for,
            person=by,
            signed_as=signed_as.strip(),
            signed_at=at,
            digest=version.digest,
        )
        _note(row, "sign.agreement", side=acting_for, by=by, at=at)


def close_proposal(
    *, acting_for: UUID, agreement_id: UUID, digest: str, words: str, by: UUID, at: datetime
) -> None:
    """Turn down the newest version, or take it back where one's own side proposed it.

    What is in force stays so. Another version can be proposed later. Safe to repeat: the first
    answer stays.

    Args:
        acting_for: one of the two.
        agreement_id: of the agreement.
        digest: of the version that the person read.
        words: why, for the other side to read; or ''.
        by: the person.
        at: when.

    Raises:
        MemberUnknown, NotAllowed: `by` may not end agreements there.
        AgreementRefused: `agreement-unknown`, `ended`, `text-changed` since it was read,
            `signed-by-both`, `words-long`.
    """
    with transaction.atomic(), member_scope(acting_for):
        require(by, acting_for, Permission.REVOKE_AGREEMENT)
        newest = _in_turn(acting_for, agreement_id, at).newest
        if digest != newest.digest:
            raise text_changed()
        if newest.closed:
            return
        check_closing(newest, words)
        row = Agreement.objects.get(id=agreement_id)
        ProposalEnd.objects.create(
            **_sides(row),
            version=AgreementVersion.objects.get(agreement=row, number=newest.number),
            side=acting_for,
            person=by,
            words=words.strip(),
            ended_at=at,
        )
        is_own = newest.proposed_by.id == acting_for
        act = "take-back.agreement" if is_own else "turn-down.agreement"
        _note(row, act, side=acting_for, by=by, at=at)


def end_agreement(
    *, acting_for: UUID, agreement_id: UUID, reason: EndReason, by: UUID, at: datetime
) -> None:
    """End an agreement, also one that waits: from this moment on nothing is shared by it.

    Either side can, without the other. Safe to repeat: the first end stays.

    Raises:
        MemberUnknown, NotAllowed: `by` may not end it there.
        AgreementRefused: `agreement-unknown`.
    """
    with transaction.atomic(), member_scope(acting_for):
        require(by, acting_for, Permission.REVOKE_AGREEMENT)
        row = Agreement.objects.filter(id=agreement_id).first()
        if row is None:
            raise unknown()
        _put_end(row, reason, side=acting_for, by=by, at=at)


def end_all_agreements(*, member_id: UUID, by: UUID, at: datetime) -> None:
    """End every agreement of a member that leaves, in its scope."""
    for agreement in agreements_of(member_id, at=at):
        if agreement.state in OPEN:
            row = Agreement.objects.get(id=agreement.id)
            _put_end(row, EndReason.MEMBER_LEFT, side=member_id, by=by, at=at)


def _put_end(row: Agreement, reason: EndReason, *, side: UUID, by: UUID, at: datetime) -> None:
    try:
        with transaction.atomic():
            AgreementEnd.objects.create(
                **_sides(row),
                agreement=row,
                side=side,
                person=by,
                reason=reason,
                ended_at=at,
            )
    except IntegrityError:
        return
    _note(row, "revoke.agreement", side=side, by=by, at=at)


def _in_turn(acting_for: UUID, agreement_id: UUID, at: datetime) -> AgreementSeen:
    """Return an agreement after whoever signs or closes it at the same moment."""
    row = Agreement.objects.filter(id=agreement_id).first()
    if row is not None:
        take_turn(row.from_member_id, row.to_member_id)
    return _open(acting_for, agreement_id, at)


def _open(acting_for: UUID, agreement_id: UUID, at: datetime) -> AgreementSeen:
    agreement = agreement_at(acting_for, agreement_id, at=at)
    if agreement is None:
        raise unknown()
    if agreement.state is AgreementState.ENDED:
        raise ended()
    return agreement


def _put_version(
    row: Agreement, number: int, terms: Terms, *, side: UUID, by: UUID, at: datetime
) -> None:
    giver, receiver = row.from_member_id, row.to_member_id
    stored = {field: getattr(terms, field) for field in terms.__slots__}
    try:
        with transaction.atomic():
            AgreementVersion.objects.create(
                **_sides(row),
                **(stored | {"tables": list(terms.tables)}),
                agreement=row,
                number=number,
                digest=digest_of(terms, giver=giver, receiver=receiver, number=number),
                side=side,
                proposed_by=by,
                proposed_at=at,
            )
    except IntegrityError as meanwhile:
        raise changed_meanwhile() from meanwhile


def _sides(row: Agreement) -> dict[str, UUID]:
    return {"from_member_id": row.from_member_id, "to_member_id": row.to_member_id}


def _note(row: Agreement, act: str, *, side: UUID, by: UUID, at: datetime) -> None:
    """Write it into the record of both: what one does to an agreement, the other reads."""
    facts = {"by_member": str(side)}
    for member_id in (row.from_member_id, row.to_member_id):
        with member_scope(member_id):
            note_event(member_id=member_id, act=act, object_id=row.id, by=by, at=at, facts=facts)
