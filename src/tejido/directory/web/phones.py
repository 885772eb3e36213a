"""Phone numbers of a record, as rows."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.desk import Held
from tejido.directory.services.carried_phones import carried_phone_rows_of, carried_phones
from tejido.directory.services.listing_rows import PhoneIn, phone_rows_of
from tejido.directory.web.wording import PHONES, USUAL_PHONE
from tejido.foundation.phones import read_phone, written_phone

EMPTY_ROWS = 2
MAX_ROWS = 30


class PhoneForm(forms.Form):
    """One number; a row without a number goes."""

    id = forms.CharField(required=False, widget=forms.HiddenInput, max_length=36)
    number = forms.CharField(label=_("Number"), required=False, max_length=40)
    extension = forms.CharField(label=_("Extension"), required=False, max_length=20)
    kind = forms.CharField(label=_("Kind"), required=False, max_length=40)
    description = forms.CharField(label=_("What for"), required=False, max_length=500)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Offer the usual kinds and the one that the row has."""
        super().__init__(*arguments, **named)
        kind = self.initial.get("kind") or USUAL_PHONE
        offered = PHONES if kind in PHONES else {**PHONES, kind: kind}
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=list(offered.items()))

    def clean_number(self) -> str:
        """Read a number as people write it; one that was there before may stay as it is."""
        text = clean_text(self.cleaned_data["number"])
        if not text or text == self.initial.get("number"):
            return str(self.initial["stored"]) if text else ""
        read = read_phone(text)
        if read is None:
            raise forms.ValidationError(_("Write the number with its area code: 510-555-0142"))
        return read.number

    def phone(self) -> PhoneIn:
        """Return the row."""
        said = self.cleaned_data
        return PhoneIn(
            said["id"],
            said["number"],
            said["extension"].strip(),
            said["kind"],
            clean_text(said["description"]),
        )


_Rows = forms.formset_factory(
    PhoneForm, extra=EMPTY_ROWS, max_num=MAX_ROWS, absolute_max=MAX_ROWS, validate_max=True
)


class PhonesForm(_Rows):  # type: ignore[misc, valid-type]
    """The numbers of a record, with rows for more."""

    def __init__(self, held: Held, data: Any = None) -> None:
        """Start from what the record holds."""
        self.held = held
        first = [
            {
                "id": row["id"],
                "number": written_phone(row["number"]),
                "stored": row["number"],
                "extension": row["extension"],
                "kind": row["type"] or USUAL_PHONE,
                "description": row["description"],
            }
            for row in self.rows()
        ]
        super().__init__(data, initial=first, prefix="phone")

    def rows(self) -> list[dict[str, Any]]:
        """Return the numbers that the record holds, in their order."""
        stored = self.held.values.get("phones", ())
        return sorted(stored, key=lambda row: int(row["position"] or 0))

    def phones(self) -> list[PhoneIn]:
        """Return the rows that have a number."""
        return [form.phone() for form in self.forms if form.cleaned_data.get("number")]

    def values(self) -> dict[str, Any]:
        """Return the field that the rows make."""
        return {"phones": phone_rows_of(self.held, self.phones())}

    def in_spanish(self) -> Mapping[str, str]:
        """Return nothing: numbers have no translation."""
        return {}


class OrganizationPhonesForm(PhonesForm):
    """The numbers of an organization, which the directory only carries."""

    def rows(self) -> list[dict[str, Any]]:
        """Return the numbers that the organization carries."""
        return carried_phones(self.held)

    def values(self) -> dict[str, Any]:
        """Return all that the organization carries, with these numbers."""
        return {"records": carried_phone_rows_of(self.held, self.phones())}
