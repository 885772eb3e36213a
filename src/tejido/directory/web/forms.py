"""The forms in which a steward edits a listing: at most seven fields each."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.cleaning import clean_text, safe_link
from tejido.directory.domain.desk import Held
from tejido.directory.domain.languages import iso_code, language_code
from tejido.directory.domain.vocabulary import Fact
from tejido.directory.domain.zips import read_zip
from tejido.directory.queries.concepts import labels
from tejido.directory.services.listing_rows import (
    address_rows_of,
    fact_rows_of,
    need_rows_of,
)
from tejido.directory.services.points import approximate_point
from tejido.directory.web.listing_parts import FACTS_BEFORE, FACTS_THERE
from tejido.directory.web.wording import FACTS, FIELDS, MODES, PRECISIONS, TIERS, ZONES
from tejido.geography.queries.places import county_names

Values = dict[str, Any]
YES_NO = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]
HELD_FACTS = {"": None, "yes": True, "no": False}
MAX_TEXT, MAX_LINE = 10_000, 500


class Line(forms.CharField):
    """A line of text, cleaned as importers clean theirs."""

    def __init__(self, name: str, *, spanish: bool = False, **named: Any) -> None:
        """Label it as the field is called everywhere."""
        words = FIELDS[name]
        label = format_lazy(_("{field} in Spanish"), field=words) if spanish else words
        named.setdefault("required", False)
        named.setdefault("max_length", MAX_LINE)
        super().__init__(label=label, **named)

    def to_python(self, value: Any) -> str:
        """Return the text without control marks."""
        return clean_text(super().to_python(value) or "")


def long_text(name: str, *, spanish: bool = False) -> Line:
    """Return a field for several lines."""
    area = forms.Textarea(attrs={"rows": 4, "lang": "es"} if spanish else {"rows": 4})
    return Line(name, spanish=spanish, max_length=MAX_TEXT, widget=area)


def spanish_line(name: str) -> Line:
    """Return a field for one line of Spanish."""
    return Line(name, spanish=True, widget=forms.TextInput(attrs={"lang": "es"}))


class GroupForm(forms.Form):
    """Some fields of one record. `plain` are columns; what is else is for the subclass."""

    plain: ClassVar[tuple[str, ...]] = ()
    spanish: ClassVar[tuple[str, ...]] = ()

    def __init__(self, held: Held, *arguments: Any, **named: Any) -> None:
        """Start from what the record holds."""
        self.held = held
        named["initial"] = self.first(held)
        super().__init__(*arguments, **named)

    def first(self, held: Held) -> Values:
        """Return what the form shows at first."""
        shown: Values = {name: held.values.get(name) for name in self.plain}
        shown |= {name: "" for name in self.spanish if held.is_spanish(name)}
        shown |= {f"{name}_es": held.texts.get((name, "es"), ("", ""))[0] for name in self.spanish}
        return shown

    def values(self) -> Values:
        """Return what the fields of the record are to hold."""
        return {name: self.cleaned_data[name] for name in self.plain}

    def in_spanish(self) -> Mapping[str, str]:
        """Return the Spanish of fields."""
        return {name: self.cleaned_data[f"{name}_es"] for name in self.spanish}


class WordsForm(GroupForm):
    """What a service is, in both languages."""

    plain = spanish = ("name", "description", "before_you_go")
    name = Line("name", help_text=_("In at least one of the two languages"))
    name_es = spanish_line("name")
    description = long_text("description")
    description_es = long_text("description", spanish=True)
    before_you_go = long_text("before_you_go")
    before_you_go_es = long_text("before_you_go", spanish=True)

    def clean(self) -> Values:
        """Refuse a service without a name in any language."""
        cleaned: Values = super().clean() or self.cleaned_data
        if not (cleaned.get("name") or cleaned.get("name_es") or self.errors):
            self.add_error("name", _("Write its name"))
        return cleaned


class OrganizationForm(GroupForm):
    """Who offers it."""

    plain = ("name", "description", "website")
    name = Line("name", required=True, error_messages={"required": _("Write its name")})
    description = long_text("description")
    website = Line("website")

    def clean_website(self) -> str:
        """Refuse an address that a page may not link to."""
        return _web_address(self.cleaned_data["website"])


class FactsForm(GroupForm):
    """What a person asks before going; each is yes, no or not known."""

    facts: ClassVar[tuple[Fact, ...]] = FACTS_BEFORE

    def __init__(self, held: Held, *arguments: Any, **named: Any) -> None:
        """Add a field for each fact."""
        super().__init__(held, *arguments, **named)
        for fact in self.facts:
            self.fields[fact.value] = forms.ChoiceField(
                label=FACTS[fact], choices=YES_NO, required=False
            )

    def first(self, held: Held) -> Values:
        """Show what is known."""
        known = {row["term"]: row["value"] for row in held.values.get("attributes", ())}
        return super().first(held) | {fact.value: known.get(fact.value) for fact in self.facts}

    def values(self) -> Values:
        """Return the attributes with these facts."""
        said = {fact: HELD_FACTS[self.cleaned_data[fact.value]] for fact in self.facts}
        return super().values() | {"attributes": fact_rows_of(self.held, said)}


class AboutForm(FactsForm):
    """How a service works."""

    plain = ("tier", "url", "email")
    facts = FACTS_THERE
    tier = forms.ChoiceField(label=FIELDS["tier"], choices=list(TIERS.items()))
    url = Line("url")
    email = forms.EmailField(label=FIELDS["email"], required=False)
    languages = Line("languages", help_text=_("Names in English or codes: English, Spanish, hmn"))

    def first(self, held: Held) -> Values:
        """Show languages with commas."""
        return super().first(held) | {"languages": ", ".join(held.values.get("languages") or ())}

    def clean_url(self) -> str:
        """Refuse an address that a page may not link to."""
        return _web_address(self.cleaned_data["url"])

    def clean_languages(self) -> list[str]:
        """Read names and codes."""
        said = [each.strip() for each in self.cleaned_data["languages"].split(",")]
        read = {each: language_code(each) or iso_code(each) for each in said if each}
        unknown = [each for each, code in read.items() if code is None]
        if unknown:
            raise forms.ValidationError(
                _("We do not know this language: %(language)s. Write its name in English."),
                params={"language": ", ".join(unknown)},
            )
        return list(dict.fromkeys(code for code in read.values() if code))

    def values(self) -> Values:
        """Return the languages with the rest."""
        return super().values() | {"languages": self.cleaned_data["languages"]}


class ReachForm(GroupForm):
    """How a service serves people, and in which counties."""

    plain = ("mode", "reach")
    mode = forms.ChoiceField(label=FIELDS["mode"], choices=list(MODES.items()))
    reach = forms.MultipleChoiceField(
        label=FIELDS["reach"],
        help_text=_("None: where its places are; a service without a place: all of California"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, held: Held, *arguments: Any, **named: Any) -> None:
        """Offer every county; a code that is no county of California keeps its number."""
        super().__init__(held, *arguments, **named)
        offered = county_names()
        offered |= {code: code for code in held.values["reach"] if code not in offered}
        self.fields["reach"].choices = list(offered.items())  # type: ignore[attr-defined]

    def values(self) -> Values:
        """Return the counties in the order in which they stood, new ones last."""
        chosen = self.cleaned_data["reach"]
        kept = [code for code in self.held.values["reach"] if code in chosen]
        return super().values() | {"reach": [*kept, *(c for c in chosen if c not in kept)]}


class NeedsForm(GroupForm):
    """What people find there."""

    needs = forms.MultipleChoiceField(
        label=_("What people find there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    keywords = forms.CharField(
        label=_("Other words to find it by"),
        help_text=_("One a line"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, held: Held, *arguments: Any, language: str, **named: Any) -> None:
        """Offer every need by its label; one that is no longer known keeps its name."""
        super().__init__(held, *arguments, **named)
        offered = labels(language)
        offered |= {need: need for need in self.initial["needs"] if need not in offered}
        self.fields["needs"].choices = list(offered.items())  # type: ignore[attr-defined]

    def first(self, held: Held) -> Values:
        """Show needs and keywords."""
        said: dict[str, list[str]] = {"need": [], "keyword": [], "fact": []}
        for row in held.values.get("attributes", ()):
            said[row["label"]].append(row["term"])
        return {"needs": said["need"], "keywords": "\n".join(said["keyword"])}

    def values(self) -> Values:
        """Return the attributes with these needs."""
        lines = map(clean_text, self.cleaned_data["keywords"].splitlines())
        keywords = dict.fromkeys(filter(None, lines))
        needs = self.cleaned_data["needs"]
        return {"attributes": need_rows_of(self.held, needs=needs, keywords=keywords)}


class AddressForm(GroupForm):
    """Where a place is, in words."""

    plain = ("name", "landmark")
    spanish = ("landmark",)
    parts: ClassVar[tuple[str, ...]] = ("address_1", "address_2", "city", "postal_code")
    name = Line("name")
    address_1 = forms.CharField(label=_("Street and number"), required=False, max_length=MAX_LINE)
    address_2 = forms.CharField(label=_("Suite or building"), required=False, max_length=MAX_LINE)
    city = forms.CharField(label=_("Town"), required=False, max_length=MAX_LINE)
    postal_code = forms.CharField(label=_("ZIP code"), required=False, max_length=10)
    landmark = Line("landmark")
    landmark_es = spanish_line("landmark")

    def first(self, held: Held) -> Values:
        """Show the parts of the address."""
        stored: Values = next(iter(held.values.get("address", ())), {})
        return super().first(held) | {name: stored.get(name, "") for name in self.parts}

    def clean_postal_code(self) -> str:
        """Refuse what is no ZIP code."""
        text: str = self.cleaned_data["postal_code"].strip()
        if text and not read_zip(text):
            raise forms.ValidationError(_("Write the five digits of the ZIP code"))
        return text

    def values(self) -> Values:
        """Return the address; where the street is another one, with the point of its ZIP code.

        The old point would send people to the old place.
        """
        said = {name: clean_text(self.cleaned_data[name]) for name in self.parts}
        values = super().values() | {"address": address_rows_of(self.held, said)}
        before = self.first(self.held)
        if any(said[name] != before[name] for name in ("address_1", "city", "postal_code")):
            values |= approximate_point(self.held, said["postal_code"])
        return values


class PointForm(GroupForm):
    """Where a place is on the map."""

    plain = ("latitude", "longitude", "precision", "transportation", "timezone")
    latitude = forms.FloatField(
        label=FIELDS["latitude"], required=False, min_value=32, max_value=43
    )
    longitude = forms.FloatField(
        label=FIELDS["longitude"], required=False, min_value=-125, max_value=-114
    )
    precision = forms.ChoiceField(label=FIELDS["precision"], choices=list(PRECISIONS.items()))
    transportation = long_text("transportation")
    timezone = forms.ChoiceField(
        label=FIELDS["timezone"], help_text=_("The hours of the place are read in it")
    )

    def __init__(self, held: Held, *arguments: Any, **named: Any) -> None:
        """Offer the zones of the country and the one that the place has."""
        super().__init__(held, *arguments, **named)
        zone = str(held.values["timezone"])
        offered = [*ZONES.items(), *(() if zone in ZONES else [(zone, zone)])]
        self.fields["timezone"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> Values:
        """Refuse half a point."""
        said = super().clean() or self.cleaned_data
        if (said.get("latitude") is None) != (said.get("longitude") is None):
            raise forms.ValidationError(_("Write both latitude and longitude, or neither"))
        return said


class ThereForm(GroupForm):
    """What is particular about a service at one place."""

    plain = spanish = ("description",)
    description = long_text("description")
    description_es = long_text("description", spanish=True)


def _web_address(text: str) -> str:
    if not text:
        return ""
    link = safe_link(text)
    if link is None:
        raise forms.ValidationError(_("Write a web address such as https://example.org"))
    return link
