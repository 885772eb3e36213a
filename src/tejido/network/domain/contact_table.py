"""Contacts in a table that somebody has: what its columns mean, and what each row says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tejido.network.domain.contacts import LONGEST_NOTE, ContactKind, folded


class Column(StrEnum):
    """What a column of the table can hold; one that is left out holds nothing for us."""

    NAME = "name"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"
    ALSO_CALLED = "also-called"
    ORGANIZATION = "organization"
    TITLE = "title"
    PHONE = "phone"
    EMAIL = "email"
    LANGUAGE = "language"
    NOTE = "note"


# Headings as people write them, folded; English and Spanish.
HEADINGS: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: ("name", "full name", "contact", "contact name", "nombre completo", "contacto"),
    Column.FIRST_NAME: ("first name", "given name", "nombre", "nombres", "primer nombre"),
    Column.LAST_NAME: ("last name", "surname", "family name", "apellido", "apellidos"),
    Column.ALSO_CALLED: ("also called", "nickname", "alias", "apodo", "tambien se llama"),
    Column.ORGANIZATION: (
        *("organization", "organisation", "company", "agency", "program", "employer"),
        *("organizacion", "empresa", "agencia", "programa", "institucion"),
    ),
    Column.TITLE: ("title", "job title", "role", "position", "cargo", "puesto", "funcion"),
    Column.PHONE: (
        *("phone", "phone number", "telephone", "mobile", "cell", "work phone", "tel"),
        *("telefono", "celular", "movil", "numero de telefono"),
    ),
    Column.EMAIL: (
        *("e mail", "email", "email address", "mail"),
        *("correo", "correo electronico", "direccion de correo"),
    ),
    Column.LANGUAGE: ("language", "preferred language", "idioma", "lengua"),
    Column.NOTE: ("note", "notes", "comments", "nota", "notas", "comentarios"),
}
_MEANT = {heading: column for column, headings in HEADINGS.items() for heading in headings}
_LANGUAGES = {
    **dict.fromkeys(("en", "english", "ingles"), "en"),
    **dict.fromkeys(("es", "spanish", "espanol", "castellano"), "es"),
}
LONGEST = {
    Column.NAME: 120,
    Column.ORGANIZATION: 120,
    Column.ALSO_CALLED: 120,
    Column.TITLE: 80,
    Column.NOTE: LONGEST_NOTE,
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a row says of one contact, '' for nothing; `number` counts as a sheet does."""

    number: int
    kind: ContactKind
    name: str
    also_called: str = ""
    organization: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    note: str = ""


def proposed(header: Sequence[str]) -> list[Column | None]:
    """Return what each column seems to hold by its heading; None where that is not known.

    No meaning is proposed twice: the first column that has it keeps it.
    """
    found: list[Column | None] = []
    for heading in header:
        meant = _MEANT.get(folded(heading))
        found.append(None if meant in found else meant)
    return found


def read_rows(
    rows: Iterable[Sequence[str]], columns: Sequence[Column | None], *, first_row: int
) -> list[TableRow]:
    """Return what the rows below the heading say, empty ones left out.

    Args:
        rows: of the table.
        columns: what each holds.
        first_row: the number of the first of them, as a sheet counts.
    """
    said = ((number, _said(row, columns)) for number, row in enumerate(rows, start=first_row))
    return [_row(number, cells) for number, cells in said if cells]


def language_of(text: str) -> str | None:
    """Return en or es, '' for an empty cell, None for what is neither."""
    return _LANGUAGES.get(folded(text)) if text else ""


def _said(row: Sequence[str], columns: Sequence[Column | None]) -> dict[Column, str]:
    cells = zip(columns, row, strict=False)
    stripped = ((column, " ".join(text.split())) for column, text in cells if column)
    return {column: text for column, text in stripped if text}


def _row(number: int, cells: Mapping[Column, str]) -> TableRow:
    """A row without a person's name is the organization itself."""
    two = (cells.get(Column.FIRST_NAME, ""), cells.get(Column.LAST_NAME, ""))
    person = cells.get(Column.NAME) or " ".join(part for part in two if part)
    organization = cells.get(Column.ORGANIZATION, "")
    return TableRow(
        number=number,
        kind=ContactKind.PERSON if person or not organization else ContactKind.ORGANIZATION,
        name=person or organization,
        also_called=cells.get(Column.ALSO_CALLED, ""),
        organization=organization if person else "",
        title=cells.get(Column.TITLE, ""),
        phone=cells.get(Column.PHONE, ""),
        email=cells.get(Column.EMAIL, ""),
        language=cells.get(Column.LANGUAGE, ""),
        note=cells.get(Column.NOTE, ""),
    )
