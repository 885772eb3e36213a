"""What is asked of whoever invites, and of whoever is invited."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from tejido.accounts.services import AccountRefused, check_username
from tejido.network.domain.roles import Role
from tejido.network.role_words import may_words
from tejido.network.web.fields import offer
from tejido.network.web.forms import role_choices

CALLED = _("What do you want to be called?")
_DIFFER = _("The two passwords differ. Type the same one twice.")
_LIKE = _("The password is too much like the user name. Choose another.")
_LANGUAGE = _("Choose English or Spanish.")


def _in_our_words(wrong: forms.ValidationError) -> forms.ValidationError:
    """Return what is wrong with a password; Django's words name a column, in English."""
    return forms.ValidationError(_LIKE) if wrong.code == "password_too_similar" else wrong


class InviteForm(forms.Form):
    """Whom to invite, in which roles."""

    use_required_attribute = False

    # One form makes one invitation, however often it is sent.
    form_key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    called = forms.CharField(
        label=_("Whom is it for?"),
        help_text=_("A first name is enough. The person chooses what they want to be called."),
        max_length=80,
        error_messages={
            "required": _("Say whom the invitation is for"),
            "max_length": _("Write it in 80 letters or fewer"),
        },
    )
    roles = forms.MultipleChoiceField(
        label=_("What will they do here?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one role"),
            "invalid_choice": _("Choose at least one role"),
        },
    )

    def __init__(self, reached: set[Role], *args: Any, **kwargs: Any) -> None:
        """Offer the roles that the inviter may give."""
        super().__init__(*args, **kwargs)
        offer(self, "roles", role_choices(reached))
        self.fields["roles"].hints = {  # type: ignore[attr-defined]
            role.value: may_words(role) for role in reached
        }


class NameForm(forms.Form):
    """What somebody wants to be called."""

    use_required_attribute = False

    display_name = forms.CharField(
        label=CALLED,
        help_text=_("The people who work there see this name. It can be any name."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={
            "required": _("Say what you want to be called"),
            "max_length": _("Write it in 80 letters or fewer"),
        },
    )


class JoinForm(NameForm):
    """What somebody without an account chooses to sign in with."""

    username = forms.CharField(
        label=_("User name"),
        help_text=_(
            "For signing in; you see it, and who helps you when you cannot. 2 to 64 "
            "characters: letters without accents, digits, dots, dashes, underscores."
        ),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Choose a user name"),
            "max_length": _("Write it in 64 letters or fewer"),
        },
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_(
            "12 characters or more. A few words that only you would put together are good."
        ),
        strip=False,
        max_length=512,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={
            "required": _("Choose a password"),
            "max_length": _("Write it in 512 letters or fewer"),
        },
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        max_length=512,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={
            "required": _("Type the password again"),
            "max_length": _("Write it in 512 letters or fewer"),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of your pages"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _LANGUAGE, "invalid_choice": _LANGUAGE},
    )

    def clean_username(self) -> str:
        """Refuse a name that no new account can have."""
        name: str = self.cleaned_data["username"]
        try:
            check_username(name)
        except AccountRefused as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from refusal
        return name

    def clean_password(self) -> str:
        """Refuse a password that is soon guessed, or is like the user name."""
        password: str = self.cleaned_data["password"]
        name = self.data.get(self.add_prefix("username"), "")
        try:
            validate_password(password, get_user_model()(username=name))
        except forms.ValidationError as wrong:
            raise forms.ValidationError(
                [_in_our_words(each) for each in wrong.error_list]
            ) from wrong
        return password

    def clean_again(self) -> str:
        """Refuse two passwords that differ, whatever else is wrong with the first."""
        again: str = self.cleaned_data["again"]
        if again != self.data.get(self.add_prefix("password"), ""):
            raise forms.ValidationError(_DIFFER)
        return again
