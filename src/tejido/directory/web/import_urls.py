"""Addresses of the import pages."""

from django.urls import URLPattern, path

from tejido.directory.web import imports

app_name = "directory_import"
HOME = "<slug:slug>/directory/import/"
RUN = f"{HOME}<uuid:run_id>/"
urlpatterns: list[URLPattern] = [
    path(HOME, imports.bring, name="bring"),
    path(RUN, imports.show, name="show"),
    path(f"{RUN}columns/", imports.describe, name="describe"),
    path(f"{RUN}begin/", imports.begin, name="begin"),
    path(f"{RUN}stop/", imports.stop, name="stop"),
    path(f"{RUN}undo/", imports.undo, name="undo"),
    path(f"{RUN}issues.csv", imports.issues, name="issues"),
]
