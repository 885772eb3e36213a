"""What people said is wrong with listings and nobody has answered yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, Max, Q, QuerySet, Sum, Value, When

from tejido.directory.domain.desk import PAGE_ROWS
from tejido.directory.domain.suggestions import ALERT_DAYS, Answer, Wrong
from tejido.directory.models import Suggestion

# An answer whose act was undone is none.
WAITS = Q(answer=Answer.WAITS.value) | Q(act__state="undone")


@dataclass(frozen=True, slots=True)
class Told:
    """What several people, or one, said of one thing about one listing.

    Attributes:
        listing: the public listing: a service at a place, or a service without one.
        times: how often, with what was only counted.
    """

    listing: UUID
    service: UUID
    wrong: Wrong
    times: int
    last: date
    is_alert: bool


@dataclass(frozen=True, slots=True)
class ToldPage:
    """One page of the queue; pages count from 1. `alerts` are of the whole queue."""

    rows: tuple[Told, ...]
    total: int
    alerts: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Words:
    """What one person said, in their words; both may be ''."""

    id: UUID
    day: date
    note: str
    instead: str
    language: str
    further: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of it, who answered in which role, and when."""

    answer: Answer
    role: str
    on: date


def told_page(*, page: int = 1) -> ToldPage:
    """Return what waits: alerts first, then the newest. Three queries."""
    alerts = alerting()
    rows = _grouped(Suggestion.objects.filter(WAITS), alerts)
    total = len(rows)
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(max(page, 1), pages)
    shown = rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return ToldPage(tuple(shown), total, len(alerts), page, pages)


def told_about(ids: Iterable[UUID]) -> list[Told]:
    """Return what waits about some listings, alerts first. Three queries.

    Args:
        ids: of services and of services at places.
    """
    keys = list(ids)
    about = Q(listing__in=keys) | Q(service__in=keys)
    return _grouped(Suggestion.objects.filter(WAITS & about), alerting())


def told_of(listing: UUID, wrong: Wrong) -> Told | None:
    """Return what waits about one thing of one listing, without alerts. Two queries."""
    return next(iter(_grouped(waiting_rows(listing, wrong), frozenset())), None)


def alerting() -> frozenset[UUID]:
    """Return the listings that were told to be closed on two days. One query.

    What a steward confirmed since counts as a day too, what they put aside or wrote does not.
    """
    rows = Suggestion.objects.filter(wrong=Wrong.CLOSED.value)
    rows = rows.filter(WAITS | Q(answer=Answer.CONFIRMED.value)).order_by()
    days = rows.values("listing").annotate(
        days=Count("day", distinct=True), waits=Count("id", filter=WAITS)
    )
    told = days.filter(days__gte=ALERT_DAYS, waits__gte=1)
    return frozenset(told.values_list("listing", flat=True))


def count_told() -> tuple[int, int]:
    """Return of how many listings something waits, and how many alerts there are. Two queries."""
    waiting = Suggestion.objects.filter(WAITS).aggregate(of=Count("listing", distinct=True))
    return waiting["of"], len(alerting())


def words_of_told(listing: UUID, wrong: Wrong) -> list[Words]:
    """Return what was said, the newest first. One query."""
    rows = waiting_rows(listing, wrong).order_by("-day", "id")
    return [Words(r.id, r.day, r.note, r.instead, r.language, r.further) for r in rows]


def waiting_rows(listing: UUID, wrong: Wrong) -> QuerySet[Suggestion]:
    """Return the rows that wait about one thing of one listing."""
    return Suggestion.objects.filter(WAITS, listing=listing, wrong=wrong.value)


def last_answer(listing: UUID, wrong: Wrong) -> Answered | None:
    """Return what became of it last, None where nothing did. One query."""
    rows = Suggestion.objects.filter(listing=listing, wrong=wrong.value)
    row = rows.exclude(WAITS).order_by("-answered_on", "id").first()
    if row is None or row.answered_on is None:
        return None
    return Answered(Answer(row.answer), row.role, row.answered_on)


def _grouped(rows: QuerySet[Suggestion], alerts: frozenset[UUID]) -> list[Told]:
    is_first = Case(
        When(listing__in=alerts, wrong=Wrong.CLOSED.value, then=Value(0)), default=Value(1)
    )
    grouped = rows.order_by().values("listing", "wrong")
    found = grouped.annotate(
        told=Count("id"),
        more=Sum("further"),
        last=Max("day"),
        rank=is_first,
    ).order_by("rank", "-last", "listing", "wrong")
    services = _services({row["listing"] for row in found})
    return [
        Told(
            row["listing"],
            services[row["listing"]],
            Wrong(row["wrong"]),
            row["told"] + row["more"],
            row["last"],
            row["rank"] == 0,
        )
        for row in found
    ]


def _services(listings: set[UUID]) -> dict[UUID, UUID]:
    """Return of which service each listing was when somebody last spoke of it."""
    rows = Suggestion.objects.filter(listing__in=listings).order_by("day", "id")
    return dict(rows.values_list("listing", "service"))
