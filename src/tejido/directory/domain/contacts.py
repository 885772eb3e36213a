"""Contacts as HSDS has them: what everybody may see of one who agreed, and what they agreed to."""

from collections.abc import Iterator, Mapping
from typing import Any

from tejido.directory.domain.digest import said_digest
from tejido.directory.domain.public import PublicContact, PublicPhone
from tejido.foundation.phones import read_phone

# The field in which HSDS has them.
CONTACTS = "contacts"
# Kinds of numbers that nobody can call or text.
NOT_FOR_PEOPLE = frozenset({"fax", "pager"})


def public_contact(fields: Mapping[str, Any]) -> PublicContact | None:
    """Return what may be shown of a contact, None where it has neither name nor title.

    Args:
        fields: of an HSDS contact as its source wrote them; whatever they hold is read safely.
    """
    name, title = _text(fields.get("name")), _text(fields.get("title"))
    if not name and not title:
        return None
    phones = fields.get("phones")
    rows = phones if isinstance(phones, list) else []
    return PublicContact(name, title, tuple(dict.fromkeys(_phones(rows))))


def contact_mark(fields: Mapping[str, Any]) -> str:
    """Return a mark of everything that a contact says; another one where anything changed."""
    return said_digest(dict(fields))


def _phones(rows: list[Any]) -> Iterator[PublicPhone]:
    for row in rows:
        said = row if isinstance(row, Mapping) else {}
        number, kind = _text(said.get("number")), _text(said.get("type")) or "voice"
        if number and kind not in NOT_FOR_PEOPLE:
            read = read_phone(number)
            extension = _text(said.get("extension")) or (read.extension if read else "")
            yield PublicPhone(read.number if read else number, extension, kind, "")


def _text(value: Any) -> str:
    is_said = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value).strip() if is_said else ""
