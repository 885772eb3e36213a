"""Where listings come from, and whose word counts."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tejido.directory.queries.sources import sources_seen
from tejido.directory.services.sources import SourceRefused, set_trust
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_sources(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show every source, its date, and whether its word counts."""
    context = {
        "lines": sources_seen(),
        "may_switch": request.user.has_perm(Permission.TRUST_SOURCE, member),
    }
    return render_page(request, "directory/sources.html", member, context)


@require_POST
@for_member(Permission.TRUST_SOURCE)
def switch_trust(request: "SignedInRequest", member: MemberSeen, key: str) -> HttpResponse:
    """Trust a source, or trust it no more."""
    try:
        done = set_trust(
            key=key,
            trusted=request.POST.get("trusted") == "yes",
            actor=actor_of(request, member, Permission.TRUST_SOURCE),
            at=timezone.now(),
        )
    except SourceRefused as refusal:
        raise Http404 from refusal
    return back_to("sources", member, done=done)
