"""The account that a person signs in with. Who the person is stands in `network`."""

import re
import uuid
from typing import ClassVar, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm

from tejido.accounts.domain import Language

USERNAME_PATTERN = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")


class Accounts(BaseUserManager["User"]):
    """Makes accounts; sign-up is closed, so this is the only way in."""

    def create_user(
        self, username: str, password: str | None = None, *, language: str = Language.ENGLISH
    ) -> "User":
        """Store an account; without a password nobody can sign in with it.

        Raises:
            ValueError: the user name is not 2 to 64 of a-z, 0-9, dot, dash, underscore.
        """
        name = username.strip().lower()
        if not USERNAME_PATTERN.fullmatch(name):
            raise ValueError("username")
        user = self.model(username=name, language=Language(language))
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account with this user name, whatever its letter case."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """Sign-in only: no name, no e-mail, no phone number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        _("User name"),
        max_length=64,
        unique=True,
        validators=[RegexValidator(rf"^{USERNAME_PATTERN.pattern}\Z")],
    )
    language = models.CharField(
        _("Language"), max_length=2, default="en", choices=[("en", "English"), ("es", "Español")]
    )
    is_active = models.BooleanField(default=True)

    password_until = models.DateTimeField(
        null=True, help_text="a password given by others is for one sign-in, until then"
    )
    closed_at = models.DateTimeField(null=True, help_text="for good: nobody signs in any more")

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def has_perm(self, permission: str, subject: object = None) -> bool:
        """Return whether the account may do something to a subject; `network` says which may."""
        return self.is_active and bool(
            has_perm(permission, self, subject)  # type: ignore[no-untyped-call]
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(username=Lower("username")), name="accounts_user_username_lowercase"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["en", "es"]), name="accounts_user_language_offered"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(is_active=False),
                name="accounts_user_closed_is_not_active",
            ),
        ]


class Session(AbstractBaseSession):
    """Where somebody is signed in: since when and the hour last seen; no address, no browser."""

    account_id = models.UUIDField(null=True, db_index=True, help_text="none while signing in")
    since = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True, help_text="the beginning of the hour")

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return what reads and writes these rows."""
        return cast("type[SessionBase]", import_string("tejido.accounts.sessions.SessionStore"))
