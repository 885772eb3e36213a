"""The forms of sign-in in our words; what they check stays with the sign-in package."""

from typing import TYPE_CHECKING, Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.accounts.domain import Language

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

LANGUAGE_NAMES = [(Language.ENGLISH.value, "English"), (Language.SPANISH.value, "Español")]
PASSWORD = _("Password")
TYPE_PASSWORD = _("Type your password")
TYPE_CODE = _("Type the code")


class SignInForm(LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the questions in our words."""
        super().__init__(*args, **kwargs)
        _ask(self, "login", label=_("User name"), missing=_("Type your user name"))
        _ask(
            self,
            "password",
            label=PASSWORD,
            missing=TYPE_PASSWORD,
            hint=_("If you do not know it, ask the person who manages your program."),
        )
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class NewPasswordForm(ChangePasswordForm):
    """The password now, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the questions in our words."""
        super().__init__(*args, **kwargs)
        _ask(self, "oldpassword", label=_("Password that you use now"), missing=TYPE_PASSWORD)
        _ask(
            self,
            "password1",
            label=_("New password"),
            missing=_("Type a new password"),
            hint=_(
                "12 characters or more. A few words that only you would put together are good."
            ),
        )
        _ask(self, "password2", label=_("New password again"), missing=_("Type it again"))


class ConfirmPasswordForm(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the question in our words."""
        super().__init__(*args, **kwargs)
        _ask(self, "password", label=PASSWORD, missing=TYPE_PASSWORD)


class CodeForm(AuthenticateForm):
    """A code from the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the question in our words."""
        super().__init__(*args, **kwargs)
        _ask_code(
            self, hint=_("6 digits from the app on your phone, or one of your recovery codes.")
        )


class ConfirmCodeForm(ReauthenticateByCodeForm):
    """A code once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the question in our words."""
        super().__init__(*args, **kwargs)
        _ask_code(
            self, hint=_("6 digits from the app on your phone, or one of your recovery codes.")
        )


class FirstCodeForm(ActivateTOTPForm):
    """The first code, which shows that the app has the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the question in our words."""
        super().__init__(*args, **kwargs)
        _ask_code(self, hint=_("6 digits that the app shows now."))

    def key_to_type(self) -> str:
        """Return the key in groups of four, as one types it and as a small screen breaks it."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class LanguageForm(forms.Form):
    """The language of the person's own pages."""

    language = forms.ChoiceField(
        label=_("Language of your pages"), choices=LANGUAGE_NAMES, widget=forms.RadioSelect
    )


def _ask(
    form: forms.Form, name: str, *, label: "Words", missing: "Words", hint: "Words | str" = ""
) -> None:
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)


def _ask_code(form: forms.Form, *, hint: "Words") -> None:
    _ask(form, "code", label=_("Code"), missing=TYPE_CODE, hint=hint)
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}
