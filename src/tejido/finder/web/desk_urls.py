"""The finder's pages of the desk, after `/desk/<member>/finder/`."""

from django.urls import path

from tejido.finder.web import texts, update

app_name = "finder_desk"
urlpatterns = [
    path("", update.show_update, name="update"),
    path("texts/", texts.try_texts, name="texts"),
]
