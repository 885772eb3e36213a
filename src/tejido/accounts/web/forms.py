"""The forms of sign-in in our words; what they check stays with the sign-in package."""

from struct import error as StructError  # noqa: N812
from typing import TYPE_CHECKING, Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tejido.accounts.domain import Language
from tejido.accounts.queries import has_given_password
from tejido.accounts.services import use_given_password

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

LANGUAGE_NAMES = [(Language.ENGLISH.value, "English"), (Language.SPANISH.value, "Español")]
PASSWORD = _("Password")
TYPE_PASSWORD = _("Type your password")
TYPE_CODE = _("Type the code")
PASSKEY_NOT_RIGHT = _("This passkey did not open the account. Try again, or use your password.")
PASSKEY_NOT_MADE = _("The passkey was not set up. Try again.")
PASSWORD_RAN_OUT = _(
    "This password was for one sign-in within 72 hours. Ask those who gave it to you for another."
)
SAME_PASSWORD = _("This is the password that you use now. Choose another.")
LONGEST_NAME = 60
# What reading the words of a browser fails with when somebody else wrote them.
NONSENSE = (AttributeError, IndexError, KeyError, TypeError, ValueError, StructError)


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

    def clean(self) -> dict[str, Any]:
        """Check both, and let a password which others gave open once, while it is good."""
        cleaned: dict[str, Any] = super().clean()  # type: ignore[no-untyped-call]
        is_given = self.user is not None and has_given_password(self.user)
        if is_given and not use_given_password(account_id=self.user.pk, at=timezone.now()):
            raise ValidationError(PASSWORD_RAN_OUT, code="password-ran-out")
        return cleaned


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

    def clean_password1(self) -> str:
        """Refuse the password of now: others may know it."""
        new: str = self.cleaned_data["password1"]
        if self.user and self.user.check_password(new):
            raise ValidationError(SAME_PASSWORD, code="password-same")
        return new


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


class PasskeyForm(AuthenticateWebAuthnForm):
    """What a passkey says at the second step."""

    def clean_credential(self) -> Authenticator:
        """Return the passkey that answered, or refuse in words that name no code."""
        try:
            return super().clean_credential()
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise ValidationError(PASSKEY_NOT_RIGHT, code="passkey-wrong") from error
        except NONSENSE as error:
            raise ValidationError(PASSKEY_NOT_RIGHT, code="passkey-wrong") from error


class PasskeyAloneForm(PasskeyForm, LoginWebAuthnForm):
    """What a passkey says that signs in without a password."""


class ConfirmPasskeyForm(PasskeyForm, ReauthenticateWebAuthnForm):
    """What a passkey says once more."""


class NewPasskeyForm(AddWebAuthnForm):
    """What a device says of the passkey that it made, and what the person calls it."""

    # Whether it can sign in alone is the device's affair, not a question for the person.
    passwordless = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the question in our words."""
        super().__init__(*args, **kwargs)
        _ask_name(self)

    def clean(self) -> dict[str, Any]:
        """Check what the device says, or refuse in words that name no code."""
        try:
            return dict(super().clean())
        except (ValidationError, *NONSENSE) as error:
            raise ValidationError({"credential": PASSKEY_NOT_MADE}) from error


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the question in our words."""
        super().__init__(*args, **kwargs)
        _ask_name(self)


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


def _ask_name(form: forms.Form) -> None:
    _ask(
        form,
        "name",
        label=_("Name of the passkey"),
        missing=_("Type a name"),
        hint=_("So that you know it again: where it lies, for example."),
    )
    form.fields["name"].validators.append(MaxLengthValidator(LONGEST_NAME))
    form.fields["name"].widget.attrs |= {"maxlength": str(LONGEST_NAME), "autocomplete": "off"}


def _ask_code(form: forms.Form, *, hint: "Words") -> None:
    _ask(form, "code", label=_("Code"), missing=TYPE_CODE, hint=hint)
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}
