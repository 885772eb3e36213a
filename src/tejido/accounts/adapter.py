"""What the sign-in package asks of us: no sign-up, our sentences, secrets unreadable at rest."""

from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tejido.accounts.obligations import must_have_second_step
from tejido.accounts.queries import second_step
from tejido.accounts.secrets_at_rest import decrypted, encrypted

WRONG_CODE = _("This code is not right. Wait for the next one in your app, then type that one.")
LAST_SECOND_STEP = _(
    "Your role needs a second step, and this is your only one. Set up another first. Then you can "
    "take this one away."
)
TOO_MANY_TRIES = _("Too many tries. Wait 5 minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by programs and by the network, never by sign-up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _(
            "This account is turned off. Ask whoever looks after the machine of your network."
        ),
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
        return f"{account}:{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse too many wrong passwords for an account at one address.

        Where there are many from everywhere together, one from each neighborhood is tried: the
        person whose account it is gets in from where nobody guesses.
        """
        super().pre_authenticate(request, **credentials)
        account = super()._get_login_attempts_cache_key(request, **credentials)
        self._counted = _count(request, "login_anywhere", account)
        if self._counted is None:
            near = f"{account}:{neighborhood(self.get_client_ip(request))}"
            self._counted = _count(request, "login_guessed", near)
        if self._counted is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """Count only what was wrong."""
        super()._rollback_login_failed_rl_usage()
        if self._counted:
            self._counted.rollback()

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Store the password alone: what changed meanwhile, such as a closing, stays."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Say it only to a person who is signed in: a message to others would need a cookie."""
        if request.user.is_authenticated:
            super().add_message(request, *args, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return the page of the account."""
        return reverse("account_home")


def neighborhood(address: str) -> str:
    """Return what addresses that one hand can hold have in common: an IPv4 /24, an IPv6 /48."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    bits = 24 if found.version == 4 else 48
    return str(ip_network(f"{found}/{bits}", strict=False).network_address)


def _count(request: HttpRequest, action: str, key: str) -> ratelimit.RateLimitUsage | None:
    return ratelimit.consume(request, app="allauth.account", action=action, key=key)


class SecondStepAdapter(DefaultMFAAdapter):
    """Keeps the secrets of the second step encrypted under a key of their own."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _("Turn on the second step first. Then make codes."),
        "cannot_delete_authenticator": LAST_SECOND_STEP,
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether somebody may do without it: what they may do can ask for one."""
        is_last = second_step(authenticator.user).is_the_last
        return not (is_last and must_have_second_step(authenticator.user_id))

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,  # noqa: A002
    ) -> str:
        """Propose what to call a new passkey."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}

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
