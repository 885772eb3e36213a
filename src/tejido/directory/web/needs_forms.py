"""What the pages of needs send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.concepts import Form, FormKind
from tejido.directory.domain.need_rules import LONGEST, possible_parents
from tejido.directory.queries.concepts import all_concepts
from tejido.directory.queries.needs import NeedRow
from tejido.directory.services.needs import NeedDraft
from tejido.directory.web.needs_wording import KINDS, LANGUAGES

SHOWN_FIELDS = {
    "label_en": ("label", "en"),
    "label_es": ("label", "es"),
    "gloss_en": ("gloss", "en"),
    "gloss_es": ("gloss", "es"),
}
PLACES = {place: name for name, place in SHOWN_FIELDS.items()}


class Line(forms.CharField):
    """A line of text without control marks, with single spaces."""

    def to_python(self, value: Any) -> str:
        """Return the text in one normal form."""
        return " ".join(clean_text(super().to_python(value) or "").split())


class FindForm(forms.Form):
    """Words to look for among the needs."""

    words = forms.CharField(
        label=_("Look for a need or a word"), required=False, max_length=LONGEST
    )


class WordForm(forms.Form):
    """A word to add to a need."""

    text = Line(
        label=_("New word"),
        help_text=_("As people type it, in small letters"),
        max_length=200,
        error_messages={"required": _("Type at least two letters.")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=LANGUAGES.items(),
        error_messages={"invalid_choice": _("Choose a language.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind of word"),
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        error_messages={"invalid_choice": _("Choose what kind of word it is.")},
    )

    def word(self) -> Form:
        """Return the word."""
        said = self.cleaned_data
        return Form(said["language"], said["text"], FormKind(said["kind"]))


class NamesForm(forms.Form):
    """Name and explanation of a need in both languages."""

    label_en = Line(label=_("Name in English"), required=False, max_length=200)
    label_es = Line(
        label=_("Name in Spanish"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"lang": "es"}),
    )
    gloss_en = Line(
        label=_("Short explanation in English"),
        help_text=_("A few words under the name, such as “cuts, sores, abscesses”"),
        required=False,
        max_length=200,
    )
    gloss_es = Line(
        label=_("Short explanation in Spanish"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"lang": "es"}),
    )

    def shown(self) -> dict[tuple[str, str], str]:
        """Return the texts by field and language."""
        return {place: self.cleaned_data[name] for name, place in SHOWN_FIELDS.items()}

    @staticmethod
    def first(row: NeedRow) -> dict[str, str]:
        """Return what the form shows at first."""
        return {
            name: row.shown[place].text
            for name, place in SHOWN_FIELDS.items()
            if place in row.shown
        }


class FactsForm(forms.Form):
    """The place of a need among the others."""

    parent = forms.ChoiceField(
        label=_("Part of a broader need"),
        help_text=_("Who looks for the broader need finds this one too"),
        required=False,
        error_messages={"invalid_choice": _("Choose a broader need from the list.")},
    )
    core = forms.BooleanField(
        label=_("It is harm reduction itself, not help around it"), required=False
    )

    def __init__(self, *arguments: Any, names: dict[str, str], of: str = "", **more: Any) -> None:
        """Offer the needs that may have this or a new narrower one, by their names."""
        super().__init__(*arguments, **more)
        parents = [(key, names.get(key, key)) for key in possible_parents(all_concepts(), of=of)]
        self.fields["parent"].choices = [("", _("No broader need")), *parents]  # type: ignore[attr-defined]


class NeedForm(FactsForm, NamesForm):
    """A need to add."""

    def draft(self) -> NeedDraft:
        """Return the need."""
        said = self.cleaned_data
        return NeedDraft(self.shown(), core=said["core"], parent=said["parent"])
