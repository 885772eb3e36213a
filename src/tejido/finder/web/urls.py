"""The finder's pages; English at `/`, Spanish at `/es/`."""

from django.urls import path

from tejido.finder.web import find, held, home, keep, lines, listing, packs, plain, unmet, wrong

app_name = "finder"
urlpatterns = [
    path("", home.show_home, name="home"),
    path("find/", find.show_results, name="find"),
    path("place/<uuid:listing_id>/", listing.show_listing, name="listing"),
    # Not below /place/: other processes, which have no database, answer what is there.
    path("wrong/<uuid:listing_id>/", wrong.tell_wrong, name="wrong"),
    path("overdose/", plain.show_overdose, name="overdose"),
    path("lines/", lines.show_lines, name="lines"),
    path("keep/", keep.show_keep, name="keep"),
    path("keep/search/", keep.show_kept, name="kept"),
    path("keep/app.webmanifest", packs.send_app, name="app"),
    path("unmet/", unmet.show_unmet, name="unmet"),
    path("unmet/<slug:period>/", unmet.show_unmet, name="unmet-period"),
    path("unmet/<slug:period>/table/", unmet.send_table, name="unmet-table"),
    path("privacy/", plain.show_privacy, name="privacy"),
    path("held/", held.show_held, name="held"),
    path("about/", plain.show_about, name="about"),
]
