"""Note that a contact agreed to be shown to everybody, or does not want it any more."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.contacts import CONTACTS, contact_mark, public_contact
from tejido.directory.models import ContactConsent, Record
from tejido.directory.services.acts import Actor
from tejido.foundation.errors import Refused


class ConsentRefused(Refused):
    """A consent that cannot be noted."""


@transaction.atomic
def note_consent(
    *, record: UUID, mark: str, agreed_on: date, actor: Actor, on: date, at: datetime
) -> None:
    """Note that a contact agreed, on a day, that everybody sees name, title and numbers.

    An earlier consent of the same contact ends with it.

    Args:
        record: the carried record that holds the contact.
        mark: `domain.contacts.contact_mark` of what was shown to whoever notes it.
        agreed_on: the day on which the contact agreed.
        actor: the person who notes it.
        on: today.
        at: now.

    Raises:
        ConsentRefused: `contact-unknown`: none, or one without name and title;
            `contact-changed`: not what was shown; `agreed-later`: a day to come.
    """
    if actor.person is None or actor.member is None:
        raise ValueError("a person notes a consent, for a member")
    row = Record.objects.select_for_update(of=("self",)).filter(id=record, kind=CONTACTS).first()
    if row is None or public_contact(row.fields) is None:
        raise ConsentRefused("contact-unknown", _("There is no such contact."))
    if contact_mark(row.fields) != mark:
        raise ConsentRefused(
            "contact-changed", _("The contact has changed. Ask whether this may be shown too.")
        )
    if agreed_on > on:
        raise ConsentRefused("agreed-later", _("Enter today or a day before."))
    withdraw_consent(record=record, actor=actor, at=at)
    ContactConsent.objects.create(
        record=record,
        mark=mark,
        agreed_on=agreed_on,
        noted_by=actor.person,
        member=actor.member,
        role=actor.role,
        noted_at=at,
    )


def withdraw_consent(*, record: UUID, actor: Actor, at: datetime) -> bool:
    """End a contact's consent; return whether one stood. Safe to repeat. One query."""
    standing = ContactConsent.objects.filter(record=record, withdrawn_at=None)
    return standing.update(withdrawn_at=at, withdrawn_by=actor.person) > 0
