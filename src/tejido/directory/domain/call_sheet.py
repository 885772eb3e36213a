"""What a call to a program asks: each due part of each listing, as it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.desk import DeskListing, Held


class Channel(StrEnum):
    """How somebody asked a program."""

    PHONE = "phone"
    EMAIL = "email"
    VISIT = "visit"
    TEXT = "text"
    LINK = "link"


class Outcome(StrEnum):
    """What came of it; only who was reached can confirm."""

    REACHED = "reached"
    NO_ANSWER = "no-answer"
    WRONG_NUMBER = "wrong-number"


class Answer(StrEnum):
    """What the program said of one line."""

    YES = "yes"
    CHANGED = "changed"
    NOT_ASKED = "not-asked"


# The part of a listing that each field of a sheet is.
GROUP_OF: Mapping[str, FieldGroup] = {
    "schedules": FieldGroup.HOURS,
    "phones": FieldGroup.PHONE,
    "status": FieldGroup.STATUS,
    "attributes": FieldGroup.ELIGIBILITY,
    "address": FieldGroup.ADDRESS,
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One question: a field of one record, for the listing under which it is asked.

    `in_words` says that hours stand there only in words, which somebody has to read first.
    """

    group: FieldGroup
    listing: DeskListing
    held: Held
    field: str

    @property
    def name(self) -> str:
        """Return a name that no other line of a sheet has."""
        return f"{self.field}-{self.held.id}"

    @property
    def in_words(self) -> bool:
        """Say whether nobody has read these hours yet: then there is nothing to confirm."""
        values = self.held.values
        is_hours = self.group is FieldGroup.HOURS
        return is_hours and not values.get("schedules") and bool(values.get("hours_text"))


def sheet_lines(
    listings: Iterable[DeskListing], due: Mapping[UUID, frozenset[FieldGroup]]
) -> list[SheetLine]:
    """Return the questions of a sheet, each field of each record once.

    Args:
        listings: of the program, in order.
        due: id of a listing -> its parts that are due.
    """
    lines: dict[str, SheetLine] = {}
    for listing in listings:
        groups = due.get(listing.service.id, frozenset())
        for group in FieldGroup:
            for held, field in _spots(listing, group) if group in groups else ():
                line = SheetLine(group, listing, held, field)
                lines.setdefault(line.name, line)
    return list(lines.values())


def _spots(listing: DeskListing, group: FieldGroup) -> Iterator[tuple[Held, str]]:
    """Yield each record and field on which a part of a listing stands; see `domain.due`."""
    service, places = listing.service, listing.places
    if group is FieldGroup.STATUS:
        yield service, "status"
    elif group is FieldGroup.ELIGIBILITY:
        yield service, "attributes"
    elif group is FieldGroup.ADDRESS:
        yield from ((place.location, "address") for place in places)
    elif group is FieldGroup.PHONE:
        there = [service, *(each for place in places for each in (place.place, place.location))]
        with_phones = [each for each in there if each.values.get("phones")] or [service]
        yield from ((each, "phones") for each in with_phones)
    else:
        for place in places:
            yield _holder((place.place, service, place.location), service), "schedules"
        if not places:
            yield service, "schedules"


def _holder(nearest_first: tuple[Held, Held, Held], service: Held) -> Held:
    for word in ("schedules", "hours_text"):
        for held in nearest_first:
            if held.values.get(word):
                return held
    return service
