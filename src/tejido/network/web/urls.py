"""Addresses of the desk: a member's slug first, then the section."""

from django.urls import URLPattern, path

from tejido.network.web import home, people, record

app_name = "network"
urlpatterns: list[URLPattern] = [
    path("", home.choose_member, name="choose-member"),
    path("language/", home.set_language, name="language"),
    path("<slug:slug>/", home.show_home, name="home"),
    path("<slug:slug>/record/", record.show_record, name="record"),
    path("<slug:slug>/people/", people.show_people, name="people"),
    path("<slug:slug>/people/give/", people.give_role, name="give-role"),
    path("<slug:slug>/people/take/", people.take_role, name="take-role"),
    path("<slug:slug>/people/<uuid:membership_id>/end/", people.end, name="end-membership"),
    path(
        "<slug:slug>/people/<uuid:membership_id>/resume/", people.resume, name="resume-membership"
    ),
]
