"""A member leaves the network, on the pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tejido.accounts.testing import an_account
from tejido.foundation.holds import HoldReason
from tejido.network.domain.roles import Role
from tejido.network.services.retention import hold_removal
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db
DESK = "/desk/valley-harm-reduction/"
COALITION = "/desk/golden-thread/"


def signed_in(member, name, *roles, language="en"):
    account, client = an_account(name, language=language), Client()
    a_person(member, *roles, name=name.title(), id=account.id)
    client.force_login(account)
    return client


@pytest.fixture
def coalition(db):
    return a_member("Golden Thread")


@pytest.fixture
def inez(coalition):
    return signed_in(coalition, "inez", Role.NETWORK_COORDINATOR)


@pytest.fixture
def dolores(valley, inez):
    return signed_in(valley, "dolores", Role.PROGRAM_MANAGER)


@pytest.fixture
def ana(valley):
    return signed_in(valley, "ana", Role.OUTREACH_WORKER, language="es")


def shown(answer):
    return answer.content.decode()


def fields(days=0, reason="closes"):
    return {"reason": reason, "last_day": timezone.localdate() + timedelta(days=days)}


def test_one_who_leads_starts_who_coordinates_confirms_and_undoes(
    valley, coalition, dolores, inez
):
    page = f"{DESK}leave-network/"
    question = shown(dolores.get(page))
    assert "What ends on its last day" in question
    assert "Take along first" in question
    assert f"{DESK}contacts/table/csv/" in question

    started = dolores.post(page, fields(), follow=True)
    assert "Waits for a second person" in shown(started)
    assert "Confirm that it leaves" not in shown(started)
    assert "Valley Harm Reduction is to leave the network" in shown(inez.get(COALITION))
    other = f"{COALITION}members/{valley.id}/"
    asked = shown(inez.get(other))
    assert "Started by Dolores" in asked
    assert "Take along first" not in asked

    confirmed = inez.post(f"{other}answer/", {"answer": "confirm"}, follow=True)
    assert "It left. Its last day was" in shown(confirmed)
    assert dolores.get(DESK).status_code == 404
    assert "You do not work for a member yet" in shown(dolores.get("/desk/"))
    assert "Left; last day" in shown(inez.get(f"{COALITION}members/"))
    assert "Valley Harm Reduction" in shown(inez.get(f"{COALITION}record/"))

    inez.post(f"{other}answer/", {"answer": "undo"})
    assert dolores.get(DESK).status_code == 200


def test_who_works_there_reads_the_last_day_in_spanish(valley, dolores, inez, ana):
    dolores.post(f"{DESK}leave-network/", fields(days=7))
    assert "deja la red" not in shown(ana.get(DESK))
    bo = signed_in(valley, "bo", Role.PROGRAM_MANAGER, language="es")
    confirmed = bo.post(f"{DESK}leave-network/answer/", {"answer": "confirm"}, follow=True)
    assert "Así lo dijeron dos personas." in shown(confirmed)

    assert "Valley Harm Reduction deja la red. Su último día es" in shown(ana.get(DESK))
    dolores.post(f"{DESK}leave-network/answer/", {"answer": "stop"})
    assert "deja la red" not in shown(ana.get(DESK))


def test_what_cannot_be_is_said_at_the_field_or_above(valley, dolores, inez):
    page = f"{DESK}leave-network/"
    empty = dolores.post(page, {})
    assert (empty.status_code, "<title>Error:" in shown(empty)) == (400, True)
    assert "Choose a reason" in shown(empty)
    past = dolores.post(page, fields(days=-1))
    assert (past.status_code, "today or later" in shown(past)) == (409, True)
    dolores.post(page, fields())
    own = dolores.post(f"{page}answer/", {"answer": "confirm"})
    assert (own.status_code, "Another person has to confirm it." in shown(own)) == (409, True)


@pytest.mark.parametrize("answer", ["", "x", "undo"])
def test_nonsense_and_an_undo_in_its_own_name_lead_nowhere(valley, dolores, answer):
    sent = dolores.post(f"{DESK}leave-network/answer/", {"answer": answer})

    assert sent.status_code == 404


def test_a_member_that_is_not_there_leads_nowhere(coalition, inez):
    nowhere = f"{COALITION}members/00000000-0000-4000-8000-00000000dead/"

    assert inez.get(nowhere).status_code == 404
    assert inez.post(f"{nowhere}answer/", {"answer": "stop"}).status_code == 404


def test_the_last_who_coordinates_is_told_what_to_do_first(coalition, inez):
    answer = inez.post(f"{COALITION}leave-network/", fields())

    assert "Nobody at another member coordinates the network." in shown(answer)


def test_a_hold_forbids_no_leaving_but_is_said(valley, coalition, dolores, inez):
    holder = a_person(coalition, Role.NETWORK_COORDINATOR, id=an_account("neva").id)
    hold_removal(
        member_id=coalition.id, reason=HoldReason.SUBPOENA, by=holder.id, at=timezone.now()
    )

    assert "Removal is on hold now" in shown(dolores.get(f"{DESK}leave-network/"))
    started = dolores.post(f"{DESK}leave-network/", fields(), follow=True)
    assert "Waits for a second person" in shown(started)


def test_colleagues_and_strangers_do_not_get_in(valley, coalition, dolores, inez, ana):
    stranger = signed_in(a_member("Coast"), "luz", Role.NETWORK_COORDINATOR)
    for path in ("leave-network/", "members/", f"members/{coalition.id}/"):
        assert ana.get(f"{DESK}{path}").status_code == 403
        assert stranger.get(f"{DESK}{path}").status_code == 404
    assert dolores.get(f"{DESK}members/").status_code == 403
