"""Text messages: where the carrier brings them, and a page of the desk on which to try them."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tejido.finder.services.conversation import reply_to
from tejido.finder.web.forms import PlainText
from tejido.gateways.domain.gsm7 import parts, septets
from tejido.gateways.domain.texts import TextIn
from tejido.gateways.twilio import (
    CONTENT_TYPE,
    TextForged,
    TextIncomplete,
    Twilio,
    answered,
)
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

LONGEST = 1600
TURNS_SHOWN = 10


@csrf_exempt
@require_POST
def receive_text(request: HttpRequest) -> HttpResponse:
    """Answer a message that the carrier brings.

    404 where no key is set: then nobody can prove to be the carrier. 403 where the signature is
    wrong, 400 where what was signed is no message; nothing is kept of either.
    """
    if not settings.SMS_AUTH_TOKEN:
        raise Http404
    url = settings.SMS_URL or request.build_absolute_uri()
    try:
        text = Twilio(settings.SMS_AUTH_TOKEN).received(
            url=url, form=request.POST.lists(), headers=request.headers
        )
    except TextForged as refusal:
        return _sent(str(refusal), status=403)
    except TextIncomplete as refusal:
        return _sent(str(refusal), status=400)
    return _sent(answered(reply_to(text, now=timezone.now())), content_type=CONTENT_TYPE)


def _sent(
    words: str | bytes, *, status: int = 200, content_type: str = "text/plain; charset=utf-8"
) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(words, status=status, content_type=content_type, headers=headers)


class TextForm(forms.Form):
    """One message, and the conversation so far, which only the page itself remembers."""

    use_required_attribute = False

    words = PlainText(
        label=_("Message"),
        help_text=_("For example: narcan 94601, agujas oakland mañana 3pm, MORE, 1, STOP"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    id = forms.UUIDField(widget=forms.HiddenInput)
    phone = forms.UUIDField(widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
@for_member(Permission.VIEW_DESK)
def try_texts(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what people get who text; each page that is opened is a phone of its own."""
    form = TextForm(request.POST or None, initial={"phone": uuid4(), "id": uuid4()})
    turns = _turns(request) if form.is_bound else []
    if form.is_valid():
        turns.append(_turn(form.cleaned_data))
        form = TextForm(initial={"phone": form.cleaned_data["phone"], "id": uuid4()})
    context: dict[str, Any] = {
        "form": form,
        "turns": turns[-TURNS_SHOWN:],
        "number": settings.SMS_NUMBER,
        "is_on": bool(settings.SMS_AUTH_TOKEN),
        "rail_texts": True,
    }
    return render_desk(request, "finder/texts.html", member, context)


def _turns(request: HttpRequest) -> list[dict[str, Any]]:
    said, heard = request.POST.getlist("said"), request.POST.getlist("heard")
    pairs = zip(said[-TURNS_SHOWN:], heard[-TURNS_SHOWN:], strict=False)
    return [_shown(each[:LONGEST], answer[:LONGEST]) for each, answer in pairs]


def _turn(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Answer a message from the invented phone of one page."""
    words = cleaned["words"]
    text = TextIn(id=cleaned["id"].hex, sender=f"desk {cleaned['phone'].hex}", words=words)
    return _shown(words, reply_to(text, now=timezone.now(), limited=False))


def _shown(words: str, answer: str) -> dict[str, Any]:
    return {
        "words": words,
        "answer": answer,
        "parts": parts(answer),
        "letters": septets(answer),
    }
