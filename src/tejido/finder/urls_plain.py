"""Addresses that are the same in every language: the API and the health of the process."""

from django.urls import path
from django.views.generic import RedirectView

from tejido.finder.api.application import api
from tejido.finder.api.docs import show_docs
from tejido.finder.api.health import show_health

urlpatterns = [
    path("api/docs", show_docs, name="api-docs"),
    path("api/docs/", RedirectView.as_view(pattern_name="api-docs", permanent=True)),
    path("api/", api.urls),
    path("healthz", show_health, name="health"),
]
