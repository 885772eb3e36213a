"""The codes that an authenticator app shows."""

from datetime import datetime

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value


def app_code(secret: str, *, at: datetime) -> str:
    """Return the six digits that an app with this secret shows at an instant.

    Args:
        secret: base32.
        at: the instant; a code stands for half a minute.

    Source: RFC 6238, with the functions of the sign-in package.
    """
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // app_settings.TOTP_PERIOD))
