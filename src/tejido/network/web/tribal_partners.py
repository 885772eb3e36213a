"""Mark a member as a tribal partner, or take the mark off: for who coordinates the network."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.services.tribal_partners import (
    MarkRefused,
    mark_tribal_partner,
    unmark_tribal_partner,
)

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_POST
@for_member(Permission.MARK_TRIBAL_PARTNER)
def mark(request: "SignedInRequest", member: MemberSeen, other_id: UUID) -> HttpResponse:
    """Mark a member; the same with `off` takes the mark off."""
    act = unmark_tribal_partner if "off" in request.POST else mark_tribal_partner
    try:
        act(member_id=other_id, acting_for=member.id, by=request.user.pk, at=timezone.now())
    except MarkRefused as refusal:
        raise Http404 from refusal
    address = reverse("network:members", args=[member.slug])
    return redirect(f"{address}?{urlencode({'marked': other_id})}")
