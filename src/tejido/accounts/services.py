"""What is done to an account."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tejido.accounts.domain import Language
from tejido.accounts.models import USERNAME_PATTERN, User
from tejido.accounts.secrets_at_rest import decrypted, encrypted, is_newest
from tejido.foundation.errors import Refused


class AccountRefused(Refused):
    """The account cannot be stored as asked."""


_USERNAME_FORM = _(
    "A user name has 2 to 64 letters without accents, digits, dots, dashes or underscores."
)
_USERNAME_TAKEN = _("Choose another user name. This one is taken.")
_LANGUAGE_UNKNOWN = _("Choose English or Spanish.")


@transaction.atomic
def create_account(*, username: str, password: str | None, language: str) -> User:
    """Store an account and return it; without a password nobody can sign in with it.

    Raises:
        AccountRefused: `username-taken`, `username-form` or `language-unknown`.
    """
    if not USERNAME_PATTERN.fullmatch(username.strip().lower()):
        raise AccountRefused("username-form", _USERNAME_FORM)
    try:
        with transaction.atomic():
            return User.objects.create_user(username, password, language=_offered(language))
    except IntegrityError as error:
        raise AccountRefused("username-taken", _USERNAME_TAKEN) from error


def choose_language(*, user: User, language: str) -> None:
    """Store the language in which the person's own pages are shown.

    Raises:
        AccountRefused: `language-unknown`.
    """
    user.language = _offered(language)
    user.save(update_fields=["language"])


@dataclass(frozen=True, slots=True)
class Renewed:
    """How many second steps were brought to the newest key, and how many nobody can read."""

    renewed: int
    unreadable: int


@transaction.atomic
def renew_second_steps(*, at: datetime) -> Renewed:
    """Encrypt anew, under the newest key, what lies under an older one. Safe to repeat.

    Raises:
        KeyRefused: `foundation.keys.current_key`.
    """
    renewed = unreadable = 0
    for row in Authenticator.objects.select_for_update().order_by("id"):
        if all(is_newest(text) for text in _secrets_of(row.data)):
            continue
        try:
            row.data = row.data | _anew(row.data, at=at)
        except InvalidToken:
            unreadable += 1
            continue
        row.save(update_fields=["data"])
        renewed += 1
    return Renewed(renewed, unreadable)


# What the sign-in package encrypts: the key of the app, what codes come from, codes of before.
_SECRET_FIELDS = ("secret", "seed", "migrated_codes")


def _secrets_of(kept: dict[str, Any]) -> Iterator[str]:
    for field in _SECRET_FIELDS:
        value = kept.get(field) or []
        yield from [value] if isinstance(value, str) else value


def _anew(kept: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    def renewed(text: str) -> str:
        return encrypted(decrypted(text), at=at)

    found = {field: kept[field] for field in _SECRET_FIELDS if kept.get(field)}
    return {
        field: renewed(value) if isinstance(value, str) else [renewed(text) for text in value]
        for field, value in found.items()
    }


def _offered(language: str) -> str:
    if language not in [*Language]:
        raise AccountRefused("language-unknown", _LANGUAGE_UNKNOWN)
    return language
