"""What people looked for and did not find: looked at before it leaves, and let out."""

from typing import TYPE_CHECKING

from django import forms
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
    period_words,
    released_unmet,
    unmet_lines,
    unreleased_quarters,
)
from tejido.directory.services.release_unmet import release_unmet
from tejido.directory.web.frame import render_page
from tejido.disclosure.services import ReleaseRefused
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

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
    """Show what may leave of the first quarter that is over, and what has left; POST lets it."""
    waiting = unreleased_quarters(today=timezone.localdate())
    form, problem = ReleaseForm(request.POST or None), ""
    if waiting and form.is_valid():
        try:
            _release(request, waiting[0])
        except ReleaseRefused as refusal:
            problem = str(refusal.sentence)
        else:
            address = reverse("directory:unmet", args=[member.slug])
            return redirect(f"{address}?released={waiting[0]}")
    context = {"form": form, "problem": problem, **_shown(request, waiting)}
    status = 409 if problem else (400 if form.errors else 200)
    return render_page(request, "directory/unmet.html", member, context, status=status)


def _release(request: "SignedInRequest", quarter: Quarter) -> None:
    """Let out the quarter that the person saw, which may be released by somebody else by now."""
    if request.POST.get("quarter") != str(quarter):
        raise ReleaseRefused(
            "other-quarter", _("These numbers are released already. Here are the next.")
        )
    today, now = timezone.localdate(), timezone.now()
    release_unmet(quarter=quarter, released_by=request.user.pk, today=today, at=now)


def _shown(request: "SignedInRequest", waiting: list[Quarter]) -> dict[str, object]:
    done = released_unmet()
    periods = [each.period for each in done]
    just = request.GET.get("released")
    quarter = waiting[0] if waiting else None
    draft = draft_unmet(quarter) if quarter else None
    return {
        "quarter": quarter,
        "words": period_words(str(quarter)) if quarter else "",
        "waiting": len(waiting),
        "lines": unmet_lines(draft.tables, str(quarter), get_language() or "en") if draft else [],
        "done": [(each, period_words(each.period)) for each in done],
        "just": period_words(just) if just in periods else "",
    }
