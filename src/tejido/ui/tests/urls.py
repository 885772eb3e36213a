"""The names that the templates link to, without the areas above: ui is tested on its own."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def show_nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def fail(_request: HttpRequest, way: str) -> HttpResponse:
    raise {"bad": BadRequest, "forbidden": PermissionDenied, "broken": RuntimeError}[way]


FINDER = [
    path(f"finder/{name}/", show_nothing, name=name)
    for name in ("overdose", "privacy", "held", "about", "find", "lines")
]
NETWORK = [path("desk/", show_nothing, name="choose-member")]
urlpatterns = [
    path("gallery/", include("tejido.ui.web.urls")),
    path("", include(([*FINDER, path("", show_nothing, name="home")], "finder"))),
    path("", include((NETWORK, "network"))),
    path("login/", show_nothing, name="account_login"),
    path("logout/", show_nothing, name="account_logout"),
    path("fail/<way>/", fail),
]

handler400 = "tejido.ui.web.errors.bad_request"
handler403 = "tejido.ui.web.errors.forbidden"
handler404 = "tejido.ui.web.errors.not_found"
handler500 = "tejido.ui.web.errors.server_error"
