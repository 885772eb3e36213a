import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core.cache import cache

from tejido.accounts.queries import SecondStep, second_step
from tejido.accounts.testing import PASSWORD, an_account

pytestmark = pytest.mark.django_db
SECRET = generate_totp_secret()


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


@pytest.fixture
def rosa():
    user = an_account()
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def wrong_code():
    return format_hotp_value((int(code_now()) + 500_000) % 1_000_000)


def type_password(client):
    return client.post("/account/login/", {"login": "rosa", "password": PASSWORD})


def confirm(client):
    return client.post("/account/confirm/", {"password": PASSWORD})


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def test_the_password_alone_does_not_sign_in(client, rosa):
    response = type_password(client)

    assert response["Location"] == "/account/login/code/"
    assert not is_signed_in(client)
    assert "There is a problem" not in client.get("/account/login/code/").content.decode()


def test_the_code_signs_in_with_a_new_session(client, rosa):
    type_password(client)
    before = client.session.session_key

    response = client.post("/account/login/code/", {"code": code_now()})

    assert response["Location"] == "/desk/"
    assert is_signed_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "typed", [lambda: wrong_code(), lambda: "", lambda: "abc", lambda: "1" * 999]
)
def test_a_wrong_code_does_not_sign_in(client, rosa, typed):
    type_password(client)

    response = client.post("/account/login/code/", {"code": typed()})

    assert "There is a problem" in response.content.decode()
    assert not is_signed_in(client)


def test_a_code_works_once(client, rosa):
    code = code_now()
    type_password(client)
    client.post("/account/login/code/", {"code": code})
    client.post("/account/logout/")

    type_password(client)
    client.post("/account/login/code/", {"code": code})

    assert not is_signed_in(client)


def test_too_many_wrong_codes_are_refused_even_when_the_next_is_right(client, rosa):
    type_password(client)
    for _ in range(5):
        client.post("/account/login/code/", {"code": wrong_code()})

    response = client.post("/account/login/code/", {"code": code_now()})

    assert "Too many tries" in response.content.decode()
    assert not is_signed_in(client)


def test_the_code_page_without_a_password_leads_back(client, rosa):
    assert client.get("/account/login/code/")["Location"] == "/account/login/"


def test_a_recovery_code_signs_in_once(client, rosa):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    type_password(client)
    client.post("/account/login/code/", {"code": code})
    assert is_signed_in(client)
    client.post("/account/logout/")

    type_password(client)
    client.post("/account/login/code/", {"code": code})

    assert not is_signed_in(client)
    assert second_step(rosa) == SecondStep(app=True, passkeys=0, codes_left=9)


def test_turning_it_on_asks_for_the_password_and_shows_the_codes(client):
    user = an_account()
    type_password(client)
    assert client.get("/account/second-step/on/")["Location"].startswith("/account/confirm/")
    confirm(client)
    page = client.get("/account/second-step/on/")
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()

    secret = page.context["form"].secret
    assert page.context["form"].key_to_type().replace(" ", "") == secret
    assert 'fill="white"' in page.context["totp_svg"]
    response = client.post("/account/second-step/on/", {"code": code_now(secret)})

    assert response["Location"] == "/account/codes/"
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    shown = client.get("/account/codes/").content.decode()
    assert all(code in shown for code in codes)
    assert second_step(user) == SecondStep(app=True, passkeys=0, codes_left=10)


@pytest.mark.parametrize("path", ["second-step/on/", "codes/new/"])
def test_changing_the_second_step_asks_for_the_password_again(client, path):
    client.force_login(an_account())

    response = client.get(f"/account/{path}")
    refused = client.post("/account/confirm/", {"password": "wrong"})

    assert response["Location"].startswith("/account/confirm/")
    assert "This password is not right." in refused.content.decode()


def test_turning_it_off_asks_first_and_takes_the_codes_along(client, rosa):
    type_password(client)
    client.post("/account/login/code/", {"code": code_now()})
    confirm(client)

    asked = client.get("/account/second-step/off/")
    assert "Turn off codes from an app?" in asked.content.decode()
    assert "There is a problem" not in asked.content.decode()
    client.post("/account/second-step/off/")

    assert second_step(rosa) == SecondStep(app=False, passkeys=0, codes_left=0)


def test_making_new_codes_ends_the_old_ones(client, rosa):
    type_password(client)
    client.post("/account/login/code/", {"code": code_now()})
    confirm(client)
    old = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()

    client.post("/account/codes/new/")

    new = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert (len(new), set(new) & set(old)) == (10, set())


def test_the_database_does_not_hold_the_secret_in_clear(rosa):
    rows = repr(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in rows
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_now())


@pytest.mark.parametrize("is_on", [True, False])
def test_second_step_takes_one_query_and_one_for_the_key(rosa, is_on, django_assert_num_queries):
    user = rosa if is_on else an_account("ana")

    with django_assert_num_queries(2 if is_on else 1):
        assert second_step(user).is_on is is_on
