"""Editing the hours of a service or of a place, as rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.desk import Held
from tejido.directory.domain.prose_hours import propose_hours
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.services.editing import Edit, EditRefused, edit, seen_digest
from tejido.directory.services.listing_rows import hours_rows_of
from tejido.directory.services.setting import FieldKey
from tejido.directory.web.edit import held_or_404
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.listing import listing_or_404
from tejido.directory.web.wording import DAYS, FIELDS, WEEKS, schedule_words
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

KINDS = ("directory.service", "directory.serviceatlocation", "directory.location")
EMPTY_RULES, EMPTY_EXCEPTIONS, MAX_ROWS = 2, 1, 40


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
        help_text=_("None chosen: every week"),
        required=False,
        choices=list(WEEKS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    every_other = forms.BooleanField(label=_("Only every second week"), required=False)
    field_order = ("id", "days", "opens", "closes", "weeks", "every_other", "first", "last")

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
    field_order = ("id", "first", "last", "opens", "closes", "reason")

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


def _rows(form: type[forms.Form], extra: int) -> Any:
    return forms.formset_factory(
        form, extra=extra, max_num=MAX_ROWS, absolute_max=MAX_ROWS, validate_max=True
    )


RuleRows, ExceptionRows = _rows(RuleForm, EMPTY_RULES), _rows(ExceptionForm, EMPTY_EXCEPTIONS)


@dataclass(frozen=True, slots=True)
class HoursForms:
    """The three forms of the page."""

    held: Held
    words: WordsForm
    rules: Any
    exceptions: Any

    @classmethod
    def of(cls, held: Held, data: Any, proposed: Iterable[Rule] = ()) -> "HoursForms":
        """Start from what the record holds, and from rules that somebody may yet change."""
        rows = held.values.get("schedules", ())
        rules = [(row, first_of(row)) for row in rows if not row["is_exception"]]
        odd = [(row["id"], schedule_words(row)) for row, first in rules if first is None]
        firsts = [first for _row, first in rules if first]
        firsts += [first for first in map(_first_of_rule, proposed) if first]
        words = WordsForm(
            data,
            initial={
                "hours_text": held.values["hours_text"],
                "kept": [key for key, _words in odd],
            },
        )
        if odd:
            words.fields["kept"].choices = odd  # type: ignore[attr-defined]
        else:
            del words.fields["kept"]
        return cls(
            held,
            words,
            RuleRows(data, initial=firsts, prefix="rule"),
            ExceptionRows(data, initial=_exceptions(rows), prefix="exception"),
        )

    def are_valid(self) -> bool:
        """Say whether all of them are."""
        return all([self.words.is_valid(), self.rules.is_valid(), self.exceptions.is_valid()])

    def values(self) -> dict[str, Any]:
        """Return what the record is to hold. A row that nobody touched stays as it is."""
        kept = list(self.words.cleaned_data.get("kept", ()))
        rules, exceptions = [], []
        for form in self.rules.forms:
            if form.cleaned_data.get("id") and not form.has_changed():
                kept.append(form.cleaned_data["id"])
            elif form.cleaned_data:
                rules.append(form.rule())
        exceptions = [form.exception() for form in self.exceptions.forms if form.cleaned_data]
        rows = hours_rows_of(self.held, filter(None, rules), filter(None, exceptions), kept)
        text = clean_text(self.words.cleaned_data["hours_text"])
        return {"schedules": rows, "hours_text": text}


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
    }


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_LISTING)
def edit_hours(
    request: "SignedInRequest", member: MemberSeen, listing_id: UUID, record_id: UUID
) -> HttpResponse:
    """Show the hours of a service or a place as rows; a POST stores them."""
    listing = listing_or_404(listing_id)
    held = held_or_404(listing, record_id, KINDS)
    data = request.POST if request.method == "POST" else None
    shown = HoursForms.of(held, data, _proposed(request, held))
    watched = tuple(FieldKey(held.kind, held.id, n) for n in ("schedules", "hours_text"))
    seen, problem = request.POST.get("seen", ""), ""
    if request.method == "POST" and shown.are_valid():
        try:
            act = edit(
                change=Edit(
                    values={FieldKey(held.kind, held.id, n): v for n, v in shown.values().items()},
                    watched=watched,
                    seen=seen,
                ),
                actor=actor_of(request, member),
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except EditRefused as refusal:
            problem, seen = str(refusal.sentence), ""
        else:
            return back_to("listing", member, listing_id, done=act)
    context = {
        "listing": listing,
        "name": listing.service.values["name"],
        "hours": shown,
        "seen": seen or seen_digest(watched),
        "problem": problem,
        "has_errors": request.method == "POST" and not problem,
    }
    status = 409 if problem else (400 if request.method == "POST" else 200)
    return render_page(request, "directory/hours.html", member, context, status=status)


def _proposed(request: "SignedInRequest", held: Held) -> tuple[Rule, ...]:
    """Return what the words seem to say, for a steward who wants to change it first."""
    has_rules = any(not row["is_exception"] for row in held.values.get("schedules", ()))
    if has_rules or request.GET.get("proposed") != "1":
        return ()
    return propose_hours(held.values["hours_text"]).rules


def _first_of_rule(rule: Rule) -> dict[str, Any] | None:
    return first_of(
        {
            "id": "",
            "freq": rule.freq,
            "byday": ",".join(rule.byday),
            "bymonthday": ",".join(map(str, rule.bymonthday)),
            "interval": rule.interval,
            "opens_at": rule.opens_at.isoformat(),
            "closes_at": rule.closes_at.isoformat(),
            "dtstart": rule.dtstart.isoformat() if rule.dtstart else None,
            "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
            "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        }
    )


def _exceptions(rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": row["id"],
            "first": _day(row["valid_from"]),
            "last": _day(row["valid_to"]),
            "opens": time.fromisoformat(row["opens_at"]) if row["opens_at"] else None,
            "closes": time.fromisoformat(row["closes_at"]) if row["closes_at"] else None,
            "reason": row["description"],
        }
        for row in rows
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
