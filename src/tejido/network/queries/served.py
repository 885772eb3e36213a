"""Which counties members serve, and since when: lines of the register."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from tejido.foundation.scope import member_scope, network_scope
from tejido.network.models import ServedCounty


@dataclass(frozen=True, slots=True)
class ServedSeen:
    """A county that a member serves or served; `county_fips` is five digits."""

    id: UUID
    county_fips: str
    since: date
    until: date | None


def served_by(member_id: UUID) -> list[ServedSeen]:
    """Return the counties that a member serves or served, by code and day. One query."""
    with member_scope(member_id):
        rows = ServedCounty.objects.filter(was_mistaken=False)
        return [
            ServedSeen(row.id, row.county_fips, row.since, row.until)
            for row in rows.order_by("county_fips", "since", "id")
        ]


def counties_served(*, on: date) -> dict[UUID, frozenset[str]]:
    """Return which counties each member serves on a day, by member. One query."""
    found: dict[UUID, set[str]] = defaultdict(set)
    with network_scope():
        rows = ServedCounty.objects.filter(was_mistaken=False, since__lte=on)
        going_on = rows.filter(Q(until__isnull=True) | Q(until__gte=on))
        for member_id, county in going_on.values_list("member_id", "county_fips"):
            found[member_id].add(county)
    return {member_id: frozenset(counties) for member_id, counties in found.items()}
