import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from tejido.accounts import obligations
from tejido.accounts.models import Session, User
from tejido.accounts.queries import SecondStep, second_step
from tejido.accounts.testing import PASSWORD, DeviceInMemory, an_account

pytestmark = pytest.mark.django_db
ASKED = {"HTTP_ACCEPT": "application/json"}


def broken(part, value):
    told = {"clientDataJSON": "e30", "attestationObject": "oA"} | {part: value}
    return json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": told})


BROKEN = [
    '{"id": "x", "response": {}}',
    '{"id": "eA", "rawId": "eA", "response": 7, "type": "public-key"}',
    *(broken("attestationObject", value) for value in ("", "AAAA", "o2NmbXQ", "_w", 7, None)),
    *(broken("clientDataJSON", value) for value in ("", "AAAA", "W10", 7, None)),
]


def answering(**parts):
    told = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA"} | parts
    return json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": told})


WRONG = [
    '{"response": {"userHandle": "AAAA"}}',
    *(answering(userHandle=handle) for handle in ("", "AAAA", "_w", "x" * 999, 7, None)),
    answering(authenticatorData="A" * 60),
    answering(),
]


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


@pytest.fixture
def client():
    # A browser makes passkeys only where nobody listens in.
    return Client(
        headers={"X-Forwarded-Proto": "https"}, SERVER_PORT="443", **{"wsgi.url_scheme": "https"}
    )


@pytest.fixture
def device():
    return DeviceInMemory()


@pytest.fixture
def rosa(client, device):
    """Somebody signed in who has one passkey."""
    user = an_account()
    client.force_login(user)
    client.post("/account/confirm/", {"password": PASSWORD})
    set_up(client, device)
    return user


def set_up(client, device, name="My phone"):
    options = client.get("/account/passkeys/add/").context["options"]
    sent = {"name": name, "credential": device.made(options)}
    return client.post("/account/passkeys/add/", sent)


def question(client):
    return client.get("/account/login/passkey/", **ASKED).json()["request_options"]


def sign_in_alone(client, device, *, options=None, **more):
    answer = device.answered(options or question(client))
    return client.post("/account/login/passkey/", {"credential": answer, **more})


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def passkeys():
    return Authenticator.objects.filter(type="webauthn")


def test_setting_one_up_asks_for_the_password_and_gives_recovery_codes(client, device):
    user = an_account()
    client.force_login(user)
    assert client.get("/account/passkeys/add/")["Location"].startswith("/account/confirm/")
    client.post("/account/confirm/", {"password": PASSWORD})

    answer = set_up(client, device)

    assert answer["Location"] == "/account/codes/"
    assert second_step(user) == SecondStep(app=False, passkeys=1, codes_left=10)
    assert "My phone" in client.get("/account/passkeys/").content.decode()


def test_a_second_one_leads_back_to_the_list(client, rosa):
    other = DeviceInMemory(id=b"another passkey")

    assert set_up(client, other, name="")["Location"] == "/account/passkeys/"
    assert [each.wrap().name for each in passkeys().order_by("id")] == ["My phone", "Passkey 2"]


def test_a_device_is_asked_for_one_that_signs_in_alone_and_not_for_the_same_again(client, rosa):
    wanted = client.get("/account/passkeys/add/").context["options"]["publicKey"]

    assert wanted["authenticatorSelection"]["residentKey"] == "preferred"
    assert len(wanted["excludeCredentials"]) == 1
    assert wanted["rp"] == {"id": "testserver", "name": "testserver"}
    assert "display_name" not in json.dumps(wanted)


@pytest.mark.parametrize("said", ["", "{}", "[]", "null", '"x"', "not json", "1", *BROKEN])
def test_what_is_no_passkey_is_refused_with_a_sentence(client, said):
    client.force_login(an_account())
    client.post("/account/confirm/", {"password": PASSWORD})
    client.get("/account/passkeys/add/")

    answer = client.post("/account/passkeys/add/", {"name": "x", "credential": said})

    assert "There is a problem" in answer.content.decode()
    assert not passkeys().exists()


