"""What was sent in a member's name, for those who lead there: counts, never addresses."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tejido.network.desk import for_member, render_desk
from tejido.network.domain.messages import State
from tejido.network.domain.permissions import Permission
from tejido.network.message_words import CHANNELS, KINDS, STATES
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.ways import can_reach, tallies
from tejido.network.services.outbox import retry_failed

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_member(Permission.VIEW_MESSAGES)
def show_messages(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show how many messages of which kind were sent, wait or were given up."""
    counted = tallies(member.id)
    context = {
        "rail_people": True,
        "lines": [
            (KINDS[line.kind], CHANNELS[line.channel], STATES[line.state], line.count)
            for line in counted
        ],
        "failed": sum(line.count for line in counted if line.state is State.FAILED),
        "is_on": can_reach(),
        "may_retry": request.user.has_perm(Permission.RETRY_MESSAGES, member),
    }
    return render_desk(request, "network/messages.html", member, context)


@require_POST
@for_member(Permission.RETRY_MESSAGES)
def retry(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Let what was given up be sent again."""
    retry_failed(member_id=member.id, by=request.user.pk, at=timezone.now())
    return redirect("network:messages", member.slug)
