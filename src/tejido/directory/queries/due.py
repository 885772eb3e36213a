"""What is due: programs to call, the most harmful to leave first, and what is left undone."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, DateField, Min, QuerySet, Value, When

from tejido.directory.domain.clocks import CLOCKS, RANKS, Clocks, FieldGroup
from tejido.directory.domain.plan import (
    AHEAD_DAYS,
    DuePlan,
    DueProgram,
    PartDue,
    calls_in_a_month,
    calls_that_fit,
)
from tejido.directory.models import LastConfirmed, Organization
from tejido.directory.queries.clocks import clocks_now, pace_now

# Rows, not ids: an id is in no index that these questions read, and looking each up takes four
# times as long.
PARTS = Count("*")
AT_ONCE = 500
PROGRAMS_SHOWN = 100


def due_plan(*, today: date, most: int = PROGRAMS_SHOWN) -> DuePlan:
    """Return what is due, what fits the team's time, and what is left after a month of it.

    Programs with hours due come before those with only an address due, and so on in the order of
    `domain.clocks.CLOCKS`; among equals those with most due parts, because one call confirms
    them all, then those that waited longest. Ten queries, and one more for each 500 calls a month.

    Args:
        today: the local day.
        most: how many programs to return.
    """
    clocks, pace = clocks_now(), pace_now()
    until = today + timedelta(days=AHEAD_DAYS)
    fits = None
    if pace.minutes_a_week is not None:
        fits = calls_that_fit(minutes=pace.minutes_a_week, minutes_a_sheet=pace.minutes_a_sheet)
    now, within = _by_clock(clocks, today), _by_clock(clocks, until)
    reached = _reached(clocks, until, calls_in_a_month(fits or 0))
    parts = {
        group: PartDue(
            _of(group, now), _of(group, within), _of(group, within) - _of(group, reached)
        )
        for group in FieldGroup
    }
    waiting = due_rows(clocks, today).values("organization").distinct().count()
    shown = most if fits is None else min(fits, most)
    return DuePlan(tuple(_programs(clocks, today, shown)), waiting, fits, until, parts)


def due_programs(*, today: date) -> Iterator[DueProgram]:
    """Return every program that is due, in order."""
    return _programs(clocks_now(), today, None)


def count_due(*, today: date) -> int:
    """Return how many listings of harm reduction have hours that are due. Two queries."""
    rows = due_rows(clocks_now(), today)
    hours = [n for n, clock in enumerate(CLOCKS) if clock.group is FieldGroup.HOURS]
    return rows.filter(clock__in=hours).count()


def due_rows(clocks: Clocks, day: date) -> QuerySet[LastConfirmed]:
    """Return the parts of listings that are due on a day, those nobody confirmed included."""
    # One comparison a row and no OR: the database then reads one index in order, four times as
    # fast as looking each clock up and sorting what it found.
    running = [RANKS[clock] for clock in clocks.days]
    unconfirmed = When(is_confirmed=False, clock__in=running, then=Value(date.max))
    last = [
        When(clock=RANKS[clock], then=Value(day - timedelta(days=days + 1)))
        for clock, days in clocks.days.items()
    ]
    latest = Case(unconfirmed, *last, output_field=DateField())
    return LastConfirmed.objects.filter(since__lte=latest)


def _programs(clocks: Clocks, day: date, most: int | None) -> Iterator[DueProgram]:
    rows = list(_ordered(clocks, day)[:most])
    organizations = [row["organization"] for row in rows]
    names, listings = _names(organizations), _listings(clocks, day, organizations)
    for row in rows:
        yield DueProgram(
            row["organization"],
            names[row["organization"]],
            CLOCKS[row["worst"]],
            row["oldest"],
            row["parts"],
            listings[row["organization"]],
        )


def _ordered(clocks: Clocks, day: date) -> Any:
    return (
        due_rows(clocks, day)
        .values("organization")
        .annotate(
            worst=Min("clock"),
            oldest=Min("since"),
            parts=PARTS,
        )
        .order_by("worst", "-parts", "oldest", "organization")
    )


def _names(ids: list[UUID]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for some in _batches(ids):
        found |= dict(Organization.objects.filter(id__in=some).values_list("id", "name"))
    return found


def _listings(clocks: Clocks, day: date, organizations: list[UUID]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for some in _batches(organizations):
        rows = due_rows(clocks, day).filter(organization__in=some).values("organization")
        counted = rows.order_by().annotate(count=Count("listing", distinct=True))
        found |= {row["organization"]: row["count"] for row in counted}
    return found


def _by_clock(clocks: Clocks, day: date) -> dict[int, int]:
    counted = due_rows(clocks, day).values("clock").order_by().annotate(count=PARTS)
    return {row["clock"]: row["count"] for row in counted}


def _reached(clocks: Clocks, day: date, calls: int) -> dict[int, int]:
    """Return, by clock, how many parts that many calls confirm."""
    found: dict[int, int] = {}
    ordered = _ordered(clocks, day).values_list("organization", flat=True)[:calls]
    for some in _batches(ordered):
        rows = due_rows(clocks, day).filter(organization__in=some)
        for row in rows.values("clock").order_by().annotate(count=PARTS):
            found[row["clock"]] = found.get(row["clock"], 0) + row["count"]
    return found


def _of(group: FieldGroup, counts: dict[int, int]) -> int:
    return sum(count for clock, count in counts.items() if CLOCKS[clock].group is group)


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    rest = iter(ids)
    while some := list(islice(rest, AT_ONCE)):
        yield some
