"""Needs and their words at the desk: the list, one need, its words, and taking things back."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from tejido.directory.domain.concepts import Form
from tejido.directory.queries.concepts import labels
from tejido.directory.queries.needs import (
    NeedRow,
    NeedSeen,
    WordSeen,
    find_needs,
    need_seen,
    retired_needs,
)
from tejido.directory.services.acts import Actor
from tejido.directory.services.need_acts import NeedRefused
from tejido.directory.services.needs import (
    add_word,
    take_word_out,
    undo_need_act,
)
from tejido.directory.services.undo import UndoRefused
from tejido.directory.web import frame
from tejido.directory.web.needs_forms import FindForm, WordForm
from tejido.directory.web.needs_wording import (
    KINDS,
    PLACES,
    STATES,
    WORDS_IN,
    lines_of,
)
from tejido.foundation.errors import Refused
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_member(Permission.EDIT_NEEDS)
def show_needs(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the needs that have these words, and those out of use."""
    return list_page(request, member)


@require_GET
@for_member(Permission.EDIT_NEEDS)
def show_need(request: "SignedInRequest", member: MemberSeen, key: str) -> HttpResponse:
    """Show one need: names, words, what was done to it."""
    return _page(request, member, need_or_404(key))


@require_POST
@for_member(Permission.EDIT_NEEDS)
def add_words(request: "SignedInRequest", member: MemberSeen, key: str) -> HttpResponse:
    """Add a word, or say why not."""
    need = need_or_404(key)
    form = WordForm(request.POST)
    if form.is_valid():
        try:
            done = _add(request, member, key, form.word())
        except NeedRefused as refusal:
            form.add_error("text", str(refusal.sentence))
        else:
            return to_need(member, key, done)
    return _page(request, member, need, form=form, status=400)


@require_POST
@for_member(Permission.EDIT_NEEDS)
def take_out(request: "SignedInRequest", member: MemberSeen, key: str) -> HttpResponse:
    """Take a word out of use."""
    word = _word(need_or_404(key), request.POST.get("word", ""))
    try:
        done = take_word_out(
            need=key, word_id=word.id, actor=actor_of(request, member), at=timezone.now()
        )
    except NeedRefused as refusal:
        return problem_page(request, member, key, refusal)
    return to_need(member, key, done)


@require_POST
@for_member(Permission.EDIT_NEEDS)
def bring_back(request: "SignedInRequest", member: MemberSeen, key: str) -> HttpResponse:
    """Bring a word back that was taken out."""
    word = _word(need_or_404(key), request.POST.get("word", ""))
    try:
        done = _add(request, member, key, Form(word.language, word.text, word.kind))
    except NeedRefused as refusal:
        return problem_page(request, member, key, refusal)
    return to_need(member, key, done)


@require_POST
@for_member(Permission.EDIT_NEEDS)
def undo(request: "SignedInRequest", member: MemberSeen, key: str, act_id: UUID) -> HttpResponse:
    """Take back what was done to a need, or say why not."""
    try:
        undo_need_act(need=key, act_id=act_id, actor=actor_of(request, member), at=timezone.now())
    except NeedRefused as refusal:
        if refusal.code == "act-elsewhere":
            raise Http404 from refusal
        return problem_page(request, member, key, refusal)
    except UndoRefused as refusal:
        return problem_page(request, member, key, refusal)
    if need_seen(key) is None:
        return redirect("directory_needs:list", member.slug)
    return to_need(member, key)


def need_or_404(key: str) -> NeedSeen:
    """Return a need in use, or answer that there is none."""
    need = need_seen(key)
    if need is None:
        raise Http404
    return need


def actor_of(request: "SignedInRequest", member: MemberSeen) -> Actor:
    """Return the person in the role that lets them edit needs here. One query."""
    return frame.actor_of(request, member, Permission.EDIT_NEEDS)


def to_need(member: MemberSeen, key: str, done: UUID | None = None) -> HttpResponse:
    """Go to the page of a need, which then says what was done."""
    address = reverse("directory_needs:need", args=[member.slug, key])
    return redirect(f"{address}?{urlencode({'done': done})}" if done else address)


def problem_page(
    request: "SignedInRequest", member: MemberSeen, key: str, refusal: Refused
) -> HttpResponse:
    """Show the need, or the list where it is out of use, with what is wrong."""
    need, problem = need_seen(key), str(refusal.sentence)
    if need is None:
        return list_page(request, member, problem=problem, status=409)
    return _page(request, member, need, problem=problem, status=409)


def list_page(
    request: "SignedInRequest", member: MemberSeen, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """Show the list of needs, with what was just taken out of use and its undo."""
    form = FindForm(request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    language = _language()
    everything = find_needs()
    found = everything if not words else find_needs(words)
    names = {row.key: row.label(language) for row in everything}
    retired = retired_needs(language)
    just = request.GET.get("need", "")
    context = {
        "form": form,
        "is_narrowed": bool(words),
        "lines": [_line(row, names, language) for row in found],
        "retired": retired,
        "just": just if just in dict(retired) else "",
        "done": frame.just_done(request) if status == 200 else None,
        "problem": problem,
    }
    return render_needs(request, "directory/needs.html", member, context, status=status)


def render_needs(
    request: "SignedInRequest",
    template: str,
    member: MemberSeen,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of needs in the frame of the desk."""
    told = {**frame.section_context(request, member), **context}
    return render_desk(request, template, member, told, status=status)


def _language() -> str:
    return (get_language() or "en")[:2]


def _line(row: NeedRow, names: dict[str, str], language: str) -> dict[str, Any]:
    other = "es" if language == "en" else "en"
    state = row.spanish_state
    return {
        "row": row,
        "name": row.label(language),
        "other": row.label(other),
        "other_language": other,
        "state": STATES[state] if state else "",
        "parent": names.get(row.parent, ""),
    }


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    need: NeedSeen,
    *,
    form: WordForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    language = _language()
    parent = need_seen(need.row.parent) if need.row.parent else None
    context = {
        "need": need,
        "name": need.row.label(language),
        "parent": parent.row.label(language) if parent else "",
        "shown": _shown(need),
        "groups": [(code, words, _in_use(need, code)) for code, words in WORDS_IN.items()],
        "taken_out": [(word, KINDS[word.kind]) for word in need.words if word.is_retired],
        "form": form or WordForm(initial={"language": language}),
        "lines": lines_of(need, labels(language, with_retired=True)),
        "problem": problem,
        "done": frame.just_done(request) if status == 200 else None,
    }
    return render_needs(request, "directory/need.html", member, context, status=status)


def _shown(need: NeedSeen) -> list[dict[str, Any]]:
    return [
        {
            "place": PLACES[field, language],
            "text": stored.text,
            "language": language,
            "state": STATES[stored.state] if language == "es" else "",
        }
        for field, language in PLACES
        if (stored := need.row.shown.get((field, language)))
    ]


def _in_use(need: NeedSeen, language: str) -> list[tuple[WordSeen, Any]]:
    return [
        (word, KINDS[word.kind])
        for word in need.words
        if word.language == language and not word.is_retired
    ]


def _add(request: "SignedInRequest", member: MemberSeen, key: str, word: Form) -> UUID:
    return add_word(need=key, word=word, actor=actor_of(request, member), at=timezone.now())


def _word(need: NeedSeen, given: str) -> WordSeen:
    for word in need.words:
        if str(word.id) == given:
            return word
    raise Http404
