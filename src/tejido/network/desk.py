"""The frame of every page of the desk: signed in, for one member, within its scope."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from tejido.foundation.scope import member_scope
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.queries.access import (
    MemberSeen,
    MemberUnknown,
    NotAllowed,
    member_for,
    roles_of,
)

if TYPE_CHECKING:
    from tejido.accounts.models import User

    class SignedInRequest(HttpRequest):
        """A request after `login_required`."""

        user: User


Rest = ParamSpec("Rest")
View = Callable[Concatenate["SignedInRequest", MemberSeen, Rest], HttpResponse]


def for_member(permission: Permission) -> Callable[[View[Rest]], Callable[..., HttpResponse]]:
    """Let a view answer for the member in the address, to people who may, in its scope.

    A member that does not exist and one where the person has no role both answer 404; a role
    that may not answers 403.
    """

    def within(view: View[Rest]) -> Callable[..., HttpResponse]:
        @never_cache
        @login_required
        @wraps(view)
        def answer(
            request: "SignedInRequest", slug: str, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponse:
            member = _member(request, slug, permission)
            with member_scope(member.id):
                return view(request, member, *args, **kwargs)

        return answer

    return within


def _member(request: "SignedInRequest", slug: str, permission: Permission) -> MemberSeen:
    try:
        return member_for(request.user.pk, slug, permission)
    except MemberUnknown as unknown:
        raise Http404 from unknown
    except NotAllowed as refusal:
        raise PermissionDenied from refusal


def render_desk(
    request: "SignedInRequest",
    template: str,
    member: MemberSeen | None,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the desk, with the menu of one member where one is chosen."""
    told: dict[str, Any] = {"is_invented": settings.DEMONSTRATION, "member": member}
    if member:
        roles = roles_of(request.user.pk, member.id)
        told |= {
            "member_name": member.name,
            "may_view_people": is_allowed(roles, Permission.VIEW_PEOPLE),
            "may_edit_listings": is_allowed(roles, Permission.EDIT_LISTING),
            "may_review_text": is_allowed(roles, Permission.REVIEW_TEXT),
        }
    return render(request, template, told | context, status=status)
