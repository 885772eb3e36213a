"""The home page: where are you, what do you need."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tejido.finder.queries.search import need_labels
from tejido.finder.web.answering import is_invented, public_page
from tejido.finder.web.asked import Asked, asked_from
from tejido.finder.web.filters import Chip, chips_of
from tejido.finder.web.forms import SearchForm
from tejido.finder.web.tiles import TILES
from tejido.finder.web.urgent import typed_in, urgent_for

_ON_THE_PAGE = ("place", "q", "day", "hour", "lat", "lon", "pick", "show")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def show_home(request: HttpRequest) -> HttpResponse:
    """Show the search; by POST with what was asked before, so that nothing is typed twice."""
    if request.method != "POST":
        return ask(request, SearchForm())
    form = SearchForm(request.POST)
    asked = Asked()
    if form.is_valid():
        asked = asked_from(form.cleaned_data, now=timezone.localtime())
        asked = asked.without(request.POST.get("drop", ""))
    return ask(request, SearchForm(asked.as_data()), asked=asked)


def ask(
    request: HttpRequest,
    form: SearchForm,
    *,
    asked: Asked | None = None,
    near_names: tuple[str, ...] = (),
) -> HttpResponse:
    """Show the search form, with what is wrong with it and names that were perhaps meant.

    Args:
        request: only its language counts.
        form: bound where something was asked before.
        asked: what to carry along beside the fields of the page.
        near_names: places spelled like the one that is unknown.
    """
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "carried": asked.hidden(but=_ON_THE_PAGE) if asked else [],
        "kept": _kept(asked) if asked else (),
        "near_names": near_names,
        "state": asked.hidden() if asked and not asked.says_nothing else _typed(form),
        "to": "home" if request.path == reverse("finder:home") else "find",
        "urgent": urgent_for(*typed_in(form)),
        "tiles": TILES,
        "phone": settings.NETWORK_PHONE,
        "text_number": settings.SMS_NUMBER,
        "is_invented": is_invented(),
    }
    return render(request, "finder/home.html", context)


def _kept(asked: Asked) -> tuple[Chip, ...]:
    """Return what is carried along unseen: the need and the filters."""
    labels = {concept: str(name) for concept, name, _gloss in TILES}
    if asked.need and asked.need not in labels:
        labels = dict(need_labels((get_language() or "en")[:2]))
    shown_elsewhere = {"words", "chosen"}
    return tuple(
        each
        for each in chips_of(asked, labels, today=_today())
        if each.value not in shown_elsewhere
    )


def _typed(form: SearchForm) -> list[tuple[str, str]]:
    """Return what was sent, right or wrong, so that the other language repeats it."""
    # An unbound form has a plain dict, always empty.
    sent = form.data if isinstance(form.data, MultiValueDict) else MultiValueDict()
    return [
        (name, str(each))
        for name in form.fields
        if name != "show"
        for each in sent.getlist(name)
        if each
    ]


def _today() -> date:
    return timezone.localdate()
