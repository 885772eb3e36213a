"""What happened: to one listing, in one act, and lately; and taking it back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.directory.domain.acts import BOOKS, WHOLE, ActState, FindingKind
from tejido.directory.queries.history import (
    NAMING,
    ActSeen,
    ChangeSeen,
    FindingSeen,
    act_by_id,
    acts,
    changes_of,
    findings_of,
    history_of,
    names_meant,
    sets_clocks,
    switches_trust,
)
from tejido.directory.queries.proposed import proposal_of
from tejido.directory.queries.subjects import Subject, subjects_among, subjects_of
from tejido.directory.services.four_eyes import undo_or_propose
from tejido.directory.services.undo import UndoRefused
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.listing import listing_or_404
from tejido.directory.web.whose import Whose, own_name, whose
from tejido.directory.web.wording import (
    ACT_STATES,
    ACTS,
    FINDINGS,
    counts_words,
    field_words,
    need_names,
    role_words,
    value_words,
)
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

SUBJECTS_SHOWN = 3
LINES_SHOWN = 200
# Record -> what shows it.
Shown = Mapping[tuple[str, UUID], Subject]


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_history(request: "SignedInRequest", member: MemberSeen, listing_id: UUID) -> HttpResponse:
    """Show what happened to a listing, the last first."""
    listing = listing_or_404(listing_id)
    history = history_of([held.id for held in listing.records])
    needs = need_names()
    context = {
        "listing": listing,
        "name": listing.service.values["name"],
        "entries": [
            {**_act(act), "changes": _changes(changes, needs)} for act, changes in history
        ],
    }
    return render_page(request, "directory/history.html", member, context)


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_acts(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what was done lately in the whole directory."""
    latest = acts()
    about = subjects_of(act.id for act in latest)
    needs = need_names()
    entries = [{**_act(act), **_about(about.get(act.id, []), needs)} for act in latest]
    context = {"entries": entries}
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
    if not _may_undo(request, member, act_id):
        raise PermissionDenied
    try:
        outcome = undo_or_propose(
            act_id=act_id, at=timezone.now(), actor=actor_of(request, member)
        )
    except UndoRefused as refusal:
        if refusal.code == "act-unknown":
            raise Http404 from refusal
        return _act_page(request, member, act_id, problem=str(refusal.sentence), status=409)
    if outcome.waiting is not None:
        return back_to("act", member, act_id, waits=outcome.waiting)
    return back_to("act", member, outcome.act)


def _may_undo(request: "SignedInRequest", member: MemberSeen, act_id: UUID) -> bool:
    """Say whether the person may take this act back: who may do it, may also undo it."""
    may_trust = request.user.has_perm(Permission.TRUST_SOURCE, member)
    may_set = request.user.has_perm(Permission.EDIT_CLOCKS, member)
    return (may_trust or not switches_trust(act_id)) and (may_set or not sets_clocks(act_id))


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
    needs = need_names()
    about = subjects_of([act_id]).get(act_id, [])
    changes, findings = changes_of(act_id, limit=LINES_SHOWN + 1), findings_of(act_id)
    shown_by = subjects_among(
        [(each.object_type, each.object_id) for each in changes]
        + [(each.object_type, each.object_id) for each in findings]
    )
    lines = _changes(changes[:LINES_SHOWN], needs, shown_by)
    context = {
        "entry": {**_act(act), **_about(about, needs), "changes": lines},
        "names_each": len(about) != 1,
        "lines_shown": LINES_SHOWN if len(changes) > LINES_SHOWN else 0,
        "groups": _findings(findings, needs, shown_by),
        "problem": problem,
        "proposal": proposal_of(act_id),
        "may_undo": act.state is ActState.DONE and _may_undo(request, member, act_id),
    }
    return render_page(request, "directory/act.html", member, context, status=status)


def _act(act: ActSeen) -> dict[str, Any]:
    return {
        "act": act,
        "at": timezone.localtime(act.at),
        "what": ACTS[act.kind],
        "who": role_words(act.role),
        "second": role_words(act.second_role),
        "state": ACT_STATES[act.state],
        "counts": counts_words(act.counts),
        "may_undo": act.state is ActState.DONE,
        "list": act.file_name or act.source_name,
    }


def _about(subjects: list[Subject], needs: Mapping[str, str]) -> dict[str, Any]:
    """Return the first listings and needs that an act was about, and how many more there are."""
    return {
        "subjects": [whose(each, needs) for each in subjects[:SUBJECTS_SHOWN]],
        "more": len(subjects[SUBJECTS_SHOWN:]),
    }


def _changes(
    changes: list[ChangeSeen], needs: Mapping[str, str], shown_by: Shown | None = None
) -> list[dict[str, Any]]:
    is_whole = any(_is_of_the_listing(change) for change in changes)
    names = names_meant(changes)
    return [
        {
            "whose": _whose(change, needs, shown_by or {}),
            "field": field_words(change.field),
            "before": _value(change, change.before, needs, names),
            "after": _value(change, change.after, needs, names),
            "whole": "" if change.field else ("removed" if change.before else "created"),
        }
        for change in changes
        if change.field not in BOOKS
        # Its places and who offers it came or went with the listing.
        and (change.field or not is_whole or _is_of_the_listing(change))
    ]


def _value(
    change: ChangeSeen, value: Any, needs: Mapping[str, str], names: Mapping[str, str]
) -> str:
    """Return what a field held; where it names another record, that one's name."""
    if change.field in NAMING and value:
        return names.get(str(value)) or _("without a name")
    return value_words(change.field, value, needs=needs)


def _is_of_the_listing(change: ChangeSeen) -> bool:
    return change.field == WHOLE and change.object_type == "directory.service"


def _whose(change: ChangeSeen, needs: Mapping[str, str], shown_by: Shown) -> Whose:
    subject = shown_by.get((change.object_type, change.object_id))
    gone = (change.before or {}).get("row", {}) if change.field == WHOLE else {}
    own = own_name(change.object_type, str(gone.get("name", "")))
    return whose(subject, needs, own=own)


def _findings(
    found: list[FindingSeen], needs: Mapping[str, str], shown_by: Shown
) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Return what an act left to look at, kind by kind, each with the listing that shows it."""
    groups: dict[FindingKind, list[dict[str, Any]]] = {kind: [] for kind in FindingKind}
    for each in found:
        subject = shown_by.get((each.object_type, each.object_id))
        groups[each.kind].append(_finding(each, subject, needs))
    return [(FINDINGS[kind], lines) for kind, lines in groups.items() if lines]


def _finding(
    found: FindingSeen, about: Subject | None, needs: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "whose": whose(about, needs, own=found.name),
        "field": field_words(found.field) if found.field else "",
        "theirs": value_words(found.field, found.theirs, needs=needs),
        "ours": value_words(found.field, found.ours, needs=needs),
    }
