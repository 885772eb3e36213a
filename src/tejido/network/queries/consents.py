"""What people who work in the network agreed to: asked afresh each time it matters."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext

from tejido.foundation.days import local_day
from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.consents import Channel, Purpose, Spoken, Way, holds
from tejido.network.models import Consent, Person
from tejido.network.queries.access import MemberSeen, seen

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """One consent as its person and the member that asked see it.

    Attributes:
        name: what the person is called.
        holds: it counts now.
        can_be_given_again: it was withdrawn, and none came after it for the same.
        noted_at: when it was written down.
        noted_by: who wrote it down in the person's name, '' where they said it themself.
        withdrawn_by: the same of the withdrawal.
    """

    id: UUID
    member: MemberSeen
    person_id: UUID
    name: str
    purpose: Purpose
    channel: Channel
    text_en: str
    text_es: str
    way: Way
    given_on: date
    until: date | None
    withdrawn_at: datetime | None
    holds: bool
    can_be_given_again: bool
    noted_at: datetime
    noted_by: str
    withdrawn_by: str

    @property
    def can_be_mended(self) -> bool:
        """Return whether somebody else noted the withdrawal, and it can be undone."""
        return self.can_be_given_again and bool(self.withdrawn_by)


def consent_to(
    *, member_id: UUID, person_id: UUID, purpose: Purpose, channel: Channel, at: datetime
) -> ConsentSeen | None:
    """Return the consent by which a member may do this with a person now, or None.

    Two queries, and one a member where others wrote it down.
    """
    with member_scope(member_id):
        rows = list(_whole().filter(person_id=person_id, purpose=purpose, channel=channel))
    return next((each for each in _seen_all(rows, at) if each.holds), None)


def consents_of(person_id: UUID, *, at: datetime) -> list[ConsentSeen]:
    """Return all that a person ever agreed to, at any member; the last first.

    Two queries, and one a member where others wrote it down.
    """
    with person_scope(person_id):
        rows = list(_whole().filter(person_id=person_id))
    return _seen_all(rows, at)


def consents_at(member_id: UUID, *, at: datetime) -> list[ConsentSeen]:
    """Return all that people ever agreed to at a member; the last first.

    Two queries, and one a member where others wrote it down.
    """
    with member_scope(member_id):
        rows = list(_whole())
    return _seen_all(rows, at)


def _whole() -> "QuerySet[Consent]":
    rows: QuerySet[Consent] = Consent.objects.select_related("member", "person", "withdrawal")
    return rows.order_by("-noted_at", "id")


def _seen_all(rows: list[Consent], at: datetime) -> list[ConsentSeen]:
    """Return consents, the last first; only the last of its kind can be given again."""
    found: list[ConsentSeen] = []
    kinds = set()
    names = _noters(rows)
    for row in rows:
        kind = (row.member_id, row.person_id, row.purpose, row.channel)
        found.append(_seen(row, at, names, is_last=kind not in kinds))
        kinds.add(kind)
    return found


def _noters(rows: list[Consent]) -> dict[UUID, str]:
    """Return what those are called who wrote down something in somebody else's name.

    They are known at the member where they wrote it, not to the person whom it is about.
    """
    others: dict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        taken_back = {row.withdrawal.withdrawn_by} if hasattr(row, "withdrawal") else set()
        others[row.member_id] |= {row.noted_by, *taken_back} - {row.person_id}
    names: dict[UUID, str] = {}
    for member_id, people in others.items():
        if people:
            with member_scope(member_id):
                known = Person.objects.filter(id__in=people)
                names |= known.values_list("id", "display_name")
    return names


def _other(by: UUID, row: Consent, names: dict[UUID, str]) -> str:
    return "" if by == row.person_id else names.get(by) or gettext("Somebody")


def _seen(row: Consent, at: datetime, names: dict[UUID, str], *, is_last: bool) -> ConsentSeen:
    withdrawn = row.withdrawal.withdrawn_at if hasattr(row, "withdrawal") else None
    spoken = Spoken(row.given_on, row.until, withdrawn)
    return ConsentSeen(
        id=row.id,
        member=seen(row.member),
        person_id=row.person_id,
        name=row.person.display_name,
        purpose=Purpose(row.purpose),
        channel=Channel(row.channel),
        text_en=row.text_en,
        text_es=row.text_es,
        way=Way(row.way),
        given_on=row.given_on,
        until=row.until,
        withdrawn_at=withdrawn,
        holds=holds(spoken, at=at, day=local_day(at)),
        can_be_given_again=is_last and withdrawn is not None,
        noted_at=row.noted_at,
        noted_by=_other(row.noted_by, row, names),
        withdrawn_by=_other(row.withdrawal.withdrawn_by, row, names) if withdrawn else "",
    )
