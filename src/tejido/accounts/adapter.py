"""What the sign-in package asks of us: no sign-up, our sentences, secrets unreadable at rest."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tejido.accounts.secrets_at_rest import decrypted, encrypted

WRONG_CODE = _("This code is not right. Wait for the next one in your app, then type that one.")
TOO_MANY_TRIES = _("Too many tries. Wait 5 minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by programs and by the network, never by sign-up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the person who manages your program."),
        "enter_current_password": _("Type the password that you use now."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This password is not right. Type it again."),
        "rate_limited": TOO_MANY_TRIES,
        "too_many_login_attempts": TOO_MANY_TRIES,
        "username_password_mismatch": _(
            "The user name or the password is not right. Check both, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: nobody signs up."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords for an account and an address together."""
        account: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account}:{self.get_client_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse too many tries for an account at one address, and from everywhere together."""
        super().pre_authenticate(request, **credentials)
        account = super()._get_login_attempts_cache_key(request, **credentials)
        if not ratelimit.consume(request, action="login_anywhere", key=account):
            raise self.validation_error("too_many_login_attempts")

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Say it only to a person who is signed in: a message to others would need a cookie."""
        if request.user.is_authenticated:
            super().add_message(request, *args, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return the page of the account."""
        return reverse("account_home")


class SecondStepAdapter(DefaultMFAAdapter):
    """Keeps the secrets of the second step encrypted under a key of their own."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _("Turn on the second step first. Then make codes."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Draw the key on white ground, which a phone can read on a dark page too."""
        drawn: str = super().build_totp_svg(url)
        return drawn.replace("<path", '<rect width="100%" height="100%" fill="white"/><path', 1)

    def encrypt(self, text: str) -> str:
        """Return the text as it may lie in the database."""
        return encrypted(text, at=timezone.now())

    def decrypt(self, encrypted_text: str) -> str:
        """Return the text again."""
        return decrypted(encrypted_text)
