"""Accounts for tests."""

from tejido.accounts.models import User

PASSWORD = "kelp lantern quarry 9"


def an_account(username: str = "rosa", *, language: str = "en", is_active: bool = True) -> User:
    """Return a stored account whose password is `PASSWORD`."""
    user = User.objects.create_user(username, PASSWORD, language=language)
    if not is_active:
        user.is_active = False
        user.save()
    return user
