"""A member says what it offers and looks for, and whether the network may see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused
from tejido.foundation.phones import read_phone
from tejido.foundation.scope import member_scope
from tejido.network.domain.members import is_california_county
from tejido.network.domain.partners import CONSENT_TEXT, LONGEST_WORDS, STATEWIDE, Help
from tejido.network.domain.permissions import Permission
from tejido.network.models import PartnerCard, PartnerListing
from tejido.network.queries.access import require
from tejido.network.services.events import note_event
from tejido.network.services.turns import take_turn

_FIELDS = (
    *("offers", "seeks", "counties", "words", "contact_name", "phone", "extension", "email"),
)


class PartnerRefused(Refused):
    """A card that cannot be stored or shown as asked. Nothing changed."""


@dataclass(frozen=True, slots=True)
class CardIn:
    """A card on its way in; '' is what is not said. `phone` is as people write it."""

    offers: tuple[Help, ...] = ()
    seeks: tuple[Help, ...] = ()
    counties: tuple[str, ...] = ()
    words: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""


def save_card(*, member_id: UUID, draft: CardIn, by: UUID, at: datetime) -> None:
    """Store what a member writes of itself; where the network sees the card, it sees the new one.

    Raises:
        MemberUnknown, NotAllowed: `by` may not write it.
        PartnerRefused: `card-empty`, `phone-unread`, `county-unknown`, `words-long`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_PARTNER_CARD)
        _check(draft)
        take_turn(member_id)
        row = PartnerCard.objects.first() or PartnerCard(member_id=member_id)
        _write(row, draft)
        for shown in PartnerListing.objects.all():
            _copy(row, shown)
        note_event(member_id=member_id, act="edit.partner-card", object_id=row.id, by=by, at=at)


def list_card(*, member_id: UUID, by: UUID, at: datetime) -> None:
    """Let the members of the network see the card. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` may not write it.
        PartnerRefused: `card-empty`.
    """
    with transaction.atomic(), member_scope(member_id):
        take_turn(member_id)
        require(by, member_id, Permission.EDIT_PARTNER_CARD)
        row = PartnerCard.objects.first()
        if row is None:
            raise _empty()
        if not PartnerListing.objects.exists():
            said = {"consented_at": at, "consented_by": by, "consent_text": CONSENT_TEXT}
            _copy(row, PartnerListing(member_id=member_id, **said))
            note_event(
                member_id=member_id, act="list.partner-card", object_id=row.id, by=by, at=at
            )


def unlist_card(*, member_id: UUID, by: UUID, at: datetime) -> None:
    """Let nobody else see the card from now on; what was written stays. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` may not write it.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_PARTNER_CARD)
        gone, _counts = PartnerListing.objects.all().delete()
        if gone:
            note_event(
                member_id=member_id, act="unlist.partner-card", object_id=member_id, by=by, at=at
            )


def _check(draft: CardIn) -> None:
    if not draft.offers and not draft.seeks:
        raise _empty()
    if len(draft.words.strip()) > LONGEST_WORDS:
        raise PartnerRefused("words-long", _("Write it in 300 letters or fewer."))
    if not all(code == STATEWIDE or is_california_county(code) for code in draft.counties):
        raise PartnerRefused("county-unknown", _("Choose counties of California."))


def _write(row: PartnerCard, draft: CardIn) -> None:
    written = draft.phone.strip()
    read = read_phone(written) if written else None
    if written and read is None:
        raise PartnerRefused(
            "phone-unread", _("This is no phone number. Write it with 10 digits.")
        )
    row.offers = [each.value for each in draft.offers]
    row.seeks = [each.value for each in draft.seeks]
    row.counties = list(draft.counties)
    row.words, row.contact_name = draft.words.strip(), draft.contact_name.strip()
    row.phone, row.extension = (read.number, read.extension) if read else ("", "")
    row.email = draft.email.strip()
    row.save()


def _copy(row: PartnerCard, shown: PartnerListing) -> None:
    for field in _FIELDS:
        setattr(shown, field, getattr(row, field))
    shown.save()


def _empty() -> PartnerRefused:
    return PartnerRefused("card-empty", _("Choose something that you offer or look for."))
