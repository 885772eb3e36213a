"""Invented contacts and cards for partners; numbers lie in 555-0100 to 555-0199."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tejido.foundation.days import local_day
from tejido.network.domain.contacts import ContactKind
from tejido.network.domain.partners import STATEWIDE, Help
from tejido.network.queries.contacts import Wanted, all_contacts
from tejido.network.queries.partners import CardSeen, card_of
from tejido.network.services.contacts import (
    ContactIn,
    TieIn,
    add_contact,
    add_tie,
    share_contact,
)
from tejido.network.services.partners import CardIn, list_card, save_card
from tejido.network.services.people import PersonIn

FRESNO, FUND = "Orchard Row Outreach", "Poppy Hill Fund"
PERSON, ORGANIZATION = ContactKind.PERSON, ContactKind.ORGANIZATION
LIBRARY = ContactIn(
    ORGANIZATION, "Alder Street Library", also_called="Biblioteca de la calle Alder",
    phone="559-555-0101", email="desk@alder.example.org",
)  # fmt: skip
CONTACTS = [
    ContactIn(PERSON, "Marisela Ávalos", "Mari", "559-555-0102", "mari@alder.example.org", "es"),
    ContactIn(PERSON, "Deshawn Pike", "", "916-555-0103 ext. 12", "", "en", "Grants in spring."),
    ContactIn(PERSON, "Thuy Lam", "Lâm Thúy", "", "thuy@clinic.example.org"),
    ContactIn(PERSON, "Ofelia Nuñez", "", "559-555-0104", "", "es"),
    ContactIn(ORGANIZATION, "Cedar Night Shelter", "", "559-555-0105"),
]
CARDS = {
    "Tower Street Clinic": CardIn(
        (Help.HCV_TREATMENT, Help.WOUND_CARE, Help.MEDICATION), (Help.TRANSPORT,), ("06019",),
        "Walk in on Tuesdays; nobody needs a card.", "the front desk", "559-555-0106",
    ),
    "Orchard Row Outreach": CardIn(
        (Help.NALOXONE, Help.TRANSPORT), (Help.HCV_TREATMENT, Help.LANGUAGE_HELP), ("06019",),
    ),
    "Loom Assistance Center": CardIn((Help.TRAINING, Help.LANGUAGE_HELP), (), (STATEWIDE,)),
    "Camino Training Center": CardIn(
        (Help.TRAINING,), (Help.PLACEMENT_HOST, Help.TRAINING_HOST), ("06037", "06001"),
    ),
    "Open Window Advocates": CardIn((Help.LEGAL,), (Help.SPACE,), ("06001",)),
}  # fmt: skip


def plant_contacts(
    members: Mapping[str, UUID], managers: Mapping[str, PersonIn], *, at: datetime
) -> None:
    """Store the invented contacts of one program. Safe to repeat: what is there stays."""
    member_id, by = members[FRESNO], managers[FRESNO].id
    if all_contacts(member_id, Wanted()):
        return
    act: dict[str, Any] = {"member_id": member_id, "by": by, "at": at}
    library = add_contact(draft=LIBRARY, **act)
    mari, pike, *_rest = [add_contact(draft=draft, **act) for draft in CONTACTS]
    year_ago = local_day(at) - timedelta(days=365)
    add_tie(
        contact_id=mari,
        draft=TieIn("works-for", year_ago, organization=library, title="Librarian"),
        **act,
    )
    board = TieIn("works-for", year_ago, at_member=members[FUND], title="Grants officer")
    add_tie(contact_id=pike, draft=board, **act)
    share_contact(contact_id=mari, on=year_ago, **act)


def plant_cards(
    members: Mapping[str, UUID], managers: Mapping[str, PersonIn], *, at: datetime
) -> None:
    """Store the invented cards for partners. Safe to repeat: what is there stays."""
    for name, draft in CARDS.items():
        member_id, by = members[name], managers[name].id
        if card_of(member_id) == CardSeen():
            save_card(member_id=member_id, draft=draft, by=by, at=at)
            list_card(member_id=member_id, by=by, at=at)
