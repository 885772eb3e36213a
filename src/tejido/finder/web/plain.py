"""Pages that are the same for everybody: overdose, privacy, about."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tejido.finder.queries.state import snapshot_state


@require_safe
def show_overdose(request: HttpRequest) -> HttpResponse:
    """Show what to do in an overdose, verbs first.

    Source: docs/sources.md#overdose-steps, docs/sources.md#overdose-law
    """
    return render(request, "finder/overdose.html")


@require_safe
def show_privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept about a search: nothing, and what others may still see."""
    return render(request, "finder/privacy.html", {"text_number": settings.SMS_NUMBER})


@require_safe
def show_about(request: HttpRequest) -> HttpResponse:
    """Show what Tejido is, where the list comes from and how old it is."""
    state = snapshot_state()
    context = {"state": state, "is_invented": bool(state and state.is_invented)}
    return render(request, "finder/about.html", context)
