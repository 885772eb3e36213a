"""Inviting people from the desk: a link to copy or print, what became of it, taking it back."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.domain.roles import Role, is_above
from tejido.network.queries.access import MemberSeen, roles_of
from tejido.network.queries.invitations import invitation_at
from tejido.network.services.invitations import (
    InvitationRefused,
    invite,
    restore_invitation,
    withdraw_invitation,
)
from tejido.network.services.people import RoleAboveOwn
from tejido.network.web.invite_forms import InviteForm
from tejido.ui.handed_out import link_in

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_http_methods(["GET", "POST"])
@for_member(Permission.ADD_MEMBERSHIP)
def ask(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask whom to invite; a POST makes the link and shows it, the only time that anybody can."""
    own = roles_of(request.user.pk, member.id)
    reached = {role for role in Role if not is_above([role], own=own)}
    form = InviteForm(reached, request.POST or None)
    context = {"form": form, "rail_people": True}
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render_desk(request, "network/invite.html", member, context, status=status)
    try:
        invitation_id, token = invite(
            member_id=member.id,
            called=form.cleaned_data["called"],
            roles=[Role(role) for role in form.cleaned_data["roles"]],
            by=request.user.pk,
            at=timezone.now(),
            form_key=form.cleaned_data["form_key"],
        )
    except (InvitationRefused, RoleAboveOwn) as refusal:
        form.add_error(None, str(refusal.sentence))
        return render_desk(request, "network/invite.html", member, context, status=409)
    return _made(request, member, invitation_id, token)


def _made(
    request: "SignedInRequest", member: MemberSeen, invitation_id: UUID, token: str
) -> HttpResponse:
    found = invitation_at(member, invitation_id, at=timezone.now())

    def address() -> str:
        return request.build_absolute_uri(reverse("invite:open", args=[token]))

    links = [link_in(language, address=address) for language in ("en", "es")]
    expires_on = timezone.localdate(found.expires_at) if found else None
    context = {"found": found, "links": links, "expires_on": expires_on, "rail_people": True}
    return render_desk(request, "network/invite_made.html", member, context)


@require_POST
@for_member(Permission.ADD_MEMBERSHIP)
def withdraw(request: "SignedInRequest", member: MemberSeen, invitation_id: UUID) -> HttpResponse:
    """Let the link of an invitation lead nowhere from now on."""
    try:
        withdraw_invitation(
            member_id=member.id,
            invitation_id=invitation_id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except InvitationRefused as refusal:
        if refusal.code == "invitation-unknown":
            raise Http404 from refusal
    return redirect(f"{reverse('network:people', args=[member.slug])}#invitations")


@require_POST
@for_member(Permission.ADD_MEMBERSHIP)
def restore(request: "SignedInRequest", member: MemberSeen, invitation_id: UUID) -> HttpResponse:
    """Undo the withdrawal of an invitation."""
    try:
        restore_invitation(
            member_id=member.id,
            invitation_id=invitation_id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except InvitationRefused as refusal:
        raise Http404 from refusal
    return redirect(f"{reverse('network:people', args=[member.slug])}#invitations")
