"""Taking in the contacts that people have: looked at before, nothing twice, undone whole."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.foundation.scope import member_scope
from tejido.network.domain.conflicts import WORKS_FOR
from tejido.network.domain.contact_table import (
    Column,
    TableRow,
    language_of,
    proposed,
    read_rows,
)
from tejido.network.domain.contacts import ContactKind, folded
from tejido.network.domain.permissions import Permission
from tejido.network.models import Contact, ContactImport, ContactTie, SharedContact
from tejido.network.queries.access import require
from tejido.network.queries.contact_imports import staying
from tejido.network.services.contact_files import table_of
from tejido.network.services.contact_look import Look, look_through
from tejido.network.services.contacts import ContactIn, ContactRefused, put_contact
from tejido.network.services.events import note_event


def bring_contacts(
    *, member_id: UUID, file_name: str, content: bytes, by: UUID, at: datetime
) -> UUID:
    """Keep a table to look at; nothing is in the book yet. Return its id.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: as `contact_files.table_of`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_CONTACTS)
        table = table_of(content)
        row: ContactImport = ContactImport.objects.create(
            member_id=member_id,
            file_name=file_name[:120],
            first_row=table.first_row,
            rows=table.rows,
            columns=[each.value if each else "" for each in proposed(table.rows[0])],
            brought_by=by,
            brought_at=at,
        )
        return row.id


def choose_columns(
    *, member_id: UUID, import_id: UUID, columns: Sequence[Column | None], by: UUID
) -> None:
    """Keep what a person says that each column holds.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: `import-unknown`, `column-twice`, `name-missing`.
    """
    chosen = [each for each in columns if each]
    if len(set(chosen)) < len(chosen):
        raise ContactRefused("column-twice", _("Two columns hold the same. Choose one of them."))
    if not {Column.NAME, Column.FIRST_NAME, Column.ORGANIZATION} & set(chosen):
        raise ContactRefused("name-missing", _("Choose the column with the names."))
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_CONTACTS)
        row = _open(import_id)
        row.columns = [each.value if each else "" for each in columns]
        row.save()


def look_at(member_id: UUID, import_id: UUID) -> Look:
    """Return what an import would do now. Two queries.

    Raises:
        ContactRefused: `import-unknown`: it is not there, or done.
    """
    with member_scope(member_id):
        row = ContactImport.objects.filter(id=import_id, done_at__isnull=True).first()
        if row is None:
            raise _unknown()
        return _look(row)


def take_in(*, member_id: UUID, import_id: UUID, by: UUID, at: datetime) -> int:
    """Add what is new to the book; return how many. What is known or bad is left out.

    The organization of a person becomes a contact too, and that they work there is known from
    this day on.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: `import-unknown`: it is not there, or was done.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_CONTACTS)
        row = _open(import_id)
        look = _look(row)
        _add(row, look.new, by=by, at=at)
        row.done_at, row.rows = at, []
        row.added, row.organizations = look.people + look.organizations, look.organizations
        row.known, row.bad = look.known + len(look.twice), len(look.bad)
        row.save()
        note_event(member_id=member_id, act="import.contacts", object_id=row.id, by=by, at=at)
        return row.added


def undo_import(*, member_id: UUID, import_id: UUID, by: UUID, at: datetime) -> None:
    """Remove what an import added, at once, but what `staying` names. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: `import-unknown`: it is not there, or was not done.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_CONTACTS)
        rows = ContactImport.objects.select_for_update().filter(id=import_id)
        row = rows.filter(done_at__isnull=False).first()
        if row is None:
            raise _unknown()
        if row.undone_at is None:
            theirs = Contact.objects.filter(brought_in=row, removed_at__isnull=True)
            gone = list(theirs.exclude(id__in=staying(row)).values_list("id", flat=True))
            SharedContact.objects.filter(contact__in=gone).delete()
            Contact.objects.filter(id__in=gone).update(removed_at=at, removed_by=by)
            row.undone_at = at
            row.save()
            note_event(
                member_id=member_id, act="undo.contact-import", object_id=row.id, by=by, at=at
            )


def _look(row: ContactImport) -> Look:
    columns = [Column(each) if each else None for each in row.columns]
    book = Contact.objects.filter(removed_at__isnull=True)
    rows = read_rows(row.rows[1:], columns, first_row=row.first_row + 1)
    return look_through(rows, book.values_list("kind", "name", "email"))


def _add(row: ContactImport, new: Iterable[TableRow], *, by: UUID, at: datetime) -> None:
    """Add rows, organizations first: so nobody's organization is there twice."""
    kept = Contact.objects.filter(kind=ContactKind.ORGANIZATION.value, removed_at__isnull=True)
    there = {folded(each.name): each for each in kept}
    for said in sorted(new, key=lambda each: each.kind is ContactKind.PERSON):
        added = _put(row, said, by=by, at=at)
        if said.kind is ContactKind.ORGANIZATION:
            there.setdefault(folded(said.name), added)
        elif said.organization:
            bare = TableRow(said.number, ContactKind.ORGANIZATION, said.organization)
            key = folded(said.organization)
            if key not in there:
                there[key] = _put(row, bare, by=by, at=at)
            _tie(added, there[key], said.title, since=local_day(at))


def _tie(person: Contact, organization: Contact, title: str, *, since: date) -> None:
    ContactTie.objects.create(
        member_id=person.member_id,
        contact=person,
        kind=WORKS_FOR,
        organization=organization,
        title=title,
        since=since,
    )


def _put(row: ContactImport, said: TableRow, *, by: UUID, at: datetime) -> Contact:
    draft = ContactIn(
        kind=said.kind,
        name=said.name,
        also_called=said.also_called,
        phone=said.phone,
        email=said.email,
        language=language_of(said.language) or "",
        note=said.note,
    )
    contact = Contact(member_id=row.member_id, brought_in=row, added_by=by, added_at=at)
    return put_contact(contact, draft)


def _open(import_id: UUID) -> ContactImport:
    rows = ContactImport.objects.select_for_update().filter(id=import_id)
    row: ContactImport | None = rows.filter(done_at__isnull=True).first()
    if row is None:
        raise _unknown()
    return row


def _unknown() -> ContactRefused:
    return ContactRefused("import-unknown", _("There is no such table here, or it is done."))
