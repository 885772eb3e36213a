"""What people of a member hold in this area, and how it passes to a colleague."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tejido.network.domain.agreements import AgreementState
from tejido.network.domain.contacts import folded
from tejido.network.domain.permissions import Permission
from tejido.network.domain.roles import Role, reach_of
from tejido.network.hand_over import Holding, Passing, Piece
from tejido.network.models import (
    AgreementVersion,
    ContactImport,
    Invitation,
    PartnerCard,
    PartnerListing,
    Person,
)
from tejido.network.queries.agreements import agreements_of
from tejido.network.queries.hand_over import held_by
from tejido.network.queries.invitations import standing_invitations
from tejido.network.queries.recovery import recoveries_to_confirm


def _invitations(_member_id: UUID, person_id: UUID, at: datetime) -> list[Piece]:
    rows = standing_invitations(at).filter(made_by=person_id).order_by("made_at", "id")
    return [Piece(row.id, row.called, reach_of(map(Role, row.roles))) for row in rows]


def _pass_invitations(passing: Passing) -> dict[UUID, str]:
    rows = standing_invitations(passing.at).filter(id__in=passing.ids)
    if passing.taker:
        rows.update(made_by=passing.taker)
    else:
        rows.update(withdrawn_by=passing.by, withdrawn_at=passing.at)
    return {}


def _return_invitations(passing: Passing, _was: dict[UUID, str]) -> None:
    rows = Invitation.objects.filter(id__in=passing.ids, used_at__isnull=True)
    if passing.taker:
        rows.filter(made_by=passing.taker).update(made_by=passing.leaver)
    else:
        rows.filter(withdrawn_at=passing.at).update(withdrawn_by=None, withdrawn_at=None)


def _recoveries(_member_id: UUID, person_id: UUID, at: datetime) -> list[Piece]:
    rows = recoveries_to_confirm(at).filter(started_by=person_id)
    rows = rows.select_related("membership__person").order_by("started_at", "id")
    return [Piece(row.id, row.membership.person.display_name) for row in rows]


def _stop_recoveries(passing: Passing) -> dict[UUID, str]:
    rows = recoveries_to_confirm(passing.at).filter(id__in=passing.ids)
    rows.update(stopped_by=passing.by, stopped_at=passing.at)
    return {}


def _agreements(member_id: UUID, person_id: UUID, at: datetime) -> list[Piece]:
    waiting = {
        each.id: each
        for each in agreements_of(member_id, at=at)
        if each.state is AgreementState.PROPOSED
    }
    rows = AgreementVersion.objects.filter(agreement__in=waiting, side=member_id)
    proposed = rows.order_by("number").values_list("agreement_id", "proposed_by")
    held = held_by("agreements", person_id, dict(proposed))
    return [
        Piece(key, each.other(member_id).name)
        for key, each in reversed(waiting.items())
        if key in held
    ]


def _tables(_member_id: UUID, person_id: UUID, _at: datetime) -> list[Piece]:
    rows = ContactImport.objects.filter(brought_by=person_id, done_at__isnull=True)
    return [Piece(row.id, row.file_name) for row in rows.order_by("brought_at", "id")]


def _pass_tables(passing: Passing) -> dict[UUID, str]:
    if passing.taker:
        _give_tables(passing.ids, passing.leaver, passing.taker)
    return {}


def _return_tables(passing: Passing, _was: dict[UUID, str]) -> None:
    if passing.taker:
        _give_tables(passing.ids, passing.taker, passing.leaver)


def _give_tables(ids: Iterable[UUID], giver: UUID, taker: UUID) -> None:
    rows = ContactImport.objects.filter(id__in=ids, brought_by=giver, done_at__isnull=True)
    rows.update(brought_by=taker)


def _card(_member_id: UUID, person_id: UUID, _at: datetime) -> list[Piece]:
    person = Person.objects.filter(id=person_id).first()
    row = PartnerCard.objects.first()
    if person is None or row is None or not _names(row.contact_name, person.display_name):
        return []
    return [Piece(row.id, row.contact_name)]


def _names(written: str, called: str) -> bool:
    """Return whether a card names somebody: all words of the shorter one are in the other."""
    one, other = set(folded(written).split()), set(folded(called).split())
    return bool(one and other) and (one <= other or other <= one)


def _pass_card(passing: Passing) -> dict[UUID, str]:
    row = PartnerCard.objects.select_for_update().get(id=passing.ids[0])
    was = row.contact_name
    _ask_for(row, passing.called)
    return {row.id: was}


def _return_card(passing: Passing, was: dict[UUID, str]) -> None:
    row = PartnerCard.objects.select_for_update().filter(id=passing.ids[0]).first()
    if row and row.contact_name == passing.called:
        _ask_for(row, was[row.id])


def _ask_for(row: PartnerCard, called: str) -> None:
    row.contact_name = called
    row.save()
    PartnerListing.objects.update(contact_name=called)


HOLDINGS = [
    Holding(
        kind="invitations",
        title=_("Invitations that still stand"),
        otherwise=_("Nobody: they are taken back"),
        page="network:people",
        permission=Permission.ADD_MEMBERSHIP,
        pieces=_invitations,
        pass_on=_pass_invitations,
        give_back=_return_invitations,
    ),
    # Never handed over: whoever starts must be another than whoever confirms, and a name that is
    # put in the place of another would let one person do both.
    Holding(
        kind="recoveries",
        title=_("Accounts that wait to be opened again"),
        otherwise=_("They are stopped. Somebody else can start them again."),
        page="network:people",
        permission=None,
        pieces=_recoveries,
        pass_on=_stop_recoveries,
    ),
    Holding(
        kind="agreements",
        title=_("Proposed agreements that wait for a signature"),
        otherwise=_("Nobody: they wait on"),
        page="network:agreements",
        permission=Permission.SIGN_AGREEMENT,
        pieces=_agreements,
    ),
    Holding(
        kind="contact-tables",
        title=_("Tables of contacts that were not taken in"),
        otherwise=_("Nobody: they are removed 30 days after they were brought"),
        page="network:contacts",
        permission=Permission.EDIT_CONTACTS,
        pieces=_tables,
        pass_on=_pass_tables,
        give_back=_return_tables,
    ),
    Holding(
        kind="partner-card",
        title=_("The name on the card for partners"),
        otherwise=_("Nobody: it names nobody"),
        page="network:partners",
        permission=Permission.VIEW_PARTNERS,
        pieces=_card,
        pass_on=_pass_card,
        give_back=_return_card,
    ),
]
