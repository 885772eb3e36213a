"""What a new key of each purpose is, and the half of it that is given out."""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable

import pyrage
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from tejido.foundation.key_files import Key, Purpose

PEPPER_BYTES = 32
P256_BYTES = 32


def new_secret(purpose: Purpose) -> str:
    """Return a new secret as its file holds it.

    Sessions: text. Second steps: a Fernet key. Pepper and audit: 32 random bytes in hexadecimal.
    Sealing: P-256, and credentials: Ed25519, both as PEM (PKCS 8). Backup: an age identity.
    """
    return _MAKERS[purpose]()


def secret_bytes(key: Key) -> bytes:
    """Return the 32 bytes of a pepper or of a key for the audit chain."""
    return bytes.fromhex(key.secret)


def sealing_key(key: Key) -> EllipticCurvePrivateKey:
    """Return the private half with which sealed events are opened."""
    loaded = load_pem_private_key(key.secret.encode(), password=None)
    assert isinstance(loaded, EllipticCurvePrivateKey)  # noqa: S101  (only what we made is read)
    return loaded


def credentials_key(key: Key) -> Ed25519PrivateKey:
    """Return the private half with which credentials are signed."""
    loaded = load_pem_private_key(key.secret.encode(), password=None)
    assert isinstance(loaded, Ed25519PrivateKey)  # noqa: S101  (only what we made is read)
    return loaded


def public_jwk(key: Key) -> dict[str, str]:
    """Return the public half of a sealing or credentials key as a JSON Web Key with its id.

    The id is the key's thumbprint (RFC 7638), so that whoever has the half can check it.

    Raises:
        ValueError: a key of this purpose has no public half.
    """
    if key.name.purpose is Purpose.SEALING:
        point = sealing_key(key).public_key().public_numbers()
        members = {
            "crv": "P-256",
            "kty": "EC",
            "x": _base64url(point.x.to_bytes(P256_BYTES)),
            "y": _base64url(point.y.to_bytes(P256_BYTES)),
        }
    elif key.name.purpose is Purpose.CREDENTIALS:
        public = credentials_key(key).public_key().public_bytes_raw()
        members = {"crv": "Ed25519", "kty": "OKP", "x": _base64url(public)}
    else:
        raise ValueError(key.name.purpose)
    canonical = json.dumps(members, sort_keys=True, separators=(",", ":"))
    return members | {"kid": _base64url(hashlib.sha256(canonical.encode()).digest())}


def recipient(key: Key) -> str:
    """Return the public half of a backup key: whom age encrypts for (`age1…`)."""
    return str(pyrage.x25519.Identity.from_str(key.secret).to_public())


def shown_half(key: Key) -> str:
    """Return what may be shown of a key: its public half or the id of it, or ''."""
    if key.name.purpose is Purpose.BACKUP:
        return recipient(key)
    has_half = key.name.purpose in (Purpose.SEALING, Purpose.CREDENTIALS)
    return public_jwk(key)["kid"] if has_half else ""


def _pem(key: EllipticCurvePrivateKey | Ed25519PrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode().strip()


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _random() -> str:
    return secrets.token_hex(PEPPER_BYTES)


_MAKERS: dict[Purpose, Callable[[], str]] = {
    Purpose.SESSIONS: lambda: secrets.token_urlsafe(50),
    Purpose.SECOND_STEPS: lambda: Fernet.generate_key().decode(),
    Purpose.PEPPER: _random,
    Purpose.SEALING: lambda: _pem(generate_private_key(SECP256R1())),
    Purpose.CREDENTIALS: lambda: _pem(Ed25519PrivateKey.generate()),
    Purpose.AUDIT: _random,
    Purpose.BACKUP: lambda: str(pyrage.x25519.Identity.generate()),
}
