from base64 import b64decode

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.test import Client
from django.urls import reverse

from tejido.accounts.adapter import neighborhood
from tejido.accounts.models import Session, User
from tejido.accounts.testing import PASSWORD, an_account

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


def sign_in(client, *, username="rosa", password=PASSWORD, to=LOGIN, **extra):
    return client.post(to, {"login": username, "password": password}, **extra)


def test_sign_in_with_the_password_opens_the_desk(client):
    user = an_account()

    response = sign_in(client)

    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert client.session["_auth_user_id"] == str(user.id)


@pytest.mark.parametrize("typed", ["ROSA", " Rosa "])
def test_sign_in_takes_the_user_name_in_any_letter_case(client, typed):
    an_account()

    assert sign_in(client, username=typed).status_code == 302


def test_the_sign_in_page_needs_no_cookie_and_makes_no_session(client):
    response = client.get(LOGIN)

    assert (response.status_code, response.cookies, client.cookies) == (200, {}, {})
    assert Session.objects.count() == 0
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"login": "rosa", "password": "wrong"}, "The user name or the password is not right."),
        ({"login": "nobody", "password": PASSWORD}, "The user name or the password is not right."),
        ({"login": "rosa", "password": ""}, "Type your password"),
        ({"login": "", "password": PASSWORD}, "Type your user name"),
        ({}, "Type your user name"),
        ({"login": "a\x00b", "password": "x"}, "There is a problem"),
        ({"login": "x" * 5000, "password": "x" * 5000}, "There is a problem"),
    ],
)
def test_sign_in_refused_says_why_and_sets_no_cookie(client, typed, words):
    an_account()

    response = client.post(LOGIN, typed)

    assert response.status_code == 200
    assert words in response.content.decode()
    assert (response.cookies, Session.objects.count()) == ({}, 0)


def test_sign_in_refused_speaks_spanish(client):
    response = sign_in(client, password="wrong", to="/es/account/login/")

    page = response.content.decode()
    assert '<html lang="es">' in page
    assert "El nombre de usuario o la contraseña no son correctos." in page


def test_sign_in_to_an_account_that_is_turned_off_says_so(client):
    an_account(is_active=False)

    response = sign_in(client)

    assert response["Location"] == reverse("account_inactive")
    assert "This account is turned off" in client.get(response["Location"]).content.decode()
    assert client.get("/account/").status_code == 302


def test_sign_in_gives_a_new_session_that_scripts_cannot_read(client):
    an_account()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies[COOKIE] = before = session.session_key

    response = sign_in(client)

    cookie = response.cookies[COOKIE]
    assert cookie.value != before
    assert not Session.objects.filter(session_key=before).exists()
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert set(response.cookies) == {COOKIE}


def test_sign_out_ends_the_session_and_leaves_no_cookie(client):
    an_account()
    sign_in(client)
    client.get("/account/")

    response = client.post("/account/logout/")

    assert response["Location"] == "/"
    assert response.cookies[COOKIE]["max-age"] == 0
    assert set(response.cookies) == {COOKIE}
    assert Session.objects.count() == 0


def test_sign_out_asks_first_and_needs_a_token():
    client = Client(enforce_csrf_checks=True)
    an_account()
    sign_in(client)

    assert "Sign out of Tejido?" in client.get("/account/logout/").content.decode()
    assert client.post("/account/logout/").status_code == 403
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "https://testserver"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Referer": "https://elsewhere.example/testserver"},
    ],
)
def test_sign_in_from_another_sites_page_is_refused(headers):
    client = Client(enforce_csrf_checks=True)
    an_account()

    response = sign_in(client, headers=headers)

    assert response.status_code == 403
    assert "The form came from another site" in response.content.decode()
    assert COOKIE not in client.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://testserver"},
        {"Referer": "http://testserver/account/login/"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
    ],
)
def test_sign_in_from_our_own_page_needs_no_token(headers):
    client = Client(enforce_csrf_checks=True)
    an_account()

    assert sign_in(client, headers=headers).status_code == 302


@pytest.mark.parametrize("path", ["/account/signup/", "/es/account/signup/"])
def test_nobody_signs_up(client, path):
    typed = {"username": "eve", "password1": PASSWORD, "password2": PASSWORD}

    pages = [client.get(path), client.post(path, typed)]

    assert [page.status_code for page in pages] == [200, 200]
    assert all("<form" not in page.content.decode().split("<main")[1] for page in pages)
    assert User.objects.count() == 0


