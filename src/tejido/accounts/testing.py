"""Accounts for tests, and a passkey that lies in memory."""

import json
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.hashers import make_password
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from tejido.accounts.models import User

PASSWORD = "kelp lantern quarry 9"


def an_account(username: str = "rosa", *, language: str = "en", is_active: bool = True) -> User:
    """Return a stored account whose password is `PASSWORD`."""
    user = User.objects.create_user(username, language=language)
    user.password, user.is_active = _hashed(), is_active
    user.save(update_fields=["password", "is_active"])
    return user


def withdraw_second_step(username: str) -> None:
    """Take away what a person would be asked for beside the password."""
    Authenticator.objects.filter(user__username=username).delete()


@dataclass
class DeviceInMemory:
    """A device that makes a passkey and answers with it, as a browser would hand that on.

    Source: W3C Web Authentication level 2, sections 6.1, 6.5.1 and 7.
    """

    origin: str = "https://testserver"
    verifies: bool = True
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = b"a passkey in memory"
    handle: bytes = b""

    def made(self, options: dict[str, Any]) -> str:
        """Return what the browser says of a new passkey, as JSON."""
        wanted = options["publicKey"]
        self.handle = websafe_decode(wanted["user"]["id"])
        public = ES256.from_cryptography_key(  # type: ignore[no-untyped-call]
            self.key.public_key()
        )
        kept = AttestedCredentialData.create(Aaguid(bytes(16)), self.id, public)
        about = self._about(wanted["rp"]["id"], flag=0x40, kept=kept)
        told = AttestationObject.create("none", about, {})
        said = self._said("webauthn.create", wanted["challenge"])
        return self._json({"clientDataJSON": said, "attestationObject": told})

    def answered(self, options: dict[str, Any]) -> str:
        """Return what the browser says when the passkey answers a question, as JSON."""
        wanted = options["publicKey"]
        about = self._about(wanted["rpId"])
        said = self._said("webauthn.get", wanted["challenge"])
        signed = self.key.sign(about + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        told = {"clientDataJSON": said, "authenticatorData": about, "signature": signed}
        return self._json(told | {"userHandle": self.handle})

    def _about(
        self, site: str, *, flag: int = 0, kept: AttestedCredentialData | None = None
    ) -> AuthenticatorData:
        flags = AuthenticatorData.FLAG(0x01 | (0x04 if self.verifies else 0) | flag)
        found = sha256(site.encode()).digest()
        about: AuthenticatorData = AuthenticatorData.create(found, flags, 1, kept or b"")
        return about

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _json(self, response: dict[str, bytes]) -> str:
        name = websafe_encode(self.id)
        told = {key: websafe_encode(value) for key, value in response.items()}
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": told}
            | {"clientExtensionResults": {}}
        )


@cache
def _hashed() -> str:
    # On purpose slow, so once is enough.
    return make_password(PASSWORD)
