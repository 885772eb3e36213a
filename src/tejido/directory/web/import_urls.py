"""Addresses of the import pages."""

from django.urls import URLPattern, path

from tejido.directory.web import import_results, imports

app_name = "directory_import"
HOME = "<slug:slug>/directory/import/"
RUN = f"{HOME}<uuid:run_id>/"
urlpatterns: list[URLPattern] = [
    path(HOME, imports.bring, name="bring"),
    path(RUN, import_results.show, name="show"),
    path(f"{RUN}columns/", imports.describe, name="describe"),
    path(f"{RUN}begin/", imports.begin, name="begin"),
    path(f"{RUN}stop/", imports.stop, name="stop"),
    path(f"{RUN}undo/", imports.undo, name="undo"),
    path(f"{RUN}issues.csv", import_results.issues, name="issues"),
    path(f"{RUN}changes.csv", import_results.changes, name="changes"),
]
