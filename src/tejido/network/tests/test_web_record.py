"""What was done and looked at in a member's name, as those who lead there read it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tejido.accounts.testing import an_account
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Event
from tejido.network.queries.record import ROWS, record_of
from tejido.network.services.audit import seal_all
from tejido.network.services.people import grant_role
from tejido.network.services.reads import note_read
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def member():
    return a_member()


@pytest.fixture
def manager(client, member):
    account = an_account("dolores")
    a_person(member, Role.PROGRAM_MANAGER, name="Dolores", id=account.id)
    client.force_login(account)
    return account


def address(member):
    return reverse("network:record", args=[member.slug])


def shown(client, member):
    return " ".join(client.get(address(member)).content.decode().split())


def looks(member):
    with member_scope(member.id):
        return Event.objects.filter(act="view.people").count()


def test_who_gave_which_role_to_whom_is_told_with_the_name(client, member, manager):
    rosa = a_person(member, name="Rosa")
    with member_scope(member.id):
        membership = rosa_at(member, rosa)
    grant_role(
        member_id=member.id, membership_id=membership, role=Role.RECRUITER, by=manager.id, at=NOON
    )

    page = shown(client, member)

    assert "Dolores" in page
    assert "gave Rosa the role Recruiter" in page
    assert "Within the hour" in page


def rosa_at(member, person):
    from tejido.network.models import Membership

    return Membership.objects.get(member=member, person=person).id


def test_the_hour_is_that_of_california(client, member, manager):
    night = datetime(2026, 11, 21, 2, tzinfo=UTC)
    note_read(member_id=member.id, act="view.people", object_id=member.id, by=manager.id, at=night)

    assert "Nov 20, 2026, 6:00 pm" in shown(client, member)


def test_a_look_at_who_works_here_is_told(client, member, manager):
    client.get(reverse("network:people", args=[member.slug]))

    assert "looked at who works here" in shown(client, member)
    assert "looked at this record" in shown(client, member)


def test_somebody_who_goes_back_and_forth_looks_once_an_hour(member, manager):
    look = {"member_id": member.id, "act": "view.people", "object_id": member.id, "by": manager.id}
    for minutes in (0, 1, 59):
        note_read(**look, at=NOON + timedelta(minutes=minutes))
    assert looks(member) == 1

    note_read(**look, at=NOON + timedelta(minutes=61))

    assert looks(member) == 2


def test_two_people_are_two_looks(member, manager):
    for by in (manager.id, member.id):
        note_read(member_id=member.id, act="view.people", object_id=member.id, by=by, at=NOON)

    assert looks(member) == 2


def test_what_is_sealed_says_so(client, member, manager):
    note_read(member_id=member.id, act="view.people", object_id=member.id, by=manager.id, at=NOON)
    seal_all(at=NOON + timedelta(hours=1))

    assert [row.is_sealed for row in record_of(member.id).rows] == [True]


def test_a_person_of_another_member_is_not_named(client, member, manager):
    stranger = a_person(a_member("Coast Harm Reduction"), Role.NETWORK_COORDINATOR, name="Inez")
    note_read(member_id=member.id, act="view.people", object_id=member.id, by=stranger.id, at=NOON)

    page = shown(client, member)

    assert "Inez" not in page
    assert "Somebody of another member" in page


def test_the_record_comes_in_pages_and_a_page_beyond_the_end_is_the_last(member, manager):
    with member_scope(member.id):
        Event.objects.bulk_create(
            Event(member=member, act="view.people", object_id=member.id, happened_at=NOON)
            for _ in range(ROWS + 1)
        )

    assert len(record_of(member.id).rows) == ROWS
    last = record_of(member.id, page=9)
    assert (last.page, last.pages, len(last.rows)) == (2, 2, 1)


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999"])
def test_a_page_that_is_none_is_answered_calmly(client, member, manager, page):
    assert client.get(address(member), {"page": page}).status_code == 200


def test_however_much_happened_the_page_asks_as_often(member, manager):
    asked = []
    for more in (1, 30):
        with member_scope(member.id):
            Event.objects.bulk_create(
                Event(member=member, act="view.people", object_id=member.id, happened_at=NOON)
                for _ in range(more)
            )
        with CaptureQueriesContext(connection) as queries:
            record_of(member.id)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_in_spanish_too(client, member, manager):
    manager.language = "es"
    manager.save()

    assert "Qué se hizo y qué se miró" in shown(client, member)
    assert "miró este registro" in shown(client, member)
