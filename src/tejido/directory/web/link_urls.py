"""The addresses of links to confirm, and of those that end their mails, in each language."""

from django.urls import URLPattern, path

from tejido.directory.web import link_stop, links

app_name = "directory_link"
urlpatterns: list[URLPattern] = [
    path("stop/<str:token>", link_stop.stop, name="stop"),
    path("<str:token>", links.confirm, name="confirm"),
]
