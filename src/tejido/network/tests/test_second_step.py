import pytest
from django.test import Client

from tejido.accounts.obligations import must_have_second_step
from tejido.accounts.testing import PASSWORD, an_account, withdraw_second_step
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import NEED_SECOND_STEP, REACH, Role, need_second_step
from tejido.network.models import RoleGrant
from tejido.network.services.people import grant_role
from tejido.network.testing import MORNING, a_member, a_person

pytestmark = pytest.mark.django_db


def test_from_coordinator_up_a_role_needs_a_second_step():
    assert {Role.NETWORK_COORDINATOR, Role.PROGRAM_MANAGER} == NEED_SECOND_STEP
    assert all(REACH[role] == 1 for role in Role if not need_second_step([role]))


def test_the_page_says_why_and_how_in_both_languages_without_javascript(sign_in, client, valley):
    sign_in(valley, Role.PROGRAM_MANAGER)
    withdraw_second_step("dolores")

    answer = client.get(f"/desk/{valley.slug}/", follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [("/desk/second-step/", 302)]
    assert "/account/second-step/on/" in page
    assert "/account/passkeys/add/" in page
    assert "<script type=" not in page.split("<main", 1)[1]
    client.post("/desk/language/", {"language": "es", "next": "/desk/second-step/"})
    assert "Un segundo paso antes de seguir" in client.get("/desk/second-step/").content.decode()


def test_a_role_that_is_given_during_a_session_counts_at_the_next_page(valley):
    account, client = an_account("ana"), Client()
    ana = a_person(valley, Role.TRAINEE, name="Ana", id=account.id)
    boss = a_person(valley, Role.PROGRAM_MANAGER)
    client.force_login(account)
    assert client.get(f"/desk/{valley.slug}/").status_code == 200
    with member_scope(valley.id):
        membership = RoleGrant.objects.get(membership__person=ana).membership_id

    grant_role(
        member_id=valley.id,
        membership_id=membership,
        role=Role.PROGRAM_MANAGER,
        by=boss.id,
        at=MORNING,
    )

    assert client.get(f"/desk/{valley.slug}/")["Location"] == "/desk/second-step/"


def test_it_is_asked_only_where_the_role_is(valley):
    account, client = an_account("ana"), Client()
    coast = a_member("Coast Harm Reduction")
    a_person(valley, Role.PROGRAM_MANAGER, id=account.id)
    a_person(coast, Role.TRAINEE, id=account.id)
    withdraw_second_step("ana")
    client.force_login(account)

    assert client.get(f"/desk/{coast.slug}/").status_code == 200
    assert client.get(f"/desk/{valley.slug}/")["Location"] == "/desk/second-step/"
    assert must_have_second_step(account.id)


def test_whoever_has_one_is_told_to_go_on(sign_in, client, valley):
    sign_in(valley, Role.PROGRAM_MANAGER)

    assert "Your second step is set up" in client.get("/desk/second-step/").content.decode()


def test_the_last_one_cannot_be_turned_off_by_whoever_leads(sign_in, client, valley):
    account = sign_in(valley, Role.PROGRAM_MANAGER)
    client.post("/account/confirm/", {"password": PASSWORD})

    answer = client.post("/account/second-step/off/")

    assert "Your role needs a second step" in answer.content.decode()
    assert client.get(f"/desk/{valley.slug}/").status_code == 200
    assert must_have_second_step(account.id)


def test_whoever_leads_no_more_can_turn_it_off(sign_in, client, valley):
    account = sign_in(valley, Role.PROGRAM_MANAGER, Role.ADVOCATE)
    client.post("/account/confirm/", {"password": PASSWORD})
    with member_scope(valley.id):
        RoleGrant.objects.filter(role=Role.PROGRAM_MANAGER).update(
            withdrawn_at=MORNING, withdrawn_by=account.id
        )

    client.post("/account/second-step/off/")

    assert not must_have_second_step(account.id)
    assert client.get(f"/desk/{valley.slug}/").status_code == 200
