"""What happened: to one listing, in one act, and lately; and taking it back."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tejido.directory.domain.acts import BOOKS, ActState, FindingKind
from tejido.directory.queries.history import (
    ActSeen,
    ChangeSeen,
    FindingSeen,
    act_by_id,
    acts,
    findings_of,
    history_of,
)
from tejido.directory.services.undo import UndoRefused, undo_act
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.listing import listing_or_404
from tejido.directory.web.wording import (
    ACT_STATES,
    ACTS,
    COUNTS,
    FINDINGS,
    field_words,
    role_words,
    value_words,
)
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_history(request: "SignedInRequest", member: MemberSeen, listing_id: UUID) -> HttpResponse:
    """Show what happened to a listing, the last first."""
    listing = listing_or_404(listing_id)
    history = history_of([held.id for held in listing.records])
    context = {
        "listing": listing,
        "name": listing.service.values["name"],
        "entries": [{**_act(act), "changes": _changes(changes)} for act, changes in history],
    }
    return render_page(request, "directory/history.html", member, context)


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_acts(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what was done lately in the whole directory."""
    context = {"entries": [_act(act) for act in acts()]}
    return render_page(request, "directory/acts.html", member, context)


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_act(request: "SignedInRequest", member: MemberSeen, act_id: UUID) -> HttpResponse:
    """Show one act: its counts, what it left to look at, and its undo."""
    return _act_page(request, member, act_id)


@require_POST
@for_member(Permission.EDIT_LISTING)
def undo(request: "SignedInRequest", member: MemberSeen, act_id: UUID) -> HttpResponse:
    """Take an act back, or say why not."""
    try:
        report = undo_act(act_id=act_id, at=timezone.now(), actor=actor_of(request, member))
    except UndoRefused as refusal:
        if refusal.code == "act-unknown":
            raise Http404 from refusal
        return _act_page(request, member, act_id, problem=str(refusal.sentence), status=409)
    return back_to("act", member, report.act_id)


def _act_page(
    request: "SignedInRequest",
    member: MemberSeen,
    act_id: UUID,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    act = act_by_id(act_id)
    if act is None:
        raise Http404
    found = findings_of(act_id)
    groups = [
        (FINDINGS[kind], [_finding(each) for each in found if each.kind is kind])
        for kind in FindingKind
    ]
    context = {
        "entry": _act(act),
        "groups": [(words, lines) for words, lines in groups if lines],
        "problem": problem,
    }
    return render_page(request, "directory/act.html", member, context, status=status)


def _act(act: ActSeen) -> dict[str, Any]:
    counts = [(words, act.counts[name]) for name, words in COUNTS.items() if act.counts.get(name)]
    return {
        "act": act,
        "at": timezone.localtime(act.at),
        "what": ACTS[act.kind],
        "who": role_words(act.role),
        "state": ACT_STATES[act.state],
        "counts": counts,
        "may_undo": act.state is ActState.DONE,
        "list": act.file_name or act.source_name,
    }


def _changes(changes: list[ChangeSeen]) -> list[dict[str, str]]:
    return [
        {
            "field": field_words(change.field),
            "before": value_words(change.field, change.before),
            "after": value_words(change.field, change.after),
            "whole": "" if change.field else ("removed" if change.before else "created"),
        }
        for change in changes
        if change.field not in BOOKS
    ]


def _finding(found: FindingSeen) -> dict[str, Any]:
    return {
        "found": found,
        "is_service": found.object_type == "directory.service",
        "field": field_words(found.field) if found.field else "",
        "theirs": value_words(found.field, found.theirs),
        "ours": value_words(found.field, found.ours),
    }
