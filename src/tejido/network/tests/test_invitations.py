"""Inviting somebody: a link used once, by the right person, that loses nothing when it fails."""

from datetime import timedelta

import pytest

from tejido.accounts.queries import account_id
from tejido.accounts.services import AccountRefused
from tejido.accounts.testing import an_account
from tejido.foundation.scope import member_scope
from tejido.network.domain.invitations import InvitationState
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Invitation, Membership
from tejido.network.queries.access import NotAllowed, roles_of, seen
from tejido.network.queries.invitations import (
    invitation_by_token,
    invitations_of,
    member_of_token,
    person_called,
)
from tejido.network.queries.people import people_of
from tejido.network.services.invitations import (
    InvitationRefused,
    NewAccount,
    accept,
    accept_with_new_account,
    invite,
    restore_invitation,
    withdraw_invitation,
)
from tejido.network.services.people import PersonIn, PersonRefused, RoleAboveOwn
from tejido.network.testing import MORNING, TODAY, a_member, a_person

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=14)
ANA = NewAccount("Ana", "ana", "kelp lantern quarry 9", "es")


@pytest.fixture
def boss(valley):
    return a_person(valley, Role.PROGRAM_MANAGER, name="Dolores")


@pytest.fixture
def invited(valley, boss):
    return invite(member_id=valley.id, called="Ana", roles=[Role.STEWARD], by=boss.id, at=MORNING)


def acts_of(member):
    with member_scope(member.id):
        return list(Event.objects.order_by("happened_at", "id").values_list("act", flat=True))


def refusal_of(act, *args, **named):
    with pytest.raises((InvitationRefused, PersonRefused)) as refused:
        act(*args, **named)
    return refused.value.code


def test_an_invitation_stands_for_fourteen_days_under_a_hash_only(valley, invited):
    _, token = invited

    found = invitation_by_token(token, at=MORNING)

    assert (found.called, found.roles, found.state) == ("Ana", (Role.STEWARD,), "open")
    assert found.member == seen(valley)
    assert found.expires_at == LATER
    with member_scope(valley.id):
        stored = Invitation.objects.values().get()
    assert token not in str(stored)


def test_a_new_account_works_there_at_once_and_the_link_is_used(valley, boss, invited):
    _, token = invited

    account = accept_with_new_account(token=token, account=ANA, at=MORNING)

    assert account_id("ana") == account
    assert roles_of(account, valley.id) == {Role.STEWARD}
    assert person_called(account) == "Ana"
    assert invitation_by_token(token, at=MORNING).state is InvitationState.USED
    assert invitations_of(seen(valley), at=MORNING) == []
    assert set(acts_of(valley)) == {
        "make.invitation", "join.member", "grant.role", "accept.invitation",
    }  # fmt: skip


def test_somebody_with_an_account_keeps_the_name_that_they_have_elsewhere(valley, invited):
    coast = a_member("Coast Harm Reduction")
    theo = a_person(coast, Role.STEWARD, name="Theo")

    member = accept(token=invited[1], person=PersonIn(theo.id, "Somebody"), at=MORNING)

    assert member == seen(valley)
    assert [person.name for person in people_of(valley.id)] == ["Dolores", "Theo"]
    assert roles_of(theo.id, coast.id) == {Role.STEWARD}


def test_a_link_that_was_used_is_refused_and_makes_no_account(valley, invited):
    accept_with_new_account(token=invited[1], account=ANA, at=MORNING)
    forwarded = NewAccount("Bo", "bo", "kelp lantern quarry 9", "en")

    code = refusal_of(accept_with_new_account, token=invited[1], account=forwarded, at=MORNING)

    assert code == "invitation-used"
    assert account_id("bo") is None
    assert len(people_of(valley.id)) == 2


def test_a_link_that_ended_is_refused_on_its_minute(invited):
    before = invitation_by_token(invited[1], at=LATER - timedelta(seconds=1))

    code = refusal_of(accept_with_new_account, token=invited[1], account=ANA, at=LATER)

    assert before.state is InvitationState.OPEN
    assert code == "invitation-expired"


