"""Counting needs that nobody near could meet."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F

from tejido.directory.models import UnmetNeed
from tejido.foundation.scope import network_scope

Cell = tuple[str, str, date]


def add_unmet(counts: Mapping[Cell, int]) -> None:
    """Add searches to their cells of need, county (FIPS) and day; all of them or none.

    Raises:
        django.db.Error: the database is away, busy, or another process made the same cell at
            this moment; nothing was added, and the same counts may be added later.
    """
    with transaction.atomic(), network_scope():
        for (concept, county_fips, day), searches in counts.items():
            cell = {"concept": concept, "county_fips": county_fips, "day": day}
            if not UnmetNeed.objects.filter(**cell).update(searches=F("searches") + searches):
                UnmetNeed.objects.create(**cell, searches=searches)
