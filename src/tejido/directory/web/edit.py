"""Editing one part of a listing."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.desk import DeskListing, Held
from tejido.directory.domain.four_eyes import WHERE
from tejido.directory.services.editing import Edit, EditRefused, seen_digest
from tejido.directory.services.four_eyes import Outcome, edit_or_propose
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.telling import refuse_telling
from tejido.directory.web.change_lines import waiting_lines
from tejido.directory.web.forms import (
    AboutForm,
    AddressForm,
    FactsForm,
    GroupForm,
    NeedsForm,
    OrganizationForm,
    PointForm,
    ReachForm,
    ThereForm,
    WordsForm,
)
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.listing import is_hidden, listing_or_404
from tejido.directory.web.listing_parts import HEADINGS, heading_of
from tejido.directory.web.phones import OrganizationPhonesForm, PhonesForm
from tejido.directory.web.wrong_written import told_context, told_here, written
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

# group -> (kinds of record, form)
GROUPS: dict[str, tuple[tuple[str, ...], Any]] = {
    "words": (("directory.service",), WordsForm),
    "about": (("directory.service",), AboutForm),
    "reach": (("directory.service",), ReachForm),
    "facts": (("directory.service",), FactsForm),
    "needs": (("directory.service",), NeedsForm),
    "phones": (
        ("directory.service", "directory.serviceatlocation", "directory.location"),
        PhonesForm,
    ),
    "organization": (("directory.organization",), OrganizationForm),
    "organization-phones": (("directory.organization",), OrganizationPhonesForm),
    "address": (("directory.location",), AddressForm),
    "point": (("directory.location",), PointForm),
    "there": (("directory.serviceatlocation",), ThereForm),
}
# What the form of a group changes, and so nobody else may have changed meanwhile.
WATCHED: dict[str, tuple[str, ...]] = {
    "words": ("name", "description", "before_you_go", "texts"),
    "about": ("tier", "url", "email", "languages", "attributes"),
    "reach": ("mode", "reach"),
    "facts": ("attributes",),
    "needs": ("attributes",),
    "phones": ("phones",),
    "organization": ("name", "description", "website"),
    "organization-phones": ("records",),
    "address": ("name", "address", "landmark", "texts", "latitude", "longitude"),
    "point": ("latitude", "longitude", "precision", "transportation", "timezone"),
    "there": ("description", "texts"),
}
OF_ALL = _("What you change here changes for every listing of the organization.")
NOTES = {
    "organization": OF_ALL,
    "organization-phones": format_lazy(
        "{} {}",
        OF_ALL,
        _("People do not see these numbers: they see those of a service and of its places."),
    ),
}


def held_or_404(listing: DeskListing, record_id: UUID, kinds: tuple[str, ...]) -> Held:
    """Return a record of the listing, or answer that there is none of these kinds."""
    for held in listing.records:
        if held.id == record_id and held.kind in kinds:
            return held
    raise Http404


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_LISTING)
def edit_group(
    request: "SignedInRequest",
    member: MemberSeen,
    listing_id: UUID,
    group: str,
    record_id: UUID,
) -> HttpResponse:
    """Show the form of one part of a listing; a POST stores it."""
    if group not in GROUPS:
        raise Http404
    kinds, form_class = GROUPS[group]
    listing = listing_or_404(listing_id)
    held = held_or_404(listing, record_id, kinds)
    form = _form(form_class, held, request)
    problem, told = "", told_here(request, member)
    if request.method == "POST" and form.is_valid():
        try:
            _refuse_names(listing, form, group)
            outcome = _store(request, member, held, form, group)
        except EditRefused as refusal:
            problem = str(refusal.sentence)
        else:
            written(request, member, told, outcome.act)
            return back_to("listing", member, listing_id, done=outcome.act, waits=outcome.waiting)
    context = {
        "listing": listing,
        "name": listing.service.values["name"],
        "heading": HEADINGS[group],
        "place": heading_of(listing, held),
        "is_hidden": is_hidden(listing, held),
        "form": form,
        "note": NOTES.get(group, ""),
        "problem": problem,
        "seen": _seen(request, held, group, fresh=bool(problem)),
        **told_context(request, member, told),
        "needs_second": not WHERE.isdisjoint(WATCHED[group]),
        "waiting": waiting_lines([held.id]),
        "is_stale": any(state == "stale" for _text, state in held.texts.values()),
    }
    status = 409 if problem else (400 if form.is_bound else 200)
    return render_page(request, "directory/edit.html", member, context, status=status)


def _form(form_class: Any, held: Held, request: "SignedInRequest") -> Any:
    named = {"language": get_language() or "en"} if form_class is NeedsForm else {}
    return form_class(held, request.POST if request.method == "POST" else None, **named)


def _refuse_names(listing: DeskListing, form: Any, group: str) -> None:
    """Refuse a new name that tells where a place is that is not shown."""
    if group == "organization":
        refuse_telling(listing, names={"organization": form.cleaned_data["name"]})
    elif group == "words":
        names = {field: form.cleaned_data[field] for field in ("name", "name_es")}
        refuse_telling(listing, names=names)


def _store(
    request: "SignedInRequest", member: MemberSeen, held: Held, form: GroupForm, group: str
) -> Outcome:
    values = {FieldKey(held.kind, held.id, n): value for n, value in form.values().items()}
    spanish = {FieldKey(held.kind, held.id, n): text for n, text in form.in_spanish().items()}
    return edit_or_propose(
        change=Edit(
            values=values,
            spanish=spanish,
            watched=_watched(held, group),
            seen=request.POST.get("seen", ""),
        ),
        actor=actor_of(request, member),
        on=timezone.localdate(),
        at=timezone.now(),
    )


def _watched(held: Held, group: str) -> tuple[FieldKey, ...]:
    return tuple(FieldKey(held.kind, held.id, name) for name in WATCHED[group])


def _seen(request: "SignedInRequest", held: Held, group: str, *, fresh: bool) -> str:
    """Return the mark of what the person saw: still the first one after a mistake in the form."""
    sent = request.POST.get("seen", "")
    return sent if sent and not fresh else seen_digest(_watched(held, group))
