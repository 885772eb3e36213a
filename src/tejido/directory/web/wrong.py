"""What people said is wrong: the queue, with what stands beside it, and a steward's answers."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.directory.domain.call_sheet import SheetLine
from tejido.directory.domain.suggestions import Answer, Wrong
from tejido.directory.queries.suggestions import Told, last_answer, told_page
from tejido.directory.services.suggestion_answers import (
    AnswerRefused,
    Beside,
    beside_each,
    confirm_told,
    put_aside,
    take_back_aside,
    write_number,
)
from tejido.directory.web.call_sheet_form import line_says
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.listing_parts import heading_of
from tejido.directory.web.wording import need_names, role_words, short_day, word_of
from tejido.directory.web.wrong_wording import ANSWERS, wrong_words
from tejido.directory.web.wrong_written import ways_of
from tejido.foundation.paging import page_in
from tejido.foundation.phones import written_phone
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.ui.languages import language_name

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


class AnswerForm(forms.Form):
    """A steward's answer to what was said of one thing of one listing."""

    listing = forms.UUIDField()
    service = forms.UUIDField()
    wrong = forms.ChoiceField(choices=[(each.value, "") for each in Wrong])
    seen = forms.CharField(max_length=64, required=False)
    answer = forms.ChoiceField(
        choices=[(each, "") for each in ("right", "write", "aside", "back")]
    )

    def told(self) -> Told:
        """Return what it is about; how often and when does not matter to an answer."""
        said, today = self.cleaned_data, timezone.localdate()
        wrong = Wrong(said["wrong"])
        return Told(said["listing"], said["service"], wrong, 0, today, is_alert=False)


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_wrong(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what waits, alerts first, 25 at a time."""
    return _page(request, member)


@require_POST
@for_member(Permission.EDIT_LISTING)
def answer_wrong(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Store a steward's answer; the second of two is told what the first did."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    told, answer = form.told(), form.cleaned_data["answer"]
    try:
        act = _store(request, member, told, form.cleaned_data)
    except AnswerRefused as refusal:
        problem = _problem(refusal, told)
        return _page(request, member, problem=problem, status=409)
    if answer == "aside":
        return _page(request, member, aside=told)
    return back_to("wrong", member, done=act)


def _store(
    request: "SignedInRequest", member: MemberSeen, told: Told, said: dict[str, Any]
) -> UUID | None:
    actor, on = actor_of(request, member), timezone.localdate()
    if said["answer"] == "back":
        take_back_aside(listing=told.listing, wrong=told.wrong, on=on)
        return None
    if said["answer"] == "aside":
        put_aside(told, seen=said["seen"], actor=actor, on=on)
        return None
    store = confirm_told if said["answer"] == "right" else write_number
    return store(told, seen=said["seen"], actor=actor, on=on, at=timezone.now())


def _problem(refusal: AnswerRefused, told: Told) -> str:
    """Return why it was refused; of what somebody else answered, what and when."""
    before = last_answer(told.listing, told.wrong)
    sentence = str(refusal.sentence)
    if refusal.code != "answered-already" or before is None or before.answer is Answer.WAITS:
        return sentence
    who = role_words(before.role) or _("A person of the network")
    what = _("%(answer)s: %(who)s, %(day)s.")
    said = {"answer": ANSWERS[before.answer], "who": who, "day": short_day(before.on)}
    return f"{sentence} {what % said}"


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    *,
    problem: str = "",
    aside: Told | None = None,
    status: int = 200,
) -> HttpResponse:
    number = page_in(request.GET.get("page", ""))
    found, needs = told_page(page=number), need_names()
    context = {
        "found": found,
        "lines": [
            _line(member, told, shown, needs)
            for told, shown in zip(found.rows, beside_each(found.rows), strict=True)
        ],
        "problem": problem,
        "aside": aside,
    }
    return render_page(request, "directory/wrong.html", member, context, status=status)


def _line(member: MemberSeen, told: Told, shown: Beside, needs: dict[str, str]) -> dict[str, Any]:
    desk = shown.desk
    return {
        "told": told,
        "what": wrong_words(told),
        "name": str(desk.service.values["name"]) if desk else _("A listing that is gone"),
        "is_spanish": bool(desk and desk.is_name_spanish),
        "place": _place(shown),
        "listing": desk.service.id if desk else None,
        "words": [_said(each) for each in shown.words],
        "fields": [_field(shown, line, needs) for line in shown.lines],
        "number": written_phone(shown.number.number) if shown.number else "",
        "can_confirm": any(not line.in_words for line in shown.lines),
        "ways": list(ways_of(member, shown)),
        "seen": shown.seen,
    }


def _place(shown: Beside) -> str:
    desk = shown.desk
    for place in desk.places if desk else ():
        if place.place.id == shown.listing and desk:
            return heading_of(desk, place.place)
    return ""


def _said(each: Any) -> dict[str, Any]:
    return {
        "day": short_day(each.day),
        "note": each.note,
        "instead": each.instead,
        "lang": each.language,
        "language": language_name(each.language),
        "further": each.further,
        "by_program": each.by_program,
    }


def _field(shown: Beside, line: SheetLine, needs: dict[str, str]) -> dict[str, Any]:
    """Return what stands there, and who said so when."""
    word = line.held.provenance.provenance_of(line.field)
    return {
        "says": list(line_says(line, needs)),
        "where": heading_of(line.listing, line.held),
        "word": word_of(word, line.listing.source),
    }
