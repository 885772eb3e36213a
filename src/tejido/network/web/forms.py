"""What the people page sends."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.network.domain.roles import Role
from tejido.network.wording import ROLES


class GrantForm(forms.Form):
    """A role for one of the member's people."""

    membership = forms.UUIDField(widget=forms.HiddenInput)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            ("", _("Choose a role")),
            *((role.value, words) for role, words in ROLES.items()),
        ],
        error_messages={"required": _("Choose a role"), "invalid_choice": _("Choose a role")},
    )


class WithdrawForm(forms.Form):
    """A role to take back."""

    grant = forms.UUIDField(widget=forms.HiddenInput)


class StartRecoveryForm(forms.Form):
    """Whose account it is, by user name."""

    username = forms.CharField(
        label=_("User name"),
        max_length=64,
        error_messages={"required": _("Type the user name")},
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )


class AnswerElsewhereForm(forms.Form):
    """What becomes of what another started at some member."""

    place = forms.UUIDField(widget=forms.HiddenInput)
    recovery = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=[("confirm", ""), ("stop", "")])


def role_choices(roles: Iterable[Role]) -> list[tuple[str, object]]:
    """Return roles as choices with their words, in the order of `Role`."""
    wanted = set(roles)
    return [(role.value, words) for role, words in ROLES.items() if role in wanted]
