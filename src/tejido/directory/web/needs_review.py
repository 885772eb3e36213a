"""A member's translator reviews what needs are called in Spanish, and corrects it."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tejido.directory.queries.history import act_by_id
from tejido.directory.queries.needs import OBJECT_TYPE, Unreviewed, unreviewed
from tejido.directory.services.need_acts import NeedRefused
from tejido.directory.services.needs import correct_spanish, undo_need_act
from tejido.directory.services.undo import UndoRefused
from tejido.directory.web.frame import actor_of, just_done
from tejido.directory.web.needs import render_needs
from tejido.directory.web.needs_forms import Line
from tejido.directory.web.needs_wording import FIELDS, STATES
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.services.reviews import review_for_member
from tejido.translation.domain.texts import TextKey
from tejido.translation.services import TextRefused

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

SHOWN_AT_ONCE = 25


@require_GET
@for_member(Permission.REVIEW_TEXT)
def show_unreviewed(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the Spanish that waits for a review, beside its English."""
    return _page(request, member)


@require_POST
@for_member(Permission.REVIEW_TEXT)
def review(request: "SignedInRequest", member: MemberSeen, key: str, field: str) -> HttpResponse:
    """Mark one text as reviewed in the member's name, or say why not."""
    waiting = _waiting_or_404(key, field)
    try:
        review_for_member(
            key=TextKey(OBJECT_TYPE, waiting.concept_id, field),
            language="es",
            text=request.POST.get("text", ""),
            member_id=member.id,
            by=request.user.pk,
            at=timezone.now(),
        )
    except TextRefused as refusal:
        return _page(request, member, problem=str(refusal.sentence), status=409)
    return redirect("directory_needs:review", member.slug)


@require_POST
@for_member(Permission.CORRECT_TEXT)
def correct(request: "SignedInRequest", member: MemberSeen, key: str, field: str) -> HttpResponse:
    """Change one Spanish text, which another person then reviews, or say why not."""
    waiting = _waiting_or_404(key, field)
    text = Line().to_python(request.POST.get("text", ""))
    try:
        done = correct_spanish(
            need=key,
            field=field,
            read=request.POST.get("read", ""),
            text=text,
            actor=actor_of(request, member, Permission.CORRECT_TEXT),
            at=timezone.now(),
        )
    except NeedRefused as refusal:
        typed = (waiting, text)
        return _page(request, member, problem=str(refusal.sentence), typed=typed, status=409)
    address = reverse("directory_needs:review", args=[member.slug])
    return redirect(f"{address}?{urlencode({'need': key, 'done': done})}" if done else address)


@require_POST
@for_member(Permission.CORRECT_TEXT)
def undo(request: "SignedInRequest", member: MemberSeen, key: str, act_id: UUID) -> HttpResponse:
    """Take back what the person corrected themselves."""
    act = act_by_id(act_id)
    if act is None or act.actor != request.user.pk:
        raise Http404
    actor = actor_of(request, member, Permission.CORRECT_TEXT)
    try:
        undo_need_act(need=key, act_id=act_id, actor=actor, at=timezone.now())
    except (NeedRefused, UndoRefused) as refusal:
        return _page(request, member, problem=str(refusal.sentence), status=409)
    return redirect("directory_needs:review", member.slug)


def _waiting_or_404(key: str, field: str) -> Unreviewed:
    for each in unreviewed():
        if (each.key, each.field) == (key, field):
            return each
    raise Http404


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    *,
    problem: str = "",
    typed: tuple[Unreviewed, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    waiting = unreviewed()
    context = {
        "lines": [_line(each, request, typed) for each in waiting[:SHOWN_AT_ONCE]],
        "total": len(waiting),
        "problem": problem,
        "done": just_done(request) if status == 200 else None,
        "just": request.GET.get("need", ""),
        "rail_directory": False,
    }
    return render_needs(request, "directory/needs_review.html", member, context, status=status)


def _line(
    each: Unreviewed, request: "SignedInRequest", typed: tuple[Unreviewed, str] | None
) -> dict[str, object]:
    is_typed = typed is not None and (typed[0].key, typed[0].field) == (each.key, each.field)
    return {
        "text": each,
        "field": FIELDS[each.field],
        "state": STATES[each.state],
        "is_own": each.written_by == request.user.pk,
        "typed": typed[1] if typed is not None and is_typed else each.spanish,
        "is_open": is_typed,
    }
