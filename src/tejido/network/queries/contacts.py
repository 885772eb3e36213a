"""The contact book of a member, and what others share of theirs."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tejido.foundation.paging import PAGE_ROWS, nearest_page
from tejido.foundation.scope import member_scope, network_scope
from tejido.network.domain.conflicts import Line, Party, PartyKind, Reason, reasons_between
from tejido.network.domain.contacts import ContactKind, Known, folded, likely_doubles
from tejido.network.models import Contact, ContactTie, SharedContact
from tejido.network.queries.access import MemberSeen, seen
from tejido.network.queries.register import between_members, member


@dataclass(frozen=True, slots=True)
class TieSeen:
    """What a contact is to an organization or a member; `other` is its name."""

    id: UUID
    kind: str
    other: str
    title: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class ContactSeen:
    """A contact as pages show it; '' is what is not known.

    Attributes:
        ties: what they do where, also what ended, the last begun first.
        shared_on: the day on which they agreed that the network sees them, or None.
    """

    id: UUID
    kind: ContactKind
    name: str
    also_called: str
    phone: str
    extension: str
    email: str
    language: str
    note: str
    is_removed: bool
    ties: tuple[TieSeen, ...] = ()
    shared_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the book is looked for; '' asks nothing."""

    words: str = ""
    kind: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of contacts by name; `page` counts from 1."""

    rows: list[ContactSeen]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class SharedSeen:
    """A contact that another member shares, as far as the contact agreed."""

    id: UUID
    by: MemberSeen
    kind: ContactKind
    name: str
    phone: str
    extension: str
    email: str
    language: str
    consented_on: date


def contacts_of(member_id: UUID, wanted: Wanted, *, page: int = 1) -> Found:
    """Return a page of a member's book, by name. Four queries."""
    with member_scope(member_id):
        rows = _narrowed(Contact.objects.filter(removed_at__isnull=True), wanted)
        total = rows.count()
        page, pages = nearest_page(page, total)
        shown = rows.order_by("name", "id")[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
        return Found(_with_ties(list(shown)), page, pages, total)


def all_contacts(member_id: UUID, wanted: Wanted) -> list[ContactSeen]:
    """Return what a table of the book holds, by name. Three queries."""
    with member_scope(member_id):
        rows = _narrowed(Contact.objects.filter(removed_at__isnull=True), wanted)
        return _with_ties(list(rows.order_by("name", "id")))


def contact_at(member_id: UUID, contact_id: UUID) -> ContactSeen | None:
    """Return one contact of a member, removed or not, or None. Three queries."""
    with member_scope(member_id):
        found = _with_ties(list(Contact.objects.filter(id=contact_id)))
        return found[0] if found else None


def organizations_of(member_id: UUID) -> list[tuple[UUID, str]]:
    """Return the organizations in a member's book, by name. One query."""
    with member_scope(member_id):
        rows = Contact.objects.filter(kind=ContactKind.ORGANIZATION.value, removed_at__isnull=True)
        return list(rows.order_by("name", "id").values_list("id", "name"))


def people_in_book(member_id: UUID) -> list[tuple[UUID, str]]:
    """Return everybody and every organization in a member's book, by name. One query."""
    with member_scope(member_id):
        rows = Contact.objects.filter(removed_at__isnull=True).order_by("name", "id")
        return list(rows.values_list("id", "name"))


def doubles_of(member_id: UUID, known: Known) -> list[Known]:
    """Return which contacts of a member may be this one, the most alike first. One query."""
    with member_scope(member_id):
        rows = Contact.objects.filter(removed_at__isnull=True).order_by("id")
        return likely_doubles(known, [_known(row) for row in rows])


def shared_contacts(wanted: Wanted, *, page: int = 1) -> tuple[list[SharedSeen], int, int, int]:
    """Return a page of what members share, by name, with page, pages and total. Two queries."""
    with network_scope():
        rows = _narrowed(SharedContact.objects.select_related("member"), wanted)
        total = rows.count()
        page, pages = nearest_page(page, total)
        shown = rows.order_by("name", "id")[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
        return [_shared(row) for row in shown], page, pages, total


def conflicts_of_contact(
    member_id: UUID, contact_id: UUID, about: UUID, *, on: date
) -> list[Reason]:
    """Return why a contact of a member is not impartial about a member on a day.

    Read are what the own book says of its contacts, and what is said between members. Two
    queries.
    """
    with member_scope(member_id):
        own = [_line(tie) for tie in ContactTie.objects.filter(contact__removed_at__isnull=True)]
    register = [*own, *between_members([about])]
    return reasons_between(register, _contact(contact_id), member(about), on=on)


def _narrowed(rows: Any, wanted: Wanted) -> Any:
    for word in folded(wanted.words).split():
        rows = rows.filter(findable__contains=word)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return rows.filter(language=wanted.language) if wanted.language else rows


def _with_ties(rows: list[Contact]) -> list[ContactSeen]:
    ids = [row.id for row in rows]
    ties: dict[UUID, list[TieSeen]] = {}
    found = ContactTie.objects.filter(contact__in=ids).select_related("organization", "at_member")
    for tie in found.order_by("-since", "id"):
        ties.setdefault(tie.contact_id, []).append(_tie(tie))
    agreed = SharedContact.objects.filter(contact__in=ids).values_list("contact", "consented_on")
    shared = dict(agreed)
    return [_seen(row, tuple(ties.get(row.id, ())), shared.get(row.id)) for row in rows]


def _seen(row: Contact, ties: tuple[TieSeen, ...], shared_on: date | None) -> ContactSeen:
    return ContactSeen(
        id=row.id,
        kind=ContactKind(row.kind),
        name=row.name,
        also_called=row.also_called,
        phone=row.phone,
        extension=row.extension,
        email=row.email,
        language=row.language,
        note=row.note,
        is_removed=row.removed_at is not None,
        ties=ties,
        shared_on=shared_on,
    )


def _tie(row: ContactTie) -> TieSeen:
    other = row.organization or row.at_member
    return TieSeen(row.id, row.kind, other.name if other else "", row.title, row.since, row.until)


def _shared(row: SharedContact) -> SharedSeen:
    return SharedSeen(
        id=row.id,
        by=seen(row.member),
        kind=ContactKind(row.kind),
        name=row.name,
        phone=row.phone,
        extension=row.extension,
        email=row.email,
        language=row.language,
        consented_on=row.consented_on,
    )


def _known(row: Contact) -> Known:
    kind = ContactKind(row.kind)
    return Known(row.id, kind, row.name, row.also_called, row.phone, row.email)


def _line(row: ContactTie) -> Line:
    one = _contact(row.contact_id)
    if row.organization_id:
        return Line(row.kind, one, _contact(row.organization_id), row.since, row.until)
    assert row.at_member_id  # noqa: S101 - the table holds one of the two
    return Line(row.kind, one, member(row.at_member_id), row.since, row.until)


def _contact(contact_id: UUID) -> Party:
    return Party(PartyKind.CONTACT, contact_id)
