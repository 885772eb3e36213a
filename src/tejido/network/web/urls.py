"""Addresses of the desk."""

from django.urls import URLPattern

app_name = "network"
urlpatterns: list[URLPattern] = []
