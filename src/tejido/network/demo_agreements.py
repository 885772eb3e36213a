"""Invented agreements and consents of the demonstration."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import translation

from tejido.foundation.days import local_day
from tejido.network.domain.agreements import Basis, Sharing, Terms
from tejido.network.domain.consents import Channel, Purpose, Way
from tejido.network.queries.agreements import agreement_at, agreements_of
from tejido.network.queries.consents import consents_at
from tejido.network.queries.workforce import CODE
from tejido.network.services.agreements import propose_agreement, sign_agreement
from tejido.network.services.consents import ConsentIn, note_consent
from tejido.network.services.people import PersonIn
from tejido.network.sharing_words import STANDARD_TEXT

A_YEAR = timedelta(days=364)
# Words of the demonstration only.
TOLD = {
    Purpose.PHOTO: (
        "We may show your photo on public pages. You can take this back at any time.",
        "Podemos mostrar su foto en páginas públicas. Puede retirarlo en cualquier momento.",
    ),
    Purpose.MESSAGES: (
        "We may write to you about trainings of the network. You can stop it at any time.",
        "Podemos escribirle sobre cursos de la red. Puede pararlo en cualquier momento.",
    ),
    Purpose.PLACEMENT: (
        "We may call you later to ask how the job goes. You can say no at any time.",
        "Podemos llamarle después para saber cómo va el trabajo. Diga que no cuando quiera.",
    ),
}


def plant_agreement(
    giver: UUID, receiver: UUID, sharing: Sharing, managers: Mapping[UUID, PersonIn], at: datetime
) -> None:
    """Store an agreement that both invented managers signed, once.

    Args:
        giver: the member whose rows they are.
        receiver: the member that sees them or signs for the network.
        sharing: who may see it.
        managers: member -> who leads there.
        at: when.
    """
    known = {(each.giver.id, each.receiver.id) for each in agreements_of(giver, at=at)}
    if (giver, receiver) in known:
        return
    by = managers[giver].id
    agreement_id = propose_agreement(
        acting_for=giver, giver=giver, receiver=receiver, terms=_terms(sharing, at), by=by, at=at
    )
    for side in (giver, receiver):
        agreement = agreement_at(side, agreement_id, at=at)
        if agreement:
            sign_agreement(
                acting_for=side,
                agreement_id=agreement_id,
                digest=agreement.newest.digest,
                signed_as=managers[side].display_name,
                by=managers[side].id,
                at=at,
            )


def plant_consent(
    member_id: UUID, person_id: UUID, purpose: Purpose, channel: Channel, *, by: UUID, at: datetime
) -> None:
    """Store that somebody invented agreed on paper, once."""
    known = {(each.person_id, each.purpose) for each in consents_at(member_id, at=at)}
    if (person_id, purpose) not in known:
        english, spanish = TOLD[purpose]
        draft = ConsentIn(
            person_id=person_id,
            purpose=purpose,
            channel=channel,
            text_en=english,
            text_es=spanish,
            way=Way.PAPER,
            given_on=local_day(at),
        )
        note_consent(member_id=member_id, draft=draft, by=by, at=at)


def _terms(sharing: Sharing, at: datetime) -> Terms:
    today, words = local_day(at), {}
    for language in ("en", "es"):
        with translation.override(language):
            words[language] = str(STANDARD_TEXT)
    return Terms(
        tables=(CODE,),
        sharing=sharing,
        covers_from=today.replace(month=1, day=1),
        covers_until=None,
        valid_from=today,
        valid_until=today + A_YEAR,
        basis=Basis.LAW if sharing is Sharing.AUTHORIZER else Basis.PLANNING,
        text_en=words["en"],
        text_es=words["es"],
    )
