"""One place: whether it is open, what there is, and what to know before going."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.public import PublicListing
from tejido.finder.queries.search import find_listing, hours_at, need_labels
from tejido.finder.queries.state import last_known_day
from tejido.finder.web.answering import public_page
from tejido.finder.web.asked import Asked, asked_from
from tejido.finder.web.cards import (
    address_lines,
    checked_of,
    geo_of,
    map_link_of,
    way_link_of,
)
from tejido.finder.web.counties import named
from tejido.finder.web.forms import SearchForm
from tejido.finder.web.hours import as_of, state_line
from tejido.finder.web.saying import (
    PhoneLink,
    language_names,
    phone_link,
    said,
    translation_line,
    voice_phone,
)
from tejido.finder.web.tags import tags_of
from tejido.finder.web.visit import text_link, to_bring, to_expect
from tejido.finder.web.week import special_days, week_of

TEXTS = ("name", "description", "before_you_go", "landmark")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def show_listing(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Show one place; by POST from a list, with the way back to that list.

    A place that never was and one that is not public look the same. Search engines may show a
    place, which everybody may see, but never an invented one.
    """
    listing = find_listing(listing_id)
    if listing is None:
        raise Http404
    now, asked = timezone.now(), _asked(request)
    chosen = asked.chosen if asked else None
    context = {**_texts(listing), **_times(listing, now, chosen), **_ways(listing)}
    context |= {"listing": listing, "is_invented": listing.is_invented}
    context["back"] = asked.hidden() if asked else []
    context["here"] = request.build_absolute_uri(request.path)
    response = render(request, "finder/listing.html", context)
    if listing.is_invented:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _texts(listing: PublicListing) -> dict[str, Any]:
    language = (get_language() or "en")[:2]
    labels = need_labels(language)
    texts = {field: said(listing, field, language=language) for field in TEXTS}
    return {
        **texts,
        "translation": translation_line(texts.values()),
        "needs": [label for label, _hit in tags_of(listing, labels)],
        "source_language": _other_source_language(listing, language),
        "bring": to_bring(listing),
        "expect": to_expect(listing),
        "languages": language_names(listing),
        "text_link": text_link(listing, language=language),
    }


def _other_source_language(listing: PublicListing, language: str) -> str:
    """Return the language of what exists only as the source wrote it, '' when the page's own."""
    source = listing.texts[0].language if listing.texts else language
    return "" if source == language else source


def _times(listing: PublicListing, now: datetime, chosen: datetime | None) -> dict[str, Any]:
    today = now.astimezone(ZoneInfo(listing.timezone)).date()
    until = last_known_day(listing.timezone)
    return {
        "state": state_line(
            hours_at(listing, chosen or now),
            at=chosen or now,
            is_now=chosen is None,
            temporarily_closed=listing.temporarily_closed,
        ),
        "chosen": as_of(chosen, today=today) if chosen else "",
        "as_of": as_of(now.astimezone(ZoneInfo(listing.timezone)), today=today),
        "week": week_of(listing, today=today, until=until),
        "special_days": special_days(listing, today=today, until=until),
        "checked": checked_of(listing, today=today),
    }


def _ways(listing: PublicListing) -> dict[str, Any]:
    phones: list[PhoneLink] = [phone_link(phone) for phone in listing.phones]
    return {
        "phone": voice_phone(listing),
        "phones": phones,
        "contacts": [
            (contact, [phone_link(phone) for phone in contact.phones])
            for contact in listing.contacts
        ],
        "geo": geo_of(listing),
        "map_link": map_link_of(listing),
        "way_link": way_link_of(listing),
        "reach": named(listing.reach),
        "address": address_lines(listing),
    }


def _asked(request: HttpRequest) -> Asked | None:
    """Return the search from whose list the person came, or None."""
    form = SearchForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return None
    asked = asked_from(form.cleaned_data, now=timezone.localtime())
    return None if asked.says_nothing else asked
