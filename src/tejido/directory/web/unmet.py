"""What people looked for and did not find: looked at before it leaves, and let out."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.unmet_pools import Together
from tejido.directory.queries.unmet import (
    ALONE,
    SUBJECT,
    UnmetDraft,
    draft_unmet,
    ledger_of_unmet,
    unreleased_quarters,
)
from tejido.directory.queries.unmet_lines import unmet_tables
from tejido.directory.queries.unmet_score import judged_unmet
from tejido.directory.services.release_unmet import release_unmet
from tejido.directory.web.frame import render_page
from tejido.directory.web.unmet_forms import ReleaseForm, TogetherForm, asked_together, written
from tejido.disclosure.domain.guidelines import Judged
from tejido.disclosure.queries import period_words
from tejido.disclosure.services import ReleaseRefused
from tejido.disclosure.wording import score_words
from tejido.foundation.quarters import Quarter
from tejido.geography.queries.places import county_labels
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.release_rules import partners_before
from tejido.network.services.events import note_event

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_http_methods(["GET", "POST"])
@for_member(Permission.RELEASE_COUNTS)
def show_unmet(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show what may leave of the first quarter that shows anything; POST lets it."""
    together = asked_together(request.POST or request.GET)
    draft, problem = _offered(together), ""
    said = judged_unmet(draft.tables) if draft else None
    asks_review = said is not None and said.needs_review
    form = ReleaseForm(request.POST or None, asks_review=asks_review)
    if form.is_valid():
        try:
            quarter = _release(request, member)
        except ReleaseRefused as refusal:
            draft, problem = _offered(together), str(refusal.sentence)
            said = judged_unmet(draft.tables) if draft else None
        else:
            address = reverse("directory:unmet", args=[member.slug])
            return redirect(f"{address}?released={quarter}")
    context = {"form": form, "problem": problem, **_done(request), **_shown(draft, said)}
    status = 409 if problem else (400 if form.errors else 200)
    return render_page(request, "directory/unmet.html", member, context, status=status)


def _offered(together: Together | None) -> UnmetDraft | None:
    """Return the draft of the first quarter that shows anything: as asked, alone, or together."""
    waiting = unreleased_quarters(today=timezone.localdate())
    asked = [(quarter, together) for quarter in waiting if together]
    alone = [(quarter, ALONE) for quarter in waiting]
    so_far = [(quarter, Together(quarters=quarter.number)) for quarter in waiting]
    drafts = (draft_unmet(*each) for each in (*asked, *alone, *so_far))
    return next((draft for draft in drafts if draft.numbers), None)


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
            together=asked_together(request.POST) or ALONE,
            mark=request.POST.get("mark", ""),
            review=request.POST.get("review", ""),
        )
        note_event(
            member_id=member.id,
            act="release.counts",
            object_id=released,
            by=request.user.pk,
            at=now,
        )
    return quarter


def _shown(draft: UnmetDraft | None, said: Judged | None) -> dict[str, object]:
    """Return what is told of the numbers that would leave."""
    if draft is None:
        return {"waiting": len(unreleased_quarters(today=timezone.localdate()))}
    return {
        "draft": draft,
        "together": written(draft.together),
        "pools": TogetherForm(draft),
        "alone": draft.numbers if draft.together == ALONE else draft_unmet(draft.quarter).numbers,
        "words": period_words(str(draft.quarter)),
        "keeping": _keeping(draft.quarter),
        "tables": unmet_tables(draft.tables, get_language() or "en"),
        "score": score_words(said) if said else None,
    }


def _done(request: "SignedInRequest") -> dict[str, object]:
    """Return what is told of the numbers that left."""
    done, just = ledger_of_unmet(), request.GET.get("released", "")
    return {
        "done": [
            (each, period_words(each.period), score_words(each.judged) if each.judged else None)
            for each in done
        ],
        "just_period": just,
        "just": period_words(just) if just in {each.period for each in done} else "",
    }


def _keeping(quarter: Quarter) -> list[tuple[str, str, list[str]]]:
    """Return the partners that said no yes to this release: name, own words, counties."""
    names = county_labels()
    spanish = (get_language() or "en").startswith("es")
    return [
        (
            each.member,
            each.words_es if spanish else each.words_en,
            sorted(names[place] for place in each.rule.places if place in names),
        )
        for each in partners_before(SUBJECT, str(quarter))
        if not each.rule.says_yes
    ]
