"""Addresses of the pages that check feeds."""

from django.urls import URLPattern, path

from tejido.directory.web import checks

app_name = "directory_check"
HOME = "<slug:slug>/directory/check/"
urlpatterns: list[URLPattern] = [
    path(HOME, checks.ask, name="ask"),
    path(f"{HOME}<uuid:check_id>/", checks.show, name="show"),
    path(f"{HOME}<uuid:check_id>/forget/", checks.forget, name="forget"),
]