def test_a_link_that_was_taken_back_is_refused_until_that_is_undone(valley, boss, invited):
    their = {"member_id": valley.id, "invitation_id": invited[0], "by": boss.id, "at": MORNING}
    for _ in range(2):
        withdraw_invitation(**their)

    code = refusal_of(accept_with_new_account, token=invited[1], account=ANA, at=MORNING)
    for _ in range(2):
        restore_invitation(**their)
    accept_with_new_account(token=invited[1], account=ANA, at=MORNING)

    assert code == "invitation-withdrawn"
    assert acts_of(valley).count("withdraw.invitation") == 1
    assert acts_of(valley).count("restore.invitation") == 1
    assert refusal_of(withdraw_invitation, **their) == "invitation-used"


def test_whoever_works_there_already_does_not_use_up_the_link(valley, boss, invited):
    mine = PersonIn(boss.id, "Dolores")

    code = refusal_of(accept, token=invited[1], person=mine, at=MORNING)

    assert code == "works-here-already"
    assert invitation_by_token(invited[1], at=MORNING).state is InvitationState.OPEN


def test_a_user_name_that_is_taken_leaves_everything_as_it_was(valley, invited):
    an_account("ana")

    with pytest.raises(AccountRefused):
        accept_with_new_account(token=invited[1], account=ANA, at=MORNING)

    assert invitation_by_token(invited[1], at=MORNING).state is InvitationState.OPEN
    assert len(people_of(valley.id)) == 1


@pytest.mark.parametrize("change", ["left", "lost the role"])
def test_an_inviter_who_may_give_it_no_more_gives_nothing(valley, boss, change, invited):
    with member_scope(valley.id):
        theirs = Membership.objects.get(person=boss)
        if change == "left":
            Membership.objects.update(until=TODAY)
        else:
            theirs.grants.update(role=Role.STEWARD.value)

    assert refusal_of(accept, token=invited[1], person=PersonIn(boss.id, "x"), at=MORNING) == (
        "inviter-gone"
    )


def test_nobody_invites_to_a_role_that_reaches_further_than_their_own(valley, boss):
    with pytest.raises(RoleAboveOwn):
        invite(
            member_id=valley.id,
            called="Ana",
            roles=[Role.NETWORK_COORDINATOR],
            by=boss.id,
            at=MORNING,
        )


def test_a_colleague_does_not_invite(valley, rosa):
    with pytest.raises(NotAllowed):
        invite(member_id=valley.id, called="Ana", roles=[Role.STEWARD], by=rosa.id, at=MORNING)


@pytest.mark.parametrize(
    ("called", "roles", "code"), [(" ", [Role.STEWARD], "name-empty"), ("Ana", [], "no-role")]
)
def test_an_invitation_says_for_whom_and_for_what(valley, boss, called, roles, code):
    asked = {"member_id": valley.id, "called": called, "roles": roles}

    assert refusal_of(invite, **asked, by=boss.id, at=MORNING) == code


@pytest.mark.parametrize("token", ["", "x", "not.signed", "00.00.00"])
def test_a_token_that_we_did_not_sign_costs_no_query(token, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert invitation_by_token(token, at=MORNING) is None
    assert member_of_token(token) is None


def test_an_invitation_of_another_member_is_unknown(invited, valley):
    coast = a_member("Coast Harm Reduction")
    lead = a_person(coast, Role.PROGRAM_MANAGER)
    their = {"member_id": coast.id, "invitation_id": invited[0], "by": lead.id, "at": MORNING}

    assert refusal_of(withdraw_invitation, **their) == "invitation-unknown"
    assert refusal_of(restore_invitation, **their) == "invitation-unknown"


def test_a_link_whose_row_is_gone_leads_nowhere(valley, invited):
    with member_scope(valley.id):
        Invitation.objects.all().delete()

    assert refusal_of(accept, token=invited[1], person=PersonIn(valley.id, "x"), at=MORNING) == (
        "invitation-unknown"
    )
