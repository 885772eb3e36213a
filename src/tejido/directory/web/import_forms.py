"""What the import pages send: whose list it is, and what each column is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.cleaning import clean_text, safe_link
from tejido.directory.domain.mapped import Column, Mapped, plain_name
from tejido.directory.domain.mapping_proposal import fields_of
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.services.mapping_proposals import TableSeen
from tejido.directory.services.mapping_words import FIELD_WORDS
from tejido.directory.web.wording import TIERS

KEY = RegexValidator(r"^[a-z0-9][a-z0-9-]{0,79}$", _("Write small letters, digits and hyphens"))
# As in files of data, and as people here write it: month, day, year.
DAYS = ("%Y-%m-%d", "%m/%d/%Y")
CHOICES = [("", _("(kept beside)")), *FIELD_WORDS.items()]


class FileForm(forms.Form):
    """The file that somebody brings; what it holds decides what it is, not its name."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A spreadsheet (XLSX), a table (CSV), or HSDS: JSON, ndjson, or a folder of tables "
            "as a zip file. 100 MB at most"
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt,.json,.ndjson,.jsonl,.zip"}),
        # How large a file may be, and whether anything is in it, is seen while it is kept.
        allow_empty_file=True,
        error_messages={"required": _("Choose a file")},
    )


class SourceForm(forms.Form):
    """Whose list it is."""

    use_required_attribute = False

    key = forms.CharField(
        label=_("Short name of the source"),
        help_text=_(
            "Small letters, digits and hyphens. The same name is the same source for ever"
        ),
        max_length=80,
        validators=[KEY],
        error_messages={"required": _("Write a short name for the source")},
    )
    name = forms.CharField(
        label=_("Name of the source"),
        help_text=_("People read it under each listing"),
        max_length=300,
        error_messages={"required": _("Write the name of the source")},
    )
    url = forms.CharField(label=_("Where the list is published"), required=False, max_length=2000)
    licence = forms.CharField(
        label=_("What its publisher allows"), required=False, max_length=2000
    )
    published_on = forms.DateField(
        label=_("When the list was made"),
        help_text=_("Such as 2026-11-20 or 11/20/2026. Each row counts as confirmed on this day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d"),
        input_formats=DAYS,
        error_messages={"invalid": _("Write the date as 2026-11-20 or 11/20/2026")},
    )
    trusted = forms.BooleanField(
        label=_("We trust this source: what it says counts as confirmed on its date"),
        required=False,
    )

    def clean_url(self) -> str:
        """Refuse an address that a page may not link to."""
        text = clean_text(self.cleaned_data["url"])
        link = safe_link(text) if text else ""
        if link is None:
            raise forms.ValidationError(_("Write a web address such as https://example.org"))
        return link

    def clean_published_on(self) -> date | None:
        """Refuse a day that is still to come: nobody can have confirmed anything on it."""
        day: date | None = self.cleaned_data["published_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("This date is in the future. Check the year"))
        return day

    def source(self) -> SourceIn:
        """Return whose list it is."""
        said = self.cleaned_data
        return SourceIn(
            key=said["key"],
            name=clean_text(said["name"]),
            url=said["url"],
            licence=clean_text(said["licence"]),
            published_on=said["published_on"],
            trusted=said.get("trusted"),
        )


class ColumnsForm(SourceForm):
    """Whose list it is, what each column is, and which columns name a row."""

    row_key = forms.MultipleChoiceField(
        label=_("By which columns do you know a row again?"),
        help_text=_(
            "When the list comes again, a row with the same words in all of these columns is the "
            "same listing. Choose what does not change: name and street, not the phone number"
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the columns that name a row")},
    )
    tier = forms.ChoiceField(
        label=_("What are these services?"),
        help_text=_(
            "Those who keep all harm reduction of California on their phone keep the first kind "
            "only; the finder shows both. A row whose needs are harm reduction, such as naloxone, "
            "is of the first kind whatever you choose"
        ),
        choices=list(TIERS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what these services are")},
    )

    def __init__(self, seen: TableSeen, *arguments: Any, **named: Any) -> None:
        """Add a choice for each column of the table."""
        super().__init__(*arguments, **named)
        self.seen = seen
        for number, heading in enumerate(seen.names):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=heading,
                choices=CHOICES,
                required=False,
                widget=forms.Select(attrs={"class": "input"}),
            )
        choices = [(str(number), heading) for number, heading in enumerate(seen.names)]
        self.fields["row_key"].choices = choices  # type: ignore[attr-defined]

    def columns(self) -> Iterator[tuple[Any, tuple[str, ...]]]:
        """Return the choice of each column with some of its values."""
        for number, column in enumerate(self.seen.proposal.columns):
            yield self[f"column_{number}"], column.samples

    def clean(self) -> dict[str, Any]:
        """Refuse a table where nothing is the name."""
        said = super().clean() or self.cleaned_data
        if not self.errors and "name" not in self.chosen():
            raise forms.ValidationError(_("Choose the column that is the name"))
        return said

    def chosen(self) -> Mapping[str, Column]:
        """Return the fields of the mapping."""
        said = [
            (heading, self.cleaned_data.get(f"column_{number}", ""))
            for number, heading in enumerate(self.seen.names)
        ]
        return fields_of(said)

    def row_columns(self) -> tuple[str, ...]:
        """Return the columns that name a row."""
        return tuple(self.seen.names[int(number)] for number in self.cleaned_data["row_key"])


def first_choices(
    seen: TableSeen, fields: Mapping[str, Column], key: Sequence[str]
) -> dict[str, Any]:
    """Return what the columns are at first: as proposed, or as they were the last time."""
    by_column: dict[str, str] = {}
    for field, column in fields.items():
        for name in column.columns:
            by_column.setdefault(plain_name(name), field)
    named = {plain_name(name) for name in key}
    said: dict[str, Any] = {
        f"column_{number}": by_column.get(plain_name(heading), "")
        for number, heading in enumerate(seen.names)
    }
    said["row_key"] = [str(n) for n, name in enumerate(seen.names) if plain_name(name) in named]
    return said


def first_source(source: SourceIn) -> dict[str, Any]:
    """Return what is known of a source; a new one is trusted."""
    return {
        "key": source.key,
        "name": source.name,
        "url": source.url,
        "licence": source.licence,
        "published_on": source.published_on,
        "trusted": source.trusted is not False,
    }


def fields_at_first(seen: TableSeen, mapped: Mapped | None) -> dict[str, Any]:
    """Return the first choices from a saved mapping that fits, or from the proposal."""
    if mapped is not None:
        return first_choices(seen, mapped.fields, mapped.key) | {"tier": mapped.tier.value}
    proposed = first_choices(seen, seen.proposal.fields, seen.own_key)
    return proposed | {"tier": Tier.CONTEXT.value}
