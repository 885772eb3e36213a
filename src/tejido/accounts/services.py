"""What is done to an account."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from tejido.accounts.domain import Language
from tejido.accounts.models import USERNAME_PATTERN, Session, User
from tejido.accounts.queries import mark_of
from tejido.accounts.secrets_at_rest import decrypted, encrypted, is_newest
from tejido.foundation.errors import Refused


class AccountRefused(Refused):
    """The account cannot be stored as asked."""


_USERNAME_FORM = _(
    "A user name has 2 to 64 characters: letters without accents, digits, dots, dashes, "
    "underscores."
)
_USERNAME_TAKEN = _("Choose another user name. This one is taken.")
_LANGUAGE_UNKNOWN = _("Choose English or Spanish.")


@transaction.atomic
def create_account(*, username: str, password: str | None, language: str) -> User:
    """Store an account and return it; without a password nobody can sign in with it.

    Raises:
        AccountRefused: `username-taken`, `username-form` or `language-unknown`.
    """
    check_username(username)
    try:
        with transaction.atomic():
            return User.objects.create_user(username, password, language=_offered(language))
    except IntegrityError as error:
        raise AccountRefused("username-taken", _USERNAME_TAKEN) from error


def check_username(username: str) -> None:
    """Refuse a user name that no new account can have. One query.

    Raises:
        AccountRefused: `username-form`, `username-taken`.
    """
    name = username.strip().lower()
    if not USERNAME_PATTERN.fullmatch(name):
        raise AccountRefused("username-form", _USERNAME_FORM)
    if User.objects.filter(username=name).exists():
        raise AccountRefused("username-taken", _USERNAME_TAKEN)


def choose_language(*, user: User, language: str) -> None:
    """Store the language in which the person's own pages are shown.

    Raises:
        AccountRefused: `language-unknown`.
    """
    user.language = _offered(language)
    user.save(update_fields=["language"])


@transaction.atomic
def turn_on_app(*, account_id: UUID, secret: str, at: datetime) -> None:
    """Ask this account for codes of an app that has this secret. Where one is set up, it stays.

    Args:
        account_id: whose sign-in it is.
        secret: base32, as an app takes it.
        at: when, for the key that encrypts it.

    Raises:
        KeyRefused: `foundation.keys.current_key`.
    """
    data = {"secret": encrypted(secret, at=at)}
    Authenticator.objects.get_or_create(
        user_id=account_id, type=Authenticator.Type.TOTP, defaults={"data": data}
    )


def end_every_session() -> None:
    """Sign everybody out."""
    Session.objects.all().delete()


# For how long a password that others gave opens the account; the person then chooses their own.
GIVEN_FOR = timedelta(hours=72)
EASILY_SAID = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def give_password(*, account_id: UUID, at: datetime) -> tuple[str, str]:
    """Open an account again for whoever lost what opens it; return user name and password.

    The password is for one sign-in within 72 hours (`use_given_password`), after which the person
    chooses another.
    Second steps and recovery codes are taken away, and every session ends.

    Raises:
        User.DoesNotExist: there is no such account, or it was closed.
    """
    user = User.objects.select_for_update().get(id=account_id, closed_at__isnull=True)
    password = _easily_said()
    user.set_password(password)
    user.password_until = at + GIVEN_FOR
    user.save(update_fields=["password", "password_until"])
    _take_away(account_id)
    return user.username, password


@transaction.atomic
def close_account(*, account_id: UUID, at: datetime) -> None:
    """Close an account for good; the caller has ended what its person does. Safe to repeat.

    What opens it is deleted and every session ends, so that signing in answers as with a wrong
    password. The row stays with its user name: nobody else signs in under it, and the record
    still says who did what.

    Raises:
        User.DoesNotExist: there is no such account.
    """
    user = User.objects.select_for_update().get(id=account_id)
    user.set_unusable_password()
    user.password_until, user.is_active = None, False
    user.closed_at = user.closed_at or at
    user.save(update_fields=["password", "password_until", "is_active", "closed_at"])
    _take_away(account_id)


def _take_away(account_id: UUID) -> None:
    """Delete second steps and recovery codes, and sign the person out everywhere."""
    Authenticator.objects.filter(user_id=account_id).delete()
    end_sessions(account_id=account_id)


def _easily_said() -> str:
    """Return a password for voice or paper: 79 bits, nothing that is taken for another sign."""
    groups = ("".join(secrets.choice(EASILY_SAID) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def use_given_password(*, account_id: UUID, at: datetime) -> bool:
    """Take the one sign-in that a given password is for; return whether it was still there.

    Two at the same moment: one gets in.

    Args:
        account_id: whose; the password was given by others (`queries.has_given_password`).
        at: now.
    """
    unused = User.objects.filter(id=account_id, password_until__gt=at)
    return bool(unused.update(password_until=at))


def keep_own_password(*, account_id: UUID) -> None:
    """Note that the password is one that the person chose."""
    User.objects.filter(id=account_id).update(password_until=None)


def end_session(*, account_id: UUID, mark: str) -> None:
    """Sign a person out in one place. Safe to repeat, and where there is no such place.

    Args:
        account_id: whose; others' sessions are not touched.
        mark: which, as `queries.sessions_of` names it.
    """
    keys = Session.objects.filter(account_id=account_id).values_list("session_key", flat=True)
    ended = [key for key in keys if constant_time_compare(mark_of(key), mark)]
    Session.objects.filter(session_key__in=ended).delete()


def end_sessions(*, account_id: UUID, but: str | None = None) -> None:
    """Sign a person out everywhere, at once.

    Args:
        account_id: whose.
        but: the key of a session that goes on.
    """
    Session.objects.filter(account_id=account_id).exclude(session_key=but or "").delete()


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
