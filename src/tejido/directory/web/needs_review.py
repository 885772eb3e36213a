"""A member's translator reviews what needs are called in Spanish."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tejido.directory.queries.needs import OBJECT_TYPE, Unreviewed, unreviewed
from tejido.directory.web.needs import render_needs
from tejido.directory.web.needs_wording import FIELDS, STATES
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.services.reviews import review_for_member
from tejido.translation.domain.texts import TextKey
from tejido.translation.services import TextRefused

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

SHOWN_AT_ONCE = 25


@require_GET
@for_member(Permission.REVIEW_TEXT)
def show_unreviewed(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the Spanish that waits for a review, beside its English."""
    return _page(request, member)


@require_POST
@for_member(Permission.REVIEW_TEXT)
def review(request: "SignedInRequest", member: MemberSeen, key: str, field: str) -> HttpResponse:
    """Mark one text as reviewed in the member's name, or say why not."""
    waiting = next((each for each in unreviewed() if (each.key, each.field) == (key, field)), None)
    if waiting is None:
        raise Http404
    try:
        review_for_member(
            key=TextKey(OBJECT_TYPE, waiting.concept_id, field),
            language="es",
            text=request.POST.get("text", ""),
            member_id=member.id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except TextRefused as refusal:
        return _page(request, member, problem=str(refusal.sentence), status=409)
    return redirect("directory_needs:review", member.slug)


def _page(
    request: "SignedInRequest", member: MemberSeen, *, problem: str = "", status: int = 200
) -> HttpResponse:
    waiting = unreviewed()
    context = {
        "lines": [_line(each, request) for each in waiting[:SHOWN_AT_ONCE]],
        "total": len(waiting),
        "problem": problem,
        "rail_directory": False,
    }
    return render_needs(request, "directory/needs_review.html", member, context, status=status)


def _line(each: Unreviewed, request: "SignedInRequest") -> dict[str, object]:
    return {
        "text": each,
        "field": FIELDS[each.field],
        "state": STATES[each.state],
        "is_own": each.written_by == request.user.pk,
    }
