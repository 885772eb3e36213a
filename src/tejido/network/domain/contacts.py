"""The contact book: what a contact is, how it is found, and when two may be one."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from rapidfuzz.fuzz import token_sort_ratio

from tejido.network.domain.conflicts import WORKS_FOR
from tejido.network.domain.members import RelationshipKind

LONGEST_NOTE = 300
# What is said to whoever agrees to be shown; another text is another number.
CONSENT_TEXT = "contact-1"
# Of 100: "Maria Lopez" and "María López-Ruiz" are to be looked at, "Maria" and "Mario" are not.
ALIKE = 86


class ContactKind(StrEnum):
    """Somebody, or an organization."""

    PERSON = "person"
    ORGANIZATION = "organization"


# What a contact can be to an organization or a member.
TIES_OF = {
    ContactKind.PERSON: (WORKS_FOR,),
    ContactKind.ORGANIZATION: (
        RelationshipKind.FUNDS.value,
        RelationshipKind.PARTNERS_WITH.value,
        RelationshipKind.SUPPORTS.value,
        RelationshipKind.RECEIVED_TA_FROM.value,
    ),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a contact is told from others by; '' where nothing is known."""

    id: UUID
    kind: ContactKind
    name: str
    also_called: str = ""
    phone: str = ""
    email: str = ""


def folded(text: str) -> str:
    """Return a text as it is compared: without case, accents and marks, single spaces."""
    # Taken apart first: of one sign such as ℠ only its letters have a case.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = (
        each if each.isalnum() or each in "@.+" else " " for each in plain if not _mark(each)
    )
    return " ".join("".join(letters).split())


def _mark(letter: str) -> bool:
    return unicodedata.combining(letter) != 0


def findable(name: str, also_called: str, email: str) -> str:
    """Return what a search looks through: both names and the address, folded."""
    return folded(f"{name} {also_called} {email}")


def likely_doubles(one: Known, others: Iterable[Known]) -> list[Known]:
    """Return which contacts may be the same as one, the most alike first.

    The same phone number or e-mail address, or names of the same kind that are nearly the same in
    either form, whatever the order of their words. Nobody is merged by this.
    """
    scored = [(_likeness(one, other), other) for other in others if other.id != one.id]
    alike = [(score, other) for score, other in scored if score >= ALIKE]
    ranked = sorted(alike, key=lambda pair: (-pair[0], folded(pair[1].name), pair[1].id))
    return [other for _, other in ranked]


def _likeness(one: Known, other: Known) -> float:
    """Return how alike two contacts are, 0 to 100."""
    if one.email and folded(one.email) == folded(other.email):
        return 100
    if one.kind is not other.kind:
        return 0
    if one.phone and one.phone == other.phone:
        return 99
    return max(
        token_sort_ratio(folded(mine), folded(theirs))
        for mine in _names(one)
        for theirs in _names(other)
    )


def _names(one: Known) -> list[str]:
    return [name for name in (one.name, one.also_called) if name]
