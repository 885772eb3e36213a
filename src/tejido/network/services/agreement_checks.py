"""What is refused of agreements, and why."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.foundation.errors import Refused
from tejido.network.domain.agreements import (
    LONGEST_REASON,
    OPEN,
    Sharing,
    Terms,
    TermsFault,
    faults_of,
    overlap,
)
from tejido.network.domain.members import MemberKind
from tejido.network.models import Member
from tejido.network.queries.agreements import AgreementSeen, VersionSeen, answers_to
from tejido.network.shared_tables import table_of

LONGEST_NAME = 80
FAULTS = {
    TermsFault.NO_TABLE: _("Choose what is shared"),
    TermsFault.VALID_TURNED: _("The last day must not be before the first day"),
    TermsFault.COVERS_TURNED: _("The end of the period must not be before its beginning"),
    TermsFault.OVER_ALREADY: _("The last day must not be over already"),
    TermsFault.TEXT_EMPTY: _("Write the words that both sides sign, in English and in Spanish"),
    TermsFault.TEXT_LONG: _("Write at most 20,000 letters in each language"),
}


class AgreementRefused(Refused):
    """What is asked cannot be done with this agreement."""


def check_signature(
    agreement: AgreementSeen, side: UUID, digest: str, signed_as: str, at: datetime
) -> None:
    """Refuse a signature under the newest version that cannot be.

    Raises:
        AgreementRefused: `name-empty`, `signed-already`, `text-changed`, `closed`, `over`.
    """
    newest = agreement.newest
    if not 0 < len(signed_as.strip()) <= LONGEST_NAME:
        raise AgreementRefused("name-empty", _("Write your name to sign"))
    if newest.is_signed_by(side):
        raise AgreementRefused(
            "signed-already", _("Your member signed this already. Nothing changed.")
        )
    if digest != newest.digest:
        raise text_changed()
    if newest.closed:
        raise AgreementRefused(
            "closed", _("This was turned down or taken back meanwhile. Nothing is signed.")
        )
    if newest.terms.valid_until < local_day(at):
        raise AgreementRefused("over", _("Its last day is over. Propose new dates."))


def check_closing(newest: VersionSeen, words: str) -> None:
    """Refuse to turn down or take back a version that cannot be.

    Raises:
        AgreementRefused: `signed-by-both`, `words-long`.
    """
    if newest.is_signed:
        raise AgreementRefused(
            "signed-by-both", _("Both have signed it. Nothing changed. You can end the agreement.")
        )
    if len(words.strip()) > LONGEST_REASON:
        raise AgreementRefused("words-long", _("Write at most 500 letters"))


def text_changed() -> AgreementRefused:
    """Return the refusal of what somebody read before it changed."""
    return AgreementRefused(
        "text-changed",
        _("The agreement changed since you opened it. Nothing is done. Read it again."),
    )


def check_two(acting_for: UUID, giver: UUID, receiver: UUID) -> None:
    """Refuse an agreement of one, of others, or with a member that left.

    Raises:
        AgreementRefused: `same-member`, `not-one-of-two`, `member-unknown`.
    """
    if giver == receiver:
        raise AgreementRefused("same-member", _("Choose another member."))
    if acting_for not in {giver, receiver}:
        raise AgreementRefused("not-one-of-two", _("Propose only what your own member shares."))
    if Member.objects.filter(id__in=[giver, receiver], until__isnull=True).count() < 2:
        raise AgreementRefused("member-unknown", _("There is no such member."))


def check_terms(terms: Terms, *, giver: UUID, receiver: UUID, at: datetime) -> None:
    """Refuse terms that cannot be.

    Raises:
        AgreementRefused: a code of `TermsFault`, `table-unknown`, `not-for-all`, `not-answered`.
    """
    faults = faults_of(terms, today=local_day(at))
    if faults:
        raise AgreementRefused(faults[0].value, FAULTS[faults[0]])
    if not all(map(table_of, terms.tables)):
        raise AgreementRefused("table-unknown", _("There is no such table to share."))
    if terms.sharing is Sharing.NETWORK and not _is_coalition(receiver):
        raise AgreementRefused(
            "not-for-all", _("Only a coalition signs for the whole network. Choose one.")
        )
    if terms.sharing is Sharing.AUTHORIZER and not answers_to(
        giver=giver, reader=receiver, on=local_day(at)
    ):
        raise AgreementRefused(
            "not-answered",
            _(
                "No relationship says that this member authorizes or funds the other. Add it "
                "first."
            ),
        )


def _is_coalition(member_id: UUID) -> bool:
    return Member.objects.filter(id=member_id, kind=MemberKind.COALITION).exists()


def check_overlap(terms: Terms, known: list[AgreementSeen], giver: UUID, receiver: UUID) -> None:
    """Refuse what another agreement of the same two already says for the same time.

    Raises:
        AgreementRefused: `overlaps`.
    """
    for each in known:
        between = (each.giver.id, each.receiver.id) == (giver, receiver)
        if between and each.state in OPEN and overlap(terms, each.standing.terms):
            raise AgreementRefused(
                "overlaps",
                _("You have an agreement about this for the same time. Change that one."),
            )


def unknown() -> AgreementRefused:
    """Return the refusal of an id that names none."""
    return AgreementRefused("agreement-unknown", _("There is no such agreement here."))


def ended() -> AgreementRefused:
    """Return the refusal of what one of the two ended."""
    return AgreementRefused(
        "ended", _("This agreement was ended. Nothing changed. Propose a new one.")
    )


def changed_meanwhile() -> AgreementRefused:
    """Return the refusal of a change beside another one."""
    return AgreementRefused(
        "changed-meanwhile", _("Somebody else changed it just now. Look at theirs first.")
    )
