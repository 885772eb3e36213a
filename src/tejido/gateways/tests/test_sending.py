import json
import socket
from base64 import b64decode
from urllib.parse import parse_qs

import pytest

from tejido.gateways.mail import Postbox
from tejido.gateways.sending import NotSent
from tejido.gateways.testing import a_carrier, a_mail_server
from tejido.gateways.tests.hostile import answering
from tejido.gateways.texting import send_text, texts_are_on


def said(status, told=None):
    body = json.dumps(told or {}).encode()
    return b"HTTP/1.1 %d No\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body


@pytest.fixture
def texts(settings):
    settings.SMS_ACCOUNT, settings.SMS_AUTH_TOKEN = "AC1", "secret"
    settings.SMS_NUMBER = "+15595550100"
    return settings


def test_texts_are_on_only_with_an_account_a_key_and_a_number(texts):
    assert texts_are_on()

    texts.SMS_ACCOUNT = ""

    assert not texts_are_on()


def test_a_text_goes_to_the_carrier_in_letters_of_a_text_message(texts):
    with a_carrier() as (texts.SMS_SEND_URL, came):
        send_text(to="+15595550123", words="Le espera algo aquí")

    head, _, form = came[0].partition("\n\n")
    key = head.partition("Authorization: Basic ")[2].split("\n")[0]
    assert head.startswith("POST /2010-04-01/Accounts/AC1/Messages.json ")
    assert b64decode(key) == b"AC1:secret"
    assert parse_qs(form) == {
        "To": ["+15595550123"],
        "From": ["+15595550100"],
        "Body": ["Le espera algo aqui"],
    }


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (said(400, {"code": 21610}), "stopped"),
        (said(400, {"code": 21211}), "refused"),
        (said(400, ["no object"]), "refused"),
        (b"HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\noops", "refused"),
        (said(401), "away"),
        (said(429), "later"),
        (said(503), "away"),
        (b"nonsense\r\n\r\n", "away"),
    ],
)
def test_each_way_of_saying_no_has_its_code(texts, answer, code):
    with (
        answering(answer) as (texts.SMS_SEND_URL, _),
        pytest.raises(NotSent) as refusal,
    ):
        send_text(to="+15595550123", words="Hello")

    assert refusal.value.code == code


def test_a_carrier_that_is_not_there_is_away(texts):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    texts.SMS_SEND_URL = f"http://127.0.0.1:{port}"

    with pytest.raises(NotSent) as refusal:
        send_text(to="+15595550123", words="Hello")

    assert refusal.value.code == "away"
    assert "555" not in str(refusal.value)


@pytest.fixture
def smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    settings.DEFAULT_FROM_EMAIL = "tejido@help.example.org"
    return settings


def posted(server, smtp, *to):
    smtp.EMAIL_PORT = server.port
    box, codes = Postbox(), []
    for one in to:
        try:
            box.send(to=one, subject="Hello", body="Something", name="n1")
        except NotSent as failure:
            codes.append(failure.code)
        else:
            codes.append("")
    box.close()
    return codes


def test_letters_go_by_one_connection_each_with_its_own_name(smtp):
    with a_mail_server() as server:
        assert posted(server, smtp, "a@example.org", "b@example.org") == ["", ""]

    assert server.connections == 1
    assert [to for to, _letter in server.letters] == ["a@example.org", "b@example.org"]
    assert "Message-ID: <n1@help.example.org>" in server.letters[0][1]
    assert "Auto-Submitted: auto-generated" in server.letters[0][1]


@pytest.mark.parametrize(
    ("begins", "line", "code"),
    [
        ("RCPT", "550 unknown", "refused"),
        ("RCPT", "451 come back", "later"),
        (".", "554 no", "refused"),
        (".", "452 full", "later"),
        (".", "", "away"),
        ("MAIL", "530 log in", "away"),
    ],
)
def test_each_refusal_of_a_mail_server_has_its_code_and_the_next_letter_goes(
    smtp, begins, line, code
):
    refused = []

    def once(command):
        if command.startswith(begins) and not refused:
            refused.append(command)
            return line
        return None

    with a_mail_server(once) as server:
        assert posted(server, smtp, "a@example.org", "b@example.org") == [code, ""]

    assert [to for to, _letter in server.letters] == ["b@example.org"]
