"""The page behind a link to confirm: no account, no cookie, no JavaScript, both languages."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.public import PublicListing
from tejido.directory.queries.public import public_listings_of
from tejido.directory.services.confirm_links import (
    LONGEST_NOTE,
    LinkSeen,
    LinkSheet,
    LinkState,
    confirm_by_link,
    link_by_token,
    link_sheet,
)
from tejido.directory.services.editing import EditRefused
from tejido.directory.web.call_sheet_form import line_heading, line_says
from tejido.directory.web.due_wording import GROUPS
from tejido.directory.web.wording import need_names
from tejido.foundation.origin import is_ours

SENT_AN_HOUR = 20
_HOUR_S = 3_600


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show a program what is due; a POST confirms it, or says what changed."""
    today = timezone.localdate()
    link = link_by_token(token, on=today)
    if link is None:
        return _page(request, None, status=404)
    if request.method == "GET" or link.state is not LinkState.OPEN:
        return _page(request, link)
    if not is_ours(request):
        return _page(request, link, problem=_("Open the link again and answer there."), status=403)
    if not _may_send(link):
        problem = _("This was sent too often. Try again in an hour.")
        return _page(request, link, problem=problem, status=429)
    sheet = link_sheet(link.organization, on=today)
    try:
        done = confirm_by_link(
            token=token,
            changed=_changed(request, sheet),
            seen=request.POST.get("seen", ""),
            on=today,
            at=timezone.now(),
        )
    except EditRefused as refusal:
        link = link_by_token(token, on=today)
        return _page(request, link, problem=str(refusal.sentence), status=409)
    return _page(request, done, is_new=True, is_more=sheet.is_more)


def _may_send(link: LinkSeen) -> bool:
    key = f"confirm-link-{link.id}"
    cache.add(key, 0, _HOUR_S)
    return cache.incr(key) <= SENT_AN_HOUR


def _changed(request: HttpRequest, sheet: LinkSheet) -> dict[str, str]:
    """Return what the program ticked or wrote to have changed."""
    found = {}
    for line in sheet.lines:
        note = clean_text(request.POST.get(f"now-{line.name}", ""))[:LONGEST_NOTE]
        if note or line.name in request.POST.getlist("changed"):
            found[line.name] = note
    return found


def _page(
    request: HttpRequest,
    link: LinkSeen | None,
    *,
    problem: str = "",
    is_new: bool = False,
    is_more: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"link": link, "problem": problem, "is_new": is_new}
    context["is_more"] = is_more
    listings = public_listings_of(link.organization) if link is not None else []
    if link is not None and link.state is LinkState.OPEN:
        context |= _asked(request.POST, link, listings)
    if link is not None:
        context |= _shown(link, listings)
        context["used_on"] = timezone.localdate(link.used_at) if link.used_at else None
    context["is_invented"] = settings.DEMONSTRATION
    return render(request, "directory/confirm_link.html", context, status=status)


def _asked(sent: QueryDict, link: LinkSeen, listings: list[PublicListing]) -> dict[str, Any]:
    """Return what the program is asked, with what it sent before."""
    sheet, needs = link_sheet(link.organization, on=timezone.localdate()), need_names()
    names = {listing.service_id: _name(listing) for listing in listings}
    lines = [
        {
            "line": line,
            "part": GROUPS[line.group],
            "heading": line_heading(line, names.get(line.listing.service.id, "")),
            "says": list(line_says(line, needs)),
            "is_changed": line.name in sent.getlist("changed"),
            "now": sent.get(f"now-{line.name}", ""),
        }
        for line in sheet.lines
    ]
    asked = {"seen": sheet.seen, "is_more": sheet.is_more, "lines": lines}
    return {**asked, "longest": LONGEST_NOTE}


def _shown(link: LinkSeen, listings: list[PublicListing]) -> dict[str, Any]:
    """Return the name of the program and what was confirmed, as far as they are public today."""
    # What was confirmed is kept under the name in the language in which it was written.
    names = {listing.original("name"): _name(listing) for listing in listings}
    confirmed = [
        (names[name], GROUPS[FieldGroup(part)]) for name, part in link.confirmed if name in names
    ]
    return {"name": link.name if listings else "", "confirmed": confirmed}


def _name(listing: PublicListing) -> str:
    """Return the name of a listing in the page's language, where it has one."""
    language = (get_language() or "en")[:2]
    names = {text.language: text.name for text in listing.texts}
    return names.get(language) or listing.original("name")
