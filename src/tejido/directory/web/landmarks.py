"""Landmarks and corners at the desk: the list, adding, changing, taking out, and the way back.

Geography keeps them and stands below this area; the words for needs, which no landmark may be
called, are handed down from here.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.directory.queries.concepts import all_concepts
from tejido.directory.queries.near import NEAR_MILES, places_near
from tejido.directory.web.frame import render_page
from tejido.directory.web.landmark_forms import KINDS, LandmarkForm, point_words
from tejido.geography.queries.landmarks import (
    LandmarkSeen,
    landmark_seen,
    landmarks_seen,
    versions_of,
)
from tejido.geography.services.landmarks import (
    LandmarkRefused,
    add_landmark,
    change_landmark,
    put_back,
    remove_landmark,
    restore_landmark,
)
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.ui.domain.ring import Dot

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

SHOWN_AT_ONCE = 100
# What each refusal is about; all others are about the name.
FIELDS = {
    "names-many": "other_names",
    "town-empty": "town",
    "point-outside": "where",
    "point-far": "where",
    "county-unknown": "county",
}


@require_GET
@for_member(Permission.EDIT_LANDMARKS)
def show_landmarks(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the landmarks and corners that have these words, and those taken out."""
    return _list(request, member)


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_LANDMARKS)
def add(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Add a landmark, or say why not."""
    form = LandmarkForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            done = add_landmark(
                draft=form.draft(),
                need_words=_need_words(),
                added_by=request.user.pk,
                on=timezone.localdate(),
            )
        except LandmarkRefused as refusal:
            form.add_error(FIELDS.get(refusal.code, "name"), str(refusal.sentence))
        else:
            return _to_list(member, done)
    status = 400 if form.errors else 200
    return render_page(request, "directory/landmark.html", member, {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_LANDMARKS)
def change(request: "SignedInRequest", member: MemberSeen, landmark_id: UUID) -> HttpResponse:
    """Change what a landmark is called and where it is, or say why not."""
    landmark = _listed_or_404(landmark_id)
    sent = request.POST if request.method == "POST" else None
    form = LandmarkForm(sent, initial=LandmarkForm.first(landmark.draft))
    if form.is_bound and form.is_valid():
        try:
            has_changed = change_landmark(
                landmark_id=landmark_id, draft=form.draft(), changed_by=request.user.pk, **_now()
            )
        except LandmarkRefused as refusal:
            form.add_error(FIELDS.get(refusal.code, "name"), str(refusal.sentence))
        else:
            return _to_landmark(member, landmark_id, saved=has_changed)
    return _page(request, member, landmark, form, status=400 if form.errors else 200)


@require_POST
@for_member(Permission.EDIT_LANDMARKS)
def put_version_back(
    request: "SignedInRequest", member: MemberSeen, landmark_id: UUID, version_id: int
) -> HttpResponse:
    """Make a landmark what it was before, or say why not."""
    landmark = _listed_or_404(landmark_id)
    try:
        has_changed = put_back(
            landmark_id=landmark_id, version_id=version_id, changed_by=request.user.pk, **_now()
        )
    except LandmarkRefused as refusal:
        if refusal.code == "version-unknown":
            raise Http404 from refusal
        form = LandmarkForm(initial=LandmarkForm.first(landmark.draft))
        problem = str(refusal.sentence)
        return _page(request, member, landmark, form, problem=problem, status=409)
    return _to_landmark(member, landmark_id, saved=has_changed)


@require_POST
@for_member(Permission.EDIT_LANDMARKS)
def take_out(request: "SignedInRequest", member: MemberSeen, landmark_id: UUID) -> HttpResponse:
    """Take a landmark out of the list."""
    _listed_or_404(landmark_id)
    remove_landmark(landmark_id=landmark_id, removed_by=request.user.pk, on=timezone.localdate())
    return _to_list(member, landmark_id)


@require_POST
@for_member(Permission.EDIT_LANDMARKS)
def bring_back(request: "SignedInRequest", member: MemberSeen, landmark_id: UUID) -> HttpResponse:
    """Bring a landmark back that was taken out, or say why not."""
    try:
        restore_landmark(landmark_id=landmark_id, restored_by=request.user.pk, **_now())
    except LandmarkRefused as refusal:
        if refusal.code == "landmark-unknown":
            raise Http404 from refusal
        return _list(request, member, problem=str(refusal.sentence), status=409)
    return _to_list(member, landmark_id)


def _now() -> dict[str, Any]:
    return {"need_words": _need_words(), "on": timezone.localdate()}


def _need_words() -> list[str]:
    return [form.text for concept in all_concepts() for form in concept.forms]


def _listed_or_404(landmark_id: UUID) -> LandmarkSeen:
    landmark = landmark_seen(landmark_id)
    if landmark is None or landmark.removed_on is not None:
        raise Http404
    return landmark


def _to_list(member: MemberSeen, done: UUID) -> HttpResponse:
    address = reverse("directory:landmarks", args=[member.slug])
    return redirect(f"{address}?{urlencode({'landmark': done})}")


def _to_landmark(member: MemberSeen, landmark_id: UUID, *, saved: bool) -> HttpResponse:
    address = reverse("directory:landmark", args=[member.slug, landmark_id])
    return redirect(f"{address}?saved=1" if saved else address)


def _list(
    request: "SignedInRequest", member: MemberSeen, *, problem: str = "", status: int = 200
) -> HttpResponse:
    just = _just(request) if status == 200 else None
    words = " ".join(request.GET.get("words", "").split())[:200]
    found = landmarks_seen(words)
    context = {
        "typed": words,
        "total": len(found),
        "lines": [_line(each) for each in found[:SHOWN_AT_ONCE]],
        "is_cut": len(found) > SHOWN_AT_ONCE,
        "taken_out": landmarks_seen(removed=True),
        "just": just,
        "lies": _lies(just) if just and just.removed_on is None else None,
        "problem": problem,
    }
    return render_page(request, "directory/landmarks.html", member, context, status=status)


def _lies(landmark: LandmarkSeen) -> dict[str, Any]:
    """Return what tells a steward whether the point is where they meant."""
    near = places_near(landmark.draft.latitude, landmark.draft.longitude)
    dots = [
        Dot(number, each.distance_m, each.bearing, "open")
        for number, each in enumerate(near, start=1)
    ]
    name, county = landmark.draft.names.name, landmark.county
    return {"name": name, "county": county, "near": near, "dots": dots, "miles": NEAR_MILES}


def _line(each: LandmarkSeen) -> dict[str, Any]:
    return {"landmark": each, "kind": KINDS[each.draft.kind], "point": point_words(each.draft)}


def _just(request: "SignedInRequest") -> LandmarkSeen | None:
    """Return the landmark that the address says was just added, taken out or brought back."""
    try:
        return landmark_seen(UUID(request.GET.get("landmark", "")))
    except ValueError:
        return None


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    landmark: LandmarkSeen,
    form: LandmarkForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    versions = [(each, point_words(each.draft)) for each in versions_of(landmark.id)]
    context = {
        "lies": _lies(landmark),
        "form": form,
        "landmark": landmark,
        "versions": versions,
        "has_saved": status == 200 and "saved" in request.GET and bool(versions),
        "problem": problem,
    }
    return render_page(request, "directory/landmark.html", member, context, status=status)
