"""Who works for a member: give a role, take one back, end and resume a membership."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.queries import closed_ones
from tejido.foundation.errors import Refused
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.domain.roles import Role, is_above
from tejido.network.queries.access import MemberSeen, NotAllowed, roles_of
from tejido.network.queries.hand_over import left_lately
from tejido.network.queries.invitations import InvitationSeen, invitations_of
from tejido.network.queries.people import PersonSeen, grant_at, people_of, person_at
from tejido.network.queries.recovery import waiting_at
from tejido.network.role_words import may_words
from tejido.network.services.people import (
    PersonRefused,
    RoleAboveOwn,
    grant_role,
    withdraw_role,
)
from tejido.network.web.forms import GrantForm, WithdrawForm, role_choices
from tejido.network.web.looking import note_look
from tejido.network.wording import ROLES

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

UNKNOWN = {"person-unknown", "role-unknown"}


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the page: their roles in words, and what may be given to them."""

    person: PersonSeen
    roles: list[tuple[UUID, object, bool]]
    choices: list[tuple[str, object]]
    may_end: bool
    may_recover: bool


@require_GET
@for_member(Permission.VIEW_PEOPLE)
def show_people(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show who works here, with what just happened and its undo."""
    return _page(request, member)


@require_POST
@for_member(Permission.GRANT_ROLE)
def give_role(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Give somebody a role, at once."""
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _page(request, member, problem=_("Choose a role"), status=400)
    membership_id = form.cleaned_data["membership"]
    try:
        grant_id = grant_role(
            member_id=member.id,
            membership_id=membership_id,
            role=Role(form.cleaned_data["role"]),
            by=request.user.pk,
            at=timezone.now(),
        )
    except (PersonRefused, RoleAboveOwn) as refusal:
        return answer_refusal(request, member, refusal)
    return back_to_people(member, given=grant_id)


@require_POST
@for_member(Permission.WITHDRAW_ROLE)
def take_role(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Take a role back, at once."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise Http404
    grant_id = form.cleaned_data["grant"]
    try:
        withdraw_role(
            member_id=member.id, grant_id=grant_id, by=request.user.pk, at=timezone.now()
        )
    except (PersonRefused, RoleAboveOwn) as refusal:
        return answer_refusal(request, member, refusal)
    return back_to_people(member, taken=grant_id)


def back_to_people(member: MemberSeen, **done: UUID) -> HttpResponse:
    """Lead back to who works here, with what was just done."""
    asked = f"?{urlencode(done)}" if done else ""
    return redirect(reverse("network:people", args=[member.slug]) + asked)


def answer_refusal(
    request: "SignedInRequest", member: MemberSeen, refusal: Refused
) -> HttpResponse:
    """Show who works here, and why something was not done; 404 where nothing is meant."""
    if refusal.code in UNKNOWN:
        raise Http404
    status = 403 if isinstance(refusal, RoleAboveOwn | NotAllowed) else 409
    return _page(request, member, problem=str(refusal.sentence), status=status)


def show_refused(request: "SignedInRequest", member: MemberSeen, *, problem: str) -> HttpResponse:
    """Show who works here, and why something was not done; to others than staff, their desk."""
    if not request.user.has_perm(Permission.VIEW_PEOPLE, member):
        return redirect("network:home", member.slug)
    return _page(request, member, problem=problem, status=409)


def _page(
    request: "SignedInRequest", member: MemberSeen, *, problem: str = "", status: int = 200
) -> HttpResponse:
    at, own = timezone.now(), roles_of(request.user.pk, member.id)
    note_look(request, member, "view.people")
    may_grant = request.user.has_perm(Permission.GRANT_ROLE, member)
    may_invite = request.user.has_perm(Permission.ADD_MEMBERSHIP, member)
    reached = {role for role in Role if may_grant and not is_above([role], own=own)}
    may_recover = request.user.has_perm(Permission.RECOVER_ACCOUNT, member)
    left = left_lately(member.id, today=timezone.localdate(at)) if may_grant else []
    context = {
        "lines": [_line(person, reached, own, request.user.pk) for person in people_of(member.id)],
        "left": left,
        "closed": closed_ones(each.person_id for each in left),
        "recoveries": waiting_at(member.id, at=at) if may_recover else [],
        "may_recover_anywhere": request.user.has_perm(Permission.RECOVER_ANYWHERE, member),
        "may_grant": may_grant,
        "roles": [(words, may_words(role)) for role, words in ROLES.items() if role in reached],
        "may_note_consent": request.user.has_perm(Permission.NOTE_CONSENT, member),
        "invitations": _invitations(member, at) if may_invite else [],
        "may_invite": may_invite,
        "may_view_record": request.user.has_perm(Permission.VIEW_EVENTS, member),
        "may_view_messages": request.user.has_perm(Permission.VIEW_MESSAGES, member),
        "may_leave_network": request.user.has_perm(Permission.LEAVE_NETWORK, member),
        "may_end_members": request.user.has_perm(Permission.END_MEMBER, member),
        "problem": problem,
        "done": {} if problem else _done(request, member),
    }
    return render_desk(request, "network/people.html", member, context, status=status)


def _invitations(member: MemberSeen, at: datetime) -> list[tuple[InvitationSeen, str, date, date]]:
    """Return the invitations that nobody used: roles in words, the day made, the last day."""
    return [
        (
            each,
            ", ".join(str(ROLES[role]) for role in each.roles),
            timezone.localdate(each.made_at),
            timezone.localdate(each.expires_at),
        )
        for each in invitations_of(member, at=at)
    ]


def _line(person: PersonSeen, reached: set[Role], own: frozenset[Role], me: UUID) -> Line:
    held = {grant.role for grant in person.grants}
    return Line(
        person=person,
        roles=[(grant.id, ROLES[grant.role], grant.role in reached) for grant in person.grants],
        choices=role_choices(reached - held),
        may_end=bool(reached) and not is_above(held, own=own),
        may_recover=bool(reached) and not is_above(held, own=own) and person.person_id != me,
    )


def _done(request: "SignedInRequest", member: MemberSeen) -> dict[str, Any]:
    """Return what the address says has just happened, if it did happen here."""
    ended = person_at(member.id, _id(request, "ended"))
    if ended is not None and ended.until is not None:
        return {
            "act": "ended",
            "person": ended,
            "is_closed": bool(closed_ones([ended.person_id])),
        }
    for act in ("given", "taken"):
        grant_id = _id(request, act)
        found = grant_at(member.id, grant_id)
        if found:
            person, role = found
            holds = any(grant.role is role for grant in person.grants)
            if holds == (act == "given") and person.until is None:
                words = {"role": role, "role_words": ROLES[role], "grant_id": grant_id}
                return {"act": act, "person": person, **words}
    return {}


def _id(request: "SignedInRequest", name: str) -> UUID:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return UUID(int=0)
