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


def role_choices(roles: Iterable[Role]) -> list[tuple[str, object]]:
    """Return roles as choices with their words, in the order of `Role`."""
    wanted = set(roles)
    return [(role.value, words) for role, words in ROLES.items() if role in wanted]
