"""Invented searches that found nothing, in two quarters; the older one is released."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tejido.accounts.queries import account_id
from tejido.directory.domain.unmet_pools import Together
from tejido.directory.queries.unmet import released_unmet, unreleased_quarters
from tejido.directory.services.release_unmet import release_unmet
from tejido.directory.services.unmet import Cell, add_unmet
from tejido.foundation.quarters import Quarter, quarter_of
from tejido.geography.queries.places import counties
from tejido.network.demo import PERSONAS
from tejido.network.domain.roles import Role

CALIFORNIA = ZoneInfo("America/Los_Angeles")
# Searches in vain for a need in a county of a million people, in a quarter.
TYPICAL = {
    "methadone": 34, "buprenorphine": 22, "drug-checking": 18, "detox": 14, "naloxone": 9,
    "shower": 12, "wound-care": 8, "syringes": 7,
}  # fmt: skip


def plant_unmet(*, at: datetime) -> None:
    """Count and release once; safe to repeat."""
    today = at.astimezone(CALIFORNIA).date()
    last = quarter_of(quarter_of(today).begins - timedelta(days=1))
    before = quarter_of(last.begins - timedelta(days=1))
    coordinator = next(one for one in PERSONAS if one.role is Role.NETWORK_COORDINATOR)
    released_by = account_id(coordinator.username)
    if released_by is None or released_unmet() or unreleased_quarters(today=today):
        return
    for quarter in (before, last):
        add_unmet(_searches(quarter))
    release_unmet(
        quarter=before, released_by=released_by, today=today, at=at, together=Together(250_000)
    )


def _searches(quarter: Quarter) -> dict[Cell, int]:
    draw = random.Random(str(quarter))  # noqa: S311 - not a secret
    counts = {
        (need, county.county_fips, quarter.begins): round(
            typical * county.weight / 1e6 * draw.uniform(0.4, 1.6) + draw.uniform(0, 4)
        )
        for need, typical in TYPICAL.items()
        for county in counties()
    }
    return {cell: searches for cell, searches in counts.items() if searches}
