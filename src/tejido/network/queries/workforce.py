"""Who works in the network: people by role and quarter, counts of staff and never of names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Min

from tejido.disclosure.domain.audiences import Counted
from tejido.disclosure.domain.tables import Cell, Levels
from tejido.foundation.days import local_day
from tejido.foundation.quarters import Quarter, quarter_of, quarters_in
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Membership, RoleGrant

CODE = "people-by-role"
# People who are trained or were, are people whom the network helps: they are not staff, and a
# count of one would say who. They are counted where training is reported, by its own rules.
COUNTED = tuple(role for role in Role if role not in {Role.TRAINEE, Role.ALUMNA})


@dataclass(frozen=True, slots=True)
class Works:
    """A person had a role from a day on, until another (None: still has it)."""

    person_id: UUID
    role: Role
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        """Return whether they had it on a day."""
        return self.since <= day and (self.until is None or day < self.until)


def people_by_role(member_id: UUID, *, today: date) -> Counted:
    """Return how many people have each role at a member at the end of each quarter.

    Of the quarter that runs it is how many have it today. A person with two roles counts in
    both. Two queries.
    """
    with member_scope(member_id):
        works = _works()
        first = Membership.objects.aggregate(first=Min("since"))["first"]
    quarters = _quarters(first, today)
    counts = {
        (str(quarter), role.value): len(
            {each.person_id for each in works if each.role is role and each.on(day)}
        )
        for quarter in quarters
        for role in COUNTED
        for day in [min(quarter.ends, today)]
    }
    return _table({cell: count for cell, count in counts.items() if count}, today)


def _table(counts: Mapping[Cell, int], today: date) -> Counted:
    def days_of(cell: Cell) -> tuple[date, date]:
        (quarter,) = quarters_in(cell[0])
        return quarter.begins, min(quarter.ends, today)

    return Counted(
        code=CODE,
        asked=sorted(counts, reverse=True),
        counts=counts,
        levels=[Levels({}), Levels({})],
        days_of=days_of,
        is_of_people_served=False,
    )


def _works() -> list[Works]:
    rows = RoleGrant.objects.filter(role__in=[role.value for role in COUNTED]).select_related(
        "membership"
    )
    return [_work(row) for row in rows]


def _work(row: RoleGrant) -> Works:
    taken = local_day(row.withdrawn_at) if row.withdrawn_at else None
    ends = [day for day in (row.membership.until, taken) if day is not None]
    return Works(
        person_id=row.membership.person_id,
        role=Role(row.role),
        since=max(local_day(row.granted_at), row.membership.since),
        until=min(ends, default=None),
    )


def _quarters(first: date | None, today: date) -> list[Quarter]:
    if first is None:
        return []
    found = [quarter_of(first)]
    while found[-1] < quarter_of(today):
        found.append(found[-1].next)
    return found
