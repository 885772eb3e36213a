"""What I agreed to, and what people here agreed to: note it, take it back, undo."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.network.consent_words import CHANNELS, PURPOSES, WAYS
from tejido.network.desk import for_member, for_oneself, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.consents import ConsentSeen, consents_at, consents_of
from tejido.network.services.consents import (
    ConsentRefused,
    give_again,
    note_consent,
    note_withdrawal,
    undo_noted_withdrawal,
    withdraw_consent,
)
from tejido.network.web.consent_form import ConsentForm
from tejido.network.web.looking import note_look

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_oneself
def show_own(request: "SignedInRequest") -> HttpResponse:
    """Show the person what they agreed to, wherever, with a tap to take it back."""
    found = consents_of(request.user.pk, at=timezone.now())
    context = {
        "now": [_line(each) for each in found if each.holds],
        "past": [_line(each) for each in found if not each.holds],
        "just": _just(request, found),
    }
    return render_desk(request, "network/own_consents.html", None, context)


@require_POST
@for_oneself
def withdraw_own(request: "SignedInRequest", consent_id: UUID) -> HttpResponse:
    """Take one's own consent back, at once."""
    try:
        withdraw_consent(consent_id=consent_id, person_id=request.user.pk, at=timezone.now())
    except ConsentRefused as refusal:
        raise Http404 from refusal
    address = reverse("network:own-consents")
    return redirect(f"{address}?{urlencode({'withdrawn': consent_id})}")


@require_POST
@for_oneself
def give_own_again(request: "SignedInRequest", consent_id: UUID) -> HttpResponse:
    """Undo one's own withdrawal."""
    try:
        give_again(consent_id=consent_id, person_id=request.user.pk, at=timezone.now())
    except ConsentRefused as refusal:
        if refusal.code == "consent-unknown":
            raise Http404 from refusal
    return redirect("network:own-consents")


@require_GET
@for_member(Permission.NOTE_CONSENT)
def show_consents(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show who here agreed to what now, and what was withdrawn or is over."""
    at = timezone.now()
    note_look(request, member, "view.consents")
    found = consents_at(member.id, at=at)
    context = {
        "rail_people": True,
        "now": [_line(each) for each in found if each.holds],
        "past": [_line(each) for each in found if not each.holds],
    }
    return render_desk(request, "network/consents.html", member, context)


@require_http_methods(["GET", "POST"])
@for_member(Permission.NOTE_CONSENT)
def add_consent(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask what somebody agreed to; a POST notes it."""
    sent = request.POST if request.method == "POST" else None
    begin = {"given_on": timezone.localdate()}
    form = ConsentForm(sent, member=member, at=timezone.now(), initial=begin)
    problem = ""
    if form.is_valid():
        try:
            note_consent(
                member_id=member.id, draft=form.draft(), by=request.user.pk, at=timezone.now()
            )
        except ConsentRefused as refusal:
            problem = str(refusal.sentence)
        else:
            return redirect("network:consents", member.slug)
    context = {"rail_people": True, "form": form, "problem": problem}
    status = 409 if problem else (400 if form.errors else 200)
    return render_desk(request, "network/consent_form.html", member, context, status=status)


@require_POST
@for_member(Permission.NOTE_CONSENT)
def withdraw_for(request: "SignedInRequest", member: MemberSeen, consent_id: UUID) -> HttpResponse:
    """Note that somebody took a consent back on paper or by word."""
    try:
        note_withdrawal(
            member_id=member.id, consent_id=consent_id, by=request.user.pk, at=timezone.now()
        )
    except ConsentRefused as refusal:
        raise Http404 from refusal
    return redirect("network:consents", member.slug)


@require_POST
@for_member(Permission.NOTE_CONSENT)
def undo_withdrawal(
    request: "SignedInRequest", member: MemberSeen, consent_id: UUID
) -> HttpResponse:
    """Undo a withdrawal that was noted in somebody's name by mistake."""
    try:
        undo_noted_withdrawal(
            member_id=member.id, consent_id=consent_id, by=request.user.pk, at=timezone.now()
        )
    except ConsentRefused as refusal:
        if refusal.code == "consent-unknown":
            raise Http404 from refusal
    return redirect("network:consents", member.slug)


def _line(consent: ConsentSeen) -> dict[str, object]:
    return {
        "consent": consent,
        "purpose": PURPOSES[consent.purpose],
        "channel": CHANNELS[consent.channel],
        "way": WAYS[consent.way],
    }


def _just(request: "SignedInRequest", found: list[ConsentSeen]) -> dict[str, object] | None:
    """Return what the address says was just withdrawn, if it was and can be given again."""
    asked = request.GET.get("withdrawn", "")
    return next(
        (_line(each) for each in found if str(each.id) == asked and each.can_be_given_again),
        None,
    )
