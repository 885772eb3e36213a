"""The address of the gallery."""

from django.urls import path

from tejido.ui.web import gallery

app_name = "ui"
urlpatterns = [path("", gallery.show_gallery, name="gallery")]
