"""Who works for a member: give a role, take one back, end and resume a membership."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.foundation.errors import Refused
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.domain.roles import Role, is_above
from tejido.network.queries.access import MemberSeen, NotAllowed, roles_of
from tejido.network.queries.people import PersonSeen, grant_at, people_of, person_at
from tejido.network.services.people import (
    PersonRefused,
    RoleAboveOwn,
    end_membership,
    grant_role,
    resume_membership,
    withdraw_role,
)
from tejido.network.services.reads import note_read
from tejido.network.web.forms import GrantForm, WithdrawForm, role_choices
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
        return _refused(request, member, refusal)
    return _back(member, given=grant_id)


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
        return _refused(request, member, refusal)
    return _back(member, taken=grant_id)


@require_http_methods(["GET", "POST"])
@for_member(Permission.END_MEMBERSHIP)
def end(request: "SignedInRequest", member: MemberSeen, membership_id: UUID) -> HttpResponse:
    """Ask what ends and what stays; a POST ends the membership."""
    person = person_at(member.id, membership_id)
    if person is None or person.until is not None:
        raise Http404
    if request.method == "GET":
        roles = [ROLES[grant.role] for grant in person.grants]
        return render_desk(request, "network/end.html", member, {"person": person, "roles": roles})
    try:
        end_membership(
            member_id=member.id,
            membership_id=membership_id,
            on=timezone.localdate(),
            by=request.user.pk,
            at=timezone.now(),
        )
    except (PersonRefused, RoleAboveOwn) as refusal:
        return _refused(request, member, refusal)
    return _back(member, ended=membership_id)


@require_POST
@for_member(Permission.END_MEMBERSHIP)
def resume(request: "SignedInRequest", member: MemberSeen, membership_id: UUID) -> HttpResponse:
    """Undo the end of a membership."""
    try:
        resume_membership(
            member_id=member.id,
            membership_id=membership_id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except (PersonRefused, RoleAboveOwn) as refusal:
        return _refused(request, member, refusal)
    return _back(member)


def _back(member: MemberSeen, **done: UUID) -> HttpResponse:
    asked = f"?{urlencode(done)}" if done else ""
    return redirect(reverse("network:people", args=[member.slug]) + asked)


def _refused(request: "SignedInRequest", member: MemberSeen, refusal: Refused) -> HttpResponse:
    if refusal.code in UNKNOWN:
        raise Http404
    status = 403 if isinstance(refusal, RoleAboveOwn | NotAllowed) else 409
    return _page(request, member, problem=str(refusal.sentence), status=status)


def _page(
    request: "SignedInRequest", member: MemberSeen, *, problem: str = "", status: int = 200
) -> HttpResponse:
    at, own = timezone.now(), roles_of(request.user.pk, member.id)
    note_read(
        member_id=member.id, act="view.people", object_id=member.id, by=request.user.pk, at=at
    )
    may_grant = request.user.has_perm(Permission.GRANT_ROLE, member)
    reached = {role for role in Role if may_grant and not is_above([role], own=own)}
    context = {
        "lines": [_line(person, reached, own) for person in people_of(member.id)],
        "may_grant": may_grant,
        "may_view_record": request.user.has_perm(Permission.VIEW_EVENTS, member),
        "problem": problem,
        "done": {} if problem else _done(request, member),
    }
    return render_desk(request, "network/people.html", member, context, status=status)


def _line(person: PersonSeen, reached: set[Role], own: frozenset[Role]) -> Line:
    held = {grant.role for grant in person.grants}
    return Line(
        person=person,
        roles=[(grant.id, ROLES[grant.role], grant.role in reached) for grant in person.grants],
        choices=role_choices(reached - held),
        may_end=bool(reached) and not is_above(held, own=own),
    )


def _done(request: "SignedInRequest", member: MemberSeen) -> dict[str, Any]:
    """Return what the address says has just happened, if it did happen here."""
    ended = person_at(member.id, _id(request, "ended"))
    if ended is not None and ended.until is not None:
        return {"act": "ended", "person": ended}
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
