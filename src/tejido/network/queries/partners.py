"""Members that let themselves be found by what they offer and look for."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tejido.foundation.scope import member_scope, network_scope
from tejido.network.domain.partners import STATEWIDE, Fit, Help, fit_of
from tejido.network.models import PartnerCard, PartnerListing
from tejido.network.queries.access import MemberSeen, seen
from tejido.network.queries.served import counties_served


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A card; '' is what is not said. `counties` are FIPS codes, 06 is all of California."""

    offers: tuple[Help, ...] = ()
    seeks: tuple[Help, ...] = ()
    counties: tuple[str, ...] = ()
    words: str = ""
    contact_name: str = ""
    phone: str = ""
    extension: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PartnerSeen:
    """A member on the partner page, and how its card fits ours."""

    member: MemberSeen
    card: CardSeen
    fit: Fit


@dataclass(frozen=True, slots=True)
class PartnersWanted:
    """What is looked for; '' asks nothing."""

    offers: str = ""
    seeks: str = ""
    county: str = ""
    kind: str = ""


def partners(member_id: UUID, wanted: PartnersWanted, *, on: date) -> list[PartnerSeen]:
    """Return the other members that said yes and fit, those that fit our card best first.

    A member is in a county by its card, where it is, or as it serves it on a day. Three queries.
    """
    ours = card_of(member_id)
    with network_scope():
        rows = PartnerListing.objects.exclude(member=member_id).select_related("member")
        found = [_partner(row, ours) for row in rows]
    served = counties_served(on=on)
    fitting = [
        each for each in found if _is_wanted(each, wanted, served.get(each.member.id, frozenset()))
    ]
    return sorted(
        fitting,
        key=lambda each: (
            -len(each.fit.for_us) - len(each.fit.for_them),
            each.member.name,
            each.member.id,
        ),
    )


def card_of(member_id: UUID) -> CardSeen:
    """Return what a member wrote of itself, or an empty card. One query."""
    with member_scope(member_id):
        row = PartnerCard.objects.first()
        return _card(row) if row else CardSeen()


def listed_since(member_id: UUID) -> datetime | None:
    """Return since when the network sees a member's card, or None. One query."""
    with member_scope(member_id):
        shown = PartnerListing.objects.first()
        return shown.consented_at if shown else None


def _is_wanted(found: PartnerSeen, wanted: PartnersWanted, served: frozenset[str]) -> bool:
    near = {wanted.county, STATEWIDE} & {*found.card.counties, found.member.county_fips, *served}
    return (
        (not wanted.offers or wanted.offers in found.card.offers)
        and (not wanted.seeks or wanted.seeks in found.card.seeks)
        and (not wanted.county or bool(near))
        and (not wanted.kind or wanted.kind == found.member.kind)
    )


def _partner(row: PartnerListing, ours: CardSeen) -> PartnerSeen:
    card = _card(row)
    fit = fit_of(
        our_offers=ours.offers,
        our_seeks=ours.seeks,
        their_offers=card.offers,
        their_seeks=card.seeks,
    )
    return PartnerSeen(seen(row.member), card, fit)


def _card(row: PartnerCard | PartnerListing) -> CardSeen:
    return CardSeen(
        offers=tuple(each for each in Help if each.value in row.offers),
        seeks=tuple(each for each in Help if each.value in row.seeks),
        counties=tuple(row.counties),
        words=row.words,
        contact_name=row.contact_name,
        phone=row.phone,
        extension=row.extension,
        email=row.email,
    )
