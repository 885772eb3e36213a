"""What an account page shows."""

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
    """Return the state of the person's second step. One database query."""
    kinds = {row.type: row for row in Authenticator.objects.filter(user=user)}
    codes = kinds.get(Authenticator.Type.RECOVERY_CODES)
    return SecondStep(
        is_on=Authenticator.Type.TOTP in kinds,
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def account_id(username: str) -> UUID | None:
    """Return the id of the account with this user name, or None. One database query."""
    return User.objects.filter(username=username.lower()).values_list("id", flat=True).first()
