"""Something is wrong with a place: said by anybody, without an account, a cookie or a script."""

import logging
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.signing import BadSignature, TimestampSigner
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.suggestions import LONGEST_INSTEAD, LONGEST_NOTE, Said, Wrong
from tejido.directory.services.suggestions import SuggestionRefused, suggest
from tejido.finder.domain.crisis import lines_now
from tejido.finder.queries.need_words import needs_of
from tejido.finder.queries.search import find_listing
from tejido.finder.web.answering import public_page
from tejido.finder.web.saying import said as said_in
from tejido.finder.web.saying import voice_phone
from tejido.foundation.origin import is_ours
from tejido.foundation.rate import Rate, address_of

log = logging.getLogger(__name__)
# A form may lie open in a tab over night.
HOLDS_S = 24 * 3_600
# One phone reports a few places; more in a minute is a machine.
rate = Rate(per_minute=10)
CHOICES = {
    Wrong.CLOSED: gettext_lazy("It was closed when I came"),
    Wrong.HOURS: gettext_lazy("The hours are wrong"),
    Wrong.PHONE: gettext_lazy("The phone number is wrong"),
    Wrong.ADDRESS: gettext_lazy("It moved, or the address is wrong"),
    Wrong.OFFER: gettext_lazy("It does not offer this"),
    Wrong.OTHER: gettext_lazy("Something else"),
}


class Words(forms.CharField):
    """A few words of a stranger, without marks that nobody sees; too many are cut and told."""

    def __init__(self, most: int, **named: Any) -> None:
        """Allow so many letters."""
        self.most = most
        super().__init__(required=False, **named)

    def to_python(self, value: Any) -> str:
        """Return the words as they may be kept."""
        return clean_text(str(value or ""))

    def validate(self, value: str) -> None:
        """Refuse what is too long."""
        if len(value) > self.most:
            words = _("Write it in %(most)s letters or fewer")
            raise forms.ValidationError(words, params={"most": self.most})


class WrongForm(forms.Form):
    """What is wrong, and in one's own words what is right; only the first is asked for."""

    use_required_attribute = False

    wrong = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=list(CHOICES.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what is wrong"),
            "invalid_choice": gettext_lazy("Choose what is wrong"),
        },
    )
    instead = Words(
        LONGEST_INSTEAD,
        label=gettext_lazy("What is right, if you know it"),
        help_text=gettext_lazy("Such as the new number, the hours, or the address."),
        widget=forms.TextInput(attrs={"maxlength": LONGEST_INSTEAD, "autocomplete": "off"}),
    )
    note = Words(
        LONGEST_NOTE,
        label=gettext_lazy("Anything else about the place"),
        help_text=gettext_lazy(
            "No names, and nothing about your health or anybody else's. "
            "Nobody can write back to you."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_NOTE}),
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def tell_wrong(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Ask what is wrong with a place; a POST keeps it for a steward to look at.

    Nothing about the person is kept: a day instead of an hour, no address, no kind of phone.
    """
    listing = find_listing(listing_id)
    if listing is None:
        return render(request, "finder/wrong_gone.html", status=404)
    if request.method != "POST":
        return _page(request, listing, WrongForm())
    try:
        sent = request.POST
    except RequestDataTooBig:
        problem = _("That was too long. Write it in a few words.")
        return _page(request, listing, WrongForm(), problem=problem, status=413)
    if not is_ours(request):
        problem = _("This came from another page. Write it here, then send it.")
        return _page(request, listing, WrongForm(), problem=problem, status=403)
    if "look" in sent:
        # From the same page in the other language: nothing was sent yet.
        return _page(request, listing, WrongForm(initial=_cut(sent)))
    form = WrongForm(_cut(sent))
    if not form.is_valid():
        return _page(request, listing, form, status=400)
    return _take(request, listing, form)


def _take(request: HttpRequest, listing: PublicListing, form: WrongForm) -> HttpResponse:
    key = _key_of(str(request.POST.get("form", "")), listing.id)
    if key is None:
        problem = _("This page was open for too long. Look at it, then send it again.")
        return _page(request, listing, form, problem=problem, status=409)
    if not rate.allows(address_of(request)):
        problem = _("Too much was sent at once. Wait a minute, then send it again.")
        return _page(request, listing, form, problem=problem, status=429)
    try:
        suggest(_said(key, listing, form), on=timezone.localdate())
    except SuggestionRefused as refusal:
        return _page(request, listing, form, problem=str(refusal.sentence), status=429)
    except Error:
        log.warning("what somebody said is wrong could not be kept: no database")
        problem = _("We cannot keep it just now. Send it again in a few minutes.")
        return _page(request, listing, form, problem=problem, status=503)
    return _page(request, listing, None, sent=form)


def _said(key: UUID, listing: PublicListing, form: WrongForm) -> Said:
    return Said(
        id=key,
        listing=listing.id,
        service=listing.service_id,
        wrong=Wrong(form.cleaned_data["wrong"]),
        note=form.cleaned_data["note"],
        instead=form.cleaned_data["instead"],
        language=_language(),
    )


def _cut(sent: Any) -> dict[str, str]:
    """Return what was sent, no longer than it takes to see that it is too long."""
    most = {"wrong": 20, "instead": LONGEST_INSTEAD + 1, "note": LONGEST_NOTE + 1}
    return {name: clean_text(sent.get(name, ""))[:letters] for name, letters in most.items()}


def _urgent(form: WrongForm | None) -> tuple[str, ...]:
    """Return the lines to show first, where somebody writes that they or others are in danger."""
    texts = [form.data.get(name, "") for name in ("note", "instead")] if form else []
    return lines_now(texts, [need for text in texts for need in needs_of(text)])


def _page(
    request: HttpRequest,
    listing: PublicListing,
    form: WrongForm | None,
    *,
    problem: str = "",
    sent: WrongForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form, or thank for what was sent where there is none."""
    context = {
        "listing": listing,
        "is_invented": listing.is_invented,
        "name": said_in(listing, "name", language=_language()),
        "phone": voice_phone(listing),
        "form": form,
        "problem": problem,
        "urgent": _urgent(form or sent),
        "key": _signer(listing.id).sign(uuid4().hex),
        "written": _written(form),
    }
    response = render(request, "finder/wrong.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _written(form: WrongForm | None) -> list[tuple[str, str]]:
    """Return what was written, to be carried into the other language."""
    if form is None:
        return []
    values = ((name, form[name].value() or "") for name in form.fields)
    return [(name, str(value)) for name, value in values if value]


def _language() -> str:
    return (get_language() or "en")[:2]


def _signer(listing: UUID) -> TimestampSigner:
    return TimestampSigner(salt=f"finder.wrong.{listing}")


def _key_of(signed: str, listing: UUID) -> UUID | None:
    """Return what the form was called when it was shown, None where it is old or not ours."""
    try:
        return UUID(hex=_signer(listing).unsign(signed, max_age=HOLDS_S))
    except (BadSignature, ValueError):
        return None
