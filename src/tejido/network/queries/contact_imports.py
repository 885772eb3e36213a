"""Tables of contacts that somebody brought: what they hold, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tejido.foundation.paging import nearest_page
from tejido.foundation.scope import member_scope
from tejido.network.domain.contact_table import Column
from tejido.network.models import Contact, ContactImport, ContactTie, Event, Person

ROWS = 10
# After one of these a contact holds somebody's work, which an undo must not take.
CHANGES = ("edit.contact", "add.contact-role", "end.contact-role", "resume.contact-role")


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a table.

    Attributes:
        by: who brought it, in their own words; '' where they never worked here.
        added: contacts, people and organizations.
        organizations: of those; None of a table that came in before this was counted.
        known: rows that were in the book already or twice in the file, None as above.
        bad: rows that could not be taken in, None as above.
    """

    id: UUID
    file_name: str
    brought_at: datetime
    by: str
    is_done: bool
    is_undone: bool
    added: int
    organizations: int | None
    known: int | None
    bad: int | None

    @property
    def people(self) -> int:
        """How many people it added."""
        return self.added - (self.organizations or 0)


@dataclass(frozen=True, slots=True)
class ImportSeen:
    """A table with its columns; `columns` says what each holds, None for nothing."""

    brought: Brought
    header: tuple[str, ...]
    columns: tuple[Column | None, ...]


def contact_import(member_id: UUID, import_id: UUID) -> ImportSeen | None:
    """Return a table of a member, or None. Two queries."""
    with member_scope(member_id):
        row = ContactImport.objects.filter(id=import_id).first()
        if row is None:
            return None
        header = tuple(row.rows[0]) if row.rows else ()
        columns = tuple(Column(each) if each else None for each in row.columns)
        return ImportSeen(_brought([row])[0], header, columns)


def contact_imports(member_id: UUID, *, page: int = 1) -> tuple[list[Brought], int, int]:
    """Return a page of a member's tables, the last first; its number, and how many there are.

    Three queries.
    """
    with member_scope(member_id):
        page, pages = nearest_page(page, ContactImport.objects.count(), rows=ROWS)
        # Rows of the tables themselves are long, and not shown.
        rows = ContactImport.objects.defer("rows", "columns").order_by("-brought_at", "id")
        return _brought(list(rows[(page - 1) * ROWS : page * ROWS])), page, pages


def staying(row: ContactImport) -> set[UUID]:
    """Return the contacts of a table that its undo leaves, in the open scope. Three queries.

    Those that somebody changed since it came in, and the organizations where somebody works who
    stays.
    """
    theirs = Contact.objects.filter(brought_in=row, removed_at__isnull=True)
    brought = set(theirs.values_list("id", flat=True))
    since = Event.objects.filter(act__in=CHANGES, happened_at__gte=row.done_at)
    changed = brought.intersection(since.values_list("object_id", flat=True))
    ties = ContactTie.objects.filter(contact__removed_at__isnull=True, until__isnull=True)
    named = ties.filter(organization__brought_in=row).values_list("contact", "organization")
    needed = {other for one, other in named if one in changed or one not in brought}
    return changed | (needed & brought)


def stays(member_id: UUID, import_id: UUID) -> int:
    """Return how many contacts an undo of a table would leave, or left. Four queries."""
    with member_scope(member_id):
        row = ContactImport.objects.filter(id=import_id, done_at__isnull=False).first()
        if row is None:
            return 0
        if row.undone_at:
            return int(Contact.objects.filter(brought_in=row, removed_at__isnull=True).count())
        return len(staying(row))


def has_brought(member_id: UUID) -> bool:
    """Return whether a member brought a table ever. One query."""
    with member_scope(member_id):
        return bool(ContactImport.objects.exists())


def _brought(rows: list[ContactImport]) -> list[Brought]:
    people = Person.objects.filter(id__in={row.brought_by for row in rows})
    names = dict(people.values_list("id", "display_name"))
    return [
        Brought(
            id=row.id,
            file_name=row.file_name,
            brought_at=row.brought_at,
            by=names.get(row.brought_by, ""),
            is_done=row.done_at is not None,
            is_undone=row.undone_at is not None,
            added=row.added,
            organizations=row.organizations,
            known=row.known,
            bad=row.bad,
        )
        for row in rows
    ]
