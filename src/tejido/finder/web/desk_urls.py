"""The finder's page of the desk, after `/desk/<member>/finder/`."""

from django.urls import path

from tejido.finder.web import update

app_name = "finder_desk"
urlpatterns = [path("", update.show_update, name="update")]
