"""What people looked for and did not find: looked at before it leaves, and let out."""

from typing import TYPE_CHECKING

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.quarters import Quarter
from tejido.directory.queries.unmet import (
    draft_unmet,
    ledger_of_unmet,
    period_words,
    unmet_tables,
    unreleased_quarters,
)
from tejido.directory.services.release_unmet import release_unmet
from tejido.directory.web.frame import render_page
from tejido.disclosure.services import ReleaseRefused
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.services.events import note_event

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


class ReleaseForm(forms.Form):
    """The last question before counts leave."""

    use_required_attribute = False

    looked = forms.BooleanField(
        label=_("I looked at these numbers. Anybody may read them from now on, for good."),
        error_messages={"required": _("Look at the numbers first, then say so here")},
    )


@require_http_methods(["GET", "POST"])
@for_member(Permission.RELEASE_COUNTS)
def show_unmet(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what may leave of the first quarter that shows anything; POST lets it."""
    form, problem = ReleaseForm(request.POST or None), ""
    if form.is_valid():
        try:
            quarter = _release(request, member)
        except ReleaseRefused as refusal:
            problem = str(refusal.sentence)
        else:
            address = reverse("directory:unmet", args=[member.slug])
            return redirect(f"{address}?released={quarter}")
    context = {"form": form, "problem": problem, **_shown(request)}
    status = 409 if problem else (400 if form.errors else 200)
    return render_page(request, "directory/unmet.html", member, context, status=status)


def _release(request: "SignedInRequest", member: MemberSeen) -> Quarter:
    """Let out the quarter that the person saw, which somebody else may have released by now."""
    today, now = timezone.localdate(), timezone.now()
    asked = request.POST.get("quarter")
    quarter = next((each for each in unreleased_quarters(today=today) if str(each) == asked), None)
    if quarter is None:
        raise ReleaseRefused("other-quarter", _("These numbers are released already."))
    with transaction.atomic():
        released = release_unmet(
            quarter=quarter,
            released_by=request.user.pk,
            today=today,
            at=now,
            mark=request.POST.get("mark", ""),
        )
        note_event(
            member_id=member.id,
            act="release.counts",
            object_id=released,
            by=request.user.pk,
            at=now,
        )
    return quarter


def _shown(request: "SignedInRequest") -> dict[str, object]:
    waiting = unreleased_quarters(today=timezone.localdate())
    drafts = map(draft_unmet, waiting)
    draft = next((each for each in drafts if each.shows), None)
    done = ledger_of_unmet()
    just = request.GET.get("released", "")
    return {
        "draft": draft,
        "words": period_words(str(draft.quarter)) if draft else "",
        "waiting": len(waiting),
        "tables": unmet_tables(draft.tables, get_language() or "en") if draft else [],
        "done": [(each, period_words(each.period)) for each in done],
        "just": period_words(just) if just in {each.period for each in done} else "",
    }
