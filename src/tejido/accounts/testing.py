"""Accounts for tests."""

from functools import cache

from django.contrib.auth.hashers import make_password

from tejido.accounts.models import User

PASSWORD = "kelp lantern quarry 9"


def an_account(username: str = "rosa", *, language: str = "en", is_active: bool = True) -> User:
    """Return a stored account whose password is `PASSWORD`."""
    user = User.objects.create_user(username, language=language)
    user.password, user.is_active = _hashed(), is_active
    user.save(update_fields=["password", "is_active"])
    return user


@cache
def _hashed() -> str:
    # On purpose slow, so once is enough.
    return make_password(PASSWORD)
