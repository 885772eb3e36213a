"""Editing the hours of a service or of a place, with the next openings in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.desk import DeskListing, Held
from tejido.directory.domain.prose_hours import propose_hours
from tejido.directory.domain.schedule import Rule
from tejido.directory.services.editing import Edit, EditRefused, edit, seen_digest
from tejido.directory.services.listing_rows import hours_in_rows, hours_rows_of
from tejido.directory.services.setting import FieldKey
from tejido.directory.web.edit import held_or_404
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.hours_rows import (
    ExceptionRows,
    RuleRows,
    WordsForm,
    first_of,
    first_of_rule,
    firsts_of_exceptions,
)
from tejido.directory.web.hours_words import in_week_order, schedule_words
from tejido.directory.web.listing import listing_or_404
from tejido.directory.web.listing_parts import heading_of
from tejido.directory.web.next_openings import next_openings
from tejido.directory.web.wrong_written import told_context, told_here, written
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

KINDS = ("directory.service", "directory.serviceatlocation", "directory.location")
FIELDS = ("schedules", "hours_text")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: folded, in words, unless there is something to write or to put right."""

    form: Any
    words: str
    is_open: bool


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
        rows = in_week_order(held.values.get("schedules", ()))
        rules = [(row, first_of(row)) for row in rows if not row["is_exception"]]
        odd = [(row["id"], schedule_words(row)) for row, first in rules if first is None]
        firsts = [first for _row, first in rules if first]
        firsts += [first for first in map(first_of_rule, proposed) if first]
        return cls(
            held,
            WordsForm(odd, held, data),
            RuleRows(data, initial=firsts, prefix="rule"),
            ExceptionRows(data, initial=firsts_of_exceptions(rows), prefix="exception"),
        )

    def are_valid(self) -> bool:
        """Say whether all of them are."""
        return all([self.words.is_valid(), self.rules.is_valid(), self.exceptions.is_valid()])

    def values(self) -> dict[str, Any]:
        """Return what the record is to hold. A row that nobody touched stays as it is."""
        kept, rules = list(self.words.cleaned_data.get("kept", ())), []
        for form in self.rules.said():
            if form.cleaned_data.get("id") and not form.has_changed():
                kept.append(form.cleaned_data["id"])
            else:
                rules.append(form.rule())
        exceptions = [form.exception() for form in self.exceptions.said()]
        rows = hours_rows_of(self.held, filter(None, rules), filter(None, exceptions), kept)
        return {"schedules": rows, "hours_text": clean_text(self.words.cleaned_data["hours_text"])}

    def rule_rows(self) -> list[Row]:
        """Return the rows of regular hours."""
        return list(_rows(self.rules, _("Add hours"), start=True))

    def exception_rows(self) -> list[Row]:
        """Return the rows of certain days."""
        return list(_rows(self.exceptions, _("Add days")))


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_LISTING)
def edit_hours(
    request: "SignedInRequest", member: MemberSeen, listing_id: UUID, record_id: UUID
) -> HttpResponse:
    """Show the hours of a service or a place as rows; a POST stores or previews them."""
    listing = listing_or_404(listing_id)
    held = held_or_404(listing, record_id, KINDS)
    data = request.POST if request.method == "POST" else None
    shown = HoursForms.of(held, data, _proposed(request, held))
    is_valid = request.method == "POST" and shown.are_valid()
    problem, told = "", told_here(request, member)
    if is_valid and request.POST.get("do") != "look":
        try:
            act = _store(request, member, held, shown)
        except EditRefused as refusal:
            problem = str(refusal.sentence)
        else:
            written(request, member, told, act)
            return back_to("listing", member, listing_id, done=act)
    context = {
        "listing": listing,
        "name": listing.service.values["name"],
        "place": heading_of(listing, held),
        "hours": shown,
        "seen": _seen(request, held, fresh=bool(problem)),
        "problem": problem,
        "has_errors": request.method == "POST" and not is_valid,
        "next": _next(listing, held, shown, is_valid=is_valid),
        **told_context(request, member, told),
        "looked": is_valid and not problem,
    }
    status = 409 if problem else (400 if context["has_errors"] else 200)
    return render_page(request, "directory/hours.html", member, context, status=status)


def _store(
    request: "SignedInRequest", member: MemberSeen, held: Held, shown: HoursForms
) -> UUID | None:
    return edit(
        change=Edit(
            values={FieldKey(held.kind, held.id, n): v for n, v in shown.values().items()},
            watched=_watched(held),
            seen=request.POST.get("seen", ""),
        ),
        actor=actor_of(request, member),
        on=timezone.localdate(),
        at=timezone.now(),
    )


def _watched(held: Held) -> tuple[FieldKey, ...]:
    return tuple(FieldKey(held.kind, held.id, name) for name in FIELDS)


def _seen(request: "SignedInRequest", held: Held, *, fresh: bool) -> str:
    """Return the mark of what the person saw: still the first one after a mistake in the form."""
    sent = request.POST.get("seen", "")
    return sent if sent and not fresh else seen_digest(_watched(held))


def _next(
    listing: DeskListing, held: Held, shown: HoursForms, *, is_valid: bool
) -> tuple[str, ...] | None:
    """Return the next openings of what is stored, or of what stands in the form."""
    values = shown.values() if is_valid else held.values
    hours = hours_in_rows(values["schedules"], values["hours_text"])
    return next_openings(hours, zone=listing.zone_of(held), at=timezone.now())


def _rows(formset: Any, empty: Any, *, start: bool = False) -> Iterator[Row]:
    """Return the rows; `start` opens the first where there is nothing yet."""
    is_first = start and not formset.initial_form_count()
    for form in formset.forms:
        is_written = form.is_bound and form.has_changed() and not form.initial.get("id")
        words = form.initial.get("words") or str(empty)
        yield Row(form, words, is_open=bool(form.errors) or is_written or is_first)
        is_first = False


def _proposed(request: "SignedInRequest", held: Held) -> tuple[Rule, ...]:
    """Return what the words seem to say, for a steward who wants to change it first."""
    has_rules = any(not row["is_exception"] for row in held.values.get("schedules", ()))
    if has_rules or request.GET.get("proposed") != "1":
        return ()
    return propose_hours(held.values["hours_text"]).rules
