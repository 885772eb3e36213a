"""The contacts of a listing as its page at the desk shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.directory.domain.contacts import CONTACTS, contact_mark, public_contact
from tejido.directory.domain.desk import DeskListing, Held
from tejido.directory.domain.public import PublicContact
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.queries.contacts import ConsentSeen, standing_consents
from tejido.directory.web.wording import role_words, short_day
from tejido.foundation.phones import written_phone


class Shown(StrEnum):
    """Whether everybody sees a contact; `CHANGED`: not, because it changed since they agreed."""

    NO = "no"
    YES = "yes"
    CHANGED = "changed"
    HIDDEN_PLACE = "hidden-place"


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact; `of` is whose it is, `agreed` when they agreed and who noted it."""

    id: UUID
    contact: PublicContact
    numbers: str
    mark: str
    of: str
    shown: Shown
    agreed: str


def contact_lines(listing: DeskListing) -> list[ContactLine]:
    """Return the contacts that could be shown, in the order of the listing. At most one query."""
    found = list(_contacts(listing))
    consents = standing_consents([key for key, *_rest in found]) if found else {}
    return [
        ContactLine(
            key,
            contact,
            ", ".join(_number(each.number, each.extension) for each in contact.phones),
            mark,
            _whose(listing, held),
            _shown(listing, held, mark, consents.get(key)),
            _agreed(consents[key]) if key in consents else "",
        )
        for key, contact, mark, held in found
    ]


def _contacts(listing: DeskListing) -> Iterator[tuple[UUID, PublicContact, str, Held]]:
    for held in listing.records:
        rows = [row for row in held.values.get("records", ()) if row["kind"] == CONTACTS]
        for row in sorted(rows, key=lambda row: (row["position"] or 0, row["id"])):
            contact = public_contact(row["fields"])
            if contact is not None:
                yield UUID(row["id"]), contact, contact_mark(row["fields"]), held


def _number(number: str, extension: str) -> str:
    written = written_phone(number)
    return f"{written}, ext. {extension}" if extension else written


def _whose(listing: DeskListing, held: Held) -> str:
    if held.id == listing.organization.id and held.kind == listing.organization.kind:
        return _("Contact of the organization, for each of its listings")
    if held.kind == listing.service.kind:
        return _("Contact of the service")
    return _("Contact of a place")


def _shown(listing: DeskListing, held: Held, mark: str, consent: ConsentSeen | None) -> Shown:
    if consent is None:
        return Shown.NO
    if consent.mark != mark:
        return Shown.CHANGED
    hidden = {
        (each.kind, each.id)
        for place in listing.places
        if place.visibility is not Visibility.PUBLIC
        for each in (place.place, place.location)
    }
    return Shown.HIDDEN_PLACE if (held.kind, held.id) in hidden else Shown.YES


def _agreed(consent: ConsentSeen) -> str:
    who = role_words(consent.role) or _("A person of the network")
    noted = short_day(timezone.localdate(consent.noted_at))
    return _("Agreed on %(day)s. Noted by: %(who)s, %(noted)s.") % {
        "day": short_day(consent.agreed_on),
        "who": who,
        "noted": noted,
    }
