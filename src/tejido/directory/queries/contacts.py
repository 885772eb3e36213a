"""Who agreed to be shown, and which contacts everybody may see because of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tejido.directory.domain.contacts import CONTACTS, contact_mark, public_contact
from tejido.directory.domain.public import PublicContact
from tejido.directory.models import ContactConsent, Record

ROWS_AT_ONCE = 500
OWNERS = ("service_at_location", "location", "service", "organization")
# A word of OWNERS and the id of such a record.
Owner = tuple[str, UUID]
Agreed = Mapping[Owner, tuple[PublicContact, ...]]


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """When a contact agreed and who noted it; `mark` is of what they agreed to."""

    agreed_on: date
    noted_at: datetime
    role: str
    mark: str


def standing_consents(record_ids: Iterable[UUID]) -> dict[UUID, ConsentSeen]:
    """Return the consents that nobody withdrew, by the id of the contact's record. One query."""
    rows = ContactConsent.objects.filter(record__in=list(record_ids), withdrawn_at=None)
    return {
        row.record: ConsentSeen(row.agreed_on, row.noted_at, row.role, row.mark) for row in rows
    }


def agreed_contacts() -> Agreed:
    """Return the contacts who agreed to be shown as they stand now, by what they hang on.

    One that changed since is not among them. One query, and one more for each 500 consents.
    """
    marks = dict(ContactConsent.objects.filter(withdrawn_at=None).values_list("record", "mark"))
    ids, found = list(marks), dict[Owner, tuple[PublicContact, ...]]()
    for start in range(0, len(ids), ROWS_AT_ONCE):
        rows = Record.objects.filter(pk__in=ids[start : start + ROWS_AT_ONCE], kind=CONTACTS)
        for row in rows.order_by("position", "id"):
            contact = public_contact(row.fields)
            if contact is not None and contact_mark(row.fields) == marks[row.pk]:
                for owner in _owners(row):
                    found[owner] = (*found.get(owner, ()), contact)
    return found


def contacts_among(agreed: Agreed, owners: Iterable[Owner]) -> tuple[PublicContact, ...]:
    """Return the contacts of some records, each once, in the order of the records."""
    return tuple(dict.fromkeys(each for owner in owners for each in agreed.get(owner, ())))


def _owners(row: Record) -> list[Owner]:
    held: list[tuple[str, Any]] = [(word, getattr(row, f"{word}_id")) for word in OWNERS]
    return [(word, key) for word, key in held if key is not None]
