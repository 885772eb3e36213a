"""Whose line it is: the listing or need that a record belongs to, with its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy

from tejido.directory.queries.subjects import Subject


@dataclass(frozen=True, slots=True)
class Whose:
    """What a line leads to, as `_whose.html` shows it; `own` is the record's other name.

    `is_spanish` is the name's language where there is no English one.
    """

    name: str
    listing: UUID | None = None
    need: str = ""
    own: str = ""
    is_spanish: bool = False


THE_LIST = gettext_lazy("The list itself")
OTHERS = {
    "directory.clock": gettext_lazy("How long it is believed"),
    "directory.pace": gettext_lazy("Time for calls"),
}


def own_name(kind: str, name: str) -> str:
    """Return what a record is called; what is known of a source is about its list."""
    if kind == "directory.source":
        return str(THE_LIST)
    return str(OTHERS.get(kind, name))


def whose(subject: Subject | None, needs: Mapping[str, str], *, own: str = "") -> Whose:
    """Return whose line it is; a record that nothing shows any more has only its own name.

    Args:
        subject: what shows the record, or None.
        needs: id -> label in the page's language.
        own: what the record itself is called, or ''.
    """
    if subject is None:
        return Whose(own)
    name = subject.name or needs.get(subject.need, subject.need)
    other = own if own != name else ""
    return Whose(name, subject.listing, subject.need, other, subject.is_spanish)
