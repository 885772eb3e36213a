import base64
import hashlib
import json
from datetime import UTC, datetime

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tejido.foundation.key_files import Key, KeyName, Purpose
from tejido.foundation.key_kinds import (
    credentials_key,
    new_secret,
    public_jwk,
    recipient,
    sealing_key,
    secret_bytes,
    shown_half,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def a_key(purpose, secret=None):
    return Key(KeyName(purpose, None, 1), NOW, secret or new_secret(purpose))


def unpacked(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.mark.parametrize("purpose", Purpose)
def test_each_new_secret_is_another_and_shows_nothing_of_itself(purpose):
    first, second = a_key(purpose), a_key(purpose)

    assert first.secret != second.secret
    assert len(first.secret) >= 44
    shown = shown_half(first)
    assert shown not in first.secret or not shown


@pytest.mark.parametrize("purpose", [Purpose.PEPPER, Purpose.AUDIT])
def test_peppers_and_audit_keys_have_256_bits(purpose):
    assert len(secret_bytes(a_key(purpose))) == 32


def test_sealing_gives_out_a_p256_point_for_jwe():
    key = a_key(Purpose.SEALING)

    half = public_jwk(key)
    point = sealing_key(key).public_key().public_numbers()

    assert (half["kty"], half["crv"], set(half)) == (
        "EC",
        "P-256",
        {"kty", "crv", "x", "y", "kid"},
    )
    assert isinstance(sealing_key(key).curve, SECP256R1)
    assert (int.from_bytes(unpacked(half["x"])), len(unpacked(half["x"]))) == (point.x, 32)
    assert (int.from_bytes(unpacked(half["y"])), len(unpacked(half["y"]))) == (point.y, 32)


def test_what_credentials_sign_is_checked_with_the_half_that_is_given_out():
    key = a_key(Purpose.CREDENTIALS)
    half = public_jwk(key)

    signature = credentials_key(key).sign(b"a badge")

    Ed25519PublicKey.from_public_bytes(unpacked(half["x"])).verify(signature, b"a badge")
    assert (half["kty"], half["crv"]) == ("OKP", "Ed25519")


def test_the_id_of_a_half_is_the_thumbprint_of_rfc_7638():
    half = public_jwk(a_key(Purpose.SEALING))
    written = '{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}'.format(**half)

    assert unpacked(half["kid"]) == hashlib.sha256(written.encode()).digest()
    assert json.loads(written)["crv"] == "P-256"


def test_the_id_of_the_key_in_rfc_8037_is_the_one_that_it_prints():
    # RFC 8037, appendix A.1 to A.3: this private key, this public half, this thumbprint.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from tejido.foundation.key_kinds import _pem

    private = unpacked("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
    key = a_key(Purpose.CREDENTIALS, _pem(Ed25519PrivateKey.from_private_bytes(private)))

    assert public_jwk(key) == {
        "crv": "Ed25519",
        "kty": "OKP",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
    }


def test_what_is_encrypted_for_a_backup_key_only_that_one_opens():
    key, other = a_key(Purpose.BACKUP), a_key(Purpose.BACKUP)
    assert recipient(key).startswith("age1")

    sealed = pyrage.encrypt(b"rows", [pyrage.x25519.Recipient.from_str(recipient(key))])

    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(key.secret)]) == b"rows"
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(other.secret)])


def test_a_pepper_has_no_half_to_give_out():
    with pytest.raises(ValueError, match="pepper"):
        public_jwk(a_key(Purpose.PEPPER))
