"""Addresses that are the same in every language: the API, packs, health, where texts arrive."""

from django.urls import path
from django.views.generic import RedirectView

from tejido.finder.api.application import api
from tejido.finder.api.docs import show_docs
from tejido.finder.api.health import show_health
from tejido.finder.web.packs import send_pack, send_worker, show_manifest
from tejido.finder.web.texts import receive_text

urlpatterns = [
    path("api/docs", show_docs, name="api-docs"),
    path(
        "api/docs/",
        RedirectView.as_view(pattern_name="api-docs", permanent=True),
        name="api-docs-slash",
    ),
    path("api/", api.urls),
    path("packs/manifest.json", show_manifest, name="packs"),
    path("packs/<slug:name>.json", send_pack, name="pack"),
    path("sw.js", send_worker, name="worker"),
    path("healthz", show_health, name="health"),
    path("sms/", receive_text, name="sms"),
]
