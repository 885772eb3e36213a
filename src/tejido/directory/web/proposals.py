"""Hours written as prose, with what they seem to say beside them: right, to change, or wrong."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tejido.directory.domain.prose_hours import Note
from tejido.directory.services.editing import EditRefused
from tejido.directory.services.proposed_hours import (
    Waiting,
    confirm_hours,
    refuse_hours,
    waiting_hours,
)
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.hours_words import rules_words
from tejido.foundation.paging import page_in
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

NOTES = {
    Note.IMPLIED_AM_PM: gettext_lazy("am or pm is not written everywhere; we took the usual ones"),
    Note.CLOSED_ON_HOLIDAYS: gettext_lazy("Closed on holidays: add the days"),
    Note.APPOINTMENT_AT_OTHER_TIMES: gettext_lazy("Other times by appointment"),
    Note.MORE_AT_TIMES: gettext_lazy("Open longer at times"),
    Note.CALL_FIRST: gettext_lazy("It asks people to call first"),
    Note.HOURS_OF_A_PART: gettext_lazy("These may be the hours of a part of it"),
    Note.NOT_UNDERSTOOD: gettext_lazy("Some words were not understood"),
    Note.AMBIGUOUS_DAYS: gettext_lazy("The days can mean two things"),
    Note.AMBIGUOUS_TIME: gettext_lazy("The times can mean two things"),
    Note.CONTRADICTION: gettext_lazy("It says two different things"),
    Note.DAYLIGHT: gettext_lazy("Sunrise or sunset is no time of day"),
    Note.NEEDS_START_DATE: gettext_lazy("Nobody knows from which week to count"),
    Note.NO_DAYS: gettext_lazy("It names no days"),
    Note.NO_HOURS: gettext_lazy("It names no times"),
    Note.PARTLY_BY_APPOINTMENT: gettext_lazy("Partly by appointment"),
    Note.SEASON: gettext_lazy("It holds for a part of the year only"),
    Note.SEVERAL_PARTS: gettext_lazy("It speaks of several services"),
    Note.VARIES: gettext_lazy("The hours vary"),
}


class AnswerForm(forms.Form):
    """A steward's answer to one proposal."""

    listing = forms.UUIDField()
    record = forms.UUIDField()
    seen = forms.CharField(max_length=64)
    answer = forms.ChoiceField(choices=[("right", ""), ("wrong", "")])


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_proposals(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what waits, 25 at a time."""
    return _page(request, member)


@require_POST
@for_member(Permission.EDIT_LISTING)
def answer(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Store that a proposal is right, or that it is not."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        act = _store(request, member, form.cleaned_data)
    except EditRefused as refusal:
        return _page(request, member, problem=str(refusal.sentence), status=409)
    return back_to("proposals", member, done=act)


def _store(request: "SignedInRequest", member: MemberSeen, said: dict[str, Any]) -> UUID | None:
    store = refuse_hours if said["answer"] == "wrong" else confirm_hours
    return store(
        listing_id=said["listing"],
        record_id=said["record"],
        seen=said["seen"],
        actor=actor_of(request, member),
        on=timezone.localdate(),
        at=timezone.now(),
    )


def _page(
    request: "SignedInRequest", member: MemberSeen, *, problem: str = "", status: int = 200
) -> HttpResponse:
    number = page_in(request.GET.get("page", ""))
    found = waiting_hours(page=number)
    context = {
        "found": found,
        "lines": [_line(waiting) for waiting in found.rows],
        "problem": problem,
    }
    return render_page(request, "directory/proposals.html", member, context, status=status)


def _line(waiting: Waiting) -> dict[str, Any]:
    rules = waiting.proposal.rules
    return {
        "waiting": waiting,
        "said": "; ".join(rules_words(rules)),
        "by_appointment": waiting.proposal.by_appointment,
        "notes": [NOTES[note] for note in waiting.proposal.notes],
    }
