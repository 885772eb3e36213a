"""The gallery: every component in English and Spanish, light and dark, and at 200 %."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tejido.ui.web.samples import ENTRIES, VARIANTS, specimen_of


@require_safe
def show_gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every way that it can look."""
    shelves = [
        (entry, [(variant, specimen_of(entry, variant)) for variant in VARIANTS])
        for entry in ENTRIES
    ]
    response = render(request, "ui/gallery.html", {"shelves": shelves})
    response["X-Robots-Tag"] = "noindex"
    return response
