"""The page behind an invitation: no cookie, no JavaScript, in both languages."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tejido.accounts.services import AccountRefused
from tejido.foundation.origin import is_ours
from tejido.foundation.rate import Rate, address_of
from tejido.network.desk import for_oneself, render_desk
from tejido.network.domain.invitations import InvitationState
from tejido.network.queries.access import roles_of
from tejido.network.queries.invitations import (
    InvitationSeen,
    invitation_by_token,
    person_called,
)
from tejido.network.role_words import may_words
from tejido.network.services.invitations import (
    InvitationRefused,
    NewAccount,
    accept,
    accept_with_new_account,
)
from tejido.network.services.people import PersonIn, PersonRefused
from tejido.network.web.invite_forms import JoinForm, NameForm
from tejido.network.wording import MEMBER_KINDS, ROLES

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

# A person tries a few user names; more in a minute is a machine.
rate = Rate(per_minute=20)
_FIELD_OF = {"username-taken": "username", "username-form": "username"}


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation; a POST makes an account that works for the member."""
    found = invitation_by_token(token, at=timezone.now())
    if found is None:
        return _page(request, token, None, status=404)
    if request.method != "POST" or found.state is not InvitationState.OPEN:
        asked = JoinForm(initial={"language": (get_language() or "en")[:2]})
        return _page(request, token, found, form=asked)
    form = JoinForm(request.POST)
    if not is_ours(request):
        problem = _("Open the link again and answer there.")
        return _page(request, token, found, form=form, problem=problem, status=403)
    if not rate.allows(address_of(request)):
        problem = _("Too many tries. Wait a minute, then try again.")
        return _page(request, token, found, form=form, problem=problem, status=429)
    return _joined(request, token, found, form)


def _joined(
    request: HttpRequest, token: str, found: InvitationSeen, form: JoinForm
) -> HttpResponse:
    if form.is_valid():
        given = form.cleaned_data
        account = NewAccount(
            display_name=given["display_name"],
            username=given["username"],
            password=given["password"],
            language=given["language"],
        )
        try:
            accept_with_new_account(token=token, account=account, at=timezone.now())
        except AccountRefused as refusal:
            form.add_error(_FIELD_OF.get(refusal.code), str(refusal.sentence))
        except (InvitationRefused, PersonRefused) as refusal:
            problem = str(refusal.sentence)
            return _page(request, token, found, form=form, problem=problem, status=409)
        else:
            name = given["username"].strip().lower()
            return _page(request, token, found, joined_as=name)
    return _page(request, token, found, form=form, status=400)


def _page(
    request: HttpRequest,
    token: str,
    found: InvitationSeen | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"found": found, "token": token, "is_invented": settings.DEMONSTRATION, **more}
    if found is not None:
        context |= told(found)
    return render(request, "network/invite_open.html", context, status=status)


def told(found: InvitationSeen) -> dict[str, Any]:
    """Return what pages say of an invitation, in words."""
    return {
        "roles": [(ROLES[role], may_words(role)) for role in found.roles],
        "kind": MEMBER_KINDS[found.member.kind],
        "expires_on": timezone.localdate(found.expires_at),
    }


@require_http_methods(["GET", "POST"])
@for_oneself
def accept_signed_in(request: "SignedInRequest", token: str) -> HttpResponse:
    """Show an invitation to somebody who has an account; a POST accepts it."""
    found = invitation_by_token(token, at=timezone.now())
    if found is None:
        raise Http404
    called = person_called(request.user.pk)
    form = NameForm(request.POST or None)
    if request.method != "POST":
        return _desk_page(request, found, called, NameForm())
    if not called and not form.is_valid():
        return _desk_page(request, found, called, form, status=400)
    person = PersonIn(request.user.pk, called or form.cleaned_data["display_name"])
    try:
        member = accept(token=token, person=person, at=timezone.now())
    except (InvitationRefused, PersonRefused) as refusal:
        problem = str(refusal.sentence)
        return _desk_page(request, found, called, form, problem=problem, status=409)
    return redirect("network:home", member.slug)


def _desk_page(
    request: "SignedInRequest",
    found: InvitationSeen,
    called: str,
    form: NameForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    works_here = bool(roles_of(request.user.pk, found.member.id))
    context = {"found": found, "called": called, "form": form, "works_here": works_here, **more}
    return render_desk(request, "network/invited.html", None, context | told(found), status=status)
