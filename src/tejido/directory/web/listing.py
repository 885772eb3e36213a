"""One listing at the desk: every field, who said it, and what can be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.directory.domain.desk import DeskListing, DeskPlace, Held
from tejido.directory.domain.provenance import REST
from tejido.directory.queries.concepts import labels
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.editing import Edit, edit
from tejido.directory.services.publishing import Publicity, choices_for, publish
from tejido.directory.services.setting import FieldKey
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.wording import (
    PUBLICITIES,
    STATUSES,
    TEXT_STATES,
    VISIBILITIES,
    field_words,
    value_words,
    word_of,
)
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

# What stands in which part of the page, by kind of record: (group of the form, fields).
PARTS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "directory.service": (
        ("words", ("name", "description", "before_you_go")),
        ("about", ("tier", "mode", "url", "email", "languages")),
        ("needs", ("attributes",)),
        ("phones", ("phones",)),
        ("hours", ("schedules", "hours_text")),
    ),
    "directory.organization": (("organization", ("name", "description", "website")),),
    "directory.location": (
        ("address", ("name", "address", "landmark")),
        ("point", ("latitude", "longitude", "precision", "transportation")),
    ),
    "directory.serviceatlocation": (
        ("there", ("description",)),
        ("phones", ("phones",)),
        ("hours", ("schedules", "hours_text")),
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field on the page."""

    label: str
    value: str
    word: str
    spanish: str
    spanish_state: str
    key: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields that are edited together, and where."""

    group: str
    lines: list[Line]
    edit: str


class ConfirmForm(forms.Form):
    """Fields that are right as they stand, as `kind:id:field`."""

    right = forms.MultipleChoiceField(
        error_messages={"required": gettext_lazy("Choose what is still right")}
    )

    def __init__(self, listing: DeskListing, *arguments: Any, **named: Any) -> None:
        """Offer every field of the listing."""
        super().__init__(*arguments, **named)
        offered = [_key(held, REST) for held in listing.records]
        offered += [
            _key(held, name)
            for held in listing.records
            for _group, names in PARTS[held.kind]
            for name in names
        ]
        self.fields["right"].choices = [(each, each) for each in offered]  # type: ignore[attr-defined]

    def keys(self) -> tuple[FieldKey, ...]:
        """Return the fields that the person chose."""
        parts = (each.split(" ") for each in self.cleaned_data["right"])
        return tuple(FieldKey(kind, UUID(key), name) for kind, key, name in parts)


class PublicityForm(forms.Form):
    """Who may find a listing."""

    publicity = forms.ChoiceField(
        label=gettext_lazy("Who may find it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who may find it"),
            "invalid_choice": gettext_lazy("Choose who may find it"),
        },
    )

    def __init__(self, choices: tuple[Publicity, ...], *arguments: Any, **named: Any) -> None:
        """Offer what this listing can be."""
        super().__init__(*arguments, **named)
        offered = [(each.value, PUBLICITIES[each]) for each in choices]
        self.fields["publicity"].choices = offered  # type: ignore[attr-defined]


def listing_or_404(listing_id: UUID) -> DeskListing:
    """Return a listing, or answer that there is none."""
    listing = desk_listing(listing_id)
    if listing is None:
        raise Http404
    return listing


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_listing(request: "SignedInRequest", member: MemberSeen, listing_id: UUID) -> HttpResponse:
    """Show everything that is stored about a listing."""
    return _page(request, member, listing_or_404(listing_id))


@require_POST
@for_member(Permission.EDIT_LISTING)
def confirm(request: "SignedInRequest", member: MemberSeen, listing_id: UUID) -> HttpResponse:
    """Store that some fields are still right."""
    listing = listing_or_404(listing_id)
    form = ConfirmForm(listing, request.POST)
    if not form.is_valid():
        problem = _("Choose what is still right")
        return _page(request, member, listing, problem=problem, status=400)
    act = edit(
        change=Edit(confirmed=form.keys()),
        actor=actor_of(request, member),
        on=timezone.localdate(),
        at=timezone.now(),
    )
    return back_to("listing", member, listing_id, done=act)


@require_http_methods(["GET", "POST"])
@for_member(Permission.PUBLISH_LISTING)
def set_publicity(
    request: "SignedInRequest", member: MemberSeen, listing_id: UUID
) -> HttpResponse:
    """Ask who may find a listing and say what that means; a POST sets it."""
    listing = listing_or_404(listing_id)
    sent = request.POST if request.method == "POST" else None
    form = PublicityForm(choices_for(listing), sent)
    if request.method == "POST" and form.is_valid():
        act = publish(
            listings=[listing],
            publicity=Publicity(form.cleaned_data["publicity"]),
            actor=actor_of(request, member),
            on=timezone.localdate(),
            at=timezone.now(),
        )
        return back_to("listing", member, listing_id, done=act)
    context = {"listing": listing, "form": form, "seen_by": _seen_by(listing)}
    status = 400 if form.is_bound else 200
    return render_page(request, "directory/publicity.html", member, context, status=status)


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    listing: DeskListing,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "listing": listing,
        "name": listing.service.values["name"],
        "parts": list(_parts(member, listing, listing.service)),
        "organization": list(_parts(member, listing, listing.organization)),
        "places": [_place(member, listing, place) for place in listing.places],
        "status": STATUSES[listing.service.values["status"]],
        "word": word_of(listing.service.provenance.provenance_of(REST), listing.source),
        "whole": _key(listing.service, REST),
        "problem": problem,
    }
    return render_page(request, "directory/listing.html", member, context, status=status)


def _place(member: MemberSeen, listing: DeskListing, place: DeskPlace) -> dict[str, Any]:
    parts = [*_parts(member, listing, place.location), *_parts(member, listing, place.place)]
    return {
        "place": place,
        "name": _place_name(place),
        "parts": parts,
        "seen_by": VISIBILITIES[place.visibility],
    }


def _place_name(place: DeskPlace) -> str:
    address: dict[str, Any] = next(iter(place.location.values.get("address", ())), {})
    return str(
        place.location.values["name"] or address.get("address_1") or address.get("city") or ""
    )


def _parts(member: MemberSeen, listing: DeskListing, held: Held) -> Iterator[Part]:
    for group, names in PARTS[held.kind]:
        lines = [_line(listing, held, name) for name in names]
        arguments = [member.slug, listing.service.id, group, held.id]
        if group == "hours":
            arguments = [member.slug, listing.service.id, held.id]
        page = "hours" if group == "hours" else "edit"
        yield Part(group, lines, reverse(f"directory:{page}", args=arguments))


def _line(listing: DeskListing, held: Held, name: str) -> Line:
    value = held.values.get(name)
    spanish, state = held.texts.get((name, "es"), ("", ""))
    return Line(
        label=field_words(name),
        value=value_words(name, _named(value) if name == "attributes" else value),
        word=word_of(held.provenance.provenance_of(name), listing.source),
        spanish=spanish,
        spanish_state=str(TEXT_STATES.get(state, "")),
        key=_key(held, name),
    )


def _named(rows: Any) -> list[dict[str, Any]]:
    """Return needs by their labels in the person's language; the rest stays."""
    known = labels(get_language() or "en")
    return [
        {**row, "term": known.get(row["term"], row["term"])} if row["label"] == "need" else row
        for row in rows or ()
    ]


def _key(held: Held, name: str) -> str:
    return f"{held.kind} {held.id} {name}"


def _seen_by(listing: DeskListing) -> list[tuple[str, str, int]]:
    return [
        (_place_name(place), str(VISIBILITIES[place.visibility]), place.shared)
        for place in listing.places
    ]
