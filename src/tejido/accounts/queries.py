"""What an account page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils.crypto import salted_hmac

from tejido.accounts.models import Session, User

# What asks for more than a password at sign-in; recovery codes only stand in for them.
STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class SecondStep:
    """What is asked for beside the password.

    Attributes:
        app: codes from an app are set up.
        passkeys: how many there are.
        codes_left: recovery codes that were not used.
    """

    app: bool
    passkeys: int
    codes_left: int

    @property
    def is_on(self) -> bool:
        """Return whether a password alone does not sign in."""
        return self.app or self.passkeys > 0

    @property
    def is_the_last(self) -> bool:
        """Return whether only one is left, be it the app or a passkey."""
        return self.app + self.passkeys == 1


def second_step(user: User) -> SecondStep:
    """Return the state of the person's second step. Two database queries, one where it is off."""
    rows = list(Authenticator.objects.filter(user=user))
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    kinds = [row.type for row in rows]
    return SecondStep(
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def has_second_step(account_id: UUID) -> bool:
    """Return whether a password alone does not sign in to the account. One database query."""
    return Authenticator.objects.filter(user_id=account_id, type__in=STEPS).exists()


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """Somewhere that a person is signed in.

    Attributes:
        mark: names it in a form; opens nothing.
        since: when they signed in.
        seen: the beginning of the hour in which they last opened a page.
        is_this: it is the one that asks.
    """

    mark: str
    since: datetime
    seen: datetime
    is_this: bool


def sessions_of(account_id: UUID, *, current: str | None, at: datetime) -> list[SessionSeen]:
    """Return where a person is signed in, this session first, then the last seen. One query.

    Args:
        account_id: the person's.
        current: the key of the session that asks.
        at: now; what has run out is left out.
    """
    rows = Session.objects.filter(
        account_id=account_id, expire_date__gt=at, since__isnull=False, seen__isnull=False
    )
    found = [
        SessionSeen(mark_of(row.session_key), row.since, row.seen, row.session_key == current)
        for row in rows.order_by("-seen", "-since", "session_key")
        if row.since and row.seen
    ]
    return sorted(found, key=lambda session: not session.is_this)


def mark_of(session_key: str) -> str:
    """Return what names a session in a form without being its key."""
    return salted_hmac("session in a list", session_key, algorithm="sha256").hexdigest()


def has_given_password(user: User) -> bool:
    """Return whether others gave the password, so that the person chooses one first. No query."""
    return user.password_until is not None


def who_can_sign_in(ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of some accounts that are neither turned off nor closed. One query."""
    active = User.objects.filter(id__in=list(ids), is_active=True)
    return frozenset(active.values_list("id", flat=True))


def closed_ones(ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of some accounts that were closed for good. One database query."""
    closed = User.objects.filter(id__in=list(ids), closed_at__isnull=False)
    return frozenset(closed.values_list("id", flat=True))


def account_id(username: str) -> UUID | None:
    """Return the id of the account with this user name, or None. One database query."""
    return User.objects.filter(username=username.lower()).values_list("id", flat=True).first()


def languages_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the language of each of some accounts that is not closed. One database query."""
    active = User.objects.filter(id__in=list(ids), is_active=True)
    return dict(active.values_list("id", "language"))
