from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tejido.accounts.queries import account_id
from tejido.accounts.services import AccountRefused
from tejido.network.domain.roles import Role
from tejido.network.queries.access import roles_of
from tejido.network.queries.members import has_members, member_named
from tejido.network.services.members import MemberRefused

pytestmark = pytest.mark.django_db


def found(name="Golden Thread Coalition", **more):
    call_command("found_network", name, **{"username": "inez", "called": "Inez", **more})


def test_found_network_makes_a_coordinator_who_can_sign_in(capsys, rf):
    found(county="06067", language="es")

    said = capsys.readouterr().out.split()
    user = authenticate(rf.post("/"), username="inez", password=said[said.index("password") + 1])
    member = member_named("golden-thread-coalition")
    assert user.language == "es"
    assert (member.county_fips, member.kind) == ("06067", "coalition")
    assert roles_of(user.pk, member.id) == {Role.NETWORK_COORDINATOR}


def test_password_of_found_network_opens_once_and_has_an_end(capsys):
    cache.clear()
    found()
    typed = {"login": "inez", "password": capsys.readouterr().out.split()[7]}
    person, other = Client(), Client()

    first = person.post("/account/login/", typed)
    second = other.post("/account/login/", typed)

    assert (first.status_code, second.status_code) == (302, 200)
    assert "This password was for one sign-in within 72 hours." in second.content.decode()
    assert person.get("/desk/").url == "/account/password/"


def test_password_of_found_network_ends_after_three_days(capsys, rf):
    found()

    said = capsys.readouterr().out.split()
    user = authenticate(rf.post("/"), username="inez", password=said[7])
    left = user.password_until - timezone.now()
    assert timedelta(hours=71) < left <= timedelta(hours=72)
    assert "within 72 hours" in " ".join(said)


def test_found_network_stores_both_or_neither():
    with pytest.raises(MemberRefused):
        found(county="6067")
    assert account_id("inez") is None

    with pytest.raises(AccountRefused):
        found(username="i")
    assert not has_members()


def test_found_network_twice_is_refused_and_makes_no_account():
    found()

    with pytest.raises(MemberRefused) as refusal:
        found("Another Coalition", username="bo")

    assert refusal.value.code == "network-exists"
    assert account_id("bo") is None
