"""A password that others gave opens once, and is then changed to another."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tejido.accounts.models import User
from tejido.accounts.services import give_password, use_given_password
from tejido.accounts.testing import an_account

pytestmark = pytest.mark.django_db
NEW = "harbor violin cactus 4"


@pytest.fixture
def given():
    """Return a password that others gave to Rosa."""
    cache.clear()
    _username, password = give_password(account_id=an_account().id, at=timezone.now())
    return password


def sign_in(password):
    client = Client()
    return client, client.post("/account/login/", {"login": "rosa", "password": password})


def change(client, before, after):
    typed = {"oldpassword": before, "password1": after, "password2": after}
    return client.post("/account/password/", typed)


def test_a_given_password_opens_once(given):
    _client, first = sign_in(given)
    other, second = sign_in(given)

    assert first.status_code == 302
    assert "This password was for one sign-in within 72 hours." in second.content.decode()
    assert other.get("/account/").status_code == 302


def test_a_given_password_that_was_used_by_another_at_the_same_moment_opens_nothing():
    account = an_account()
    at = timezone.now()
    give_password(account_id=account.id, at=at - timedelta(hours=1))

    assert [use_given_password(account_id=account.id, at=at) for _ in range(2)] == [True, False]


def test_a_given_password_is_not_kept_as_ones_own(given):
    client, _answer = sign_in(given)

    page = change(client, given, given)

    assert "This is the password that you use now. Choose another." in page.content.decode()
    assert User.objects.get().password_until is not None
    assert client.get("/desk/")["Location"] == "/account/password/"


def test_after_a_given_password_ones_own_opens_as_often_as_one_likes(given):
    client, _answer = sign_in(given)
    change(client, given, NEW)

    assert [sign_in(NEW)[1].status_code for _ in range(2)] == [302, 302]
    assert client.get("/desk/").status_code == 200


def test_no_page_but_one_opens_before_a_given_password_is_changed(given):
    client, _answer = sign_in(given)
    desk = ["", "reach/", "consents/", "language/", "second-step/", "some-member/"]
    account = ["", "codes/", "passkeys/add/", "second-step/on/", "sessions/end-others/"]
    pages = [f"/desk/{each}" for each in desk] + [f"/account/{each}" for each in account]

    led = {(page, send(page).url) for page in pages for send in (client.get, client.post)}

    assert led == {(page, "/account/password/") for page in pages}
    assert client.get("/es/account/passkeys/").url == "/es/account/password/"
    assert client.get("/account/logout/").status_code == 200


def test_a_given_password_opens_nothing_after_another_was_chosen(given):
    client, _answer = sign_in(given)
    change(client, given, NEW)

    _other, answer = sign_in(given)

    assert "The user name or the password is not right." in answer.content.decode()


def test_a_wrong_password_takes_nothing_of_the_given_one(given):
    sign_in("wrong")

    assert sign_in(given)[1].status_code == 302
