"""Asking whether a contact agreed to be shown, and taking it back."""

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tejido.directory.domain.desk import DeskListing
from tejido.directory.services.contacts import ConsentRefused, note_consent, withdraw_consent
from tejido.directory.web.contact_lines import ContactLine, contact_lines
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.hours_rows import day_field
from tejido.directory.web.listing import listing_or_404
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


class ConsentForm(forms.Form):
    """When a contact agreed; `mark` is of what the page showed."""

    agreed_on = day_field(_("Day on which this person agreed"))
    mark = forms.CharField()

    def __init__(self, *arguments: object, **named: object) -> None:
        """Ask for a day."""
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        day = self.fields["agreed_on"]
        day.required = True
        day.error_messages["required"] = _("Enter the day on which this person agreed")


@require_http_methods(["GET", "POST"])
@for_member(Permission.PUBLISH_LISTING)
def ask(
    request: "SignedInRequest", member: MemberSeen, listing_id: UUID, record_id: UUID
) -> HttpResponse:
    """Show what everybody would see of a contact; a POST notes that they agreed."""
    listing = listing_or_404(listing_id)
    line = _line_or_404(listing, record_id)
    sent = request.POST if request.method == "POST" else None
    form = ConsentForm(sent)
    if form.is_bound and form.is_valid():
        try:
            note_consent(
                record=record_id,
                **form.cleaned_data,
                actor=actor_of(request, member, Permission.PUBLISH_LISTING),
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except ConsentRefused as refusal:
            form.add_error("agreed_on", str(refusal.sentence))
        else:
            return back_to("listing", member, listing_id)
    context = {"listing": listing, "line": line, "form": form}
    status = 400 if form.is_bound else 200
    return render_page(request, "directory/contact.html", member, context, status=status)


@require_POST
@for_member(Permission.PUBLISH_LISTING)
def withdraw(
    request: "SignedInRequest", member: MemberSeen, listing_id: UUID, record_id: UUID
) -> HttpResponse:
    """End the consent of a contact."""
    _line_or_404(listing_or_404(listing_id), record_id)
    actor = actor_of(request, member, Permission.PUBLISH_LISTING)
    withdraw_consent(record=record_id, actor=actor, at=timezone.now())
    return back_to("listing", member, listing_id)


def _line_or_404(listing: DeskListing, record_id: UUID) -> ContactLine:
    for line in contact_lines(listing):
        if line.id == record_id:
            return line
    raise Http404
