"""Work that is done again and again: when it is due, who makes it, what a failure does."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connections
from hypothesis import given
from hypothesis import strategies as st

from tejido.foundation.errors import Refused
from tejido.foundation.models import RoundMade
from tejido.foundation.round import AGAIN, Round, is_due, make_rounds

# Half past one in the afternoon in California.
AT = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hourly(make=lambda _at: None) -> Round:
    return Round("seal", make)


def nightly(make=lambda _at: None) -> Round:
    return Round("forget", make, hour=2)


def test_round_that_was_never_made_is_due() -> None:
    assert is_due(hourly(), done_at=None, begun_at=None, at=AT)


@given(minutes=st.integers(0, 300))
def test_hourly_round_is_due_once_an_hour_lies_behind_it(minutes: int) -> None:
    done = AT - timedelta(minutes=minutes)

    assert is_due(hourly(), done_at=done, begun_at=done, at=AT) == (minutes >= 60)


@given(ago=st.integers(0, 72 * 60), later=st.integers(0, 48 * 60))
def test_nightly_round_is_made_once_a_local_day_and_not_before_its_hour(
    ago: int, later: int
) -> None:
    from django.utils import timezone

    at = AT + timedelta(minutes=later)
    done = at - timedelta(minutes=ago)
    here, then = timezone.localtime(at), timezone.localtime(done)

    due = is_due(nightly(), done_at=done, begun_at=done, at=at)

    assert due == (here.hour >= 2 and then.date() < here.date())


def test_nightly_round_is_made_once_when_clocks_go_back() -> None:
    # 1 November 2026: half past one comes twice in California.
    first = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    made = [first + timedelta(minutes=m) for m in range(0, 24 * 60, 10)]
    done = None
    count = 0
    for moment in made:
        if is_due(nightly(), done_at=done, begun_at=done, at=moment):
            done, count = moment, count + 1

    assert count == 1


def test_round_whose_maker_died_is_made_again_after_half_an_hour() -> None:
    begun = AT - AGAIN
    assert is_due(hourly(), done_at=None, begun_at=begun, at=AT)
    assert not is_due(hourly(), done_at=None, begun_at=begun + timedelta(seconds=1), at=AT)


@pytest.mark.django_db
def test_round_is_made_once_and_again_when_its_time_has_come() -> None:
    made: list[datetime] = []
    work = hourly(made.append)

    for minutes in (0, 10, 59, 60, 61):
        make_rounds([work], at=lambda minutes=minutes: AT + timedelta(minutes=minutes))

    assert made == [AT, AT + HOUR]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (DatabaseError("Rosa's words"), "DatabaseError"),
        (OSError(28, "full"), "OSError"),
        # Of the driver beneath Django's, which is no kind of Django's.
        (psycopg.OperationalError("Rosa's words"), "OperationalError"),
        (sqlite3.DatabaseError("Rosa's words"), "DatabaseError"),
        (RuntimeError("Rosa's words"), "RuntimeError"),
        (Refused("no-room", "There is no room."), "no-room"),
    ],
)
def test_round_that_fails_keeps_no_other_from_being_made_and_is_made_again(
    error: Exception, kept: str
) -> None:
    made: list[str] = []

    def fail(_at: datetime) -> None:
        made.append("failing")
        raise error

    rounds = [hourly(fail), nightly(lambda _at: made.append("other"))]

    assert make_rounds(rounds, at=lambda: AT) == ["forget"]
    assert RoundMade.objects.get(name="seal").problem == kept
    make_rounds(rounds, at=lambda: AT + AGAIN)
    assert made == ["failing", "other", "failing"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_several_servers_make_a_round_once() -> None:
    made: list[int] = []
    together = threading.Barrier(6)

    def serve(number: int) -> None:
        together.wait()
        make_rounds([hourly(lambda _at: made.append(number))], at=lambda: AT)
        connections.close_all()

    threads = [threading.Thread(target=serve, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 1
