import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tejido.accounts.testing import PASSWORD, an_account
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Membership, Recovery
from tejido.network.testing import a_member, a_person

User = get_user_model()
pytestmark = pytest.mark.django_db


def signed_in(member, name, *roles):
    account, client = an_account(name), Client()
    a_person(member, *roles, name=name.title(), id=account.id)
    client.force_login(account)
    return client


@pytest.fixture
def dolores(valley):
    return signed_in(valley, "dolores", Role.PROGRAM_MANAGER)


@pytest.fixture
def noor(valley):
    return signed_in(valley, "noor", Role.PROGRAM_MANAGER)


@pytest.fixture
def ana(valley):
    return signed_in(valley, "ana", Role.TRAINEE)


def page_of(member, name):
    with member_scope(member.id):
        found = Membership.objects.get(person__display_name=name)
    return f"/desk/{member.slug}/people/{found.id}/recover/"


def waiting(member):
    with member_scope(member.id):
        return Recovery.objects.get(confirmed_at__isnull=True, stopped_at__isnull=True).id


def act(member, what):
    return f"/desk/{member.slug}/people/recoveries/{waiting(member)}/{what}/"


def shown(answer):
    return answer.content.decode()


def password_in(html):
    return re.findall(r"<code>([^<]+)</code>", html)[1]


def test_one_starts_another_confirms_and_the_password_is_shown_once(valley, dolores, noor, ana):
    asked = shown(dolores.get(page_of(valley, "Ana")))
    assert "Who can confirm here: Noor." in asked
    answer = dolores.post(page_of(valley, "Ana"))
    assert answer["Location"] == f"/desk/{valley.slug}/people/"
    assert "/confirm/" not in shown(dolores.get(answer["Location"]))
    people = shown(noor.get(answer["Location"]))
    assert "Ana cannot sign in: so says Dolores." in people

    confirm = act(valley, "confirm")
    opened = noor.post(confirm)

    assert User.objects.get(username="ana").check_password(password_in(shown(opened)))
    assert opened["Cache-Control"].count("no-store") == 1
    again = noor.post(confirm)
    assert again.status_code == 409
    assert "was confirmed or stopped already" in shown(again)
    record = shown(noor.get(f"/desk/{valley.slug}/record/"))
    assert "asked to open the account of Ana again" in record
    assert "opened the account of Ana again, with a new password" in record


def test_who_started_is_told_that_another_has_to_confirm(valley, dolores, noor, ana):
    dolores.post(page_of(valley, "Ana"))

    answer = dolores.post(act(valley, "confirm"))

    assert answer.status_code == 409
    assert "Another person has to confirm it." in shown(answer)
    assert User.objects.get(username="ana").check_password(PASSWORD)


def test_the_person_sees_it_on_their_first_page_and_stops_it(valley, dolores, noor, ana):
    dolores.post(page_of(valley, "Ana"))
    home = f"/desk/{valley.slug}/"
    assert "Dolores asked to open your account again." in shown(ana.get(home))

    answer = ana.post(act(valley, "stop"))

    assert answer["Location"] == home
    assert "asked to open your account" not in shown(ana.get(home))


def test_a_colleague_gets_nothing_by_stopping(valley, dolores, noor, ana):
    dolores.post(page_of(valley, "Ana"))
    kai = signed_in(valley, "kai", Role.STEWARD)

    assert kai.post(act(valley, "stop")).status_code == 404
    assert waiting(valley)


def test_nobody_is_offered_their_own_account_or_one_that_reaches_further(valley, dolores):
    signed_in(valley, "boss", Role.NETWORK_COORDINATOR)
    people = shown(dolores.get(f"/desk/{valley.slug}/people/"))

    assert "/recover/" not in people
    refused = dolores.post(page_of(valley, "Boss"))
    assert (refused.status_code, "reaches further" in shown(refused)) == (409, True)
    assert "<title>Error:" in shown(refused)
    assert "Ask two others." in shown(dolores.post(page_of(valley, "Dolores")))


def test_where_nobody_else_leads_the_page_says_who_can(valley, dolores, ana):
    assert "somebody who coordinates the network: they can" in shown(
        dolores.get(page_of(valley, "Ana"))
    )


def test_a_member_reads_in_its_record_who_of_another_looked_at_accounts_to_open(
    valley, dolores, ana
):
    coalition = a_member("Golden Thread")
    inez = signed_in(coalition, "inez", Role.NETWORK_COORDINATOR)
    page = f"/desk/{coalition.slug}/people/recoveries/"
    inez.get(page)
    dolores.post(page_of(valley, "Ana"))

    inez.get(page)

    said = {}
    for member in (valley, coalition):
        with member_scope(member.id):
            looks = Event.objects.filter(act="view.recoveries")
            said[member] = [each.facts for each in looks]
    assert said[valley] == said[coalition] == [{"by_member": str(coalition.id)}]
    asked = {"lines": "looked-by-others"}
    record = shown(dolores.get(f"/desk/{valley.slug}/record/", asked))
    assert "looked at accounts that are to be opened again" in record
    assert "Golden Thread" in record


def test_who_coordinates_the_network_starts_confirms_and_stops_elsewhere(valley, dolores):
    coalition = a_member("Golden Thread")
    inez = signed_in(coalition, "inez", Role.NETWORK_COORDINATOR)
    bo = signed_in(coalition, "bo", Role.NETWORK_COORDINATOR)
    page = f"/desk/{coalition.slug}/people/recoveries/"
    assert "Nothing waits." in shown(inez.get(page))
    assert "Type the user name" in shown(inez.post(f"{page}start/", {"username": ""}))
    assert "There is no such person" in shown(inez.post(f"{page}start/", {"username": "x"}))

    assert inez.post(f"{page}start/", {"username": "dolores"})["Location"] == page
    sent = {"place": valley.id, "recovery": waiting(valley), "answer": "confirm"}
    own = inez.post(f"{page}elsewhere/", sent)
    assert (own.status_code, "Another person has to confirm it." in shown(own)) == (409, True)
    assert "Dolores, Valley Harm Reduction" in shown(bo.get(page))
    assert bo.post(f"{page}elsewhere/", sent | {"place": coalition.id}).status_code == 404
    assert bo.post(f"{page}elsewhere/", {"place": "x"}).status_code == 404
    assert bo.post(f"{page}elsewhere/", sent | {"answer": "stop"})["Location"] == page
    assert "Nothing waits." in shown(bo.get(page))

    inez.post(f"{page}start/", {"username": "dolores"})
    opened = bo.post(f"{page}elsewhere/", sent | {"recovery": waiting(valley)})
    assert User.objects.get(username="dolores").check_password(password_in(shown(opened)))
