"""The address of invitations, once in each language."""

from django.urls import URLPattern, path

from tejido.network.web import invite

app_name = "invite"
urlpatterns: list[URLPattern] = [path("<str:token>", invite.open_invitation, name="open")]
