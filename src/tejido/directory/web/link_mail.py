"""Where a program wants its links mailed, when the last one left, and what comes next."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tejido.directory.domain.link_mail import MailState
from tejido.directory.queries.link_addresses import listed_addresses
from tejido.directory.services.link_addresses import (
    AddressSaid,
    MailRefused,
    give_address,
    remove_address,
)
from tejido.directory.services.link_mails import LinkMail, link_mail, mail_link
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.hours_rows import day_field
from tejido.gateways.mail import mail_is_on
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

# What was just done; said where it still is so.
NOTED = {
    "given": _("Saved."),
    "removed": _("Removed. Nothing more is mailed to this program."),
    "mailed": _("The link was mailed."),
}


class AddressForm(forms.Form):
    """Where a program wants its links."""

    address = forms.CharField(
        max_length=254,
        label=_("E-mail address that the program gave for this"),
        error_messages={"required": _("Write the address that the program gave")},
    )
    language = forms.ChoiceField(
        label=_("Language of the mails"),
        choices=[("en", "English"), ("es", "Español")],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language")},
    )
    given_on = day_field(_("Day on which the program gave it"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: object, **named: object) -> None:
        """Ask for a day, and let phones show the keys for an address."""
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.fields["address"].widget.attrs |= {"inputmode": "email", "autocomplete": "off"}
        day = self.fields["given_on"]
        day.required = True
        day.error_messages["required"] = _("Write the day on which the program gave it")


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_LISTING)
def show_mail(
    request: "SignedInRequest", member: MemberSeen, organization_id: UUID
) -> HttpResponse:
    """Show where links go by mail, and when; a POST notes another address."""
    mail = _mail_or_404(organization_id)
    if request.method == "GET":
        return _page(request, member, mail, _form(mail))
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            _give(request, member, mail, form)
        except MailRefused as refusal:
            if refusal.code == "changed-meanwhile":
                return _conflict(request, member, organization_id, refusal)
            field = "given_on" if refusal.code == "day-ahead" else "address"
            form.add_error(field, str(refusal.sentence))
        else:
            return _back(member, organization_id, "given")
    return _page(request, member, mail, form, status=400)


@require_POST
@for_member(Permission.EDIT_LISTING)
def mail_now(
    request: "SignedInRequest", member: MemberSeen, organization_id: UUID
) -> HttpResponse:
    """Mail the program its link now."""
    mail = _mail_or_404(organization_id)
    try:
        mail_link(
            organization=organization_id,
            site=settings.SITE_URL or request.build_absolute_uri("/").rstrip("/"),
            actor=actor_of(request, member),
            at=timezone.now(),
        )
    except MailRefused as refusal:
        mail, problem = _mail_or_404(organization_id), str(refusal.sentence)
        return _page(request, member, mail, _form(mail), problem=problem, status=409)
    return _back(member, organization_id, "mailed")


@require_POST
@for_member(Permission.EDIT_LISTING)
def end_mail(
    request: "SignedInRequest", member: MemberSeen, organization_id: UUID
) -> HttpResponse:
    """Delete the address of a program."""
    _mail_or_404(organization_id)
    try:
        remove_address(
            organization=organization_id,
            seen=request.POST.get("seen", ""),
            actor=actor_of(request, member),
            at=timezone.now(),
        )
    except MailRefused as refusal:
        return _conflict(request, member, organization_id, refusal)
    return _back(member, organization_id, "removed")


def _give(
    request: "SignedInRequest", member: MemberSeen, mail: LinkMail, form: AddressForm
) -> None:
    said = form.cleaned_data
    give_address(
        organization=mail.organization,
        said=AddressSaid(said["address"], said["language"], said["given_on"]),
        seen=said["seen"],
        actor=actor_of(request, member),
        on=timezone.localdate(),
        at=timezone.now(),
    )


def _conflict(
    request: "SignedInRequest", member: MemberSeen, organization_id: UUID, refusal: MailRefused
) -> HttpResponse:
    """Show what stands there now, beside what was written."""
    mail = _mail_or_404(organization_id)
    names = ("address", "language", "given_on")
    form = _form(mail, **{each: request.POST[each] for each in names if request.POST.get(each)})
    return _page(request, member, mail, form, problem=str(refusal.sentence), status=409)


def _form(mail: LinkMail, **written: str) -> AddressForm:
    today = timezone.localdate()
    now = {"address": mail.address, "language": mail.language, "given_on": mail.given_on or today}
    if not mail.address:
        now |= {"language": "en", "given_on": today}
    return AddressForm(initial={**now, **written, "seen": mail.seen})


def _mail_or_404(organization: UUID) -> LinkMail:
    mail = link_mail(organization, at=timezone.now())
    if mail is None:
        raise Http404
    return mail


def _back(member: MemberSeen, organization: UUID, noted: str) -> HttpResponse:
    return back_to("link-mail", member, organization, carried=f"noted={noted}")


def _noted(request: "SignedInRequest", mail: LinkMail) -> Any:
    noted = request.GET.get("noted", "")
    is_so = {
        "given": bool(mail.address),
        "removed": mail.state is MailState.NO_ADDRESS,
        "mailed": mail.mailed_at is not None,
    }
    return NOTED[noted] if is_so.get(noted) else ""


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    mail: LinkMail,
    form: AddressForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "mail": mail,
        "form": form,
        "problem": problem,
        "noted": _noted(request, mail),
        "listed": [each for each in listed_addresses(mail.organization) if each != mail.address],
        "is_on": mail_is_on(),
        "is_by_itself": bool(settings.SITE_URL),
        "mail_folder": settings.EMAIL_FILE_PATH if settings.DEMONSTRATION else "",
    }
    return render_page(request, "directory/link_mail.html", member, context, status=status)
