"""What people said is wrong with listings and nobody has answered yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum

from tejido.directory.domain.suggestions import ALERT_DAYS, Answer, Wrong
from tejido.directory.models import Suggestion
from tejido.directory.queries.standing import Standing
from tejido.foundation.paging import PAGE_ROWS, nearest_page

# An answer whose act was undone is none.
WAITS = Q(answer=Answer.WAITS.value) | Q(act__state="undone")


@dataclass(frozen=True, slots=True)
class Told:
    """What several people, or one, said of one thing about one listing.

    Attributes:
        listing: the public listing: a service at a place, or a service without one; where it
            became part of another one, that one.
        times: how often, with what was only counted.
        by_program: the program itself is among those who said it.
    """

    listing: UUID
    service: UUID
    wrong: Wrong
    times: int
    last: date
    is_alert: bool
    by_program: bool = False


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
    """What one person said, in their words; both may be ''.

    `record` is what the program itself said it of, by its link; None where others said it.
    """

    id: UUID
    day: date
    note: str
    instead: str
    language: str
    further: int
    record: UUID | None = None

    @property
    def by_program(self) -> bool:
        """Say whether the program itself said it."""
        return self.record is not None


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of it, who answered in which role, and when."""

    answer: Answer
    role: str
    on: date


def told_page(*, page: int = 1) -> ToldPage:
    """Return what waits: what programs said themselves, alerts, then the newest. Four queries."""
    standing = Standing.stored()
    alerts = _alerting(standing)
    rows = _grouped(Suggestion.objects.filter(WAITS), alerts, standing)
    total = len(rows)
    page, pages = nearest_page(page, total)
    shown = rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return ToldPage(tuple(shown), total, len(alerts), page, pages)


def told_about(ids: Iterable[UUID]) -> list[Told]:
    """Return what waits about some listings, in the order of `told_page`. Four queries.

    Args:
        ids: of services and of services at places.
    """
    standing = Standing.stored()
    keys = [name for key in ids for name in standing.names(key)]
    about = Q(listing__in=keys) | Q(service__in=keys)
    return _grouped(Suggestion.objects.filter(WAITS & about), _alerting(standing), standing)


def told_of(listing: UUID, wrong: Wrong) -> Told | None:
    """Return what waits about one thing of one listing, without alerts. Four queries."""
    rows = waiting_rows(listing, wrong)
    return next(iter(_grouped(rows, frozenset(), Standing.stored())), None)


def alerting() -> frozenset[UUID]:
    """Return the listings that were told to be closed on two days. Two queries.

    What a steward confirmed since counts as a day too, what they put aside or wrote does not.
    What was said of a listing before it became part of another counts for that one.
    """
    return _alerting(Standing.stored())


def count_told() -> tuple[int, int]:
    """Return of how many listings people say that something is wrong, and how many alerts.

    What programs said themselves is counted by `queries.program_words`. Three queries.
    """
    standing = Standing.stored()
    waiting = (
        Suggestion.objects.filter(WAITS, call=None).order_by().values_list("listing", flat=True)
    )
    return len(set(map(standing.of, waiting.distinct()))), len(_alerting(standing))


def rows_about(listing: UUID, wrong: Wrong) -> QuerySet[Suggestion]:
    """Return the rows about one thing of one listing, under each id that it had. One query."""
    names = Standing.stored().names(listing)
    return Suggestion.objects.filter(listing__in=names, wrong=wrong.value)


def words_of_told(listing: UUID, wrong: Wrong) -> list[Words]:
    """Return what was said, the newest first. Two queries."""
    standing = Standing.stored()
    return list(words_of_each([listing], standing).get((standing.of(listing), wrong), ()))


def words_of_each(
    listings: Iterable[UUID], standing: Standing
) -> dict[tuple[UUID, Wrong], tuple[Words, ...]]:
    """Return what was said of each thing of some listings, the newest first. One query."""
    names = {name for key in listings for name in standing.names(key)}
    rows = Suggestion.objects.filter(WAITS, listing__in=names).order_by("-day", "id")
    said: dict[tuple[UUID, Wrong], tuple[Words, ...]] = {}
    for row in rows:
        thing = standing.of(row.listing), Wrong(row.wrong)
        told = (row.note, row.instead, row.language, row.further, row.record)
        said[thing] = (*said.get(thing, ()), Words(row.id, row.day, *told))
    return said


def waiting_rows(listing: UUID, wrong: Wrong) -> QuerySet[Suggestion]:
    """Return the rows that wait about one thing of one listing."""
    return rows_about(listing, wrong).filter(WAITS)


def last_answer(listing: UUID, wrong: Wrong) -> Answered | None:
    """Return what became of it last, None where nothing did. Two queries."""
    row = rows_about(listing, wrong).exclude(WAITS).order_by("-answered_on", "id").first()
    if row is None or row.answered_on is None:
        return None
    return Answered(Answer(row.answer), row.role, row.answered_on)


def _alerting(standing: Standing) -> frozenset[UUID]:
    # A program that says so itself stands above every alert anyway.
    rows = Suggestion.objects.filter(wrong=Wrong.CLOSED.value, call=None)
    rows = rows.filter(WAITS | Q(answer=Answer.CONFIRMED.value)).order_by()
    told = rows.values("listing", "day").annotate(waits=Count("id", filter=WAITS))
    days: dict[UUID, set[date]] = {}
    waiting: set[UUID] = set()
    for row in told:
        listing = standing.of(row["listing"])
        days.setdefault(listing, set()).add(row["day"])
        if row["waits"]:
            waiting.add(listing)
    return frozenset(key for key in waiting if len(days[key]) >= ALERT_DAYS)


def _grouped(
    rows: QuerySet[Suggestion], alerts: frozenset[UUID], standing: Standing
) -> list[Told]:
    grouped = rows.order_by().values("listing", "wrong")
    counted = {"told": Count("id"), "more": Sum("further"), "last": Max("day")}
    found = list(grouped.annotate(**counted, program=Count("call")))
    services = _services({row["listing"] for row in found})
    things: dict[tuple[UUID, Wrong], list[Any]] = {}
    for row in found:
        thing = standing.of(row["listing"]), Wrong(row["wrong"])
        service = standing.of(services[row["listing"]])
        things.setdefault(thing, []).append(row | {"service": service})
    told = [_told(thing, parts, alerts) for thing, parts in things.items()]
    return sorted(told, key=_most_urgent_first)


def _told(thing: tuple[UUID, Wrong], parts: list[Any], alerts: frozenset[UUID]) -> Told:
    """Return one thing with what was said of it under each id that its listing had."""
    (listing, wrong), last = thing, max(parts, key=itemgetter("last"))
    times = sum(part["told"] + part["more"] for part in parts)
    is_alert = wrong is Wrong.CLOSED and listing in alerts
    by_program = any(part["program"] for part in parts)
    return Told(listing, last["service"], wrong, times, last["last"], is_alert, by_program)


def _most_urgent_first(told: Told) -> tuple[bool, bool, int, UUID, str]:
    last = -told.last.toordinal()
    return not told.by_program, not told.is_alert, last, told.listing, told.wrong.value


def _services(listings: set[UUID]) -> dict[UUID, UUID]:
    """Return of which service each listing was when somebody last spoke of it."""
    rows = Suggestion.objects.filter(listing__in=listings).order_by("day", "id")
    return dict(rows.values_list("listing", "service"))
