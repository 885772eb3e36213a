"""Rows of hours in a form: regular ones, and those of certain days."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.desk import Held
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.web.hours_words import DAYS, WEEKS, row_of, schedule_words
from tejido.directory.web.wording import FIELDS

EMPTY_RULES, EMPTY_EXCEPTIONS, MAX_ROWS = 2, 2, 40


def day_field(label: Any) -> forms.DateField:
    """Return a field for a date, typed or picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        required=False,
        widget=widget,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the date as 2026-11-20")},
    )


def time_field(label: Any) -> forms.TimeField:
    """Return a field for a time of day."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(
        label=label,
        required=False,
        widget=widget,
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"invalid": _("Write the time as 17:00")},
    )


class TimesForm(forms.Form):
    """Hours and the days from and to which they hold."""

    id = forms.CharField(required=False, widget=forms.HiddenInput, max_length=36)
    opens = time_field(_("Opens"))
    closes = time_field(_("Closes"))
    first = day_field(_("From day"))
    last = day_field(_("To day"))

    def clean(self) -> dict[str, Any]:
        """Refuse half of the hours, and days in the wrong order."""
        said = super().clean() or self.cleaned_data
        if ("opens" in said and "closes" in said) and (
            (said["opens"] is None) != (said["closes"] is None)
        ):
            raise forms.ValidationError(_("Write when it opens and when it closes"))
        if said.get("first") and said.get("last") and said["first"] > said["last"]:
            raise forms.ValidationError(_("The first day is after the last day"))
        return said


class RuleForm(TimesForm):
    """One row of regular hours; a row without a day goes."""

    days = forms.MultipleChoiceField(
        label=_("Days"),
        required=False,
        choices=list(DAYS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    weeks = forms.MultipleChoiceField(
        label=_("Only in these weeks of the month"),
        required=False,
        choices=list(WEEKS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    every_other = forms.BooleanField(label=_("Only every second week"), required=False)

    @property
    def is_dated(self) -> bool:
        """Say whether it holds in some weeks or for some time only."""
        return any(self[name].value() for name in ("weeks", "every_other", "first", "last"))

    def clean(self) -> dict[str, Any]:
        """Refuse days without hours, and every second week counted from nowhere."""
        said = super().clean()
        if said.get("days") and "opens" in said and said["opens"] is None:
            raise forms.ValidationError(_("Write when it opens and when it closes"))
        if said.get("opens") and not said.get("days"):
            raise forms.ValidationError(_("Choose the days of these hours"))
        if said.get("every_other") and said.get("weeks"):
            raise forms.ValidationError(
                _("Choose weeks of the month or every second week, not both")
            )
        if said.get("every_other") and "first" in said and said["first"] is None:
            raise forms.ValidationError(
                _("Write a first day from which every second week is counted")
            )
        return said

    def rule(self) -> Rule | None:
        """Return the rule, or None for a row that goes."""
        said = self.cleaned_data
        if not said.get("days"):
            return None
        byday = tuple(week + day for week in said["weeks"] or [""] for day in said["days"])
        return Rule(
            freq="MONTHLY" if said["weeks"] else "WEEKLY",
            byday=byday,
            opens_at=said["opens"],
            closes_at=said["closes"],
            interval=2 if said["every_other"] else 1,
            dtstart=said["first"] if said["every_other"] else None,
            valid_from=said["first"],
            valid_to=said["last"],
        )


class ExceptionForm(TimesForm):
    """One row of dates on which other hours hold; without hours it is closed."""

    reason = forms.CharField(label=_("Why"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Refuse hours without a day."""
        said = super().clean()
        if (said.get("opens") or said.get("reason") or said.get("last")) and not said.get("first"):
            raise forms.ValidationError(_("Write the day of these hours"))
        return said

    def exception(self) -> DatedException | None:
        """Return the exception, or None for a row that goes."""
        said = self.cleaned_data
        if not said.get("first"):
            return None
        last = said["last"] or said["first"]
        reason = clean_text(said["reason"])
        return DatedException(said["first"], last, said["opens"], said["closes"], reason)


