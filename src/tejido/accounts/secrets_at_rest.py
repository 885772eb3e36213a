"""Secrets of the second step as they lie in the database: encrypted, under a key of their own."""

import base64
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from tejido.foundation.key_files import Purpose
from tejido.foundation.keys import current_key, live_keys


def encrypted(text: str, *, at: datetime) -> str:
    """Return a text under the newest key, which is made where there is none.

    Raises:
        KeyRefused: `foundation.keys.current_key`.
    """
    key = current_key(Purpose.SECOND_STEPS, at=at)
    return Fernet(key.secret).encrypt(text.encode()).decode()


def decrypted(text: str) -> str:
    """Return a text again, whichever of the keys that are left it lies under.

    Raises:
        InvalidToken: it lies under none of them.
        KeyRefused: `foundation.keys.current_key`.
    """
    kept = [Fernet(key.secret) for key in live_keys(Purpose.SECOND_STEPS)]
    return MultiFernet([*kept, *_of_before()]).decrypt(text.encode()).decode()


def is_newest(text: str) -> bool:
    """Tell whether a text lies under the newest key already.

    Raises:
        KeyRefused: `foundation.keys.current_key`.
    """
    newest = live_keys(Purpose.SECOND_STEPS)[:1]
    try:
        return any(Fernet(key.secret).decrypt(text.encode()) for key in newest)
    except InvalidToken:
        return False


def _of_before() -> list[Fernet]:
    """Return what they lay under while sessions and second steps had one key."""
    signing = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (salted_hmac("second step", "", secret=key, algorithm="sha256") for key in signing)
    return [Fernet(base64.urlsafe_b64encode(digest.digest())) for digest in digests]
