"""Messages that nobody's act makes, and what is forgotten."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tejido.foundation.holds import HoldReason
from tejido.foundation.models import RoundMade
from tejido.foundation.removing import begin_hold, remove_what_is_over
from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.messages import Kind
from tejido.network.domain.permissions import Permission
from tejido.network.domain.roles import Role
from tejido.network.queries.ways import sent_to, ways_of
from tejido.network.services import outbox
from tejido.network.services.digests import give_up_messages, tell_what_failed, tell_what_waits
from tejido.network.services.outbox import tell_whoever_may
from tejido.network.tasks import Task
from tejido.network.tests.reaching import MORNING, given, reached, rows, sent, somebody, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_on")]


def test_whoever_may_is_told_by_a_task_but_not_who_did_it(valley):
    steward, other, worker = (
        somebody(valley, role, username=name)
        for role, name in (
            (Role.STEWARD, "ana"),
            (Role.STEWARD, "ben"),
            (Role.OUTREACH_WORKER, "cleo"),
        )
    )
    for person in (steward, other, worker):
        reached(person)

    tell_whoever_may(
        permission=Permission.APPROVE_LISTING, kind=Kind.HOURS_WAIT, at=MORNING, but=steward.id
    )
    outbox._tell_whoever_may.func(
        "approve.listing.network", "hours-wait", MORNING.isoformat(), "", str(steward.id)
    )

    assert [row.person_id for row in rows(valley)] == [other.id]


@pytest.fixture
def something_waits(monkeypatch):
    monkeypatch.setattr(
        "tejido.network.tasks._asked", [lambda _member, _roles: [Task("words", "why", "/desk/")]]
    )


@pytest.mark.parametrize("count", [1, 3])
def test_who_can_sign_in_is_asked_once_for_all_of_a_member(valley, something_waits, count):
    for number in range(count):
        somebody(valley, username=f"rosa{number}")

    with CaptureQueriesContext(connection) as asked:
        tell_what_waits(at=MORNING)

    assert sum("accounts_user" in each["sql"] for each in asked.captured_queries) == 1


def test_once_a_day_somebody_is_told_that_something_waits(valley, something_waits):
    rosa = somebody(valley)
    reached(rosa, daily_at=10)
    before = MORNING - timedelta(minutes=30)

    assert tell_what_waits(at=before) == 0
    assert tell_what_waits(at=MORNING) == 1
    assert tell_what_waits(at=MORNING + timedelta(hours=1)) == 0
    sent()
    assert tell_what_waits(at=MORNING + timedelta(days=1)) == 1


def test_nothing_that_waits_makes_no_message(valley, monkeypatch):
    monkeypatch.setattr("tejido.network.tasks._asked", [])
    rosa = somebody(valley)
    reached(rosa)

    assert tell_what_waits(at=MORNING) == 0


def test_coordinators_are_told_of_a_round_that_failed(valley):
    from django_tasks_db.models import DBTaskResult

    RoundMade.objects.create(name="backup", problem="disk-full")

    tell_what_failed(at=MORNING)

    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs["args"][:2] == ["add.member.network", "round-failed"]


def test_after_90_days_what_was_sent_is_forgotten(valley):
    rosa = somebody(valley)
    reached(rosa)
    told(rosa, valley)
    sent()

    remove_what_is_over(MORNING + timedelta(days=90))
    assert len(sent_to(rosa.id)) == 1
    remove_what_is_over(MORNING + timedelta(days=91))

    assert sent_to(rosa.id) == []


def test_on_hold_messages_and_addresses_stay_too(valley):
    rosa = somebody(valley)
    given(rosa)
    ben = somebody(valley, username="ben")
    reached(ben)
    told(ben, valley)
    sent()
    begin_hold(reason=HoldReason.SUBPOENA, by=ben.id, on=MORNING.date())

    remove_what_is_over(MORNING + timedelta(days=400))
    give_up_messages(at=MORNING + timedelta(days=400))

    assert len(sent_to(ben.id)) == 1
    assert ways_of(rosa.id) != {}


def test_an_address_that_was_never_confirmed_goes_after_a_day(valley):
    rosa, ben = somebody(valley), somebody(valley, username="ben")
    given(rosa)
    reached(ben)

    remove_what_is_over(MORNING + timedelta(days=1))
    assert ways_of(rosa.id) != {}
    remove_what_is_over(MORNING + timedelta(days=2))

    assert ways_of(rosa.id) == {}
    assert ways_of(ben.id) != {}


def test_what_nobody_takes_for_three_days_is_given_up(valley, settings):
    rosa = somebody(valley)
    reached(rosa)
    told(rosa, valley)
    settings.MAIL_IS_ON = False

    give_up_messages(at=MORNING + timedelta(days=3, seconds=1))

    assert [(row.state, row.problem) for row in rows(valley)] == [("failed", "late")]


@pytest.mark.postgres
def test_the_database_shows_an_address_to_nobody_but_its_owner(valley):
    rosa = somebody(valley)
    reached(rosa)

    def count():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM network_waytoreach")
            return cursor.fetchone()[0]

    assert count() == 0
    with member_scope(valley.id):
        assert count() == 0
    with person_scope(rosa.id):
        assert count() == 1


def test_nobody_is_looked_for_where_nothing_is_sent(valley, settings):
    from django_tasks_db.models import DBTaskResult

    settings.MAIL_IS_ON = False

    tell_whoever_may(permission=Permission.ADD_MEMBER, kind=Kind.ROUND_FAILED, at=MORNING)

    assert not DBTaskResult.objects.exists()