def test_one_that_was_made_for_another_site_or_another_question_is_refused(client):
    client.force_login(an_account())
    client.post("/account/confirm/", {"password": PASSWORD})

    set_up(client, DeviceInMemory(origin="https://elsewhere.example"))
    old = client.get("/account/passkeys/add/").context["options"]
    client.get("/account/passkeys/add/")
    client.post("/account/passkeys/add/", {"credential": DeviceInMemory().made(old)})

    assert not passkeys().exists()


def test_a_name_can_be_changed_and_not_left_empty(client, rosa):
    page = f"/account/passkeys/{passkeys().get().pk}/name/"

    assert client.post(page, {"name": "Key in the drawer"})["Location"] == "/account/passkeys/"
    assert "There is a problem" in client.post(page, {"name": ""}).content.decode()
    assert "There is a problem" in client.post(page, {"name": "x" * 61}).content.decode()

    assert passkeys().get().wrap().name == "Key in the drawer"


def test_the_password_and_then_the_passkey_sign_in(client, rosa, device):
    client.post("/account/logout/")
    client.post("/account/login/", {"login": "rosa", "password": PASSWORD})
    assert not is_signed_in(client)

    options = client.get("/account/login/code/").context["js_data"]["request_options"]
    answer = client.post("/account/login/code/", {"credential": device.answered(options)})

    assert answer["Location"] == "/desk/"
    assert is_signed_in(client)


def test_anothers_passkey_is_no_second_step(client, rosa):
    client.post("/account/logout/")
    client.post("/account/login/", {"login": "rosa", "password": PASSWORD})
    options = client.get("/account/login/code/").context["js_data"]["request_options"]

    answer = client.post(
        "/account/login/code/", {"credential": DeviceInMemory().answered(options)}
    )

    assert "This passkey did not open the account." in answer.content.decode()
    assert not is_signed_in(client)


def test_a_passkey_alone_signs_in_with_a_new_session(client, rosa, device):
    client.post("/account/logout/")
    options = question(client)
    before = client.session.session_key

    answer = sign_in_alone(client, device, options=options)

    assert answer["Location"] == "/desk/"
    assert is_signed_in(client)
    assert client.session.session_key != before


def test_signing_in_by_passkey_leads_where_the_person_wanted_and_never_elsewhere(
    client, rosa, device
):
    for wanted, leads in (("/desk/x/", "/desk/x/"), ("https://elsewhere.example/", "/desk/")):
        client.post("/account/logout/")
        assert sign_in_alone(client, device, next=wanted)["Location"] == leads


def test_a_passkey_that_knows_nobody_does_not_sign_in_alone(client, rosa, device):
    """Without fingerprint or PIN whoever finds the key could use it."""
    client.post("/account/logout/")
    device.verifies = False

    assert sign_in_alone(client, device)["Location"] == "/account/login/?passkey=wrong"
    assert not is_signed_in(client)


@pytest.mark.parametrize("said", ["", "{}", "[]", "x", *WRONG])
def test_a_wrong_answer_says_so_on_the_page_of_sign_in_and_leaves_no_session(client, rosa, said):
    client.post("/account/logout/")
    question(client)

    answer = client.post("/account/login/passkey/", {"credential": said})

    assert answer["Location"] == "/account/login/?passkey=wrong"
    assert Session.objects.count() == 0
    shown = client.get(answer["Location"]).content.decode()
    assert "This passkey did not open the account." in shown
    assert "<title>Error:" in shown


def test_a_question_is_answered_once(client, rosa, device):
    client.post("/account/logout/")
    options = question(client)
    sign_in_alone(client, device, options=options)
    client.post("/account/logout/")
    question(client)

    sign_in_alone(client, device, options=options)

    assert not is_signed_in(client)


