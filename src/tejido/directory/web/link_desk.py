"""Making and taking back the link by which a program confirms its listings."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tejido.directory.services.confirm_links import last_link, make_link, revoke_link
from tejido.directory.services.editing import EditRefused
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.ui.handed_out import link_in

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

SUBJECT = _("Is this still right?")


@require_POST
@for_member(Permission.EDIT_LISTING)
def make(request: "SignedInRequest", member: MemberSeen, organization_id: UUID) -> HttpResponse:
    """Make a link and show it, the only time that anybody can."""
    today = timezone.localdate()
    try:
        token = make_link(
            organization=organization_id,
            actor=actor_of(request, member),
            on=today,
            at=timezone.now(),
        )
    except EditRefused as refusal:
        raise Http404 from refusal
    link = last_link(organization_id, on=today)

    def address() -> str:
        return request.build_absolute_uri(reverse("directory_link:confirm", args=[token]))

    links = [link_in(each, address=address, subject=SUBJECT) for each in ("en", "es")]
    context = {"link": link, "links": links}
    return render_page(request, "directory/link_made.html", member, context)


@require_POST
@for_member(Permission.EDIT_LISTING)
def revoke(request: "SignedInRequest", member: MemberSeen, organization_id: UUID) -> HttpResponse:
    """Let the link of a program lead nowhere from now on."""
    if last_link(organization_id, on=timezone.localdate()) is None:
        raise Http404
    revoke_link(organization=organization_id, at=timezone.now())
    return back_to("call-sheet", member, organization_id)
