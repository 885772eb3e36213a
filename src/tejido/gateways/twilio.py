"""Twilio's convention, which other carriers offer too: a signed form comes, TwiML goes back.

No SDK: what it would do here is one HMAC over one line of text, and one small XML document.

Source: docs/sources.md#twilio-webhooks
"""

import hmac
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused
from tejido.gateways.domain.texts import TextIn

SIGNATURE_HEADER = "X-Twilio-Signature"
CONTENT_TYPE = "text/xml; charset=utf-8"
Form = Iterable[tuple[str, Sequence[str]]]


class TextForged(Refused):
    """The signature is not that of whoever holds the key."""


class TextIncomplete(Refused):
    """What came is signed, and is no text message."""


@dataclass(frozen=True, slots=True)
class Twilio:
    """The webhook of one account; the key never shows in a log."""

    key: str = field(repr=False)

    def received(self, *, url: str, form: Form, headers: Mapping[str, str]) -> TextIn:
        """Return the message that a signed form holds.

        Args:
            url: exactly as it stands at Twilio.
            form: names, each with its values.
            headers: of the request.

        Raises:
            TextForged: somebody else sent it, or something was changed on the way.
            TextIncomplete: it has no sender or no id.
        """
        sent = dict(form)
        signature = headers.get(SIGNATURE_HEADER, "")
        if not hmac.compare_digest(signature.encode(), self.signature(url, sent).encode()):
            raise TextForged("forged", _("The signature is wrong."))
        one, sender = (_first(sent, name) for name in ("MessageSid", "From"))
        if not one or not sender:
            raise TextIncomplete("incomplete", _("This is no text message."))
        return TextIn(id=one, sender=sender, words=_first(sent, "Body"))

    def signature(self, url: str, form: Mapping[str, Sequence[str]]) -> str:
        """Return what Twilio signs: the address, then each name with its values, in order."""
        values = (name + value for name in sorted(form) for value in sorted(set(form[name])))
        # SHA-1 is Twilio's choice; inside an HMAC it is not known to be broken.
        digest = hmac.digest(self.key.encode(), (url + "".join(values)).encode(), "sha1")
        return b64encode(digest).decode()


def answered(words: str) -> bytes:
    """Return a TwiML document that sends these words back, or nothing where there are none."""
    response = Element("Response")
    if words:
        SubElement(response, "Message").text = words
    document: bytes = tostring(response, encoding="utf-8", xml_declaration=True)
    return document


def _first(form: Mapping[str, Sequence[str]], name: str) -> str:
    values = form.get(name, ())
    return values[0] if values else ""
