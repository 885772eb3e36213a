"""Keeping the contact book of a member: add, change, remove, undo, say what they do where."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.foundation.errors import Refused
from tejido.foundation.phones import read_phone
from tejido.foundation.scope import member_scope
from tejido.network.domain.contacts import (
    CONSENT_TEXT,
    LONGEST_NOTE,
    TIES_OF,
    ContactKind,
    findable,
)
from tejido.network.domain.permissions import Permission
from tejido.network.models import Contact, ContactTie, Member, SharedContact
from tejido.network.queries.access import require
from tejido.network.services.events import note_event
from tejido.network.services.turns import take_turn


class ContactRefused(Refused):
    """A contact that cannot be stored as asked. Nothing changed."""


@dataclass(frozen=True, slots=True)
class ContactIn:
    """A contact on its way in; '' is what is not known. `phone` is as people write it."""

    kind: ContactKind
    name: str
    also_called: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TieIn:
    """What a contact is to one other: an organization of the book, or a member."""

    kind: str
    since: date
    until: date | None = None
    organization: UUID | None = None
    at_member: UUID | None = None
    title: str = ""


def add_contact(*, member_id: UUID, draft: ContactIn, by: UUID, at: datetime) -> UUID:
    """Store a contact of a member; return its id.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: `name-empty`, `phone-unread`, `note-long`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_CONTACTS)
        row = Contact(member_id=member_id, added_by=by, added_at=at)
        put_contact(row, draft)
        _note("add.contact", row, by=by, at=at)
        return row.id


def change_contact(
    *, member_id: UUID, contact_id: UUID, draft: ContactIn, by: UUID, at: datetime
) -> None:
    """Store a contact anew; what the network sees of it follows.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: `contact-unknown`, `name-empty`, `phone-unread`, `note-long`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_CONTACTS)
        row = _row(contact_id)
        put_contact(row, draft)
        for shared in SharedContact.objects.filter(contact=row):
            _copy(row, shared)
        _note("edit.contact", row, by=by, at=at)


def remove_contact(*, member_id: UUID, contact_id: UUID, by: UUID, at: datetime) -> None:
    """Take a contact out of the book; the network sees it no more, at once. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: `contact-unknown`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_CONTACTS)
        row = _row(contact_id, removed=True)
        if row.removed_at is None:
            SharedContact.objects.filter(contact=row).delete()
            row.removed_at, row.removed_by = at, by
            row.save()
            _note("remove.contact", row, by=by, at=at)


def restore_contact(*, member_id: UUID, contact_id: UUID, by: UUID, at: datetime) -> None:
    """Undo a removal. What was shared is shared again only when it is said again. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: `contact-unknown`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_CONTACTS)
        row = _row(contact_id, removed=True)
        if row.removed_at is not None:
            row.removed_at = row.removed_by = None
            row.save()
            _note("restore.contact", row, by=by, at=at)


def share_contact(*, member_id: UUID, contact_id: UUID, on: date, by: UUID, at: datetime) -> None:
    """Let the whole network see a contact that agreed to it. Safe to repeat.

    Seen are name, phone, e-mail and language; never the note.

    Args:
        member_id: whose contact it is.
        contact_id: the contact.
        on: the day on which they agreed, not after the day of `at`.
        by: the person who heard it.
        at: when it is written down.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: `contact-unknown`, `day-ahead`.
    """
    with transaction.atomic(), member_scope(member_id):
        take_turn(member_id)
        require(by, member_id, Permission.EDIT_CONTACTS)
        row = _row(contact_id)
        if on > local_day(at):
            raise ContactRefused("day-ahead", _("The day on which they agreed is ahead."))
        if not SharedContact.objects.filter(contact=row).exists():
            said = {"consented_on": on, "consent_text": CONSENT_TEXT, "noted_by": by}
            _copy(row, SharedContact(member_id=member_id, contact=row, **said))
            _note("share.contact", row, by=by, at=at)


def unshare_contact(*, member_id: UUID, contact_id: UUID, by: UUID, at: datetime) -> None:
    """Let the network see a contact no more, at once. Safe to repeat.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: `contact-unknown`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_CONTACTS)
        row = _row(contact_id)
        gone, _counts = SharedContact.objects.filter(contact=row).delete()
        if gone:
            _note("unshare.contact", row, by=by, at=at)


