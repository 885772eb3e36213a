"""One listing at the desk: every field, who said it, and what can be done."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.directory.domain.desk import DeskListing, DeskPlace, Held
from tejido.directory.domain.hours import hours_that_hold
from tejido.directory.domain.provenance import REST, Confirmation
from tejido.directory.domain.vocabulary import ConfirmedBy, Visibility
from tejido.directory.queries.suggestions import told_about
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.editing import Edit, EditRefused, edit
from tejido.directory.services.listing_rows import hours_in_rows
from tejido.directory.services.publishing import Publicity, choices_for, publish
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.telling import telling_name
from tejido.directory.web.change_lines import waiting_lines
from tejido.directory.web.contact_lines import contact_lines
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.listing_parts import fields_of, key_of, parts_of, place_name
from tejido.directory.web.listing_summary import differences_of, summary_of
from tejido.directory.web.next_openings import next_openings
from tejido.directory.web.wording import PUBLICITIES, VISIBILITIES, short_day, word_of
from tejido.directory.web.wrong_wording import wrong_words
from tejido.directory.web.wrong_written import told_context, told_here, written
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

# Of the next openings on the page.
SHOWN = 2


class ConfirmForm(forms.Form):
    """Fields that are right as they stand, as `kind:id:field`."""

    right = forms.MultipleChoiceField(
        error_messages={"required": gettext_lazy("Choose what is still right")}
    )

    def __init__(self, listing: DeskListing, *arguments: Any, **named: Any) -> None:
        """Offer every field of the listing."""
        super().__init__(*arguments, **named)
        offered = [
            key_of(held, name) for held in listing.records for name in (REST, *fields_of(held))
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
    problem = ""
    told = told_here(request, member)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = publish(
                listings=[listing],
                publicity=Publicity(form.cleaned_data["publicity"]),
                actor=actor_of(request, member),
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except EditRefused as refusal:
            problem = str(refusal.sentence)
        else:
            written(request, member, told, outcome.act)
            return back_to("listing", member, listing_id, done=outcome.act, waits=outcome.waiting)
    seen_by = _seen_by(listing)
    context = {"listing": listing, "form": form, "seen_by": seen_by, "problem": problem}
    context |= told_context(request, member, told)
    status = 409 if problem else (400 if form.is_bound else 200)
    return render_page(request, "directory/publicity.html", member, context, status=status)


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    listing: DeskListing,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    service = listing.service
    last = service.provenance.provenance_of(REST)
    context = {
        "listing": listing,
        "name": service.values["name"],
        "is_name_spanish": service.is_spanish("name"),
        "summary": summary_of(listing),
        "days": (timezone.localdate() - last.on).days if last and last.on else None,
        "word": word_of(last, listing.source),
        "is_by_its_list": _is_by_its_list(last, listing),
        "differences": differences_of(listing),
        "waiting": waiting_lines(held.id for held in listing.records),
        "parts": parts_of(member, listing, service),
        "organization": parts_of(member, listing, listing.organization),
        "contacts": contact_lines(listing),
        "places": [_place(member, listing, place) for place in listing.places],
        "next": None if listing.places else _next(listing, [service]),
        "whole": [key_of(held, REST) for held in listing.records],
        "problem": problem,
        **_told(listing),
        "telling": telling_name(listing),
    }
    return render_page(request, "directory/listing.html", member, context, status=status)


def _told(listing: DeskListing) -> dict[str, Any]:
    """Return what people said is wrong with it and nobody answered."""
    waiting = told_about([listing.service.id, *(place.place.id for place in listing.places)])
    return {
        "told": [{"what": wrong_words(each), "last": short_day(each.last)} for each in waiting],
        "told_alert": any(each.is_alert for each in waiting),
    }


def _is_by_its_list(last: Confirmation | None, listing: DeskListing) -> bool:
    """Say whether nobody confirmed a listing but its list, on the date that the page says."""
    is_of_list = last is not None and last.by is ConfirmedBy.SOURCE
    return is_of_list and last is not None and last.on == listing.published_on


def _place(member: MemberSeen, listing: DeskListing, place: DeskPlace) -> dict[str, Any]:
    return {
        "place": place,
        "name": place_name(place),
        "parts": parts_of(member, listing, place.place, place.location),
        "next": _next(listing, [place.place, listing.service, place.location]),
        "seen_by": VISIBILITIES[place.visibility],
        "is_public": place.visibility is Visibility.PUBLIC,
    }


def _next(listing: DeskListing, levels: list[Held]) -> tuple[str, ...] | None:
    """Return the next openings that people see, the nearest record's hours first."""
    stated = [
        hours_in_rows(each.values["schedules"], each.values["hours_text"]) for each in levels
    ]
    zone = listing.zone_of(levels[0])
    return next_openings(hours_that_hold(stated), zone=zone, at=timezone.now(), most=SHOWN)


def is_hidden(listing: DeskListing, held: Held) -> bool:
    """Say whether a record stands for a place that not everybody may see."""
    return any(
        held.id in {place.place.id, place.location.id}
        and place.visibility is not Visibility.PUBLIC
        for place in listing.places
    )


def _seen_by(listing: DeskListing) -> list[tuple[str, str, int]]:
    return [
        (place_name(place), str(VISIBILITIES[place.visibility]), place.shared)
        for place in listing.places
    ]