def test_too_many_wrong_passwords_for_one_name_are_refused(client):
    an_account()
    for _ in range(5):
        sign_in(client, password="wrong")

    response = sign_in(client)

    assert "Too many tries. Wait 5 minutes, then try again." in response.content.decode()
    assert COOKIE not in client.cookies


def test_wrong_passwords_for_one_person_leave_the_others_at_that_address_alone(client):
    an_account()
    an_account(username="luis")
    for number in range(15):
        sign_in(client, username="rosa" if number % 2 else "eve", password="wrong")

    assert sign_in(client, username="rosa").status_code == 200
    assert sign_in(client, username="luis").status_code == 302


def test_wrong_passwords_at_one_address_leave_the_person_elsewhere_alone(client):
    an_account()
    for _ in range(6):
        sign_in(client, password="wrong", REMOTE_ADDR="192.0.2.1")

    assert sign_in(client, REMOTE_ADDR="192.0.2.1").status_code == 200
    assert sign_in(client, REMOTE_ADDR="192.0.2.2").status_code == 302


@pytest.fixture
def guessed(client):
    """Somebody tries 100 passwords for one account, from 20 addresses of one neighborhood."""
    an_account()
    for number in range(100):
        sign_in(client, password="wrong", REMOTE_ADDR=f"192.0.2.{number // 5}")


def test_guesses_from_many_addresses_do_not_shut_the_person_out(client, guessed):
    assert sign_in(client, REMOTE_ADDR="198.51.100.1").status_code == 302


def test_many_addresses_together_cannot_try_one_account_without_end(client, guessed):
    """Each neighborhood has one more try in 5 minutes, whichever of its addresses it uses."""
    sign_in(client, password="wrong", REMOTE_ADDR="192.0.2.30")

    assert "Too many tries" in sign_in(client, REMOTE_ADDR="192.0.2.31").content.decode()


def test_what_was_right_is_not_counted_as_a_guess(client):
    an_account()
    for number in range(120):
        sign_in(Client(), REMOTE_ADDR=f"192.0.2.{number}")

    answers = [sign_in(Client(), REMOTE_ADDR="198.51.100.1").status_code for _ in range(3)]
    assert answers == [302, 302, 302]


def test_addresses_of_one_household_count_as_one(client):
    """One that has an IPv6 /64 could else guess without end."""
    an_account()
    for number in range(5):
        sign_in(client, password="wrong", REMOTE_ADDR=f"2001:db8::{number:x}")

    page = sign_in(client, REMOTE_ADDR="2001:db8::ffff").content.decode()
    assert "Too many tries" in page


@pytest.mark.parametrize(
    ("address", "near"),
    [("192.0.2.77", "192.0.2.0"), ("2001:db8:1:2::3", "2001:db8:1::"), ("unknown", "unknown")],
)
def test_a_neighborhood_is_what_one_hand_can_hold(address, near):
    assert neighborhood(address) == near


def test_too_many_tries_from_one_address_are_refused_with_a_page(client):
    answers = [sign_in(client, username=f"guess{n}").status_code for n in range(31)]

    assert set(answers[:30]) == {200}
    assert answers[30] == 429
    assert "Wait 5 minutes" in sign_in(client).content.decode()


def everything_counted():
    """Return all keys and values of the cache as text, whichever cache it is."""
    backend = caches["default"]
    if isinstance(backend, LocMemCache):
        return repr(vars(backend))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key, value FROM {backend._table}")
        return repr([(key, b64decode(value)) for key, value in cursor.fetchall()])


def test_what_counts_the_tries_names_neither_person_nor_address(client):
    empty = len(everything_counted())
    sign_in(client, username="canary-name", password="wrong", REMOTE_ADDR="203.0.113.77")

    kept = everything_counted()
    assert len(kept) > empty
    assert "canary" not in kept
    assert "203.0.113" not in kept


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_sign_in_never_sends_a_person_to_another_site(client, elsewhere):
    an_account()

    response = client.post(LOGIN, {"login": "rosa", "password": PASSWORD, "next": elsewhere})

    assert response["Location"] == "/desk/"