def add_tie(*, member_id: UUID, contact_id: UUID, draft: TieIn, by: UUID, at: datetime) -> UUID:
    """Store what a contact is to an organization or a member; return the line's id.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: `contact-unknown`, `tie-unfit`, `other-unknown`, `day-ahead`,
            `ends-before-start`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_CONTACTS)
        row = _row(contact_id)
        _check_tie(row, draft, today=local_day(at))
        tie: ContactTie = ContactTie.objects.create(
            member_id=member_id,
            contact=row,
            kind=draft.kind,
            organization_id=draft.organization,
            at_member_id=draft.at_member,
            title=draft.title.strip(),
            since=draft.since,
            until=draft.until,
        )
        _note("add.contact-role", row, by=by, at=at)
        return tie.id


def end_tie(
    *, member_id: UUID, contact_id: UUID, tie_id: UUID, on: date | None, by: UUID, at: datetime
) -> None:
    """Store the last day of what a contact does somewhere; None lets it go on again.

    Raises:
        MemberUnknown, NotAllowed: `by` may not keep the book there.
        ContactRefused: `contact-unknown`, `tie-unknown`, `ends-before-start`.
    """
    with transaction.atomic(), member_scope(member_id):
        require(by, member_id, Permission.EDIT_CONTACTS)
        row = _row(contact_id)
        tie = ContactTie.objects.select_for_update().filter(id=tie_id, contact=row).first()
        if tie is None:
            raise ContactRefused("tie-unknown", _("There is no such line here."))
        _check_days(tie.since, on)
        tie.until = on
        tie.save()
        _note("end.contact-role" if on else "resume.contact-role", row, by=by, at=at)


def put_contact(row: Contact, draft: ContactIn) -> Contact:
    """Write a contact as said, in the open scope, and return it; the caller has checked who may.

    Raises:
        ContactRefused: `name-empty`, `phone-unread`, `note-long`.
    """
    name, also_called, email = draft.name.strip(), draft.also_called.strip(), draft.email.strip()
    if not name:
        raise ContactRefused("name-empty", _("Write a name."))
    if len(draft.note.strip()) > LONGEST_NOTE:
        raise ContactRefused("note-long", _("Write the note in 300 letters or fewer."))
    read = read_phone(draft.phone.strip()) if draft.phone.strip() else None
    if draft.phone.strip() and read is None:
        raise ContactRefused(
            "phone-unread", _("This is no phone number. Write it with 10 digits.")
        )
    row.kind, row.name, row.also_called, row.email = draft.kind, name, also_called, email
    row.phone, row.extension = (read.number, read.extension) if read else ("", "")
    row.language, row.note = draft.language, draft.note.strip()
    row.findable = findable(name, also_called, email)
    row.save()
    return row


def _copy(row: Contact, shared: SharedContact) -> None:
    shared.kind, shared.name, shared.language = row.kind, row.name, row.language
    shared.phone, shared.extension, shared.email = row.phone, row.extension, row.email
    shared.findable = findable(row.name, "", "")
    shared.save()


def _check_tie(row: Contact, draft: TieIn, *, today: date) -> None:
    if draft.kind not in TIES_OF[ContactKind(row.kind)]:
        raise ContactRefused("tie-unfit", _("Choose what they do there."))
    if draft.since > today:
        raise ContactRefused("day-ahead", _("Say it when it has begun: the first day is ahead."))
    _check_days(draft.since, draft.until)
    if (draft.organization is None) == (draft.at_member is None):
        raise ContactRefused("other-unknown", _("Choose one organization or member."))
    if not (_is_member(draft.at_member) or _is_organization(draft.organization, but=row.id)):
        raise ContactRefused("other-unknown", _("Choose one organization or member."))


def _is_member(member_id: UUID | None) -> bool:
    return member_id is not None and Member.objects.filter(id=member_id).exists()


def _is_organization(contact_id: UUID | None, *, but: UUID) -> bool:
    if contact_id is None or contact_id == but:
        return False
    rows = Contact.objects.filter(id=contact_id, removed_at__isnull=True)
    return bool(rows.filter(kind=ContactKind.ORGANIZATION.value).exists())


def _check_days(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise ContactRefused("ends-before-start", _("The last day is before the first one."))


def _row(contact_id: UUID, *, removed: bool = False) -> Contact:
    rows = Contact.objects.select_for_update().filter(id=contact_id)
    row: Contact | None = (rows if removed else rows.filter(removed_at__isnull=True)).first()
    if row is None:
        raise ContactRefused("contact-unknown", _("There is no such contact here."))
    return row


def _note(act: str, row: Contact, *, by: UUID, at: datetime) -> None:
    note_event(member_id=row.member_id, act=act, object_id=row.id, by=by, at=at)