def test_a_closed_account_is_not_opened_by_a_passkey(client, rosa, device):
    client.post("/account/logout/")
    User.objects.update(is_active=False)

    assert sign_in_alone(client, device)["Location"] == "/account/closed/"
    assert not is_signed_in(client)


def test_the_page_of_sign_in_sets_no_cookie_and_the_button_does(client):
    assert client.get("/account/login/").cookies == {}
    assert client.get("/account/login/passkey/").cookies == {}

    assert "tejido_session" in client.get("/account/login/passkey/", **ASKED).cookies


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_sites_page_gets_no_question_and_no_answer(client, method):
    answer = getattr(client, method)(
        "/account/login/passkey/", headers={"Sec-Fetch-Site": "cross-site"}, **ASKED
    )

    assert answer.status_code == 403
    assert answer.cookies == {}


def test_questions_are_counted_by_address(client):
    for _ in range(60):
        question(client)

    assert client.get("/account/login/passkey/", **ASKED).status_code == 429


def test_one_that_is_taken_away_opens_nothing(client, rosa, device):
    client.post(f"/account/passkeys/{passkeys().get().pk}/out/")

    assert second_step(rosa) == SecondStep(app=False, passkeys=0, codes_left=0)
    client.post("/account/logout/")
    sign_in_alone(client, device)
    assert not is_signed_in(client)


def test_the_passkeys_of_somebody_else_are_not_there(client, rosa):
    other = an_account("ana")
    client.force_login(other)
    client.post("/account/confirm/", {"password": PASSWORD})

    for page in ("name", "out"):
        path = f"/account/passkeys/{passkeys().get().pk}/{page}/"
        assert client.get(path).status_code == 404
        assert client.post(path, {"name": "mine"}).status_code == 404
    assert passkeys().get().wrap().name == "My phone"


@pytest.fixture
def obliged(monkeypatch):
    monkeypatch.setattr(obligations, "_asked", [lambda _: True])


def test_the_last_second_step_stays_where_one_must_be(client, rosa, obliged):
    page = f"/account/passkeys/{passkeys().get().pk}/out/"

    assert "this is your only one" in client.get(page).content.decode()
    assert client.post(page).status_code == 409

    assert passkeys().exists()


def test_the_app_stays_too_where_it_is_the_last(client, rosa, obliged):
    TOTP.activate(rosa, "JBSWY3DPEHPK3PXP")
    client.post(f"/account/passkeys/{passkeys().get().pk}/out/")

    asked = client.get("/account/second-step/off/").content.decode()
    client.post("/account/second-step/off/")

    assert "this is your only one" in asked
    assert second_step(rosa) == SecondStep(app=True, passkeys=0, codes_left=10)


def test_with_two_either_can_be_taken_away(client, rosa, obliged):
    TOTP.activate(rosa, "JBSWY3DPEHPK3PXP")

    client.post("/account/second-step/off/")

    assert second_step(rosa) == SecondStep(app=False, passkeys=1, codes_left=10)


def test_confirming_by_passkey_opens_what_protects_the_account(client, rosa, device):
    client.post("/account/logout/")
    sign_in_alone(client, device)
    page = "/account/confirm/passkey/?next=/account/passkeys/add/"
    options = client.get(page).context["js_data"]["request_options"]
    wrong = {"credential": DeviceInMemory().answered(options), "next": "/account/passkeys/add/"}
    assert "did not open the account" in client.post(page, wrong).content.decode()

    options = client.get(page).context["js_data"]["request_options"]
    right = {"credential": device.answered(options), "next": "/account/passkeys/add/"}

    assert client.post(page, right)["Location"] == "/account/passkeys/add/"
    assert client.get("/account/passkeys/add/").status_code == 200


def test_nothing_of_a_passkey_that_is_stored_is_secret(rosa, device):
    """Why it needs no key: what lies there proves, and opens nothing."""
    kept = json.dumps(passkeys().get().data)
    secret = device.key.private_numbers().private_value.to_bytes(32, "big")

    assert secret.hex() not in kept
    assert set(passkeys().get().data) == {"name", "credential"}
