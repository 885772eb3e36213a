"""What was done and looked at in a member's name, for those who lead there."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.foundation.paging import page_in
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.record import Happened, record_of
from tejido.network.services.reads import note_read
from tejido.network.wording import ACTS, ROLES

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_member(Permission.VIEW_EVENTS)
def show_record(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show who did what and who looked at what, the last first."""
    note_read(
        member_id=member.id,
        act="view.events",
        object_id=member.id,
        by=request.user.pk,
        at=timezone.now(),
    )
    record = record_of(member.id, page=page_in(request.GET.get("page", "")))
    context = {
        "rail_people": True,
        "record": record,
        "lines": [(happened, _words(happened)) for happened in record.rows],
        "before": record.page - 1,
        "after": record.page + 1 if record.page < record.pages else 0,
    }
    return render_desk(request, "network/record.html", member, context)


def _words(happened: Happened) -> str:
    """Return what happened as a sentence without its subject."""
    words = str(ACTS.get(happened.act, happened.act))
    whom = happened.whom or _("somebody")
    return words % {"whom": whom, "role": ROLES[happened.role] if happened.role else ""}
