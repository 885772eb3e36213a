"""What anybody says is wrong with a listing: words from outside, which change nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tejido.directory.domain.clocks import FieldGroup

# Long enough for a sentence or two, too short for a story about somebody.
LONGEST_NOTE, LONGEST_INSTEAD = 300, 120
# Of one listing, one day and one thing that is wrong; what comes after is only counted. A steward
# learns nothing from a fourth "closed", and a flood fills nothing.
MOST_OF_A_KIND = 3
# Of one day in the whole network; more is no neighbour.
MOST_A_DAY = 500
# After somebody dealt with it: as long as an undo is likely, and a second "closed" may follow.
KEPT_DAYS = 30
# Nobody dealt with it: what was wrong half a year ago says nothing about today.
WAITS_DAYS = 180
# "Closed" on so many different days is an alert: one day may be a holiday, or one person.
ALERT_DAYS = 2


class Wrong(StrEnum):
    """What somebody says is wrong, what harms most first."""

    CLOSED = "closed"
    HOURS = "hours"
    PHONE = "phone"
    ADDRESS = "address"
    OFFER = "offer"
    OTHER = "other"


class Answer(StrEnum):
    """What became of it; nothing yet: it waits."""

    WAITS = "waits"
    CONFIRMED = "confirmed"
    WRITTEN = "written"
    ASIDE = "aside"


# The part of a listing that each is about.
PARTS: Mapping[Wrong, FieldGroup] = {
    Wrong.CLOSED: FieldGroup.STATUS,
    Wrong.HOURS: FieldGroup.HOURS,
    Wrong.PHONE: FieldGroup.PHONE,
    Wrong.ADDRESS: FieldGroup.ADDRESS,
    Wrong.OFFER: FieldGroup.ELIGIBILITY,
}
# What a program says is wrong where it says that a part changed.
WRONG_OF: Mapping[FieldGroup, Wrong] = {part: wrong for wrong, part in PARTS.items()}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody sent.

    Attributes:
        id: of the form, drawn at random when it was shown: what is sent twice is one.
        listing: the public listing: a service at a place, or a service without one.
        service: its service.
        note: in their words, or ''.
        instead: what is right, or ''.
        language: of the page.
    """

    id: UUID
    listing: UUID
    service: UUID
    wrong: Wrong
    note: str
    instead: str
    language: str