class WordsForm(forms.Form):
    """Hours in words, and rules that rows cannot show."""

    hours_text = forms.CharField(
        label=FIELDS["hours_text"],
        help_text=_("What no row can say: people read it beside the hours"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kept = forms.MultipleChoiceField(
        label=_("Keep these rules, which rows cannot show"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, odd: list[tuple[str, str]], held: Held, data: Any) -> None:
        """Start from the words of a record; `odd` are ids and words of the other rules."""
        kept = [key for key, _words in odd]
        super().__init__(data, initial={"hours_text": held.values["hours_text"], "kept": kept})
        if odd:
            self.fields["kept"].choices = odd  # type: ignore[attr-defined]
        else:
            del self.fields["kept"]


class RowsBase(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows that can be removed."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Say in our words what removes a row."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove these hours")

    def said(self) -> list[Any]:
        """Return the forms of the rows that are to be there."""
        return [form for form in self.forms if form.cleaned_data and not self._is_removed(form)]

    def _is_removed(self, form: Any) -> bool:
        return bool(form.cleaned_data.get("DELETE"))


def _rows(form: type[forms.Form], extra: int) -> Any:
    return forms.formset_factory(
        form,
        formset=RowsBase,
        extra=extra,
        max_num=MAX_ROWS,
        absolute_max=MAX_ROWS,
        validate_max=True,
        can_delete=True,
        can_delete_extra=False,
    )


RuleRows, ExceptionRows = _rows(RuleForm, EMPTY_RULES), _rows(ExceptionForm, EMPTY_EXCEPTIONS)


def first_of(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a rule as the row of the form, or None where a row cannot show it."""
    days = [each for each in str(row["byday"]).split(",") if each]
    names = list(dict.fromkeys(day[-2:] for day in days))
    weeks = list(dict.fromkeys(day[:-2].removeprefix("+") for day in days))
    product = {f"{week}{day}" for week in weeks for day in names}
    is_product = product == {day.removeprefix("+") for day in days}
    if not days or row["bymonthday"] or not is_product or not _is_usual(row, weeks):
        return None
    return {
        "id": row["id"],
        "days": names,
        "weeks": [week for week in weeks if week],
        "every_other": row["interval"] == 2,
        "opens": time.fromisoformat(row["opens_at"]),
        "closes": time.fromisoformat(row["closes_at"]),
        "first": _day(row["valid_from"] or (row["dtstart"] if row["interval"] == 2 else None)),
        "last": _day(row["valid_to"]),
        "words": schedule_words(row),
    }


def first_of_rule(rule: Rule) -> dict[str, Any] | None:
    """Return a rule that is not stored as the row of the form, or None."""
    return first_of(row_of(rule))


def firsts_of_exceptions(rows: Any) -> list[dict[str, Any]]:
    """Return the dated exceptions as rows of the form."""
    return [
        {
            "id": row["id"],
            "first": _day(row["valid_from"]),
            "last": _day(row["valid_to"]),
            "opens": time.fromisoformat(row["opens_at"]) if row["opens_at"] else None,
            "closes": time.fromisoformat(row["closes_at"]) if row["closes_at"] else None,
            "reason": row["description"],
            "words": schedule_words(row),
        }
        for row in sorted(rows, key=lambda row: str(row["valid_from"]))
        if row["is_exception"]
    ]


def _is_usual(row: Mapping[str, Any], weeks: list[str]) -> bool:
    """Say whether the row repeats in a way that the form can say."""
    if not set(weeks) <= {"", *WEEKS}:
        return False
    if any(weeks):
        return bool(all(weeks) and row["freq"] == "MONTHLY" and row["interval"] == 1)
    if row["freq"] != "WEEKLY":
        return False
    counted = row["valid_from"] in (None, row["dtstart"])
    return bool(row["interval"] == 1 or (row["interval"] == 2 and row["dtstart"] and counted))


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
