"""What the gallery shows: invented, and nasty on purpose (long words, errors, nothing known)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.ui.charts import BarChart, Key, Line
from tejido.ui.domain.bars import Bar
from tejido.ui.domain.icons import icon_names
from tejido.ui.domain.ring import Dot
from tejido.ui.domain.state_map import MapDot

FRIDAY = date(2026, 11, 20)
MILE = 1609.344


@dataclass(frozen=True, slots=True)
class Entry:
    """One component in the gallery."""

    name: str
    title: Promise | str

    @property
    def template(self) -> str:
        """Return the template that shows it."""
        return f"ui/gallery/_{self.name}.html"


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to look at a component; `name` makes ids unique."""

    name: str
    title: Promise | str
    language: str
    theme: str = ""
    look: str = ""


ENTRIES = (
    Entry("buttons", _("Buttons")),
    Entry("needs", _("Need tiles")),
    Entry("place", _("Place card")),
    Entry("states", _("Open, closed, not known")),
    Entry("tags", _("Tags and chips")),
    Entry("freshness", _("How old the facts are")),
    Entry("ring", _("Ring picture")),
    Entry("fields", _("Fields")),
    Entry("errors", _("Fields with errors")),
    Entry("choices", _("Choices")),
    Entry("notes", _("Notes")),
    Entry("panels", _("Panels and empty lists")),
    Entry("words", _("Dates, times and numbers")),
    Entry("rail", _("Menu of the desk")),
    Entry("ornament", _("Mark and ribbon")),
    Entry("icons", _("Icons")),
    Entry("bars", _("Bars with their table")),
    Entry("palette", _("Colors of charts")),
)
VARIANTS = (
    Variant("en", "English", "en", theme="light"),
    Variant("es", "Español", "es", theme="light"),
    Variant("dark", _("Dark"), "en", theme="dark"),
    Variant("large", _("Text at 200 %"), "es", theme="light", look="specimen--large"),
)
DOTS = (
    Dot(number=1, distance_m=0.4 * MILE, bearing=0, state="open"),
    Dot(number=2, distance_m=0.9 * MILE, bearing=80, state="open"),
    Dot(number=3, distance_m=0.95 * MILE, bearing=84, state="closed"),
    Dot(number=4, distance_m=2.1 * MILE, bearing=315, state="closed"),
    Dot(number=5, distance_m=3.8 * MILE, bearing=130, state="unknown"),
)


MAP_DOTS = (
    MapDot(number=1, latitude=38.58, longitude=-121.49, state="open"),
    MapDot(number=2, latitude=37.80, longitude=-122.27, state="closed"),
    MapDot(number=3, latitude=37.77, longitude=-122.42, state="open"),
    MapDot(number=4, latitude=34.05, longitude=-118.24, state="unknown"),
)


def sample_bars(name: str) -> BarChart:
    """Return bars that show every look, nothing, and nothing to count."""
    looks = (
        *(("solid", _("Up to date")), ("checked", _("Soon due")), ("striped", _("Too old"))),
        *(("dotted", _("Never confirmed")), ("bare", _("Not known"))),
    )
    bars = (
        Bar(str(_("Hours")), "6 / 14", (6, 4, 2, 1, 1), 14),
        Bar(str(_("Phone numbers")), "0 / 14", (0, 0, 0, 0, 14), 14),
        Bar(str(_("Address")), "0 / 0", (0, 0, 0, 0, 0), 0),
    )
    return BarChart(
        name=name,
        finding=str(_("Hours of 6 of 14 places are up to date")),
        about=str(_("Invented places.")),
        head=str(_("Part")),
        whole=str(_("All")),
        keys=tuple(Key(look, str(words)) for look, words in looks),
        lines=tuple(Line(bar) for bar in bars),
    )


class SampleForm(forms.Form):
    """Every kind of field once."""

    place = forms.CharField(
        label=_("Where are you?"),
        help_text=_("City, ZIP code, or cross streets"),
        error_messages={"required": _("Enter a city, ZIP code or cross streets")},
    )
    doses = forms.IntegerField(
        label=_("Doses"),
        max_value=500,
        error_messages={"max_value": _("Doses must be 500 or fewer")},
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


COUNTIES = [("06019", "Fresno"), ("06023", "Humboldt")]


class ChoiceForm(forms.Form):
    """Radio buttons, check boxes, one box, a list, a folded list."""

    language = forms.ChoiceField(
        label=_("Language of this person"),
        help_text=_("Only if they bring it up"),
        widget=forms.RadioSelect,
        choices=[
            ("en", _("English")),
            ("es", _("Spanish")),
            ("none", _("Prefer not to say")),
        ],
        error_messages={"required": _("Choose a language, or “Prefer not to say”")},
    )
    facts = forms.MultipleChoiceField(
        label=_("Getting in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("no-id", _("No ID asked")), ("walk-in", _("Walk in"))],
    )
    agreed = forms.BooleanField(label=_("Show this listing to everyone"), required=False)
    county = forms.ChoiceField(label=_("County"), choices=COUNTIES)
    counties = forms.MultipleChoiceField(
        label=_("In which counties?"),
        required=False,
        choices=COUNTIES,
        initial=["06023"],
        widget=forms.CheckboxSelectMultiple,
    )


def specimen_of(entry: Entry, variant: Variant) -> dict[str, Any]:
    """Return what one template of the gallery needs to show a component in one way."""
    name = f"{entry.name}-{variant.name}"
    return {
        "specimen": name,
        "dots": DOTS,
        "map_dots": MAP_DOTS,
        "bar_chart": partial(sample_bars, name),
        "friday": FRIDAY,
        "five": datetime(2026, 11, 20, 17, 0),  # noqa: DTZ001 - wall time of a place
        "noon": datetime(2026, 11, 20, 12, 0),  # noqa: DTZ001
        "icons": icon_names(),
        "sample": SampleForm(prefix=name),
        "wrong": SampleForm({f"{name}-place": "", f"{name}-doses": "900"}, prefix=name),
        "choices": ChoiceForm(prefix=name),
        "wrong_choices": ChoiceForm({f"{name}-facts": ["walk-in"]}, prefix=f"{name}-wrong"),
    }
