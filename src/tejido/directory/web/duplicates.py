"""Records that may be one: the pairs that wait, two records side by side, the answer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.directory.domain.duplicates.answers import Answer
from tejido.directory.domain.duplicates.merging import Side
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.queries.duplicate_pairs import (
    PairSeen,
    linkable_pairs,
    next_pair,
    pair_by_id,
    waiting_pairs,
)
from tejido.directory.services.duplicate_answers import (
    answer_pair,
    mark_of_pair,
    take_back_answer,
)
from tejido.directory.services.duplicate_runs import (
    LookRefused,
    look_seen,
    start_look,
    stop_look,
)
from tejido.directory.services.merging import Merge, link_locations, merge, seen_of
from tejido.directory.web.duplicate_lines import choices_of, lines_of
from tejido.directory.web.duplicate_words import (
    KINDS,
    NOTED,
    PROBLEMS,
    progress_words,
    reason_words,
)
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.foundation.errors import Refused
from tejido.foundation.paging import page_in
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


class AnswerForm(forms.Form):
    """What a steward says about a pair; the choices of fields are read beside it."""

    answer = forms.ChoiceField(
        choices=[(each, "") for each in ("same", Answer.DIFFERENT.value, Answer.LATER.value)]
    )
    stays = forms.ChoiceField(choices=[("one", ""), ("other", "")], required=False)
    seen = forms.CharField(max_length=64)
    mark = forms.CharField(max_length=64)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of the queue."""

    pair: PairSeen
    kind: str
    reasons: list[str]
    share: int


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_queue(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the pairs that wait, 25 at a time, and how far a look is."""
    return _queue(request, member)


@require_POST
@for_member(Permission.EDIT_LISTING)
def look(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Start to compare everything, or stop that."""
    if "stop" in request.POST:
        stop_look()
        return back_to("duplicates", member)
    try:
        start_look(at=timezone.now())
    except LookRefused as refusal:
        return _queue(request, member, problem=str(refusal.sentence), status=409)
    return back_to("duplicates", member)


@require_POST
@for_member(Permission.EDIT_LISTING)
def link(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Put the locations together that have one address and one name, as one act."""
    act = link_locations(
        pairs=linkable_pairs(), actor=actor_of(request, member), at=timezone.now()
    )
    if act is None:
        problem = _("None of them could be put together unseen. Look at them one by one.")
        return _queue(request, member, problem=problem, status=409)
    return back_to("duplicates", member, done=act)


@for_member(Permission.EDIT_LISTING)
def show_pair(request: "SignedInRequest", member: MemberSeen, pair_id: UUID) -> HttpResponse:
    """Show two records side by side, and store the answer."""
    pair = pair_by_id(pair_id)
    if pair is None:
        raise Http404
    if request.method != "POST":
        return _page(request, member, pair)
    if "back" in request.POST:
        return _take_back(request, member, pair)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        problem = str(_("Choose again what stays."))
        return _page(request, member, pair, problem=problem, status=400)
    try:
        act = _store(request, member, pair, form.cleaned_data)
    except Refused as refusal:
        return _page(request, member, pair, problem=str(refusal.sentence), status=409)
    return _onward(member, pair, act)


def _take_back(request: "SignedInRequest", member: MemberSeen, pair: PairSeen) -> HttpResponse:
    """Let a pair wait again, and show it."""
    answer = request.POST["back"]
    if answer not in set(Answer):
        raise Http404
    try:
        take_back_answer(pair_id=pair.id, answer=Answer(answer), at=timezone.now())
    except Refused as refusal:
        return _page(request, member, pair, problem=str(refusal.sentence), status=409)
    return back_to("duplicate", member, pair.id)


def _store(
    request: "SignedInRequest", member: MemberSeen, pair: PairSeen, said: dict[str, Any]
) -> UUID | None:
    actor, at = actor_of(request, member), timezone.now()
    if said["answer"] != "same":
        answer = Answer(said["answer"])
        answer_pair(pair_id=pair.id, answer=answer, seen=said["mark"], actor=actor, at=at)
        return None
    stays, goes = pair.one.id, pair.other.id
    if said["stays"] == "other":
        stays, goes = goes, stays
    sides = _sides(request, pair, stays)
    wanted = Merge(pair.kind, stays, goes, sides, said["seen"])
    return merge(wanted=wanted, actor=actor, on=timezone.localdate(), at=at)


def _sides(request: "SignedInRequest", pair: PairSeen, stays: UUID) -> dict[str, Side]:
    """Return whose words stay, by group; the page names the records, not what becomes of them."""
    of_one = Side.STAYS if stays == pair.one.id else Side.GOES
    of_other = Side.GOES if of_one is Side.STAYS else Side.STAYS
    read = {"one": of_one, "other": of_other, "both": Side.BOTH}
    chosen = {group: request.POST.get(f"side-{group}", "") for group in choices_of(pair.kind)}
    return {group: read[said] for group, said in chosen.items() if said in read}


def _onward(member: MemberSeen, pair: PairSeen, act: UUID | None) -> HttpResponse:
    """Go to the next pair of the kind, or to the queue, which says what was done or noted."""
    following = next_pair(pair.id, pair.kind)
    told = urlencode({"done": act} if act else {"noted": pair.id})
    where = ("duplicates", ()) if following is None else ("duplicate", (following,))
    return back_to(where[0], member, *where[1], carried=told)


def _noted(request: "SignedInRequest") -> dict[str, Any]:
    """Return the pair that the address says was just answered, with what was noted of it."""
    try:
        pair = pair_by_id(UUID(request.GET.get("noted", "")))
    except ValueError:
        return {}
    if pair is None or pair.answer not in set(Answer):
        return {}
    return {"noted": pair, "noted_words": NOTED[Answer(pair.answer)]}


def _queue(
    request: "SignedInRequest", member: MemberSeen, *, problem: str = "", status: int = 200
) -> HttpResponse:
    number, kind = page_in(request.GET.get("page", "")), request.GET.get("kind", "")
    only = Kind(kind) if kind in set(Kind) else None
    found = waiting_pairs(kind=only, page=number)
    seen = look_seen()
    context = {
        "found": found,
        "lines": [_waiting(pair) for pair in found.rows],
        "kinds": [(each.value, words) for each, words in KINDS.items()],
        "kind": only.value if only else "",
        "look": seen,
        "progress": progress_words(seen.progress),
        "look_problem": PROBLEMS[seen.problem] if seen.problem else "",
        "looked_at": parse_datetime(seen.at) if seen.at else None,
        "linkable": len(linkable_pairs()),
        "problem": problem,
        **_noted(request),
    }
    return render_page(request, "directory/duplicates.html", member, context, status=status)


def _waiting(pair: PairSeen) -> Waiting:
    reasons = [reason_words(reason) for reason in pair.reasons]
    return Waiting(pair, str(KINDS[pair.kind]), reasons, round(pair.score * 100))


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    pair: PairSeen,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show a pair, after a mistake with everything as it was chosen."""
    stays = request.POST.get("stays") or _proposed(pair)
    context = {
        "waiting": _waiting(pair),
        "pair": pair,
        "lines": lines_of(pair, stays, request.POST),
        "stays": stays,
        "seen": seen_of(pair.kind, pair.one.id, pair.other.id),
        "mark": mark_of_pair(pair.kind, pair.one.id, pair.other.id),
        "problem": problem,
        **_noted(request),
    }
    return render_page(request, "directory/duplicate.html", member, context, status=status)


def _proposed(pair: PairSeen) -> str:
    """Return which record is proposed to stay: the one that more services are at."""
    return "one" if pair.one.places >= pair.other.places else "other"
