"""What is done to an account."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tejido.accounts.domain import Language
from tejido.accounts.models import USERNAME_PATTERN, User
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


def _offered(language: str) -> str:
    if language not in [*Language]:
        raise AccountRefused("language-unknown", _LANGUAGE_UNKNOWN)
    return language
