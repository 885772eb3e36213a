"""Every address, by area. Public pages stand once in each language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/<slug:slug>/directory/", include("tejido.directory.web.urls")),
    path("desk/<slug:slug>/finder/", include("tejido.finder.web.desk_urls")),
    path("desk/", include("tejido.network.web.urls")),
    path("desk/", include("tejido.directory.web.import_urls")),
    path("desk/", include("tejido.directory.web.check_urls")),
    path("desk/", include("tejido.directory.web.needs_urls")),
    path("", include("tejido.finder.urls_plain")),
    *i18n_patterns(
        path("account/", include("tejido.accounts.web.urls")),
        path("invite/", include("tejido.network.web.invite_urls")),
        path("r/", include("tejido.directory.web.link_urls")),
        path("gallery/", include("tejido.ui.web.urls")),
        path("", include("tejido.finder.web.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "tejido.ui.web.errors.bad_request"
handler403 = "tejido.ui.web.errors.forbidden"
handler404 = "tejido.ui.web.errors.not_found"
handler500 = "tejido.ui.web.errors.server_error"
