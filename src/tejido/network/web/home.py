"""Which member to work for, and what needs the person there."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.services import AccountRefused, choose_language
from tejido.network.desk import for_member, for_oneself, render_desk
from tejido.network.domain.departures import DepartureState
from tejido.network.domain.permissions import Permission
from tejido.network.news_tasks import noted_in_name_of
from tejido.network.queries.access import MemberSeen, roles_of
from tejido.network.queries.departures import departure_of
from tejido.network.queries.hand_over import taken_over
from tejido.network.queries.members import left_of, members_of, works_with
from tejido.network.queries.recovery import about_person
from tejido.network.tasks import tasks_for
from tejido.network.wording import MEMBER_KINDS, RELATIONSHIPS, ROLES

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_oneself
def choose_member(request: "SignedInRequest") -> HttpResponse:
    """Show the members where the person works; go straight to the only one."""
    members, left = members_of(request.user.pk), _left(request)
    if len(members) == 1 and left is None:
        return redirect("network:home", members[0].slug)
    shown = [(member, MEMBER_KINDS[member.kind]) for member in members]
    return render_desk(request, "network/choose.html", None, {"members": shown, "left": left})


def _left(request: "SignedInRequest") -> MemberSeen | None:
    """Return the member that the person has just left, if the address says so and it is true."""
    try:
        membership_id = UUID(request.GET.get("left", ""))
    except ValueError:
        return None
    return left_of(request.user.pk, membership_id)


@require_GET
@for_member(Permission.VIEW_DESK)
def show_home(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what needs the person, what is coming, and whom the member works with."""
    ties = [(tie, RELATIONSHIPS[tie.kind, tie.outward]) for tie in works_with(member.id)]
    roles = roles_of(request.user.pk, member.id)
    context = {
        "today": timezone.localdate(),
        "roles": [words for role, words in ROLES.items() if role in roles],
        "tasks": [*noted_in_name_of(request.user.pk, member), *tasks_for(member, roles)],
        "ties": ties,
        "taken": taken_over(member.id, request.user.pk, at=timezone.now()),
        "leaves_on": _leaves_on(member),
        "recoveries": about_person(member.id, request.user.pk, at=timezone.now()),
    }
    return render_desk(request, "network/home.html", member, context)


def _leaves_on(member: MemberSeen) -> date | None:
    """Return the last day of a member that leaves, once two said so: all who work there know."""
    found = departure_of(member, at=timezone.now())
    return found.last_day if found and found.state is DepartureState.AGREED else None


@require_POST
@login_required
def set_language(request: "SignedInRequest") -> HttpResponse:
    """Keep the language that the person chose, and go back to where they were."""
    try:
        choose_language(user=request.user, language=request.POST.get("language", ""))
    except AccountRefused:
        return redirect("network:choose-member")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else "network:choose-member")
