"""A member leaves the network: what ends and what stays, two who say so, the undo."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.foundation.removing import hold_now
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.departures import DepartureReason, DepartureState
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.departures import (
    all_members,
    departure_of,
    departures,
    member_at,
    what_ends,
)
from tejido.network.queries.release_rules import tribal_partners
from tejido.network.services.departures import (
    DepartureRefused,
    confirm_departure,
    start_departure,
    stop_departure,
    undo_departure,
)
from tejido.network.web.fields import day
from tejido.network.wording import DEPARTURE_REASONS, MEMBER_KINDS

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

ANSWERS = {"confirm": confirm_departure, "stop": stop_departure, "undo": undo_departure}


class DepartureForm(forms.Form):
    """Why a member leaves, and its last day."""

    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("Why does it leave?"),
        choices=[(reason.value, words) for reason, words in DEPARTURE_REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason"), "invalid_choice": _("Choose a reason")},
    )
    last_day = day(
        _("Its last day"),
        hint=_(
            "Today: all ends as soon as the second person confirms. A later day is worked in full."
        ),
        missing=_("Say its last day"),
        unread=_("Say its last day"),
    )


class AnswerForm(forms.Form):
    """What becomes of it."""

    answer = forms.ChoiceField(choices=[(answer, "") for answer in ANSWERS])


@require_http_methods(["GET", "POST"])
@for_member(Permission.LEAVE_NETWORK)
def show_own(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Say what ends when our member leaves and how far it is; a POST starts it."""
    return _started_or_shown(request, member, member)


@require_POST
@for_member(Permission.LEAVE_NETWORK)
def answer_own(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Confirm what another started, or stop it."""
    return _answered(request, member, member)


@require_GET
@for_member(Permission.END_MEMBER)
def show_members(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show every member to people who coordinate the network, and which of them leaves."""
    found, partners = departures(at=timezone.now()), tribal_partners()
    lines = [
        {
            "each": each,
            "kind": MEMBER_KINDS[each.kind],
            "until": until,
            "departure": found.get(each.id),
            "partner_since": partners.get(each.id),
            "is_just": str(each.id) == request.GET.get("marked"),
        }
        for each, until in all_members()
    ]
    may_mark = request.user.has_perm(Permission.MARK_TRIBAL_PARTNER, member)
    context = {"lines": lines, "rail_people": True, "may_mark": may_mark}
    return render_desk(request, "network/members.html", member, context)


@require_http_methods(["GET", "POST"])
@for_member(Permission.END_MEMBER)
def show_other(request: "SignedInRequest", member: MemberSeen, other_id: UUID) -> HttpResponse:
    """Say the same of any member."""
    return _started_or_shown(request, member, _other(other_id))


@require_POST
@for_member(Permission.END_MEMBER)
def answer_other(request: "SignedInRequest", member: MemberSeen, other_id: UUID) -> HttpResponse:
    """Confirm, stop or undo it for any member."""
    return _answered(request, member, _other(other_id))


def _other(other_id: UUID) -> MemberSeen:
    found = member_at(other_id)
    if found is None:
        raise Http404
    return found


def _started_or_shown(
    request: "SignedInRequest", member: MemberSeen, leaving: MemberSeen
) -> HttpResponse:
    form = DepartureForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, member, leaving, form, status=400 if form.errors else 200)
    try:
        start_departure(
            member_id=leaving.id,
            acting_for=member.id,
            reason=DepartureReason(form.cleaned_data["reason"]),
            last_day=form.cleaned_data["last_day"],
            by=request.user.pk,
            at=timezone.now(),
        )
    except DepartureRefused as refusal:
        return _page(request, member, leaving, form, refusal=refusal, status=409)
    return _back(member, leaving)


def _answered(request: "SignedInRequest", member: MemberSeen, leaving: MemberSeen) -> HttpResponse:
    form = AnswerForm(request.POST)
    # Nobody works for a member that left, so an undo is never said in its own name.
    if not form.is_valid() or (form.cleaned_data["answer"] == "undo" and leaving == member):
        raise Http404
    asked: dict[str, Any] = {"member_id": leaving.id, "acting_for": member.id}
    answer = ANSWERS[form.cleaned_data["answer"]]
    try:
        answer(**asked, by=request.user.pk, at=timezone.now())
    except DepartureRefused as refusal:
        return _page(request, member, leaving, DepartureForm(), refusal=refusal, status=409)
    return _back(member, leaving)


def _back(member: MemberSeen, leaving: MemberSeen) -> HttpResponse:
    if leaving != member:
        return redirect("network:other-departure", member.slug, leaving.id)
    found = departure_of(member, at=timezone.now())
    if found and found.state is DepartureState.LEFT:
        return redirect("network:choose-member")
    return redirect("network:departure", member.slug)


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    leaving: MemberSeen,
    form: DepartureForm,
    *,
    refusal: DepartureRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    at = timezone.now()
    found = departure_of(leaving, at=at)
    context = {
        "leaving": leaving,
        "is_own": leaving == member,
        "departure": found,
        "reason": DEPARTURE_REASONS[found.reason] if found else "",
        "can_start": found is None or found.state is DepartureState.TOO_LATE,
        "may_confirm": found is not None and found.started_by != request.user.pk,
        "ends": what_ends(leaving.id, at=at),
        "hold": hold_now(),
        "form": form,
        "problem": str(refusal.sentence) if refusal else "",
        "rail_people": True,
    }
    return render_desk(request, "network/departure.html", member, context, status=status)
