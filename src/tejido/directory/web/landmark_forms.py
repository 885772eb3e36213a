"""What a steward writes of a landmark or a corner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.cleaning import clean_text
from tejido.directory.queries.addresses import point_at_address
from tejido.geography.domain.landmarks import (
    LONGEST_NAME,
    LandmarkDraft,
    LandmarkKind,
    LandmarkNames,
)
from tejido.geography.domain.typed_points import TypedPoint, typed_point
from tejido.geography.queries.places import county_labels

KINDS = {
    LandmarkKind.LANDMARK: _("A spot that people know by name"),
    LandmarkKind.CROSS_STREETS: _("A corner of two streets"),
}
POINT_PROBLEMS = {
    "off-earth": _("There is no such point. Latitude is at most 90, longitude at most 180."),
    "swapped": _("Latitude comes first. Write %(point)s."),
    "no-minus": _("Longitude in California begins with a minus. Write %(point)s."),
    "unknown": _(
        "We do not know where “%(typed)s” is. Write latitude and longitude, such as "
        "36.7378, -119.7930, or paste a link from a map."
    ),
}


class Line(forms.CharField):
    """A line of text without control marks."""

    def to_python(self, value: Any) -> str:
        """Return the text in one normal form."""
        return clean_text(super().to_python(value) or "")


class LandmarkForm(forms.Form):
    """A landmark: what it is called, in which town, where."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is."), "invalid_choice": _("Choose one.")},
    )
    name = Line(
        label=_("Name in English"),
        help_text=_("As people say it, without the town: Central Library, Fulton and Tuolumne"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Write what people call it.")},
    )
    spanish_name = Line(
        label=_("Name in Spanish"),
        help_text=_("Only where it differs. A corner gets its “y” by itself."),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"lang": "es"}),
    )
    other_names = Line(
        label=_("Other names"),
        help_text=_("One on each line. People find it by them; nobody reads them."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    town = Line(
        label=_("City or town"),
        max_length=60,
        error_messages={"required": _("Write the city or town where it is.")},
    )
    where = Line(
        label=_("Where it is"),
        help_text=_(
            "Latitude and longitude, such as 36.7378, -119.7930; a link from a map; or the "
            "street address of a listing"
        ),
        max_length=1000,
        error_messages={"required": _("Write where it is.")},
    )
    county = forms.ChoiceField(
        label=_("County"),
        help_text=_("Only where the town does not tell it"),
        required=False,
        error_messages={"invalid_choice": _("Choose a county from the list.")},
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Offer the counties."""
        super().__init__(*arguments, **named)
        listed = county_labels().items()
        self.fields["county"].choices = [("", _("The town tells it")), *listed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the point."""
        said = super().clean() or self.cleaned_data
        typed = said.get("where", "")
        if typed:
            point = typed_point(typed) or self._point_of_address(typed, said.get("town", ""))
            problem = point.problem if point else "unknown"
            if problem:
                meant = f"{point.latitude}, {point.longitude}" if point else ""
                sentence = POINT_PROBLEMS[problem]
                self.add_error("where", sentence % {"point": meant, "typed": typed})
            said["point"] = point
        return said

    def draft(self) -> LandmarkDraft:
        """Return the landmark."""
        said = self.cleaned_data
        others = tuple(filter(None, map(str.strip, said["other_names"].splitlines())))
        return LandmarkDraft(
            LandmarkKind(said["kind"]),
            LandmarkNames(said["name"], said["spanish_name"], others),
            said["town"],
            said["point"].latitude,
            said["point"].longitude,
            county_fips=said["county"],
        )

    @staticmethod
    def first(draft: LandmarkDraft) -> dict[str, str]:
        """Return what the form shows of a landmark that is there."""
        return {
            "kind": draft.kind.value,
            "name": draft.names.name,
            "spanish_name": draft.names.spanish_name,
            "other_names": "\n".join(draft.names.other_names),
            "town": draft.town,
            "where": point_words(draft),
            "county": draft.county_fips,
        }

    @staticmethod
    def _point_of_address(typed: str, town: str) -> TypedPoint | None:
        street = typed.partition(",")[0]
        found = point_at_address(street=street, town=town)
        return None if found is None else TypedPoint(*found)


def point_words(draft: LandmarkDraft) -> str:
    """Return a point as it is typed."""
    return f"{draft.latitude}, {draft.longitude}"
