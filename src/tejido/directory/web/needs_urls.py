"""Addresses of the pages of needs and their words."""

from django.urls import URLPattern, path

from tejido.directory.web import needs, needs_facts, needs_names, needs_review

app_name = "directory_needs"
HOME = "<slug:slug>/directory/needs/"
ONE = f"{HOME}<slug:key>/"
urlpatterns: list[URLPattern] = [
    path(HOME, needs.show_needs, name="list"),
    path(f"{HOME}add/", needs_names.add, name="add"),
    path(f"{HOME}review/", needs_review.show_unreviewed, name="review"),
    path(f"{HOME}review/<slug:key>/<slug:field>/", needs_review.review, name="review-one"),
    path(f"{HOME}review/<slug:key>/<slug:field>/text/", needs_review.correct, name="correct"),
    path(
        f"{HOME}review/<slug:key>/undo/<uuid:act_id>/", needs_review.undo, name="undo-correction"
    ),
    path(ONE, needs.show_need, name="need"),
    path(f"{ONE}names/", needs_names.edit, name="names"),
    path(f"{ONE}place/", needs_facts.edit, name="facts"),
    path(f"{ONE}out/", needs_facts.retire, name="retire"),
    path(f"{ONE}back/", needs_facts.use_again, name="use-again"),
    path(f"{ONE}words/", needs.add_words, name="add-word"),
    path(f"{ONE}words/out/", needs.take_out, name="take-out"),
    path(f"{ONE}words/back/", needs.bring_back, name="bring-back"),
    path(f"{ONE}undo/<uuid:act_id>/", needs.undo, name="undo"),
]
