"""Opening the account of somebody who cannot sign in: one starts, another confirms."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.foundation.errors import Refused
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen, MemberUnknown, NotAllowed
from tejido.network.queries.people import person_at
from tejido.network.queries.recovery import (
    others_who_can_confirm,
    waiting_elsewhere,
    whose_account,
)
from tejido.network.services.recovery import (
    Opened,
    RecoveryRefused,
    confirm_recovery,
    start_elsewhere,
    start_recovery,
    stop_recovery,
)
from tejido.network.services.sharing import note_looked
from tejido.network.web.forms import AnswerElsewhereForm, StartRecoveryForm
from tejido.network.web.people import show_refused

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_http_methods(["GET", "POST"])
@for_member(Permission.RECOVER_ACCOUNT)
def recover(request: "SignedInRequest", member: MemberSeen, membership_id: UUID) -> HttpResponse:
    """Say what will happen and who can confirm; a POST starts it."""
    person = person_at(member.id, membership_id)
    whose = whose_account(membership_id, member_id=member.id)
    if person is None or whose is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            start_recovery(
                member_id=member.id,
                membership_id=membership_id,
                by=request.user.pk,
                at=timezone.now(),
            )
            return redirect("network:people", member.slug)
        except RecoveryRefused as refusal:
            problem = str(refusal.sentence)
    context = {
        "person": person,
        "others": others_who_can_confirm(
            member.id, but=[request.user.pk, whose.id], at=timezone.now()
        ),
        "works_elsewhere": whose.works_elsewhere,
        "problem": problem,
    }
    status = 409 if problem else 200
    return render_desk(request, "network/recover.html", member, context, status=status)


@require_POST
@for_member(Permission.RECOVER_ACCOUNT)
def confirm(request: "SignedInRequest", member: MemberSeen, recovery_id: UUID) -> HttpResponse:
    """Confirm what another started, and show the password once."""
    try:
        opened = confirm_recovery(
            member_id=member.id,
            recovery_id=recovery_id,
            acting_for=member.id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except RecoveryRefused as refusal:
        return _refused(request, member, refusal)
    return _opened(request, member, opened)


@require_POST
@for_member(Permission.VIEW_DESK)
def stop(request: "SignedInRequest", member: MemberSeen, recovery_id: UUID) -> HttpResponse:
    """Stop what waits: for whoever may start, and for the person themself."""
    try:
        stop_recovery(
            member_id=member.id,
            recovery_id=recovery_id,
            acting_for=member.id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except NotAllowed as refusal:
        raise Http404 from refusal
    except RecoveryRefused as refusal:
        return _refused(request, member, refusal)
    may_view = request.user.has_perm(Permission.RECOVER_ACCOUNT, member)
    return redirect("network:people" if may_view else "network:home", member.slug)


@require_GET
@for_member(Permission.RECOVER_ANYWHERE)
def show_all(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what waits at other members, to people who coordinate the network."""
    return _all(request, member, form=StartRecoveryForm())


@require_POST
@for_member(Permission.RECOVER_ANYWHERE)
def start_by_name(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Start for somebody of any member, by their user name."""
    form = StartRecoveryForm(request.POST)
    if not form.is_valid():
        return _all(request, member, form=form, status=400)
    try:
        start_elsewhere(
            username=form.cleaned_data["username"],
            acting_for=member.id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except RecoveryRefused as refusal:
        form.add_error("username", str(refusal.sentence))
        return _all(request, member, form=form, status=409)
    return redirect("network:recoveries", member.slug)


@require_POST
@for_member(Permission.RECOVER_ANYWHERE)
def answer_elsewhere(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Confirm what another started at some member and show the password once, or stop it."""
    form = AnswerElsewhereForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        return _answer(request, member, form)
    except (RecoveryRefused, MemberUnknown) as refusal:
        if refusal.code == "nobody":
            raise Http404 from refusal
        problem = str(refusal.sentence)
        return _all(request, member, form=StartRecoveryForm(), problem=problem, status=409)


def _answer(
    request: "SignedInRequest", member: MemberSeen, form: AnswerElsewhereForm
) -> HttpResponse:
    asked: dict[str, Any] = {
        "member_id": form.cleaned_data["place"],
        "recovery_id": form.cleaned_data["recovery"],
        "acting_for": member.id,
        "by": request.user.pk,
        "at": timezone.now(),
    }
    if form.cleaned_data["answer"] == "confirm":
        return _opened(request, member, confirm_recovery(**asked))
    stop_recovery(**asked)
    return redirect("network:recoveries", member.slug)


def _all(
    request: "SignedInRequest",
    member: MemberSeen,
    *,
    form: StartRecoveryForm,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    at = timezone.now()
    waiting = waiting_elsewhere(member.id, at=at)
    if waiting:
        under = [(each.member.id, None) for each in waiting]
        by = request.user.pk
        note_looked(reader=member.id, under=under, by=by, at=at, act="view.recoveries")
    context = {"recoveries": waiting, "form": form, "problem": problem, "rail_people": True}
    return render_desk(request, "network/recoveries.html", member, context, status=status)


def _opened(request: "SignedInRequest", member: MemberSeen, opened: Opened) -> HttpResponse:
    # No redirect: the password would have to lie somewhere until it is shown.
    return render_desk(request, "network/recovered.html", member, {"opened": opened})


def _refused(request: "SignedInRequest", member: MemberSeen, refusal: Refused) -> HttpResponse:
    if refusal.code == "nobody":
        raise Http404 from refusal
    return show_refused(request, member, problem=str(refusal.sentence))
