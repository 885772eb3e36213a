"""Fields that several forms of the network ask for, each with its one wording."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.network.queries.access import MemberSeen

CHOOSE_ONE = _("Choose one")
WRITE_DAY = _("Write a day")
EXAMPLE_DAY = _("Write a day as 2026-11-20")


def coded(words: Mapping[Any, Any]) -> list[tuple[str, object]]:
    """Return the words of codes as choices."""
    return [(code.value, each) for code, each in words.items()]


def chosen(label: Any, *, missing: Any) -> forms.ChoiceField:
    """Ask for one of many, which the form offers when it is made (`offer`)."""
    told = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, error_messages=told)


def radio(
    label: Any, choices: Iterable[tuple[str, object]], *, missing: Any = CHOOSE_ONE
) -> forms.ChoiceField:
    """Ask for one of a few, all of which are seen."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


def day(
    label: Any,
    *,
    hint: Any = "",
    required: bool = True,
    missing: Any = WRITE_DAY,
    unread: Any = WRITE_DAY,
) -> forms.DateField:
    """Ask for a day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": unread},
    )


def example_day(label: Any) -> forms.DateField:
    """Ask for a day, and show one where it was not understood."""
    return day(label, missing=EXAMPLE_DAY, unread=EXAMPLE_DAY)


def first_day() -> forms.DateField:
    """Ask since when something goes on."""
    missing = _("Say since when; about is good enough")
    return day(_("First day"), missing=missing, unread=EXAMPLE_DAY)


def last_day() -> forms.DateField:
    """Ask until when something went on, if it does not."""
    hint = _("Leave it empty while it goes on.")
    return day(_("Last day"), hint=hint, required=False, unread=EXAMPLE_DAY)


def text_in(
    language: str, label: Any, *, rows: int, longest: int, missing: Any = None
) -> forms.CharField:
    """Ask for text in one language; without `missing` it may be left empty."""
    return forms.CharField(
        label=label,
        required=missing is not None,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows, "lang": language}),
        error_messages={"required": missing} if missing else None,
    )


def signature() -> forms.CharField:
    """Ask for a name under what was read."""
    asked = _("Write your name to sign")
    return forms.CharField(
        label=_("Your name, to sign"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": asked, "max_length": asked},
    )


def offer(form: forms.Form, name: str, choices: Iterable[Any], *, empty: Any = None) -> None:
    """Let a field offer what there is now, after an empty choice where one is named."""
    first = [] if empty is None else [("", empty)]
    form.fields[name].choices = [*first, *choices]  # type: ignore[attr-defined]


def of_members(members: Iterable[MemberSeen]) -> list[tuple[str, str]]:
    """Return members as choices."""
    return [(str(each.id), each.name) for each in members]
