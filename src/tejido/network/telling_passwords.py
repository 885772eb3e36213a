"""What the commands that give somebody a password say."""

from django.utils.translation import gettext as _

from tejido.accounts.services import GIVEN_FOR


def told(username: str, password: str) -> str:
    """Return how to sign in with a password that was given; the person then chooses another."""
    return _(
        "Sign in as %(username)s with the password %(password)s and choose another there. It "
        "opens once, within %(hours)s hours; ./tejido recover_account gives the next."
    ) % {
        "username": username,
        "password": password,
        "hours": int(GIVEN_FOR.total_seconds() // 3600),
    }
