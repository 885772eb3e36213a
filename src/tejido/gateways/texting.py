"""Text messages that we begin, by Twilio's convention, which other carriers offer too.

Source: docs/sources.md#twilio-messages
"""

import json
from base64 import b64encode
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings

from tejido.gateways.domain.gsm7 import to_gsm7
from tejido.gateways.sending import NotSent

SAID_STOP = 21610
TIMEOUT_S = 10
_TAKEN, _NOT_LET_IN, _TOO_MANY, _FAULT = 300, (401, 403), 429, 500


def texts_are_on() -> bool:
    """Tell whether this installation sends text messages."""
    return bool(settings.SMS_ACCOUNT and settings.SMS_AUTH_TOKEN and settings.SMS_NUMBER)


def send_text(*, to: str, words: str) -> None:
    """Send one text message; the carrier may take the same one twice, it knows no names for them.

    Args:
        to: the number, E.164.
        words: what it says; letters that a text message does not have become plain.

    Raises:
        NotSent: the carrier did not take it, as far as we know.
    """
    form = {"To": to, "From": settings.SMS_NUMBER, "Body": to_gsm7(words)}
    try:
        status, answer = _posted(urlencode(form))
    except (OSError, HTTPException):
        raise NotSent("away") from None
    if status >= _TAKEN:
        raise NotSent(_code(status, answer))


def _posted(form: str) -> tuple[int, bytes]:
    account = settings.SMS_ACCOUNT
    key = b64encode(f"{account}:{settings.SMS_AUTH_TOKEN}".encode()).decode()
    to = urlsplit(settings.SMS_SEND_URL)
    kind = HTTPConnection if to.scheme == "http" else HTTPSConnection
    line = kind(to.hostname or "", to.port, timeout=TIMEOUT_S)
    try:
        line.request(
            "POST",
            f"{to.path.rstrip('/')}/2010-04-01/Accounts/{quote(account, safe='')}/Messages.json",
            body=form,
            headers={
                "Authorization": f"Basic {key}",
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        answer = line.getresponse()
        return answer.status, answer.read(65_536)
    finally:
        line.close()


def _code(status: int, answer: bytes) -> str:
    if status in _NOT_LET_IN or status >= _FAULT:
        return "away"
    if status == _TOO_MANY:
        return "later"
    return "stopped" if _said(answer) == SAID_STOP else "refused"


def _said(answer: bytes) -> object:
    try:
        told = json.loads(answer)
    except ValueError:
        return None
    return told.get("code") if isinstance(told, dict) else None
