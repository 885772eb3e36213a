"""A person closes their own account, wherever they work."""

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tejido.network.desk import for_oneself, render_desk
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.members import members_of
from tejido.network.services.closing import close_own_account
from tejido.network.services.people import PersonRefused
from tejido.network.web.leaving import AskedOver, ask_over

if TYPE_CHECKING:
    from uuid import UUID

    from tejido.network.desk import SignedInRequest
    from tejido.network.services.leaving import Takers


@require_http_methods(["GET", "POST"])
@for_oneself
@reauthentication_required
def close_own(request: "SignedInRequest") -> HttpResponse:
    """Ask who takes over what the person holds, wherever; a POST closes their account.

    Whoever asks has just typed the password or a code, or used a passkey, once more.
    """
    asked = [
        (member, ask_over(request, member, prefix=member.slug))
        for member in members_of(request.user.pk)
    ]
    # Each form is read, so that all that is missing is said at once.
    are_right = [each.form.is_valid() for _member, each in asked]
    if request.method == "GET" or not all(are_right):
        return _page(request, asked)
    takers: dict[UUID, Takers] = {member.id: each.form.takers() for member, each in asked}
    now = timezone.now()
    try:
        close_own_account(takers=takers, on=timezone.localdate(now), by=request.user.pk, at=now)
    except PersonRefused as refusal:
        return _page(request, asked, problem=str(refusal.sentence))
    logout(request)
    return render(request, "network/closed.html")


def _page(
    request: "SignedInRequest", asked: list[tuple[MemberSeen, AskedOver]], *, problem: str = ""
) -> HttpResponse:
    wrong = next((each.form for _member, each in asked if each.form.errors), None)
    status = 409 if problem else 400 if wrong else 200
    stays = [(member, each.stays) for member, each in asked if each.stays]
    context = {"places": asked, "stays": stays, "problem": problem, "form": wrong}
    return render_desk(request, "network/close.html", None, context, status=status)
