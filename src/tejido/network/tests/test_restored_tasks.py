"""What a member is asked to look through after a backup was put back."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from tejido.foundation.backups import begin_epoch, current_epoch
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.queries.access import seen
from tejido.network.restored_tasks import to_look_through
from tejido.network.testing import a_member

pytestmark = pytest.mark.django_db
LEADS = frozenset([Role.PROGRAM_MANAGER])


@pytest.fixture
def member():
    return a_member("Valley Harm Reduction")


def asked(member, roles):
    with member_scope(member.id):
        return list(to_look_through(seen(member), roles))


def put_back(days_ago):
    at = timezone.now() - timedelta(days=days_ago)
    current_epoch(at=at - timedelta(days=9))
    begin_epoch(at=at, restored_from=at - timedelta(hours=2))


def test_nothing_is_asked_of_a_network_that_was_never_put_back(member):
    current_epoch(at=timezone.now())

    assert asked(member, LEADS) == []


def test_who_leads_is_asked_to_look_through_what_may_have_been_withdrawn(member):
    put_back(days_ago=3)

    assert [task.href for task in asked(member, LEADS)] == [
        "/desk/valley-harm-reduction/people/",
        "/desk/valley-harm-reduction/agreements/",
        "/desk/valley-harm-reduction/consents/",
        "/desk/valley-harm-reduction/partners/card/",
    ]


def test_who_may_change_none_of_it_is_asked_nothing(member):
    put_back(days_ago=3)

    assert asked(member, frozenset([Role.TRAINEE])) == []


def test_after_30_days_nobody_is_asked_any_more(member):
    put_back(days_ago=31)

    assert asked(member, LEADS) == []


def test_it_is_asked_in_spanish_too(member):
    put_back(days_ago=1)

    with translation.override("es"):
        (task, *_) = asked(member, LEADS)

    assert task.words.startswith("Revise quiénes trabajan aquí")
    assert "copia de seguridad" in task.why


def test_who_coordinates_the_network_is_asked_about_the_hold_and_what_left_since(member):
    put_back(days_ago=1)

    first, second, *_ = asked(member, frozenset([Role.NETWORK_COORDINATOR]))

    assert first.href == "/desk/valley-harm-reduction/held/"
    assert second.href == "/desk/valley-harm-reduction/directory/unmet/"
    assert "the ledger of releases no longer knows it" in second.words
