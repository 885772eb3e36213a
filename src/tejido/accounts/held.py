"""What this area holds, about whom, why and for how long (`foundation/what_is_held.py`)."""

from django.utils.translation import gettext_lazy as _

from tejido.foundation.what_is_held import About, Held

HELD = [
    Held(
        what=_("Accounts"),
        holds=_(
            "A user name, a scrambled password, a language, when the person last signed in, "
            "and when the account was closed. No e-mail and no phone number."
        ),
        about=About.WORKERS,
        why=_("So that people who work here can sign in."),
        kept=_(
            "For as long as the network has the account. Of a closed account the user name "
            "stays, so that the record still says who did what, and no password."
        ),
        models=("accounts.User",),
        words=("User.username",),
        codes=("User.password",),
    ),
    Held(
        what=_("Who is signed in"),
        holds=_(
            "Which account, since when, and the hour last seen. No internet address and "
            "no kind of phone."
        ),
        about=About.WORKERS,
        why=_("So that people need not sign in on each page."),
        kept=_("12 hours at most. The rest goes the following night."),
        models=("accounts.Session",),
        codes=("Session.session_key", "Session.session_data"),
    ),
    Held(
        what=_("Second steps of signing in"),
        holds=_("The encrypted secret of a code app, and recovery codes."),
        about=About.WORKERS,
        why=_("So that a stolen password is not enough."),
        kept=_("Until the person turns the second step off, or the account is closed."),
        models=("mfa.Authenticator",),
        codes=("Authenticator.type", "Authenticator.data"),
    ),
    Held(
        what=_("Tables that stay empty"),
        holds=_(
            "Software of others that we use brings tables for e-mail addresses, groups "
            "and sessions. Nothing writes into them."
        ),
        about=About.NOBODY,
        why=_("They come with that software."),
        kept=_("There is nothing in them."),
        models=(
            "sessions.Session",
            "account.EmailAddress",
            "account.EmailConfirmation",
            "auth.Permission",
            "auth.Group",
            "contenttypes.ContentType",
        ),
        words=("EmailAddress.email",),
        codes=(
            "Session.session_key",
            "Session.session_data",
            "EmailConfirmation.key",
            "Permission.name",
            "Permission.codename",
            "Group.name",
            "ContentType.app_label",
            "ContentType.model",
        ),
    ),
]
