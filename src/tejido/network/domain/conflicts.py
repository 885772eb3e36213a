"""Why somebody or some organization may not be impartial: what stands between two parties."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from tejido.network.domain.members import RelationshipKind

WORKS_FOR = "works-for"
# Sending people to each other, or working in the same county, is what programs are for.
NO_INTEREST = frozenset({RelationshipKind.REFERS_TO.value})


class PartyKind(StrEnum):
    """Whom the register speaks of."""

    PERSON = "person"
    MEMBER = "member"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """Somebody, or an organization."""

    kind: PartyKind
    id: UUID


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register: `one` does something for, or with, `other`.

    Attributes:
        kind: a `RelationshipKind`, or `works-for`.
        since: the first day.
        until: the last day, or None while it goes on.
    """

    kind: str
    one: Party
    other: Party
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether it stands on a day; the first and the last day count."""
        return self.since <= on and (self.until is None or on <= self.until)

    def beyond(self, party: Party) -> Party | None:
        """Return the party at the other end, or None where this one is at neither."""
        if party == self.one:
            return self.other
        return self.one if party == self.other else None


Reason = tuple[Line, ...]


def reasons_between(lines: Iterable[Line], one: Party, other: Party, *, on: date) -> list[Reason]:
    """Return why two parties are not strangers on a day, what is closest first.

    Args:
        lines: of the register, in any order.
        one: a party.
        other: another party; nobody conflicts with themselves.
        on: the day.

    Returns:
        Of each reason the line that joins both, or two lines that meet in a third party: the
        first touches `one`, the second `other`. The same in whichever order they are named.
    """
    if one == other:
        return []
    standing = [line for line in lines if line.holds(on) and line.kind not in NO_INTEREST]
    direct: list[Reason] = [(line,) for line in standing if line.beyond(one) == other]
    from_one = [(line, end) for line in standing if (end := line.beyond(one)) not in (None, other)]
    from_other = [
        (line, end) for line in standing if (end := line.beyond(other)) not in (None, one)
    ]
    at_one_remove: list[Reason] = [
        (near, far) for near, middle in from_one for far, end in from_other if middle == end
    ]
    return [*sorted(direct, key=_order), *sorted(at_one_remove, key=_order)]


def _order(reason: Reason) -> list[tuple[date, str, Party, Party]]:
    return [(line.since, line.kind, line.one, line.other) for line in reason]
