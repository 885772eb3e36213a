"""The listings behind a number of the quality page, and where each is mended."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.directory.domain.quality import OF_PLACES, By, Lacking, Part
from tejido.directory.queries.quality_groups import group_name, lacking
from tejido.directory.web.frame import render_page
from tejido.directory.web.quality_asked import asked_of, group_of, part_of
from tejido.directory.web.quality_table import pages
from tejido.directory.web.quality_words import LACKING
from tejido.directory.web.wording import TIERS
from tejido.foundation.paging import page_asked
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

# Part -> the part of the listing's forms where it is written.
MENDED_AT = {
    Part.PHONE: "phones",
    Part.ADDRESS: "address",
    Part.POINT: "point",
    Part.ELIGIBILITY: "facts",
    Part.LANGUAGES: "about",
    Part.DESCRIPTION: "words",
    Part.SPANISH: "words",
    Part.NEEDS: "needs",
}


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_lacking(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the listings that lack a part."""
    part, asked, kept = part_of(request.GET), asked_of(request.GET), group_of(request.GET)
    if part is None:
        raise Http404
    by, key = kept or (None, "")
    today = timezone.localdate()
    rows, count = lacking(part, asked.tier, by=by, key=key, today=today, page=asked.page)
    turned = pages(asked.page, count)
    page = turned["page"]
    said = {"lacks": part.value, "tier": asked.tier.value} | ({by.value: key} if by else {})
    context = {
        "heading": LACKING[part],
        "tier": TIERS[asked.tier],
        "where": _where(by, key),
        "is_of_places": part in OF_PLACES,
        "lines": [_line(row, part, member) for row in rows],
        **turned,
        "before": page_asked(said, page - 1, turned["pages"]),
        "after": page_asked(said, page + 1, turned["pages"]),
    }
    return render_page(request, "directory/quality_listings.html", member, context)


def _where(by: By | None, key: str) -> str:
    if by is None:
        return ""
    return group_name(by, key) or _("No county known")


def _line(row: Lacking, part: Part, member: MemberSeen) -> dict[str, Any]:
    return {
        "row": row,
        "mended": [
            (name or row.name, _address(row, part, record, member)) for record, name in row.records
        ],
    }


def _address(row: Lacking, part: Part, record: UUID, member: MemberSeen) -> str:
    if part is Part.BELIEVED:
        return reverse("directory:call-sheet", args=[member.slug, row.organization])
    if part is Part.HOURS:
        return reverse("directory:hours", args=[member.slug, row.listing, record])
    return reverse("directory:edit", args=[member.slug, row.listing, MENDED_AT[part], record])
