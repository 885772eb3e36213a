"""The gallery: every component in English and Spanish, light and dark, and at 200 %."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def show_gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every way that it can look."""
    response = render(request, "ui/gallery.html", {})
    response["X-Robots-Tag"] = "noindex"
    return response
