"""What a person can send to the finder, and what is wrong with it in plain words."""

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tejido.directory.domain.vocabulary import Fact

LONGEST = 200
A_YEAR = timedelta(days=366)
# Joins several pictures into one.
_JOINER = "\N{ZERO WIDTH JOINER}"
FILTER_FACTS = (Fact.NO_ID, Fact.WALK_IN, Fact.WHEELCHAIR)


class PlainText(forms.CharField):
    """One line of text: control characters become spaces, runs of space become one.

    Marks that nobody sees go: they part words, or turn a sentence of ours around.
    """

    def to_python(self, value: Any) -> str:
        """Return the text that a person could have seen on the screen."""
        text = super().to_python(value) or ""
        return " ".join("".join(map(_seen, text)).split())


def _seen(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in {"Cc", "Cs", "Co"}:
        return " "
    return "" if category == "Cf" and letter != _JOINER else letter


def _text(*, label: Any, hint: Any = "", **attrs: str) -> PlainText:
    return PlainText(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": ngettext_lazy(
                "Use %(limit_value)d letter or fewer",
                "Use %(limit_value)d letters or fewer",
                "limit_value",
            )
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )


class SearchForm(forms.Form):
    """A search: where, what, when, and what must be true of a place."""

    use_required_attribute = False

    place = _text(label=_("Where are you?"), hint=_("City, ZIP code or county"))
    q = _text(
        label=_("Or say it in your own words"),
        hint=_("For example: narcan, abscess, food tonight"),
    )
    day = forms.DateField(
        label=_("Day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year, month, day: 2026-11-30")},
    )
    hour = forms.TimeField(
        label=_("Time"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time", "autocomplete": "off"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as hours and minutes: 17:30")},
    )
    need = PlainText(required=False, max_length=64, widget=forms.HiddenInput)
    pick = PlainText(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    open = forms.BooleanField(required=False, widget=forms.HiddenInput)
    fact = forms.MultipleChoiceField(
        required=False,
        widget=forms.MultipleHiddenInput,
        choices=[(fact.value, fact.value) for fact in FILTER_FACTS],
    )
    spoken = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[("", ""), ("es", "es"), ("en", "en")],
    )
    show = forms.IntegerField(required=False, min_value=1, max_value=50, widget=forms.HiddenInput)

    def __init__(self, *args: Any, needs: Callable[[], Any] | None = None, **kwargs: Any) -> None:
        """Keep how to learn which needs exist; None accepts any."""
        self._needs = needs
        super().__init__(*args, **kwargs)

    def clean_need(self) -> str:
        """Return the need, '' for the Find button, or refuse one that nobody offers."""
        need: str = self.cleaned_data["need"]
        if need in {"", "all"}:
            return ""
        if self._needs is not None and need not in self._needs():
            raise forms.ValidationError(_("We do not have this need. Choose one below"))
        return need

    def clean_day(self) -> date | None:
        """Return the day; one that is over or more than a year ahead is refused."""
        day: date | None = self.cleaned_data["day"]
        today = timezone.localdate()
        if day is not None and day < today:
            raise forms.ValidationError(_("This day is over. Choose today or a later day"))
        if day is not None and day > today + A_YEAR:
            raise forms.ValidationError(_("Choose a day within the next 12 months"))
        return day

    def clean(self) -> dict[str, Any]:
        """Check what depends on two fields: a chosen time, and both halves of a position."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("day") and "hour" not in self.errors and cleaned.get("hour") is None:
            self.add_error("hour", _("Choose a time too"))
        if {"lat", "lon"} & set(self.errors):
            self.add_error("place", _("We could not read your location. Write a place"))
        return cleaned
