"""Where a person is reached: an address, its code, what for, and what was sent."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from tejido.network.desk import for_oneself, render_desk
from tejido.network.domain.messages import Channel, Kind
from tejido.network.message_words import CHANNELS, KINDS, PROBLEMS, STATES
from tejido.network.queries.ways import WaySeen, is_on, kinds_for, sent_to, ways_of
from tejido.network.services.ways import (
    WayRefused,
    Wishes,
    confirm,
    give_address,
    remove,
    wish,
)
from tejido.network.web.reach_forms import AddressForm, CodeForm, WayForm, WishesForm, wishes_now

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

Forms = dict[str, forms.Form]
DONE = {
    "code": _("We sent a code. Type it below."),
    "confirmed": _("Confirmed. Say below what for and when."),
    "wishes": _("Saved."),
    "removed": _("Removed. Nothing of the address is kept."),
}


@require_GET
@for_oneself
def show_reach(request: "SignedInRequest") -> HttpResponse:
    """Show each channel: no address, one that waits for its code, or one that is used."""
    return _page(request)


@require_POST
@for_oneself
def give(request: "SignedInRequest") -> HttpResponse:
    """Keep an address and send a code to it."""
    channel = _channel(request)
    form = AddressForm(request.POST, channel=channel)
    if form.is_valid():
        try:
            give_address(
                person_id=request.user.pk,
                channel=channel,
                address=form.cleaned_data["address"],
                language=request.user.language,
                at=timezone.now(),
            )
        except WayRefused as refusal:
            form.add_error("address", str(refusal.sentence))
        else:
            return _back(channel, "code")
    return _page(request, failed=form, what="address", channel=channel)


@require_POST
@for_oneself
def confirm_code(request: "SignedInRequest") -> HttpResponse:
    """Take an address into use."""
    channel = _channel(request)
    form = CodeForm(request.POST, channel=channel)
    if form.is_valid():
        try:
            confirm(
                person_id=request.user.pk,
                channel=channel,
                code=form.cleaned_data["code"],
                at=timezone.now(),
            )
        except WayRefused as refusal:
            form.add_error("code", str(refusal.sentence))
        else:
            return _back(channel, "confirmed")
    return _page(request, failed=form, what="code", channel=channel)


@require_POST
@for_oneself
def keep_wishes(request: "SignedInRequest") -> HttpResponse:
    """Keep what for, when, and the quiet hours."""
    channel = _channel(request)
    form = WishesForm(request.POST, channel=channel, kinds=kinds_for(request.user.pk))
    if form.is_valid():
        try:
            wish(person_id=request.user.pk, channel=channel, wishes=_wishes(form.cleaned_data))
        except WayRefused as refusal:
            form.add_error("when", str(refusal.sentence))
        else:
            return _back(channel, "wishes")
    return _page(request, failed=form, what="wishes", channel=channel)


@require_POST
@for_oneself
def remove_way(request: "SignedInRequest") -> HttpResponse:
    """Delete an address, at once."""
    channel = _channel(request)
    remove(person_id=request.user.pk, channel=channel)
    return _back(channel, "removed")


@require_GET
@for_oneself
def show_sent(request: "SignedInRequest") -> HttpResponse:
    """Show what was sent to the person, the last first."""
    lines = [
        (
            seen,
            KINDS[seen.kind],
            CHANNELS[seen.channel],
            STATES[seen.state],
            PROBLEMS[seen.problem],
        )
        for seen in sent_to(request.user.pk)
    ]
    return render_desk(request, "network/sent.html", None, {"rail_reach": True, "lines": lines})


def _channel(request: "SignedInRequest") -> Channel:
    form = WayForm(request.POST)
    return Channel(form.cleaned_data["channel"]) if form.is_valid() else Channel.MAIL


def _wishes(said: dict[str, Any]) -> Wishes:
    return Wishes(
        kinds=[Kind(kind) for kind in said["kinds"]],
        daily_at=int(said["when"]) if said["when"] else None,
        quiet_from=int(said["quiet_from"]),
        quiet_until=int(said["quiet_until"]),
    )


def _back(channel: Channel, done: str) -> HttpResponse:
    answer = redirect("network:reach")
    answer["Location"] += f"?done={done}#{channel.value}"
    return answer


def _page(
    request: "SignedInRequest",
    *,
    failed: forms.Form | None = None,
    what: str = "",
    channel: Channel | None = None,
) -> HttpResponse:
    ways, kinds = ways_of(request.user.pk), kinds_for(request.user.pk)
    sections = [_section(each, ways.get(each), kinds) for each in Channel]
    for section in sections:
        if failed is not None and section["channel"] is channel:
            section[what] = failed
    context = {
        "rail_reach": True,
        "sections": sections,
        "form": failed,
        "done": "" if failed else DONE.get(request.GET.get("done", ""), ""),
        "mail_folder": settings.EMAIL_FILE_PATH if settings.DEMONSTRATION else "",
    }
    return render_desk(request, "network/reach.html", None, context, status=400 if failed else 200)


def _section(channel: Channel, way: WaySeen | None, kinds: list[Kind]) -> dict[str, Any]:
    """Return what one channel shows; of the three forms only one has a place on the page."""
    now = wishes_now(way) if way else None
    return {
        "channel": channel,
        "words": CHANNELS[channel],
        "is_on": is_on(channel),
        "way": way,
        "address": AddressForm(channel=channel),
        "code": CodeForm(channel=channel),
        "wishes": WishesForm(channel=channel, kinds=kinds, initial=now),
    }
