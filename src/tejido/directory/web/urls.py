"""Addresses of the directory's desk, after `/desk/<member>/directory/`."""

from django.urls import URLPattern, path

from tejido.directory.web import (
    bulk,
    contacts,
    duplicates,
    edit,
    history,
    hours,
    landmarks,
    listing,
    proposals,
    search,
    sources,
)

app_name = "directory"
urlpatterns: list[URLPattern] = [
    path("", search.show_search, name="search"),
    path("bulk/", bulk.edit_many, name="bulk"),
    path("hours/", proposals.show_proposals, name="proposals"),
    path("hours/answer/", proposals.answer, name="answer-proposal"),
    path("duplicates/", duplicates.show_queue, name="duplicates"),
    path("duplicates/look/", duplicates.look, name="look-for-duplicates"),
    path("duplicates/link/", duplicates.link, name="link-duplicates"),
    path("duplicates/<uuid:pair_id>/", duplicates.show_pair, name="duplicate"),
    path("acts/", history.show_acts, name="acts"),
    path("acts/<uuid:act_id>/", history.show_act, name="act"),
    path("acts/<uuid:act_id>/undo/", history.undo, name="undo"),
    path("sources/", sources.show_sources, name="sources"),
    path("sources/<slug:key>/trust/", sources.switch_trust, name="trust"),
    path("landmarks/", landmarks.show_landmarks, name="landmarks"),
    path("landmarks/add/", landmarks.add, name="add-landmark"),
    path("landmarks/<uuid:landmark_id>/", landmarks.change, name="landmark"),
    path("landmarks/<uuid:landmark_id>/out/", landmarks.take_out, name="take-out-landmark"),
    path("landmarks/<uuid:landmark_id>/back/", landmarks.bring_back, name="bring-back-landmark"),
    path(
        "landmarks/<uuid:landmark_id>/back/<int:version_id>/",
        landmarks.put_version_back,
        name="put-back-landmark",
    ),
    path("<uuid:listing_id>/", listing.show_listing, name="listing"),
    path("<uuid:listing_id>/confirm/", listing.confirm, name="confirm"),
    path("<uuid:listing_id>/publicity/", listing.set_publicity, name="publicity"),
    path("<uuid:listing_id>/history/", history.show_history, name="history"),
    path("<uuid:listing_id>/hours/<uuid:record_id>/", hours.edit_hours, name="hours"),
    path("<uuid:listing_id>/contacts/<uuid:record_id>/", contacts.ask, name="contact"),
    path(
        "<uuid:listing_id>/contacts/<uuid:record_id>/withdraw/",
        contacts.withdraw,
        name="withdraw-contact",
    ),
    path("<uuid:listing_id>/<slug:group>/<uuid:record_id>/", edit.edit_group, name="edit"),
]
