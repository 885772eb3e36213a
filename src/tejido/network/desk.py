"""The frame of every page of the desk: signed in, for one member, within its scope."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from tejido.accounts.queries import has_second_step
from tejido.foundation.scope import member_scope
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import need_second_step
from tejido.network.queries.access import (
    Entry,
    MemberSeen,
    MemberUnknown,
    NotAllowed,
    entry_for,
    roles_of,
)

if TYPE_CHECKING:
    from tejido.accounts.models import User

    class SignedInRequest(HttpRequest):
        """A request after `login_required`."""

        user: User


log = logging.getLogger(__name__)
NOT_THERE = "asked for what is not there: account %s, member %s, id %s"
NOT_THEIRS = "asked for a member where they do not work: account %s"
Rest = ParamSpec("Rest")
View = Callable[Concatenate["SignedInRequest", MemberSeen, Rest], HttpResponseBase]


Own = Callable[Concatenate["SignedInRequest", Rest], HttpResponseBase]


def for_oneself(view: Own[Rest]) -> Callable[..., HttpResponseBase]:
    """Let a view of one's own answer who is signed in."""
    return never_cache(login_required(view))


def for_member(permission: Permission) -> Callable[[View[Rest]], Callable[..., HttpResponseBase]]:
    """Let a view answer for the member in the address, to people who may, in its scope.

    A member that does not exist and one where the person has no role both answer 404; a role
    that may not answers 403. Whose role asks for a second step, and who has none yet, is led to
    the page that says so.
    """

    def within(view: View[Rest]) -> Callable[..., HttpResponseBase]:
        @never_cache
        @login_required
        @wraps(view)
        def answer(
            request: "SignedInRequest", slug: str, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            entry = _entry(request, slug, permission)
            if need_second_step(entry.roles) and not has_second_step(request.user.pk):
                return redirect("network:second-step")
            try:
                with member_scope(entry.member.id):
                    return view(request, entry.member, *args, **kwargs)
            except Http404:
                _log_missing(request, entry.member, *args, *kwargs.values())
                raise

        return answer

    return within


def _log_missing(request: "SignedInRequest", member: MemberSeen, *asked: object) -> None:
    """Log that somebody asked for ids that are not there for this member; only ids are written.

    Whether they are another member's nobody here can see, nor is anybody told.
    """
    ids = " ".join(str(each) for each in asked if isinstance(each, UUID))
    if ids:
        log.warning(NOT_THERE, request.user.pk, member.id, ids)


def _entry(request: "SignedInRequest", slug: str, permission: Permission) -> Entry:
    try:
        return entry_for(request.user.pk, slug, permission)
    except MemberUnknown as unknown:
        log.warning(NOT_THEIRS, request.user.pk)
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
            "may_view_agreements": is_allowed(roles, Permission.VIEW_AGREEMENTS),
            "may_view_contacts": is_allowed(roles, Permission.VIEW_CONTACTS),
            "may_view_partners": is_allowed(roles, Permission.VIEW_PARTNERS),
            "may_edit_listings": is_allowed(roles, Permission.EDIT_LISTING),
            "may_review_text": is_allowed(roles, Permission.REVIEW_TEXT),
        }
    return render(request, template, told | context, status=status)
