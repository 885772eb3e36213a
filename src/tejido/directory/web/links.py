"""The page behind a link to confirm: no account, no cookie, no JavaScript, both languages."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.call_sheet import SheetLine
from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.public import PublicListing
from tejido.directory.queries.feed_files import feed_built_at
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
from tejido.directory.web.due_wording import GROUPS, RUNNING
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
    corrects = _corrects(request, link)
    if request.method == "GET" or (link.state is not LinkState.OPEN and corrects is None):
        return _page(request, link, corrects=corrects)
    if not is_ours(request):
        problem = _("Open the link again and answer there.")
        return _page(request, link, corrects=corrects, problem=problem, status=403)
    if not _may_send(link):
        problem = _("This was sent too often. Try again in an hour.")
        return _page(request, link, corrects=corrects, problem=problem, status=429)
    return _answered(request, token, link, corrects)


def _answered(
    request: HttpRequest, token: str, link: LinkSeen, corrects: UUID | None
) -> HttpResponse:
    today = timezone.localdate()
    sheet = _sheet(link, corrects)
    try:
        done = confirm_by_link(
            token=token,
            changed=_changed(request, sheet),
            seen=request.POST.get("seen", ""),
            on=today,
            at=timezone.now(),
            language=(get_language() or "en")[:2],
            corrects=corrects,
        )
    except EditRefused as refusal:
        now, problem = link_by_token(token, on=today), str(refusal.sentence)
        holds = corrects if now is not None and now.call == corrects else None
        return _page(request, now, corrects=holds, problem=problem, status=409)
    return _page(request, done, is_new=True, is_more=sheet.is_more)


def _corrects(request: HttpRequest, link: LinkSeen) -> UUID | None:
    """Return the answer that somebody wants to correct, where it still is the one that holds."""
    if not link.can_correct:
        return None
    if request.method == "GET":
        return link.call if "correct" in request.GET else None
    return link.call if request.POST.get("corrects") == str(link.call) else None


def _sheet(link: LinkSeen, corrects: UUID | None) -> LinkSheet:
    again = link.asked if corrects else None
    return link_sheet(link.organization, on=timezone.localdate(), again=again)


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
    corrects: UUID | None = None,
    problem: str = "",
    is_new: bool = False,
    is_more: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"link": link, "problem": problem, "is_new": is_new}
    context["is_more"] = is_more
    if link is not None:
        listings = public_listings_of(link.organization)
        context |= _shown(link, listings)
        if link.state is LinkState.OPEN or corrects is not None:
            context |= _asked(request, link, corrects, listings)
    context["is_invented"] = settings.DEMONSTRATION
    return render(request, "directory/confirm_link.html", context, status=status)


def _asked(
    request: HttpRequest, link: LinkSeen, corrects: UUID | None, listings: list[PublicListing]
) -> dict[str, Any]:
    """Return what the program is asked, with what it sent before."""
    sheet, needs = _sheet(link, corrects), need_names()
    names = {listing.service_id: _name(listing) for listing in listings}
    sent = _sent(request, link, corrects)
    lines = [
        {
            "line": line,
            "part": GROUPS[line.group],
            "heading": line_heading(line, names.get(line.listing.service.id, "")),
            "says": _says(line, needs),
            "is_changed": line.name in sent,
            "now": sent.get(line.name, ""),
        }
        for line in sheet.lines
    ]
    asked = {"seen": sheet.seen, "is_more": sheet.is_more, "lines": lines, "corrects": corrects}
    return {**asked, "asks": True, "longest": LONGEST_NOTE}


def _says(line: SheetLine, needs: dict[str, str]) -> list[str]:
    if line.group is FieldGroup.STATUS:
        return [str(RUNNING[line.held.values["status"]])]
    return list(line_says(line, needs))


def _sent(request: HttpRequest, link: LinkSeen, corrects: UUID | None) -> dict[str, str]:
    """Return what is marked in the form, with its words: as it was sent, or answered before."""
    if request.method == "GET":
        return {each.line: each.words for each in link.changed} if corrects else {}
    written = {
        name.removeprefix("now-"): str(words)
        for name, words in request.POST.items()
        if name.startswith("now-") and words
    }
    return dict.fromkeys(request.POST.getlist("changed"), "") | written


def _shown(link: LinkSeen, listings: list[PublicListing]) -> dict[str, Any]:
    """Return the name of the program and what it said, as far as they are public today."""
    # What was confirmed is kept under the name in the language in which it was written.
    names = {listing.original("name"): _name(listing) for listing in listings}
    confirmed = [
        (names[name], GROUPS[FieldGroup(part)]) for name, part in link.confirmed if name in names
    ]
    built_at = feed_built_at()
    return {
        "name": link.name if listings else "",
        "confirmed": confirmed,
        "changed": _said(link, listings) if link.can_correct else [],
        "used_on": timezone.localdate(link.used_at) if link.used_at else None,
        "built_on": timezone.localdate(built_at) if built_at else None,
    }


def _said(link: LinkSeen, listings: list[PublicListing]) -> list[dict[str, Any]]:
    """Return what the program said has changed, of what is public today; with whose words."""
    names = {listing.service_id: _name(listing) for listing in listings}
    return [
        {"name": names[each.service], "part": GROUPS[each.group], "words": each.words}
        for each in link.changed
        if each.service in names
    ]


def _name(listing: PublicListing) -> str:
    """Return the name of a listing in the page's language, where it has one."""
    language = (get_language() or "en")[:2]
    names = {text.language: text.name for text in listing.texts}
    return names.get(language) or listing.original("name")
