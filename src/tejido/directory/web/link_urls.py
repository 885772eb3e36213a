"""The address of links to confirm, once in each language."""

from django.urls import URLPattern, path

from tejido.directory.web import links

app_name = "directory_link"
urlpatterns: list[URLPattern] = [path("<str:token>", links.confirm, name="confirm")]
