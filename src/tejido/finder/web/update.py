"""When the finder last learned what the directory says, and a button to let it learn now."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tejido.finder.queries.state import snapshot_state
from tejido.finder.services.build import build_snapshot
from tejido.foundation.round import unread
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

# So many listings are built in a few seconds, while a person waits (docs/areas/finder.md).
SMALL = 10_000


@require_http_methods(["GET", "POST"])
@for_member(Permission.PUBLISH_LISTING)
def show_update(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Say what the finder knows; a POST builds it anew where that takes a moment."""
    state = snapshot_state()
    is_small = state is None or state.listings <= SMALL
    if request.method == "POST" and is_small:
        build_snapshot(folder=settings.SNAPSHOTS, at=timezone.now(), report=unread)
        return redirect(f"{request.path}?built=1")
    context = {
        "state": state,
        "built_at": timezone.localtime(state.built_at) if state else None,
        "is_small": is_small,
        "is_built": request.GET.get("built") == "1",
        "rail_directory": True,
    }
    status = 409 if request.method == "POST" else 200
    return render_desk(request, "finder/update.html", member, context, status=status)
