"""What a table of contacts would do to a book: what is new, what is known, what cannot be."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.foundation.phones import read_phone
from tejido.network.domain.contact_table import LONGEST, Column, TableRow, language_of
from tejido.network.domain.contacts import ContactKind, folded

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SHORTER = _("Write it shorter.")
_WHAT_TO_DO: dict[Column, Promise] = {
    Column.NAME: _("Write a name, or an organization; 120 letters at most."),
    Column.PHONE: _("Write the number with 10 digits, or leave the cell empty."),
    Column.EMAIL: _("Write an address such as name@example.org, or leave the cell empty."),
    Column.LANGUAGE: _("Write English or Spanish, or leave the cell empty."),
}
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What of a row cannot be taken in: the column, what stands there, and what to do."""

    column: Column
    value: str
    todo: Promise


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not taken in, with all its faults, in the order of `Column`."""

    number: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What an import would do.

    Attributes:
        new: rows that come in.
        employers: how many organizations come in only since somebody in `new` works there.
        known: how many rows are in the book already.
        twice: rows that say the same contact as one above them, each with the number of that.
        bad: rows that cannot come in.
    """

    new: tuple[TableRow, ...]
    employers: int
    known: int
    bad: tuple[BadRow, ...]
    twice: tuple[tuple[int, int], ...] = ()

    @property
    def unnamed(self) -> tuple[int, ...]:
        """The rows that come in as an organization, since they name no person."""
        return tuple(row.number for row in self.new if row.kind is ContactKind.ORGANIZATION)

    @property
    def people(self) -> int:
        """How many people come in."""
        return sum(row.kind is ContactKind.PERSON for row in self.new)

    @property
    def organizations(self) -> int:
        """How many organizations come in, with those that somebody works for."""
        return len(self.new) - self.people + self.employers


def look_through(rows: Iterable[TableRow], book: Iterable[tuple[str, str, str]]) -> Look:
    """Return what rows would do to a book.

    Whether a row is known is asked before what is wrong with it: nobody has to mend a number of
    somebody who is there.

    Args:
        rows: of the table.
        book: kind, name and e-mail address of each contact that is in it.
    """
    kept = list(book)
    before = {key for each in kept for key in _keys(*each)}
    new: list[TableRow] = []
    bad: list[BadRow] = []
    above: dict[Key, int] = {}
    twice: list[tuple[int, int]] = []
    known = 0
    for row in rows:
        keys = _keys(row.kind.value, row.name, row.email)
        if before & keys:
            known += 1
        elif same := [above[key] for key in keys if key in above]:
            twice.append((row.number, min(same)))
        elif faults := tuple(_faults(row)):
            bad.append(BadRow(row.number, faults))
        else:
            above |= dict.fromkeys(keys, row.number)
            new.append(row)
    return Look(tuple(new), _employers(new, kept), known, tuple(bad), tuple(twice))


def _employers(new: list[TableRow], kept: list[tuple[str, str, str]]) -> int:
    there = {folded(name) for kind, name, _email in kept if kind == ContactKind.ORGANIZATION}
    there |= {folded(row.name) for row in new if row.kind is ContactKind.ORGANIZATION}
    return len({folded(row.organization) for row in new if row.organization} - there)


def _keys(kind: str, name: str, email: str) -> set[Key]:
    """Return by what a contact is known again: kind and name, and the address."""
    keys: set[Key] = {(kind, folded(name))}
    return keys | {(folded(email),)} if email else keys


def _faults(row: TableRow) -> Iterator[Fault]:
    """Yield everything in a row that cannot be taken in."""
    is_right = {
        Column.NAME: bool(row.name),
        Column.PHONE: not row.phone or read_phone(row.phone) is not None,
        Column.EMAIL: not row.email or bool(_EMAIL.fullmatch(row.email)),
        Column.LANGUAGE: language_of(row.language) is not None,
    }
    for column in Column:
        value = str(getattr(row, column.replace("-", "_"), ""))
        if not is_right.get(column, True) or len(value) > LONGEST.get(column, 254):
            yield Fault(column, value[:80], _WHAT_TO_DO.get(column, _SHORTER))
