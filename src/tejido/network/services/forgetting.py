"""What of members goes when its time is over (`foundation/removing.py`); each in its scope."""

from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from tejido.foundation.days import start_of
from tejido.foundation.scope import member_scope, person_scope
from tejido.foundation.what_is_held import remove_some
from tejido.network.models import (
    Contact,
    ContactImport,
    ContactTie,
    Invitation,
    Member,
    Membership,
    OutMessage,
    PartnerCard,
    SharedContact,
    WayToReach,
)
from tejido.network.queries.members import member_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

    from tejido.foundation.owned import Owned


def drop_contact_tables(before: date, limit: int) -> int:
    """Remove tables of contacts that were brought before a day and never taken in."""
    return _of_every_member(
        lambda: ContactImport.objects.filter(brought_at__lt=start_of(before), done_at=None), limit
    )


def forget_invitations(before: date, limit: int) -> int:
    """Remove invitations whose last day is past; who came by one works here all the same."""
    return _of_every_member(
        lambda: Invitation.objects.filter(expires_at__lt=start_of(before)), limit
    )


def forget_removed_contacts(before: date, limit: int) -> int:
    """Remove contacts that were taken out of a book before a day, with what they did where."""
    count = 0
    for member in member_ids():
        with member_scope(member):
            rows = Contact.objects.filter(removed_at__lt=start_of(before)).order_by("pk")
            # Whoever puts one of them back at this moment waits, or was first.
            held = rows.select_for_update().values_list("pk", flat=True)
            gone = list(held[: limit - count])
            ContactTie.objects.filter(Q(contact__in=gone) | Q(organization__in=gone)).delete()
            Contact.objects.filter(pk__in=gone).delete()
        count += len(gone)
    return count


def forget_messages(before: date, limit: int) -> int:
    """Remove what was sent, given up or dropped before a day."""
    return _of_every_member(
        lambda: OutMessage.objects.filter(ended_at__lt=start_of(before)), limit
    )


def forget_addresses(before: date, limit: int) -> int:
    """Remove addresses that were given before a day and never confirmed."""
    count = 0
    for person in _people():
        with person_scope(person):
            waiting = WayToReach.objects.filter(person_id=person, confirmed_at__isnull=True)
            old = waiting.filter(code_at__lt=start_of(before))
            count += remove_some(old, limit - count)
    return count


def _people() -> list[UUID]:
    found: set[UUID] = set()
    for member in member_ids():
        with member_scope(member):
            found.update(Membership.objects.values_list("person_id", flat=True))
    return sorted(found)


def forget_contact_books(before: date, limit: int) -> int:
    """Remove contacts and tables of them, of members that left before a day."""
    # What hangs on something goes before it.
    return _of_who_left((SharedContact, ContactTie, Contact, ContactImport), before, limit)


def forget_cards(before: date, limit: int) -> int:
    """Remove the cards for partners of members that left before a day."""
    return _of_who_left((PartnerCard,), before, limit)


def _of_who_left(tables: "Iterable[type[Owned]]", before: date, limit: int) -> int:
    gone = Member.objects.filter(until__lt=before).order_by("slug").values_list("id", flat=True)
    count = 0
    for member, table in product(list(gone), tables):
        with member_scope(member):
            count += remove_some(table.objects.all(), limit - count)
        if count >= limit:
            break
    return count


def _of_every_member(rows: "Callable[[], QuerySet[Any]]", limit: int) -> int:
    count = 0
    for member in member_ids():
        with member_scope(member):
            count += remove_some(rows(), limit - count)
    return count
