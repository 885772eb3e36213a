"""What an account page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator

from tejido.accounts.models import User


@dataclass(frozen=True, slots=True)
class SecondStep:
    """Whether a code from an app is asked for, and how many recovery codes are left."""

    is_on: bool
    codes_left: int


def second_step(user: User) -> SecondStep:
    """Return the state of the person's second step. Two database queries, one where it is off."""
    kinds = {row.type: row for row in Authenticator.objects.filter(user=user)}
    codes = kinds.get(Authenticator.Type.RECOVERY_CODES)
    return SecondStep(
        is_on=Authenticator.Type.TOTP in kinds,
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def who_can_sign_in(ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of some accounts that are not closed. One database query."""
    active = User.objects.filter(id__in=list(ids), is_active=True)
    return frozenset(active.values_list("id", flat=True))


def account_id(username: str) -> UUID | None:
    """Return the id of the account with this user name, or None. One database query."""
    return User.objects.filter(username=username.lower()).values_list("id", flat=True).first()
