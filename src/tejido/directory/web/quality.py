"""How good the directory is, at the desk: pictures, tables, and the way to what is missing."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from tejido.directory.domain.quality import Group, Part, Quality
from tejido.directory.queries.quality import quality_of
from tejido.directory.queries.quality_groups import groups_of
from tejido.directory.web import quality_pictures as pictures
from tejido.directory.web.frame import render_page
from tejido.directory.web.quality_asked import asked_of
from tejido.directory.web.quality_table import table_of, written
from tejido.directory.web.tasks import tasks
from tejido.directory.web.wording import TIERS
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen, roles_of
from tejido.ui.charts import BarChart

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_quality(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show how fresh and how complete listings are, by county or organization."""
    asked, today = asked_of(request.GET), timezone.localdate()
    total, groups = groups_of(asked.by, asked.tier, today=today)
    quality = quality_of(asked.tier, today=today)
    listings = f"{reverse('directory:quality-listings', args=[member.slug])}?tier={asked.tier}"
    context = {
        "asked": asked,
        "today": today,
        "total": total,
        "quality": quality,
        "charts": _charts(quality, total, member, listings),
        "places": pictures.share_words(quality.places),
        "without_point": f"{listings}&lacks={Part.POINT}",
        "tasks": list(tasks(member, roles_of(request.user.pk, member.id))),
        "tiers": [
            (words, asked.carried(tier=tier), tier is asked.tier) for tier, words in TIERS.items()
        ],
        **table_of(asked, groups, listings),
    }
    return render_page(request, "directory/quality.html", member, context)


@require_GET
@for_member(Permission.EDIT_LISTING)
def download_quality(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Return the counties or organizations that are shown, with all figures, as a table."""
    asked, today = asked_of(request.GET), timezone.localdate()
    _total, groups = groups_of(asked.by, asked.tier, today=today)
    answer = HttpResponse(written(asked, groups), content_type="text/csv")
    name = f"quality-{asked.tier}-{asked.by}-{today.isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _charts(quality: Quality, total: Group, member: MemberSeen, listings: str) -> list[BarChart]:
    return [
        pictures.freshness(quality, due_address=reverse("directory:due", args=[member.slug])),
        pictures.completeness(
            total, addresses={part: f"{listings}&lacks={part}" for part in Part}
        ),
        pictures.translations(quality.texts),
        pictures.spoken(quality, total.listings),
    ]
