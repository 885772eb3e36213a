"""What tests of removal keep of members: contacts taken out, messages sent, addresses given."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from tejido.foundation.days import local_day, start_of
from tejido.foundation.scope import member_scope, person_scope
from tejido.network.models import (
    Contact,
    ContactTie,
    Member,
    Membership,
    OutMessage,
    PartnerCard,
    WayToReach,
)
from tejido.network.testing import a_member, a_person

BY = UUID(int=7)


def noon(day: date) -> datetime:
    return start_of(day) + timedelta(hours=12)


def a_removed_contact(day: date) -> None:
    member = Member.objects.get()
    with member_scope(member.id):
        told = {"member": member, "added_by": BY, "added_at": noon(day)}
        gone = told | {"removed_by": BY, "removed_at": noon(day)}
        contact = Contact.objects.create(kind="person", name="Jo", **gone)
        other = Contact.objects.create(kind="organization", name="Clinic", **told)
        for place in ({"at_member": member}, {"organization": other}):
            tie = {"member": member, "kind": "works-for", "since": day, **place}
            ContactTie.objects.create(contact=contact, **tie)


def days_of_removed() -> list[date]:
    with member_scope(Member.objects.get().id):
        gone = Contact.objects.filter(removed_at__isnull=False)
        return [local_day(at) for at in gone.values_list("removed_at", flat=True) if at]


def a_sent_message(day: date) -> None:
    member = Member.objects.get()
    person = a_person(member).id
    with member_scope(member.id):
        times = {"made_at": noon(day), "due_at": noon(day), "ended_at": noon(day)}
        told = {"channel": "mail", "kind": "tasks-wait", "state": "sent", **times}
        OutMessage.objects.create(member=member, person_id=person, **told)


def an_unconfirmed_address(day: date) -> None:
    person = a_person(Member.objects.get()).id
    with person_scope(person):
        told = {"channel": "mail", "address": "a@example.org", "kinds": []}
        WayToReach.objects.create(person_id=person, code_at=noon(day), code_hash="x", **told)


def days_of_addresses() -> list[date]:
    member = Member.objects.get()
    with member_scope(member.id):
        people = list(Membership.objects.values_list("person_id", flat=True))
    found: list[date] = []
    for person in people:
        with person_scope(person):
            own = WayToReach.objects.filter(person_id=person)
            times = own.values_list("code_at", flat=True)
            found += [local_day(at) for at in times if at]
    return found


def _member_that_left(day: date) -> Member:
    member = a_member(f"Left {uuid4().hex}")
    Member.objects.filter(id=member.id).update(until=day)
    return member


def a_book_that_stayed(day: date) -> None:
    member = _member_that_left(day)
    with member_scope(member.id):
        told = {"member": member, "added_by": BY, "added_at": noon(day)}
        Contact.objects.create(kind="person", name="Jo", **told)


def a_card_that_stayed(day: date) -> None:
    member = _member_that_left(day)
    with member_scope(member.id):
        PartnerCard.objects.create(member=member)


def days_of_those_that_left(table: type[Contact] | type[PartnerCard]) -> list[date]:
    found = []
    for member in Member.objects.filter(until__isnull=False):
        with member_scope(member.id):
            found += [member.until for _ in table.objects.all() if member.until]
    return found
