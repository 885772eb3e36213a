"""Changes that wait for a second person: the queue, and one with what it would change."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tejido.directory.domain.four_eyes import ProposalState
from tejido.directory.queries.proposed import (
    ProposalSeen,
    decided_proposals,
    proposal_by_id,
    waiting_proposals,
)
from tejido.directory.services.editing import EditRefused
from tejido.directory.services.second_look import (
    LookRefused,
    approve,
    do_alone,
    is_alone,
    shown_mark,
    turn_down,
    withdraw,
)
from tejido.directory.services.undo import UndoRefused
from tejido.directory.web.change_lines import about_of, lines_of, stays_of
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.wording import ACTS, role_words
from tejido.foundation.paging import page_in
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

STATES = {
    ProposalState.WAITING: gettext_lazy("Waits for a second person"),
    ProposalState.APPROVED: gettext_lazy("Approved"),
    ProposalState.ALONE: gettext_lazy("Done without a second person"),
    ProposalState.TURNED_DOWN: gettext_lazy("Turned down"),
    ProposalState.WITHDRAWN: pgettext_lazy("change", "Taken back"),
}
YES, NO, BACK, ALONE = "yes", "no", "back", "alone"


class LookForm(forms.Form):
    """What somebody says to a change; no, and doing it alone, need a reason."""

    answer = forms.ChoiceField(choices=[(each, "") for each in (YES, NO, BACK, ALONE)])
    seen = forms.CharField(required=False, max_length=64)
    reason = forms.CharField(
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *arguments: Any, is_own: bool, **named: Any) -> None:
        """Ask of one's own change how they know, of another's why not."""
        super().__init__(*arguments, **named)
        self.fields["reason"].label = _("How do you know?") if is_own else _("Why not?")

    def clean(self) -> dict[str, Any]:
        """Refuse a no, or doing it alone, without a reason."""
        said = super().clean() or self.cleaned_data
        if said.get("answer") in {NO, ALONE} and not said.get("reason"):
            self.add_error("reason", forms.ValidationError(gettext_lazy("Write why")))
        return said


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_queue(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what waits, 25 at a time, and what was decided lately."""
    number = page_in(request.GET.get("page", ""))
    found, decided = waiting_proposals(page=number), decided_proposals()
    about = about_of([*found.rows, *decided])
    context = {
        "found": found,
        "lines": [_line(each, request, about) for each in found.rows],
        "decided": [_line(each, request, about) for each in decided],
    }
    return render_page(request, "directory/changes.html", member, context)


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_LISTING)
def show_change(request: "SignedInRequest", member: MemberSeen, proposal_id: UUID) -> HttpResponse:
    """Show one change field by field; a POST says yes or no to it."""
    proposal = proposal_by_id(proposal_id)
    if proposal is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = LookForm(sent, is_own=proposal.proposed_by == request.user.pk)
    problem = ""
    if form.is_bound and form.is_valid():
        try:
            return _answer(request, member, proposal_id, form.cleaned_data)
        except (LookRefused, EditRefused, UndoRefused) as refusal:
            problem = str(refusal.sentence)
            # Whoever was faster may have decided it.
            proposal = proposal_by_id(proposal_id) or proposal
    return _page(request, member, proposal, form, problem)


def _answer(
    request: "SignedInRequest", member: MemberSeen, proposal_id: UUID, said: dict[str, Any]
) -> HttpResponse:
    actor = actor_of(request, member, Permission.APPROVE_LISTING)
    on, at = timezone.localdate(), timezone.now()
    seen, reason, act = said["seen"], said["reason"], None
    if said["answer"] == YES:
        act = approve(proposal_id=proposal_id, seen=seen, actor=actor, on=on, at=at)
    elif said["answer"] == ALONE:
        act = do_alone(
            proposal_id=proposal_id, seen=seen, reason=reason, actor=actor, on=on, at=at
        )
    elif said["answer"] == NO:
        turn_down(proposal_id=proposal_id, reason=reason, actor=actor, at=at)
    else:
        withdraw(proposal_id=proposal_id, actor=actor, at=at)
    return back_to("changes", member, done=act)


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    proposal: ProposalSeen,
    form: LookForm,
    problem: str,
) -> HttpResponse:
    is_own = proposal.proposed_by == request.user.pk
    is_waiting = proposal.state is ProposalState.WAITING
    found = lines_of(proposal)
    lines = found.lines
    is_gone = is_waiting and any(line.is_gone for line in lines)
    context = {
        **_line(proposal, request, about_of([proposal])),
        "fields": lines,
        "moves_m": found.moves_m if is_waiting else None,
        "names_each": len({line.whose for line in lines}) != 1,
        "has_changed": is_waiting and any(line.has_changed for line in lines),
        "is_gone": is_gone,
        "stays": stays_of(proposal) if is_gone else [],
        "is_alone": is_waiting and is_own and is_alone(actor_of(request, member)),
        "seen": shown_mark(proposal.id),
        "form": form,
        "problem": problem,
    }
    status = 409 if problem else (400 if form.is_bound else 200)
    return render_page(request, "directory/change.html", member, context, status=status)


def _line(
    proposal: ProposalSeen, request: "SignedInRequest", about: dict[UUID, list[Any]]
) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "what": ACTS[proposal.kind],
        "subjects": about[proposal.id],
        "who": role_words(proposal.role),
        "at": timezone.localtime(proposal.proposed_at),
        "is_own": proposal.proposed_by == request.user.pk,
        "is_waiting": proposal.state is ProposalState.WAITING,
        "state": STATES[proposal.state],
        "decided_who": role_words(proposal.decided_role),
        "decided_at": proposal.decided_at and timezone.localtime(proposal.decided_at),
    }
