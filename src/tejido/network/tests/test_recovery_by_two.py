"""Two who lead open an account: both still lead, and neither is the other's second account."""

from datetime import timedelta

import pytest

from tejido.foundation.scope import member_scope
from tejido.network.domain.recovery import LED_FOR
from tejido.network.domain.roles import Role
from tejido.network.models import RoleGrant
from tejido.network.queries.recovery import others_who_can_confirm
from tejido.network.services.invitations import NewAccount, accept_with_new_account, invite
from tejido.network.services.leaving import end_membership
from tejido.network.services.people import grant_role, withdraw_role
from tejido.network.services.recovery import start_elsewhere
from tejido.network.testing import MORNING, TODAY
from tejido.network.tests.recovering import (
    LATER,
    User,
    confirm,
    membership_of,
    refused,
    somebody,
    start,
)

pytestmark = pytest.mark.django_db


def test_what_somebody_started_who_left_is_stopped(valley, ana, dolores, noor):
    recovery_id = start(valley, ana, dolores)
    end_membership(
        member_id=valley.id,
        membership_id=membership_of(valley, dolores),
        on=TODAY,
        by=noor.id,
        at=MORNING,
    )

    assert refused(confirm, valley, recovery_id, noor) == "recovery-over"


def test_whoever_started_and_leads_no_more_does_not_count(valley, ana, dolores, noor):
    recovery_id = start(valley, ana, dolores)
    with member_scope(valley.id):
        grant = RoleGrant.objects.get(membership__person=dolores)
    grant_role(
        member_id=valley.id,
        membership_id=grant.membership_id,
        role=Role.STEWARD,
        by=noor.id,
        at=MORNING,
    )
    withdraw_role(member_id=valley.id, grant_id=grant.id, by=noor.id, at=MORNING)

    assert refused(confirm, valley, recovery_id, noor) == "starter-gone"


def test_whoever_started_and_cannot_sign_in_any_more_does_not_count(valley, ana, dolores, noor):
    recovery_id = start(valley, ana, dolores)
    User.objects.filter(id=dolores.id).update(is_active=False)

    assert refused(confirm, valley, recovery_id, noor) == "starter-gone"


def test_what_somebody_started_who_left_can_be_started_anew(valley, ana, dolores, noor):
    recovery_id = start(valley, ana, dolores)
    third = somebody(valley, "third", Role.PROGRAM_MANAGER)
    User.objects.filter(id=dolores.id).update(is_active=False)

    again = start(valley, ana, noor, at=LATER)

    assert again != recovery_id
    assert confirm(valley, again, third).username == "ana"


def test_whoever_started_for_the_network_counts_while_they_coordinate_it(
    valley, coalition, inez, dolores, noor
):
    """At the member itself they have no role."""
    recovery_id = start_elsewhere(
        username="dolores", acting_for=coalition.id, by=inez.id, at=MORNING
    )

    assert confirm(valley, recovery_id, noor).username == "dolores"


@pytest.fixture
def puppet(valley, dolores):
    """Return the second account of Dolores, which she invited herself."""
    _id, token = invite(
        member_id=valley.id, called="x", roles=[Role.PROGRAM_MANAGER], by=dolores.id, at=LATER
    )
    account = NewAccount("X", "puppet", "kelp lantern quarry 9", "en")
    return User.objects.get(id=accept_with_new_account(token=token, account=account, at=LATER))


def test_one_who_leads_is_not_two_with_an_account_invited_today(
    valley, ana, dolores, noor, puppet
):
    recovery_id = start(valley, noor, dolores, at=LATER)

    assert refused(confirm, valley, recovery_id, puppet) == "new-to-leading"
    assert refused(start, valley, ana, puppet, at=LATER) == "new-to-leading"
    but = [dolores.id]
    assert others_who_can_confirm(valley.id, but=but, at=LATER) == ["Noor"]


def test_who_has_led_for_a_week_is_one_of_the_two(valley, ana, dolores, puppet):
    week = LATER + LED_FOR
    recovery_id = start(valley, ana, dolores, at=week)
    just_before = week - timedelta(seconds=1)
    assert refused(confirm, valley, recovery_id, puppet, at=just_before) == "new-to-leading"

    assert confirm(valley, recovery_id, puppet, at=week).username == "ana"
